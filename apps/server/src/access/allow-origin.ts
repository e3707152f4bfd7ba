/** Origins enter the list: those somebody vouches for as verified, the others to be proved by their domain. */
import { randomBytes } from 'node:crypto';
import { Failure } from '@predictu/contract/errors';
import type { Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { insertOrigin } from './embed-origin.sql.ts';
import { isLoopback, originProblem } from './origin-proof.rules.ts';

const TOKEN_BYTES = 16;
const newToken = (): string => `pred_verify_${randomBytes(TOKEN_BYTES).toString('hex')}`;

type Request = { operatorId: bigint; origin: string };

/** Lets an origin show an operator's embed without asking its domain. */
export const allowOrigin = (db: Db, newId: NewId, { operatorId, origin }: Request, now: Date): Promise<unknown> =>
  insertOrigin(db, { operatorId, id: newId(), origin, token: newToken(), verifiedAt: now, createdAt: now });

/** @throws VALIDATION_ERROR naming `field` for what can be no origin. */
export function checkOrigin(origin: string, loopback: boolean, field = 'origin'): void {
  const problem = originProblem(origin, { loopback });
  if (problem === null) return;
  throw new Failure('VALIDATION_ERROR', `The body does not fit: ${field}`, {
    fields: [{ field, received: origin, expected: `Expected ${problem}` }],
  });
}

/** Adds an origin that its domain must prove; this machine, where it may be one, needs no proof. Undefined when the operator has it. */
export async function awaitOrigin(db: Db, newId: NewId, { operatorId, origin }: Request, now: Date): Promise<bigint | undefined> {
  const id = newId();
  const verifiedAt = isLoopback(origin) ? now : null;
  const inserted = await insertOrigin(db, { operatorId, id, origin, token: newToken(), verifiedAt, createdAt: now });
  return inserted ? id : undefined;
}
