/** Trades for files: only the columns asked for, row by row, the oldest first. */
import type { PLATFORM_COLUMNS } from '@predictu/contract/shapes/report-columns';
import { where } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
import { type TradeFilter, tradeConditions } from './trade-choice.sql.ts';
import { EXTERNAL_USER_ID, KEY, NAMES, STATUS, USER_NAME } from './trade-fields.sql.ts';

export type TradeColumn = keyof typeof PLATFORM_COLUMNS.trades;

const CELLS: Record<TradeColumn, string> = {
  id: 't.id',
  user_id: 't.player_id',
  user_name: USER_NAME,
  external_user_id: EXTERNAL_USER_ID,
  market_id: 't.market_id',
  market_title: 'm.title',
  category: 'm.category',
  outcome: 't.outcome',
  side: 't.side',
  price: 't.price',
  mid: 't.mid',
  quantity: 't.quantity',
  cost_usd: 't.amount_cents',
  fee_usd: 't.fee_cents',
  spread_usd: 't.spread_cents',
  pnl_usd: 't.realized_pnl_cents',
  status: STATUS,
  s2s_transaction_id: 'call.id',
  s2s_callback_status: 'call.status',
  created_at: 't.created_at',
  operator_slug: 'o.slug',
  operator_name: 'o.name',
  idempotency_key: KEY,
};

export type TradeCells = { filter: TradeFilter; columns: readonly TradeColumn[]; after: bigint | undefined; limit: number };

/** The cells of each, and after them its id. */
export function eachTrade(db: Db, { filter, columns, after, limit }: TradeCells, take: (cells: unknown[]) => void): Promise<void> {
  const { text, values } = where([...tradeConditions(filter), ['t.id > ?', after]]);
  const cells = [...columns.map((column) => CELLS[column]), 't.id'];
  return db.each(
    `select ${cells.join(', ')} from trades t join markets m on m.id = t.market_id ${NAMES} ${text} order by t.id limit ${limit}`,
    values,
    take,
  );
}
