/** A person moves money into or out of a player's balance: one operation of the batch, one immutable ledger row. */

import type { adjustPlayerBalance as ofAny } from '@predictu/contract/admin/players';
import { isRefusal, type Refusal, refuse } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import type { adjustBalance as ofOwn } from '@predictu/contract/operator/players';
import type { BalanceAdjustment } from '@predictu/contract/shapes/balance-adjustment';
import type { Cents } from '@predictu/contract/units';
import type { Actor } from '../platform/actor.ts';
import { auditNameOf } from '../platform/audit.ts';
import { type Context, type Handler, notFound } from '../platform/http.ts';
import { findPlayer } from '../players/players.ts';
import { selectAdjustmentActor } from './adjustment-record.sql.ts';
import type { PlayerFeed } from './follow-players.ts';
import type { Trading } from './trading.ts';

type Adjuster = Extract<Actor, { kind: 'operator' | 'apiKey' | 'admin' }>;
function nameOf(actor: Adjuster): string {
  if (actor.kind === 'admin') return encodeId('admin', actor.adminId as Id<'admin'>);
  return actor.kind === 'operator' ? encodeId('operatorMember', actor.memberId) : encodeId('apiKey', actor.keyId);
}

/** The documented details of a withdrawal that the balance does not cover. */
function documented(refusal: Refusal, requested: Cents): Refusal {
  if (refusal.refused === 'NOT_FOUND') throw notFound('user');
  if (refusal.refused !== 'INSUFFICIENT_BALANCE') return refusal;
  const details = refusal.details ?? {};
  return refuse(refusal.refused, refusal.message, {
    ...details,
    requested_amount_usd: Number(requested) / 100,
    available_usd: details['current_balance_usd'],
  });
}

type Ports = { trading: Pick<Trading, 'submit'>; feed: Pick<PlayerFeed, 'kick'> };
type Request = { operatorId: bigint; playerId: Id<'user'>; body: BalanceAdjustment; bodyHash: string };

async function adjust({ trading, feed }: Ports, context: Context<Adjuster>, { operatorId, playerId, body, bodyHash }: Request) {
  const { actor, setHeader } = context;
  const { action, amount_usd: amount, reason, idempotency_key: key } = body;
  const metadata = body.metadata ?? null;
  const answer = await trading.submit({
    kind: 'adjustment',
    operatorId,
    playerId,
    key,
    bodyHash,
    action,
    amount,
    reason,
    metadata,
    actor: nameOf(actor),
    audit: { actor: auditNameOf(actor), requestId: context.requestId },
  });
  if (answer.replayed) setHeader('idempotency-replayed', 'true');
  if ('refusal' in answer) return documented(answer.refusal, amount);
  if (!('adjustment' in answer)) throw new Error('An adjustment was answered with something else');
  feed.kick(playerId);
  const { ledgerEntryId, balanceBefore, balanceAfter, createdAt } = answer.adjustment;
  const by = answer.replayed ? await selectAdjustmentActor(context.db, operatorId, ledgerEntryId) : nameOf(actor);
  const data = {
    ledger_entry_id: ledgerEntryId as Id<'ledger'>,
    user_id: playerId,
    action,
    amount_usd: amount,
    balance_before_usd: balanceBefore,
    balance_after_usd: balanceAfter,
    reason,
    idempotency_key: key,
    metadata,
    created_at: createdAt,
  };
  return { by, data };
}

export const adjustBalance =
  (trading: Ports['trading'], feed: Ports['feed']): Handler<typeof ofOwn> =>
  async (context, { params, body, bodyHash }) => {
    const { operatorId } = context.actor;
    const done = await adjust({ trading, feed }, context, { operatorId, playerId: params.user_id, body, bodyHash });
    return isRefusal(done) ? done : { data: { ...done.data, operator_admin_id: done.by } };
  };

export const adjustPlayerBalance =
  (trading: Ports['trading'], feed: Ports['feed']): Handler<typeof ofAny> =>
  async (context, { params, body, bodyHash }) => {
    const { operatorId } = await findPlayer(context.db, params.user_id);
    const done = await adjust({ trading, feed }, context, { operatorId, playerId: params.user_id, body, bodyHash });
    return isRefusal(done) ? done : { data: { ...done.data, adjusted_by: done.by } };
  };
