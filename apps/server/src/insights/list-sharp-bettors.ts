/** Players of a tier above normal, for review. */
import type { listSharpBettors as endpoint } from '@predictu/contract/admin/scores';
import type { Handler } from '../platform/http.ts';
import { selectSharpBettors } from './sharp-bettor.sql.ts';

const fraction = (value: number): number => Math.round(value * 10_000) / 10_000;

export const listSharpBettors: Handler<typeof endpoint> = async ({ db }, { query }) => {
  const { page, limit } = query;
  const { rows, total } = await selectSharpBettors(db, query, limit, (page - 1) * limit);
  return {
    data: rows.map(({ closed_count, won_count, max_bet_usd, blocked_categories, cooldown_until, ...row }) => ({
      ...row,
      win_rate: closed_count === 0 ? null : fraction(won_count / closed_count),
      clv_edge: row.clv_edge === null ? null : fraction(row.clv_edge),
      restrictions: { max_bet_usd, blocked_categories, cooldown_until },
    })),
    total: Number(total),
  };
};
