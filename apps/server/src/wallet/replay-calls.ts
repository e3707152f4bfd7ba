/** A person has calls sent again: the same request_id, the same bytes, a new round of attempts. */
import { refuse } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import type { Actor } from '../platform/actor.ts';
import { recordAudit } from '../platform/audit.ts';
import { type Context, notFound } from '../platform/http.ts';
import { requestDelivery } from './call.sql.ts';
import { type ListedCall, lockCalls, restartCalls, selectCall } from './call-list.sql.ts';
import { replayProblem } from './delivery.rules.ts';
import { showCall } from './show-call.ts';

type One = { params: { call_id: Id<'transaction'> }; body: { reason: string } };
type Many = { body: { call_ids: Id<'transaction'>[]; reason: string } };
type From = Context<Extract<Actor, { kind: 'admin' | 'operator' | 'apiKey' }>>;

async function restart({ db, actor, now, newId, requestId }: From, calls: readonly ListedCall[], reason: string): Promise<void> {
  if (calls.length === 0) return;
  await restartCalls(
    db,
    calls.map(({ id }) => id),
    now,
  );
  for (const call of calls) {
    const subject = encodeId('transaction', call.id);
    await recordAudit(db, actor, newId(), now, {
      action: 'wallet_call.replayed',
      subject,
      operatorId: call.operator_id,
      before: { status: call.status, attempts: call.attempts },
      reason,
      requestId,
    });
  }
  for (const operatorId of new Set(calls.map(({ operator_id }) => operator_id))) await requestDelivery(db, operatorId, now);
}

export const replayWalletCall = async (context: From, { params, body }: One) => {
  const [call] = await lockCalls(context.db, [params.call_id]);
  if (!call) throw notFound('callback');
  const problem = replayProblem(call);
  if (problem) return refuse('CONFLICT', `This callback cannot be sent again: ${problem}`);
  await restart(context, [call], body.reason);
  return { data: showCall((await selectCall(context.db, call.id)) ?? call) };
};

export const replayWalletCalls = async (context: From, { body }: Many) => {
  const calls = new Map((await lockCalls(context.db, body.call_ids)).map((call) => [call.id as bigint, call]));
  const judged = [...new Set<Id<'transaction'>>(body.call_ids)].map((id) => {
    const call = calls.get(id);
    return { id, call, problem: call ? replayProblem(call) : 'No such callback' };
  });
  const good = judged.flatMap(({ call, problem }) => (call && problem === null ? [call] : []));
  await restart(context, good, body.reason);
  const skipped = judged.flatMap(({ id, problem }) => (problem === null ? [] : [{ id, reason: problem }]));
  return { data: { replayed: good.map(({ id }) => id), skipped } };
};
