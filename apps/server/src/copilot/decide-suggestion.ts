/** A member accepts or rejects what the MarketAgent suggests. Accepting is the ordinary act, in the member's name. */
import { Failure, isRefusal, type Refusal, refuse } from '@predictu/contract/errors';
import { encodeId } from '@predictu/contract/ids';
import type { decideSuggestion as decideEndpoint, listAgentDecisions as listEndpoint } from '@predictu/contract/operator/own-markets';
import { cents, price } from '@predictu/contract/units';
import { auditNameOf, recordAudit } from '../platform/audit.ts';
import type { Database } from '../platform/db.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { pageOf, sliceOf } from '../platform/page.ts';
import { changePlayerLimitTier } from '../players/players.ts';
import type { Settlement } from '../settlement/settlement.ts';
import { type By, changeOwnMarket, proposeResult, type Result } from './change-own-market.ts';
import { draftIn } from './show-own-market.ts';
import { lockSuggestion, type Stored, selectSuggestions, writeDecision } from './suggestion.sql.ts';

const show = (one: Stored) => ({
  id: one.id,
  kind: one.kind,
  status: one.status,
  severity: one.severity,
  origin: one.origin,
  model: one.model,
  market_id: one.marketId,
  title: one.title,
  reason: one.reason,
  evidence: one.evidence,
  needs_result: one.action.do === 'resolve',
  created_at: one.createdAt,
  expires_at: one.expiresAt,
  decided_at: one.decidedAt,
  decided_by: one.decidedBy,
  decision_reason: one.decisionReason,
});

export const listAgentDecisions: Handler<typeof listEndpoint> = async ({ db, actor }, { query }) => {
  const { status, kind, market_id: marketId } = query;
  const { rows, total } = await selectSuggestions(db, actor.operatorId, { status, kind, marketId }, sliceOf(query, 1));
  return pageOf(query, total, rows, ({ id }) => [id], show);
};

type Services = { database: Database; settlement: Pick<Settlement, 'wake'> };
type Accepted = { reason: string; result: Result | null };

async function raiseLimit(by: By, { playerId }: Stored, limitTier: 'vip', reason: string): Promise<Refusal | undefined> {
  if (!by.actor.permissions.includes('users')) throw new Failure('FORBIDDEN', 'The permission "users" is needed', { needed: 'users' });
  if (playerId === null) throw notFound('user');
  const answer = await changePlayerLimitTier(by, playerId, limitTier, reason);
  return isRefusal(answer) ? answer : undefined;
}

/** The ordinary act, with its own audit row and its own refusals. */
async function carryOut(services: Services, by: By, suggestion: Stored, { reason, result }: Accepted): Promise<Refusal | undefined> {
  const { action, marketId } = suggestion;
  if (action.do === 'limit_tier') return raiseLimit(by, suggestion, action.limitTier, reason);
  if (marketId === null) throw notFound('market');
  switch (action.do) {
    case 'pause':
      return changeOwnMarket(by, marketId, { status: 'paused' }, reason);
    case 'reprice':
      return changeOwnMarket(by, marketId, { anchor: price(BigInt(action.anchor)) }, reason);
    case 'widen':
      return changeOwnMarket(by, marketId, { liquidity: cents(BigInt(action.liquidity)) }, reason);
    case 'reword':
      return changeOwnMarket(by, marketId, { draft: draftIn(action.draft) }, reason);
    case 'resolve': {
      if (!result) {
        const fields = [{ field: 'resolution', received: 'nothing', expected: 'the result, with its evidence' }];
        return refuse('VALIDATION_ERROR', 'The result and its evidence are needed', { fields });
      }
      return proposeResult(services.database, by, marketId, result);
    }
  }
}

export const decideSuggestion =
  (services: Services): Handler<typeof decideEndpoint> =>
  async (context, { body }) => {
    const { db, actor, now, newId, requestId } = context;
    const { operatorId } = actor;
    const { suggestion_id: id, decision, reason, resolution: outcome, evidence } = body;
    const suggestion = await lockSuggestion(db, operatorId, id);
    if (!suggestion) throw notFound('suggestion');
    if (suggestion.status !== 'open') return refuse('CONFLICT', `The suggestion is ${suggestion.status}`, { status: suggestion.status });
    if (suggestion.expiresAt <= now) return refuse('CONFLICT', 'The suggestion has expired', { status: 'expired' });
    if (decision === 'accept') {
      const result = outcome && evidence ? { outcome, evidence, evidenceUrl: null } : null;
      const refused = await carryOut(services, context, suggestion, { reason, result });
      if (refused) return refused;
      if (suggestion.action.do === 'resolve') services.settlement.wake();
    }
    const status = decision === 'accept' ? 'accepted' : 'rejected';
    const by = auditNameOf(actor).join(':');
    await writeDecision(db, operatorId, id, { status, by, reason }, now);
    await recordAudit(db, actor, newId(), now, {
      action: `agent.${decision}`,
      subject: encodeId('suggestion', id),
      before: { kind: suggestion.kind, action: suggestion.action },
      after: { status },
      reason,
      requestId,
    });
    return { data: show({ ...suggestion, status, decidedAt: now, decidedBy: by, decisionReason: reason }) };
  };
