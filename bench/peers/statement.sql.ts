/** The statements of a textbook trade: one row each, plain parameters, the hot rows last. */

import type { TradeResult } from '../../apps/server/src/trading/trading.ts';
import type { NewEntry, NewKey, Player, Position, RiskEvent } from '../../apps/server/src/trading/world-rows.rules.ts';

/** Plain statements of one row: named, so that each connection plans them once. */
export type Plain = { name: string; text: string; values: unknown[] };
const plain = (name: string, text: string, values: unknown[]): Plain => ({ name: `bench_${name}`, text, values });

export const BEGIN = plain('begin', 'begin', []);
export const COMMIT = plain('commit', 'commit', []);
export const ROLLBACK = plain('rollback', 'rollback', []);

const PLAYER = `
select operator_id as "operatorId", id, status, tier, limit_tier as "limitTier", score, max_bet_cents as "maxBet", allowed_categories as "allowedCategories",
  blocked_categories as "blockedCategories", blocked_markets::text[] as "blockedMarkets", cooldown_until as "cooldownUntil", created_at as "createdAt",
  balance_cents as balance, open_shares as "openShares", trade_count as "tradeCount", volume_cents as volume, fees_cents as fees,
  realized_pnl_cents as "realizedPnl", closed_count as "closedCount", won_count as "wonCount", deposited_cents as deposited,
  withdrawn_cents as withdrawn, false as traded, null as protection
from players where operator_id = $1 and id = $2 for no key update`;
export const lockPlayer = (operatorId: bigint, id: bigint): Plain => plain('player', PLAYER, [operatorId, id]);

const KEY = `
select k.operator_id as "keyOperatorId", k.owner_id as "ownerId", k.key, replace(k.body_hash::text, '-', '') as "bodyHash", k.answer,
  t.operator_id as "operatorId", t.id, t.player_id as "playerId", t.market_id as "marketId", t.outcome, t.side, t.status, t.price::bigint as price,
  t.mid::bigint as mid, t.quantity, t.amount_cents as amount, t.fee_cents as fee, t.spread_cents as spread, t.realized_pnl_cents as "realizedPnl",
  t.balance_after_cents as "balanceAfter", t.receipt, t.created_at as "createdAt"
from idempotency_keys k left join trades t on t.operator_id = k.operator_id and t.id = k.trade_id
where k.operator_id = $1 and k.owner_id = $2 and k.key = $3`;
export const readKey = (operatorId: bigint, ownerId: bigint, key: string): Plain => plain('key', KEY, [operatorId, ownerId, key]);

/** With the market come the ids of this trade, drawn after the player is locked: a player's rows are in the order of their ids. */
const MARKET = `
select id, operator_id as "ownerId", category, status, status in ('resolved', 'cancelled') as decided, mid::bigint as mid, snapshot_id as "snapshotId", priced_at as "pricedAt", end_at as "endAt", liquidity_cents as liquidity,
  nextval('bench_ids') as "firstId"
from markets where id = $1`;
export const readMarket = (id: bigint): Plain => plain('market', MARKET, [id]);

const POSITION = `
select operator_id as "operatorId", market_id as "marketId", player_id as "playerId", outcome, id, quantity, held_quantity as held, cost_cents as cost,
  realized_pnl_cents as "realizedPnl", realized_at_open_cents as "realizedAtOpen", trade_count as "tradeCount", false as "isNew", false as reopened
from positions where operator_id = $1 and market_id = $2 and player_id = $3 and outcome = $4`;
export const readPosition = (operatorId: bigint, marketId: bigint, playerId: bigint, outcome: string): Plain =>
  plain('position', POSITION, [operatorId, marketId, playerId, outcome]);

/** The six scopes of a trade, the least contended first: that is also the order they are locked in. */
const SCOPES =
  '(values ($1::bigint, 2, $2::bigint), (0, 2, $2), ($1, 1, $3::bigint), (0, 1, $3), ($1, 0, 0), (0, 0, 0)) as k(operator_id, scope, key)';
const EXPOSURES = `
select e.* from ${SCOPES} cross join lateral (
  select operator_id as "operatorId", scope, key, yes_shares as yes, no_shares as no, cost_cents as cost, volume_cents as volume, trade_count as "tradeCount"
  from exposure e where e.operator_id = k.operator_id and e.scope = k.scope and e.key = k.key offset 0
) e`;
export const readExposures = (operatorId: bigint, marketId: bigint, category: bigint): Plain =>
  plain('exposures', EXPOSURES, [operatorId, marketId, category]);

const MOVE_EXPOSURES = `
update exposure e set yes_shares = yes_shares + $4, no_shares = no_shares + $5, cost_cents = cost_cents + $6, volume_cents = volume_cents + $7,
  trade_count = trade_count + 1
from ${SCOPES} where e.operator_id = k.operator_id and e.scope = k.scope and e.key = k.key`;
export type Moved = { yes: bigint; no: bigint; cost: bigint; volume: bigint };
export const moveExposures = (operatorId: bigint, marketId: bigint, category: bigint, { yes, no, cost, volume }: Moved): Plain =>
  plain('move_exposures', MOVE_EXPOSURES, [operatorId, marketId, category, yes, no, cost, volume]);

const TRADE = `
insert into trades (operator_id, id, player_id, market_id, outcome, side, status, price, mid, quantity, amount_cents, fee_cents, spread_cents,
  realized_pnl_cents, balance_after_cents, receipt, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`;
export const insertTrade = (t: TradeResult): Plain =>
  plain('trade', TRADE, [
    t.operatorId,
    t.id,
    t.playerId,
    t.marketId,
    t.outcome,
    t.side,
    t.status,
    t.price,
    t.mid,
    t.quantity,
    t.amount,
    t.fee,
    t.spread,
    t.realizedPnl,
    t.balanceAfter,
    JSON.stringify(t.receipt),
    t.createdAt,
  ]);

const ENTRY_COLUMNS =
  'operator_id, player_id, trade_id, created_at, id, type, from_account, to_account, amount_cents, balance_before_cents, balance_after_cents, description';
const places = (from: number): string => Array.from({ length: 8 }, (_, n) => `$${from + n}`).join(', ');
/** Both rows of a trade in one statement. */
export function insertEntries(entries: readonly NewEntry[], at: Date): Plain {
  const [first] = entries;
  const rows = entries.map((_, index) => `($1, $2, $3, $4, ${places(5 + index * 8)})`).join(', ');
  return plain(`entries_${entries.length}`, `insert into ledger_entries (${ENTRY_COLUMNS}) values ${rows}`, [
    first?.operatorId,
    first?.playerId,
    first?.tradeId,
    at,
    ...entries.flatMap((e) => [e.id, e.type, e.from, e.to, e.amount, e.balanceBefore, e.balanceAfter, e.description]),
  ]);
}

const UPDATE_PLAYER = `
update players set balance_cents = $3, open_shares = $4, trade_count = $5, volume_cents = $6, fees_cents = $7, realized_pnl_cents = $8, closed_count = $9,
  won_count = $10, last_trade_at = $11, last_active_at = $11
where operator_id = $1 and id = $2`;
export const updatePlayer = (p: Player, at: Date): Plain =>
  plain('update_player', UPDATE_PLAYER, [
    p.operatorId,
    p.id,
    p.balance,
    p.openShares,
    p.tradeCount,
    p.volume,
    p.fees,
    p.realizedPnl,
    p.closedCount,
    p.wonCount,
    at,
  ]);

const NEW_POSITION = `
insert into positions (operator_id, market_id, player_id, outcome, quantity, cost_cents, realized_pnl_cents, realized_at_open_cents, trade_count, opened_at, id)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`;
const UPDATE_POSITION = `
update positions set quantity = $5::bigint, cost_cents = $6, realized_pnl_cents = $7, realized_at_open_cents = $8, trade_count = $9,
  opened_at = case when $11::bool then $10 else opened_at end, closed_at = case when $5::bigint = 0 then $10::timestamptz end
where operator_id = $1 and market_id = $2 and player_id = $3 and outcome = $4`;
export function writePosition(p: Position, at: Date): Plain {
  const values = [p.operatorId, p.marketId, p.playerId, p.outcome, p.quantity, p.cost, p.realizedPnl, p.realizedAtOpen, p.tradeCount, at];
  return p.isNew
    ? plain('new_position', NEW_POSITION, [...values, p.id])
    : plain('update_position', UPDATE_POSITION, [...values, p.reopened]);
}

const EVENT = `
insert into risk_events (id, operator_id, type, severity, wall, message, scope, value_cents, threshold_cents, player_id, market_id, auto_resolved, created_at)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`;
export const insertEvent = (e: RiskEvent, at: Date): Plain =>
  plain('event', EVENT, [
    e.id,
    e.operatorId,
    e.type,
    e.severity,
    e.wall,
    e.message,
    JSON.stringify(e.scope),
    e.value,
    e.threshold,
    e.playerId,
    e.marketId,
    e.autoResolved,
    at,
  ]);

const NEW_KEY = `
insert into idempotency_keys (operator_id, owner_id, key, body_hash, trade_id, answer, created_at) values ($1, $2, $3, $4, $5, $6, $7)`;
export const insertKey = (k: NewKey, at: Date): Plain =>
  plain('new_key', NEW_KEY, [k.operatorId, k.ownerId, k.key, k.bodyHash, k.tradeId, k.answer, at]);
