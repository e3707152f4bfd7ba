/** The kinds `trade` (one order) and `trades` (1 to 20 orders, all or none). */
import { type Refusal, refuse } from '@predictu/contract/errors';
import type { Kind } from './kind.rules.ts';
import type { TradeOperation, TradeResult, TradesOperation } from './operation.rules.ts';
import { decideOrder, isRefused, type Refused } from './order.rules.ts';
import { allOrNothing } from './world.rules.ts';

export const tradeKind: Kind<TradeOperation> = {
  ownerId: ({ playerId }) => playerId,
  orders: ({ order }) => [order],
  decide(world, operator, player, { order }) {
    const result = decideOrder(world, operator, player, order);
    return isRefused(result) ? result : { outcome: result, tradeId: result.trade.id, kept: '{}' };
  },
  replay({ answer, trades: [trade] }) {
    return trade && !('trades' in answer) ? { trade } : undefined;
  },
};

const NO_BATCHES = refuse('FORBIDDEN', 'Several trades at once are switched off', {
  reason: 'feature_disabled',
  feature: 'features.batch_trading',
});

/** Which order it was that stopped all of them. */
const ofOrder = ({ refused, message, details }: Refusal, index: number): Refusal => ({
  refused,
  message,
  details: { ...details, order: index },
});

export const tradesKind: Kind<TradesOperation> = {
  ownerId: ({ playerId }) => playerId,
  orders: ({ orders }) => orders,
  decide(world, operator, player, { orders }) {
    if (!operator.batchTrading) return { refusal: NO_BATCHES };
    const attempt = (): TradeResult[] | Refused => {
      const done: TradeResult[] = [];
      for (const [index, order] of orders.entries()) {
        const result = decideOrder(world, operator, player, order);
        if (isRefused(result)) return { ...result, refusal: ofOrder(result.refusal, index) };
        done.push(result.trade);
      }
      return done;
    };
    const result = allOrNothing(world, attempt, (trades) => !Array.isArray(trades));
    if (!Array.isArray(result)) return result;
    return { outcome: { trades: result }, tradeId: null, kept: JSON.stringify({ trades: result.map(({ id }) => String(id)) }) };
  },
  replay({ answer, trades }) {
    const ids = answer['trades'];
    if (!Array.isArray(ids)) return undefined;
    const byId = new Map(trades.map((trade) => [String(trade.id), trade]));
    return { trades: ids.map((id) => byId.get(id)).filter((trade) => trade !== undefined) };
  },
};
