/** Limit orders as the contract shows them. */
import { complement } from '@predictu/contract/units';
import type { ConsoleLimitOrderRow, LimitOrderRow } from './limit-order-list.sql.ts';

export const showLimitOrder = ({ player_id: _, amount_cents, held_cents, refusal, mid, ...row }: LimitOrderRow) => ({
  amount_usd: amount_cents,
  held_usd: held_cents,
  refusal: refusal && { code: refusal.refused, message: refusal.message },
  current_price: mid === null || row.outcome === 'yes' ? mid : complement(mid),
  ...row,
});

/** What of it an operator or the platform is shown; the contract leaves out what is not an operator's. */
export const showConsoleLimitOrder = (row: ConsoleLimitOrderRow) => ({ user_id: row.player_id, ...row, ...showLimitOrder(row) });
