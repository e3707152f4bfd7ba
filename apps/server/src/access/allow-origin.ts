/** Lets an origin show an operator's embed without asking its domain. */
import { randomBytes } from 'node:crypto';
import type { Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { insertOrigin } from './embed-origin.sql.ts';

const TOKEN_BYTES = 16;

export const allowOrigin = (
  db: Db,
  newId: NewId,
  { operatorId, origin }: { operatorId: bigint; origin: string },
  now: Date,
): Promise<unknown> => {
  const token = `pred_verify_${randomBytes(TOKEN_BYTES).toString('hex')}`;
  return insertOrigin(db, { operatorId, id: newId(), origin, token, verifiedAt: now, createdAt: now });
};
