/** Ways to falsify what is kept about single players and markets, each with the check of `verifyBooks` that must see it. */
import type { Sabotage } from './order-sabotages.ts';

const aBuy = `(select id from trades where side = 'buy' and status = 'filled' order by id limit 1)`;

export const PLAYER_SABOTAGES: readonly Sabotage[] = [
  ['rollup_facts', 'an hour of a market gone', `delete from rollup_hours where kind = 'market'`],
  ['rollup_facts', 'an hour of a market twice', `update rollup_hours set buys = buys * 2, sells = sells * 2 where kind = 'market'`],
  ['player_spending', 'a cent less staked', 'update player_spending set staked_cents = staked_cents - 1'],
  ['player_spending', 'a cent more returned', 'update player_spending set returned_cents = returned_cents + 1'],
  ['player_spending', 'a day gone', 'delete from player_spending'],
  ['player_spending', 'a day of another player', 'update player_spending set player_id = player_id + 1000'],
  ['player_spending', 'a day without trades', `update player_spending set day = day + 1`],
  ['rollup_player_totals', 'a cent more of fees', 'update rollup_player_totals set fee_cents = fee_cents + 1'],
  ['rollup_player_totals', 'a cent less of the first days', 'update rollup_player_totals set early_cents = early_cents - 1'],
  ['rollup_player_totals', 'a trade of another category', 'update rollup_player_totals set category = category + 10'],
  ['rollup_player_totals', 'a later first trade', `update rollup_player_totals set first_at = first_at + interval '1 second'`],
  ['rollup_player_totals', 'a player gone', 'delete from rollup_player_totals'],
  ['rollup_player_totals', 'figures that are said to be less far', 'update rollup_player_state set last_id = 0'],
  ['rollup_player_days', 'a trade too many', 'update rollup_player_days set trades = trades + 1'],
  ['rollup_player_days', 'a small buy that was a large one', 'update rollup_player_days set small = small - 1, large = large + 1'],
  ['rollup_player_days', 'a day gone', 'delete from rollup_player_days'],
  ['rollup_player_days', 'another day', `update rollup_player_days set starts_at = starts_at - interval '1 day'`],
  ['rollup_player_days', 'a trade of another day', `update trades set created_at = created_at + interval '1 day' where id = ${aBuy}`],
  ['rollup_sessions', 'a trade too few', 'update rollup_sessions set trades = trades - 1'],
  ['rollup_sessions', 'a last trade later than it was', `update rollup_sessions set last_trade_at = last_trade_at + interval '1 second'`],
  ['rollup_sessions', 'a session gone', 'delete from rollup_sessions'],
  ['rollup_sessions', 'trades of a session that had ended', 'update player_sessions set expires_at = created_at'],
];
