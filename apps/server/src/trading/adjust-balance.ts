/** An operator moves money into or out of a player's balance: one operation of the batch, one immutable ledger row. */

import { type Refusal, refuse } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import type { adjustBalance as endpoint } from '@predictu/contract/operator/players';
import type { Cents } from '@predictu/contract/units';
import type { Actor } from '../platform/actor.ts';
import { auditNameOf } from '../platform/audit.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { selectAdjustmentActor } from './adjustment-record.sql.ts';
import type { PlayerFeed } from './follow-players.ts';
import type { Trading } from './trading.ts';

const nameOf = (actor: Extract<Actor, { kind: 'operator' | 'apiKey' }>): string =>
  actor.kind === 'operator' ? encodeId('operatorMember', actor.memberId) : encodeId('apiKey', actor.keyId);

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

export const adjustBalance =
  (trading: Pick<Trading, 'submit'>, feed: Pick<PlayerFeed, 'kick'>): Handler<typeof endpoint> =>
  async (context, { params, body, bodyHash }) => {
    const { actor, setHeader } = context;
    const { operatorId } = actor;
    const { action, amount_usd: amount, reason, idempotency_key: key } = body;
    const metadata = body.metadata ?? null;
    const answer = await trading.submit({
      kind: 'adjustment',
      operatorId,
      playerId: params.user_id,
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
    feed.kick(params.user_id);
    const { ledgerEntryId, balanceBefore, balanceAfter, createdAt } = answer.adjustment;
    const by = answer.replayed ? await selectAdjustmentActor(context.db, operatorId, ledgerEntryId) : nameOf(actor);
    return {
      data: {
        ledger_entry_id: ledgerEntryId as Id<'ledger'>,
        user_id: params.user_id,
        action,
        amount_usd: amount,
        balance_before_usd: balanceBefore,
        balance_after_usd: balanceAfter,
        reason,
        idempotency_key: key,
        metadata,
        operator_admin_id: by,
        created_at: createdAt,
      },
    };
  };
