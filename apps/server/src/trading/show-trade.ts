/** Trades as the contract shows them. */
import type { Id } from '@predictu/contract/ids';
import type { TradeResult } from './operation.rules.ts';
import type { TradeRow } from './trade-list.sql.ts';

export const showTrade = ({ player_id: _, amount_cents, fee_cents, spread_cents, realized_pnl_cents, ...row }: TradeRow) => ({
  ...row,
  cost_usd: amount_cents,
  fee_usd: fee_cents,
  spread_usd: spread_cents,
  pnl_usd: realized_pnl_cents,
});

/** What the engine answered for an order. */
export const showPlacedTrade = (trade: TradeResult) => ({
  id: trade.id as Id<'trade'>,
  market_id: trade.marketId as Id<'market'>,
  outcome: trade.outcome,
  side: trade.side,
  status: trade.status,
  price: trade.price,
  mid: trade.mid,
  quantity: trade.quantity,
  cost_usd: trade.amount,
  fee_usd: trade.fee,
  spread_usd: trade.spread,
  pnl_usd: trade.realizedPnl,
  receipt: trade.receipt,
  created_at: trade.createdAt,
});
