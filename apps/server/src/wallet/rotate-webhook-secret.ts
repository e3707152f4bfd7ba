/** Makes an operator's next Standard Webhooks secret, or its first; it leaves here once. Both sign until the old one ends. */
import { randomBytes } from 'node:crypto';
import { type Refusal, refuse } from '@predictu/contract/errors';
import { sealSecret } from '../access/access.ts';
import type { Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { endSecret, insertSecret, lockRotation, selectSecrets } from './endpoint.sql.ts';
import { liveKeys, RETIRES_AFTER_MS } from './key-life.rules.ts';
import { secretBelongsTo } from './sign-request.ts';

const SECRET_BYTES = 32;
export type NewSecret = { id: bigint; secret: string; predecessorEndsAt: Date | null };

/** CONFLICT while two secrets are live. */
export async function rotateWebhookSecret(
  db: Db,
  { operatorId, secretsKey, now, newId }: { operatorId: bigint; secretsKey: Uint8Array; now: Date; newId: NewId },
): Promise<NewSecret | Refusal> {
  await lockRotation(db, operatorId);
  const [current, another] = liveKeys(await selectSecrets(db, operatorId), now);
  if (another) return refuse('CONFLICT', 'A rotation is under way: two webhook secrets are live');
  const id = newId();
  const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
  await insertSecret(db, operatorId, id, sealSecret(secretsKey, secret, secretBelongsTo(operatorId, id)), now);
  const predecessorEndsAt = current ? new Date(now.getTime() + RETIRES_AFTER_MS) : null;
  if (current && predecessorEndsAt) await endSecret(db, operatorId, current.id, predecessorEndsAt);
  return { id, secret, predecessorEndsAt };
}
