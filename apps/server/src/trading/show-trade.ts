/** Trades as the contract shows them. */
import type { Id } from '@predictu/contract/ids';
import { price } from '@predictu/contract/units';
import type { Receipt } from '../pricing/receipt.rules.ts';
import type { TradeResult } from './operation.rules.ts';
import type { ConsoleTradeRow, TradeRow } from './trade-list.sql.ts';

export const showTrade = <R extends TradeRow>({ player_id: _, amount_cents, fee_cents, spread_cents, realized_pnl_cents, ...row }: R) => ({
  cost_usd: amount_cents,
  fee_usd: fee_cents,
  spread_usd: spread_cents,
  pnl_usd: realized_pnl_cents,
  ...row,
});

/** What of it an operator or the platform is shown; the contract leaves out what is not an operator's. */
export const showConsoleTrade = (row: ConsoleTradeRow) => ({ user_id: row.player_id as Id<'user'>, ...showTrade(row) });

/** What of a receipt is the player's; the rest is how the house prices. */
export const showReceipt = ({ formula, snapshot_id, age_ms, mid, spread, skew, price: at, walls }: Receipt) => ({
  formula,
  snapshot_id,
  age_ms,
  mid: price(BigInt(mid)),
  spread: price(BigInt(spread)),
  skew: price(BigInt(skew)),
  price: price(BigInt(at)),
  walls_passed: walls.map(({ wall }) => wall),
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
  receipt: showReceipt(trade.receipt),
  created_at: trade.createdAt,
});
