/** Makes an operator's next signing key, or its first. The new key is published before it signs; the old one stays published after. */
import { type Refusal, refuse } from '@predictu/contract/errors';
import type { Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { endKey, insertKey, lockRotation, type StoredKey, selectKeys } from './endpoint.sql.ts';
import { PUBLISHED_BEFORE_MS, planRotation } from './key-life.rules.ts';
import type { NewKey } from './sign-request.ts';

/** `made` beforehand: making a key takes longer than a transaction should. CONFLICT while two keys are live. */
export async function rotateSigningKey(
  db: Db,
  { operatorId, made, now, newId }: { operatorId: bigint; made: NewKey; now: Date; newId: NewId },
): Promise<StoredKey[] | Refusal> {
  await lockRotation(db, operatorId);
  const plan = planRotation(await selectKeys(db, operatorId), now, PUBLISHED_BEFORE_MS);
  if (!plan) return refuse('CONFLICT', 'A rotation is under way: two signing keys are live');
  await insertKey(db, operatorId, { ...made, id: newId(), activeFrom: plan.activeFrom }, now);
  if (plan.predecessor) await endKey(db, operatorId, plan.predecessor.id, plan.predecessor.endsAt);
  return selectKeys(db, operatorId);
}
