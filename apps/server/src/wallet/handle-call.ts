/** A person closes a call that waited for one: it was put right by hand. A rollback closed so undoes its debit, and trading is told. */
import { refuse } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import type { Actor } from '../platform/actor.ts';
import { recordAudit } from '../platform/audit.ts';
import { type Context, notFound } from '../platform/http.ts';
import { markRolledBack, requestDelivery } from './call.sql.ts';
import { closeCall, lockCalls, selectCall } from './call-list.sql.ts';
import { showCall } from './show-call.ts';

type Input = { params: { call_id: Id<'transaction'> }; body: { reason: string } };
type Person = Extract<Actor, { kind: 'admin' | 'operator' | 'apiKey' }>;

const nameOf = (actor: Person): string => {
  if (actor.kind === 'admin') return encodeId('admin', actor.adminId);
  return actor.kind === 'operator' ? encodeId('operatorMember', actor.memberId) : encodeId('apiKey', actor.keyId);
};

export const handleWalletCall = async ({ db, actor, now, newId, requestId }: Context<Person>, { params, body }: Input) => {
  const [call] = await lockCalls(db, [params.call_id]);
  if (!call) throw notFound('callback');
  if (call.status !== 'failed') return refuse('CONFLICT', 'Only a callback that waits for a person can be marked as handled');
  await closeCall(db, call.id, nameOf(actor), body.reason, now);
  if (call.method === 'BET_ROLLBACK' && call.reference_id !== null) {
    await markRolledBack(db, call.operator_id, call.reference_id, now);
    await requestDelivery(db, call.operator_id, now);
  }
  const subject = encodeId('transaction', call.id as Id<'transaction'>);
  const before = { status: call.status, reason: call.reason };
  await recordAudit(db, actor, newId(), now, {
    action: 'wallet_call.handled',
    subject,
    operatorId: call.operator_id,
    before,
    reason: body.reason,
    requestId,
  });
  return { data: showCall((await selectCall(db, call.id)) ?? call) };
};
