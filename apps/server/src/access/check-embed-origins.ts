/** Asks the domains of origins for their TXT records: every five minutes for all that wait, at once for one. */
import { encodeId, type Id } from '@predictu/contract/ids';
import type { checkEmbedOrigin as endpoint } from '@predictu/contract/operator/access';
import type { Actor } from '../platform/actor.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import { type Context, type Handler, notFound } from '../platform/http.ts';
import type { NewId } from '../platform/ids.ts';
import { originVerifiedMail, originWaitingMail, tellKeepers } from './access-mails.ts';
import { noteCheck, type PendingOrigin, selectOrigin, selectPending } from './embed-origin.sql.ts';
import { dayAgoId, shownOrigin } from './list-embed-origins.ts';
import type { LookupTxt } from './lookup-txt.ts';
import { becomesLate, judgeProof, namesToAsk, type Proof, recordOf } from './origin-proof.rules.ts';

const WORKER: Actor = { kind: 'worker', name: 'verify-embed-origins' };
/** In one round; the others have their turn in the next. */
const MOST_A_ROUND = 500;
const AT_ONCE = 8;

export type OriginChecks = { database: Database; clock: Clock; newId: NewId; lookupTxt: LookupTxt };

/** In the transaction that notes the answer. */
async function tell(context: Pick<Context, 'db' | 'now' | 'newId'>, pending: PendingOrigin, { verified, detail }: Proof): Promise<void> {
  const { operatorId, origin, token } = pending;
  const words = { origin, at: context.now.toISOString(), detail, record: recordOf(token) };
  const template = verified ? originVerifiedMail : originWaitingMail;
  await tellKeepers(context, template, { operatorId, fact: encodeId('origin', pending.id as Id<'origin'>), words });
}

/** DNS is asked outside of any transaction. True when the origin is verified now. */
async function check({ database, clock, newId, lookupTxt }: OriginChecks, actor: Actor, pending: PendingOrigin): Promise<boolean> {
  const answers = await Promise.all(namesToAsk(pending.origin).map(lookupTxt));
  const proof = judgeProof(pending.origin, pending.token, answers);
  const now = clock.now();
  return database.as(actor, 'write', async (db) => {
    const status = await noteCheck(db, pending, proof, now);
    const context = { db, now, newId };
    if (status === 'pending_verification' && becomesLate(pending, now)) await tell(context, pending, proof);
    if (status !== 'verified') return false;
    await recordAudit(db, actor, newId(), now, {
      action: 'embed_origin.verified',
      subject: encodeId('origin', pending.id as Id<'origin'>),
      operatorId: pending.operatorId,
      after: { origin: pending.origin, detail: proof.detail },
    });
    await tell(context, pending, proof);
    return true;
  });
}

/** Every origin that waits, or those of one operator. Returns how many are verified now. */
export async function verifyOrigins(checks: OriginChecks, operatorId: bigint | null = null): Promise<number> {
  const waiting = await checks.database.as(WORKER, 'read', (db) => selectPending(db, MOST_A_ROUND, operatorId));
  let next = 0;
  let verified = 0;
  const ask = async (): Promise<void> => {
    for (let pending = waiting[next++]; pending; pending = waiting[next++]) {
      if (await check(checks, WORKER, pending)) verified += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, ask));
  return verified;
}

export const checkEmbedOrigin =
  (checks: OriginChecks): Handler<typeof endpoint> =>
  async ({ db, actor, now }, { params: { origin_id: id } }) => {
    const { operatorId } = actor;
    const found = await checks.database.as(actor, 'read', (tx) => selectOrigin(tx, operatorId, id, dayAgoId(now)));
    if (!found) throw notFound('origin');
    if (found.status === 'pending_verification') {
      const { origin, verification_token: token, created_at: createdAt, last_checked_at: lastCheckedAt } = found;
      await check(checks, actor, { operatorId, id, origin, token, createdAt, lastCheckedAt });
    }
    const row = await selectOrigin(db, operatorId, id, dayAgoId(now));
    if (!row) throw notFound('origin');
    return { data: shownOrigin(row) };
  };
