/** What tables of trades show, as SQL over a trade `t` and what is joined to it: once, for lists and files. */
import { keyOfTrade } from '../ledger/ledger.ts';
import { OVER } from './trade-choice.sql.ts';

export const STATUS = `case when t.status = 'filled' and m.status in ${OVER} then 'settled' else t.status end`;
export const USER_NAME = `coalesce(p.username, p.external_id, '')`;
export const EXTERNAL_USER_ID = `coalesce(p.external_id, '')`;
export const KEY = keyOfTrade('t');

/** The wallet call that paid for a trade, the operator and the player. */
export const NAMES = `join operators o on o.id = t.operator_id left join players p on p.operator_id = t.operator_id and p.id = t.player_id
  left join lateral (
    select w.id, w.status from wallet_calls w where w.trade_id = t.id and w.method in ('BET_MAKE', 'BET_SELL') order by w.id limit 1
  ) as call on true`;
export const POSITION = `positions held on held.operator_id = t.operator_id and held.market_id = t.market_id and held.player_id = t.player_id
  and held.outcome = t.outcome`;
/** What became of a trade that was pending. */
export const ENDED = `trade_events ended on ended.trade_id = t.id and t.wallet_mode = 'seamless'`;
