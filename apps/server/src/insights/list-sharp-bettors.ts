/** Players of a tier above normal, for review. */
import type { listSharpBettors as endpoint } from '@predictu/contract/admin/scores';
import { operatorIdOf } from '../operators/operators.ts';
import type { Handler } from '../platform/http.ts';
import type { ChoosePlayers } from '../players/players.ts';
import { selectSharpBettors } from './sharp-bettor.sql.ts';

const fraction = (value: number): number => Math.round(value * 10_000) / 10_000;

export const listSharpBettors =
  (choosePlayers: ChoosePlayers): Handler<typeof endpoint> =>
  async ({ db, now }, { query }) => {
    const { page, limit, tier, operator, sort, order } = query;
    const operatorId = operator === undefined ? undefined : await operatorIdOf(db, operator);
    const filter = { flagged: true, tier, operatorId, seenSince: now } as const;
    const slice = { limit, offset: (page - 1) * limit, after: undefined };
    const { ids, total } = await choosePlayers(db, filter, { sort, order }, slice);
    const rows = ids.length === 0 ? [] : await selectSharpBettors(db, ids);
    return {
      data: rows.map(({ closed_count, won_count, clv_edge, max_bet_usd, blocked_categories, cooldown_until, ...row }) => ({
        win_rate: closed_count === 0 ? null : fraction(won_count / closed_count),
        clv_edge: clv_edge === null ? null : fraction(clv_edge),
        restrictions: { max_bet_usd, blocked_categories, cooldown_until },
        ...row,
      })),
      total: Number(total),
    };
  };
