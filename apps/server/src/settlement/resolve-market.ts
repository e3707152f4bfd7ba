/** An admin resolves, voids or corrects a market, approves or withdraws a result, and looks at what a result would pay. */
import type {
  approveSettlement as approve,
  correctSettlement as correct,
  previewSettlement as preview,
  resolveMarket as resolve,
  withdrawSettlement as withdraw,
} from '@predictu/contract/admin/settlements';
import type { Id } from '@predictu/contract/ids';
import type { Cents, Shares } from '@predictu/contract/units';
import { getMarket } from '../markets/markets.ts';
import type { Database, Db } from '../platform/db.ts';
import { type Context, type Handler, notFound } from '../platform/http.ts';
import {
  changeOperatorSettlementRules,
  changeOwnSettlementRules,
  changeSettlementRules,
  getOperatorSettlementRules,
  getOwnSettlementRules,
  getSettlementRules,
} from './change-rules.ts';
import { previewDecision } from './decide.sql.ts';
import { subjectOf } from './decide-settlement.ts';
import { approveSettlement, proposeSettlement, withdrawSettlement } from './propose-settlement.ts';
import { lockSettlement } from './settlement.sql.ts';
import type { Settlement } from './settlement.ts';
import { settlementById as shown } from './show-settlement.ts';

const changeOf = ({ actor, now, newId, requestId }: Pick<Context, 'actor' | 'now' | 'newId' | 'requestId'>) => ({
  actor,
  now,
  newId,
  requestId,
});

/** These commit before they answer, so that deciding can begin at once. */
export function settlementHandlers(database: Database, settlement: Pick<Settlement, 'wake'>) {
  async function commit<T>(context: Pick<Context, 'actor'>, work: (db: Db) => Promise<T>): Promise<T> {
    const result = await database.as(context.actor, 'write', work);
    settlement.wake();
    return result;
  }
  const resolveMarket: Handler<typeof resolve> = (context, { params, body }) =>
    commit(context, async (db) => {
      const { resolution: outcome, evidence, evidence_url: evidenceUrl } = body;
      const { id } = await proposeSettlement(db, { ...changeOf(context), marketId: params.market_id, outcome, evidence, evidenceUrl });
      return shown(db, id);
    });
  const correctSettlement: Handler<typeof correct> = (context, { params, body }) =>
    commit(context, async (db) => {
      const { resolution: outcome, evidence, evidence_url: evidenceUrl } = body;
      const corrected = await lockSettlement(db, params.settlement_id);
      if (!corrected) throw notFound('settlement');
      const { marketId, id: correctsId } = corrected;
      const { id } = await proposeSettlement(db, { ...changeOf(context), marketId, outcome, evidence, evidenceUrl, correctsId });
      return shown(db, id);
    });
  const approve_: Handler<typeof approve> = (context, { params }) =>
    commit(context, async (db) => {
      await approveSettlement(db, params.settlement_id, changeOf(context));
      return shown(db, params.settlement_id);
    });
  const withdraw_: Handler<typeof withdraw> = (context, { params, body }) =>
    commit(context, async (db) => {
      const { id, marketId } = await withdrawSettlement(db, params.settlement_id, body.reason, changeOf(context));
      return { data: { id: id as Id<'settlement'>, market_id: marketId as Id<'market'>, status: 'withdrawn' as const } };
    });
  return {
    resolveMarket,
    correctSettlement,
    approveSettlement: approve_,
    withdrawSettlement: withdraw_,
    previewSettlement,
    getSettlementRules,
    changeSettlementRules,
    getOperatorSettlementRules,
    changeOperatorSettlementRules,
    getOwnSettlementRules,
    changeOwnSettlementRules,
  };
}

const previewSettlement: Handler<typeof preview> = async ({ db, now }, { params, query }) => {
  const { market_id: marketId } = params;
  await getMarket(db, marketId, null, now);
  const subject = await subjectOf(db, { marketId, outcome: query.resolution });
  const { totals, payouts } = await previewDecision(db, subject);
  return {
    data: {
      market_id: marketId,
      resolution: query.resolution,
      corrects_id: (subject.corrects?.lastId ?? null) as Id<'settlement'> | null,
      operators: totals.map((total) => ({
        operator_slug: total.operator_slug,
        positions: Number(total.positions),
        winners: Number(total.winners),
        losers: Number(total.losers),
        payout_usd: total.payout_cents,
        fee_usd: total.fee_cents,
        loss_usd: total.loss_cents,
        cost_usd: total.cost_cents,
      })),
      payouts: payouts.map((payout) => ({
        user_id: payout.player_id as Id<'user'>,
        user_name: payout.user_name,
        operator_slug: payout.operator_slug,
        outcome: payout.outcome,
        quantity: payout.quantity as Shares,
        cost_usd: payout.cost_cents as Cents,
        payout_usd: payout.payout_cents,
        fee_usd: payout.fee_cents,
      })),
    },
  };
};
