/**
 * What a batch reads: each statement by arrays of keys, each row shaped as the world holds it. The rows are found in a lateral
 * subquery that cannot be flattened (`offset 0`, a lock): whatever the statistics say, each key is one descent of the index.
 */
import { formsOf, inBothForms, inForm, int8s, plainName, type Statement, texts } from '../platform/arrays.ts';
import type { Row } from '../platform/db.ts';
import { protectionBounds, protectionColumn, protectionOf } from '../protection/protection.ts';
import { lockCalls } from '../wallet/wallet.ts';
import type { TradeResult } from './operation.rules.ts';
import type { Payout } from './payout.rules.ts';
import type { Wants } from './wants.rules.ts';
import { answerKey, capOf, exposureKey, playerKey, positionKey, type World } from './world.rules.ts';
import type { Exposure, Market, Player, Position, ReservedTrade } from './world-rows.rules.ts';

export const LOCK_SEQUENCER: Statement = {
  name: 'lock_sequencer',
  text: 'select last_id as "lastId", version from sequencer for no key update',
  values: [],
};
export const READ_SEQUENCER: Statement = { name: 'read_sequencer', text: 'select last_id as "lastId", version from sequencer', values: [] };

const PAIR = ['operator_id bigint', 'id bigint'];

const playersForms = (locking: string) =>
  formsOf(
    ({ rows }) => `
select p.*, ${protectionColumn('p', ['$3', '$4'])} as protection from ${rows(PAIR)} as k
cross join lateral (select p.operator_id as "operatorId", p.id, p.status, p.tier, p.limit_tier as "limitTier", p.score, p.max_bet_cents as "maxBet",
  p.allowed_categories as "allowedCategories", p.blocked_categories as "blockedCategories", p.blocked_markets::text[] as "blockedMarkets",
  p.cooldown_until as "cooldownUntil", p.created_at as "createdAt", p.balance_cents as balance, p.open_shares as "openShares",
  p.trade_count as "tradeCount", p.volume_cents as volume, p.fees_cents as fees, p.realized_pnl_cents as "realizedPnl",
  p.closed_count as "closedCount", p.won_count as "wonCount", p.deposited_cents as deposited, p.withdrawn_cents as withdrawn, false as traded,
  p.protected
  from players p where p.operator_id = k.operator_id and p.id = k.id ${locking}) p`,
  );
const PLAYERS = playersForms('offset 0');
const PLAYERS_LOCKED = playersForms('for no key update of p skip locked');

const MARKETS = formsOf(
  ({ rows }) => `
select m.* from ${rows(['id bigint'])} as k
cross join lateral (select m.id, m.operator_id as "ownerId", m.category,
  case when m.closed_at is not null and m.status in ('active', 'paused') then 'resolved' else m.status end as status, m.status in ('resolved', 'cancelled') as decided,
  m.mid::bigint as mid, m.snapshot_id as "snapshotId", m.priced_at as "pricedAt", m.end_at as "endAt",
  m.liquidity_cents as liquidity from markets m where m.id = k.id offset 0) m`,
);

const EXPOSURE_COLUMNS = `e.operator_id as "operatorId", e.scope, e.key, e.yes_shares as yes, e.no_shares as no, e.cost_cents as cost,
  e.volume_cents as volume, e.trade_count as "tradeCount"`;
const EXPOSURES = `
select e.* from unnest($1::bigint[]) as k(id)
cross join lateral (select ${EXPOSURE_COLUMNS} from exposure e where e.operator_id = k.id and e.scope < 2 offset 0) e
union all
select e.* from unnest($2::bigint[], $3::bigint[]) as k(operator_id, market_id)
cross join lateral (
  select ${EXPOSURE_COLUMNS} from exposure e where e.operator_id = k.operator_id and e.scope = 2 and e.key = k.market_id offset 0
) e`;

const POSITIONS = formsOf(
  ({ rows }) => `
select p.* from ${rows(['operator_id bigint', 'market_id bigint', 'player_id bigint', 'outcome text'])} as k
cross join lateral (select p.operator_id as "operatorId", p.market_id as "marketId", p.player_id as "playerId", p.outcome, p.id, p.quantity, p.held_quantity as held, p.cost_cents as cost,
  p.realized_pnl_cents as "realizedPnl", p.realized_at_open_cents as "realizedAtOpen", p.trade_count as "tradeCount",
  false as "isNew", false as reopened
  from positions p
  where p.operator_id = k.operator_id and p.market_id = k.market_id and p.player_id = k.player_id and p.outcome = k.outcome offset 0) p`,
);

const KEYS = formsOf(
  ({ rows }) => `
select k.operator_id as "keyOperatorId", k.owner_id as "ownerId", k.key, replace(k.body_hash::text, '-', '') as "bodyHash", k.answer,
  t.operator_id as "operatorId", t.id, t.player_id as "playerId", t.market_id as "marketId", t.outcome, t.side, t.status, t.wallet_mode as "walletMode", t.price::bigint as price,
  t.mid::bigint as mid, t.quantity, t.amount_cents as amount, t.fee_cents as fee, t.spread_cents as spread, t.realized_pnl_cents as "realizedPnl",
  t.balance_after_cents as "balanceAfter", t.receipt, t.created_at as "createdAt"
from ${rows(['operator_id bigint', 'owner_id bigint', 'key text'])} as q
cross join lateral (
  select * from idempotency_keys k where k.operator_id = q.operator_id and k.owner_id = q.owner_id and k.key = q.key offset 0
) k
left join lateral (
  select * from trades t where t.operator_id = k.operator_id and t.id = any (case when k.trade_id is not null then array[k.trade_id]
    else array(select jsonb_array_elements_text(k.answer -> 'trades')::bigint) end) offset 0
) t on true`,
);

const RESERVED = formsOf(
  ({ rows }) => `
select t.* from ${rows(PAIR)} as k
cross join lateral (select t.operator_id as "operatorId", t.id, t.player_id as "playerId", t.market_id as "marketId", t.outcome, t.side, t.status,
  t.wallet_mode as "walletMode", t.price::bigint as price, t.mid::bigint as mid, t.quantity, t.amount_cents as amount, t.fee_cents as fee,
  t.spread_cents as spread, t.realized_pnl_cents as "realizedPnl", t.balance_after_cents as "balanceAfter", t.receipt, t.created_at as "createdAt",
  (select o.id from limit_orders o where o.operator_id = t.operator_id and o.trade_id = t.id) as "orderId"
  from trades t where t.operator_id = k.operator_id and t.id = k.id offset 0) t`,
);

const EXISTING = `
select p.operator_id as "operatorId", p.id from unnest($1::bigint[], $2::bigint[]) as k(operator_id, id)
cross join lateral (select * from players p where p.operator_id = k.operator_id and p.id = k.id offset 0) p`;

const pairs = (rows: readonly (readonly [bigint, bigint])[]) => [int8s(rows, ([one]) => one), int8s(rows, ([, other]) => other)];

/** Which of these players exist at all: one that does but was skipped is locked by somebody else. */
export const existingPlayers = (players: readonly (readonly [bigint, bigint])[]): Statement => ({
  name: 'existing_players',
  text: EXISTING,
  values: pairs(players),
});

const NAMES = `
select k.id, p.external_id as "externalId", null as title from unnest($1::bigint[], $2::bigint[]) as k(operator_id, id)
cross join lateral (select p.external_id from players p where p.operator_id = k.operator_id and p.id = k.id offset 0) p
union all
select k.id, null, m.title from unnest($3::bigint[]) as k(id) cross join lateral (select m.title from markets m where m.id = k.id offset 0) m`;

/** What outside wallets call these players, and the titles of these markets; nothing when no wallet will be told. */
export const readNames = ({ named: { players, markets } }: Wants, { everything = false } = {}): Statement[] =>
  players.size > 0 || everything
    ? [{ name: 'read_names', text: NAMES, values: [...pairs([...players.values()]), int8s([...markets], (id) => id)] }]
    : [];

/** Puts the answer of `readNames` into the world. */
export function addNames(world: World, rows: readonly Row[]): void {
  for (const { id, externalId, title } of rows as { id: bigint; externalId: string | null; title: string | null }[]) {
    if (externalId !== null) world.externalIds.set(id, externalId);
    if (title !== null) world.titles.set(id, title);
  }
}

type Reading = { lock: boolean; now: Date; everything?: boolean };

/**
 * Players first: with `lock` their rows are locked, those somebody else holds are left out. `now` bounds what counts against limits of
 * their own. `everything` keeps the statements that nobody needs too: that prepares them.
 */
export function readWorld(wants: Wants, { lock, now, everything = false }: Reading): Statement[] {
  const named = [...wants.players.values()];
  const players = [...pairs(named), ...protectionBounds(now)];
  const markets = [...wants.markets];
  const positions = [...wants.positions.values()];
  const keys = [...wants.keys.values()];
  const statements: Statement[] = [
    lock ? inForm('lock_players', PLAYERS_LOCKED, named, players) : inForm('read_players', PLAYERS, named, players),
    inForm('read_markets', MARKETS, markets, [int8s(markets, (id) => id)]),
    {
      name: 'read_exposures',
      text: EXPOSURES,
      values: [int8s([...wants.operators], (id) => id), ...pairs([...wants.marketExposures.values()])],
    },
    inForm('read_positions', POSITIONS, positions, [
      int8s(positions, ([operatorId]) => operatorId),
      int8s(positions, ([, marketId]) => marketId),
      int8s(positions, ([, , playerId]) => playerId),
      texts(positions, ([, , , outcome]) => outcome),
    ]),
  ];
  if (keys.length > 0 || everything) {
    const values = [int8s(keys, ([operatorId]) => operatorId), int8s(keys, ([, ownerId]) => ownerId), texts(keys, ([, , key]) => key)];
    statements.push(inForm('read_keys', KEYS, keys, values));
  }
  if (wants.reserved.size > 0 || everything) {
    const reserved = [...wants.reserved.values()];
    statements.push(inForm('read_reserved', RESERVED, reserved, pairs(reserved)));
  }
  if (lock && (wants.calls.size > 0 || everything)) statements.push(lockCalls([...wants.calls.values()]));
  return everything ? inBothForms(statements) : statements;
}

type KeyRow = TradeResult & { keyOperatorId: bigint; ownerId: bigint; key: string; bodyHash: string; answer: Record<string, unknown> };

function addKeptAnswers(world: World, rows: readonly KeyRow[]): void {
  for (const { keyOperatorId, ownerId, key, bodyHash, answer, ...trade } of rows) {
    const name = answerKey(keyOperatorId, ownerId, key);
    const kept = world.keys.get(name) ?? { bodyHash, answer, trades: [] };
    if (trade.id !== null) kept.trades.push(trade);
    world.keys.set(name, kept);
  }
}

/** Puts the answer of `readOutstanding` into the world. */
export function addOutstanding(world: World, rows: readonly Payout[]): void {
  for (const row of rows) {
    const key = playerKey(row.operatorId, row.playerId);
    world.payouts.set(key, [...(world.payouts.get(key) ?? []), row]);
  }
}

type WorldRows = Partial<Record<'players' | 'markets' | 'exposures' | 'positions' | 'keys' | 'reserved' | 'calls', Row[]>>;
const KINDS: Record<string, keyof WorldRows> = {
  lock_players: 'players',
  read_players: 'players',
  read_markets: 'markets',
  read_exposures: 'exposures',
  read_positions: 'positions',
  read_keys: 'keys',
  read_reserved: 'reserved',
  lock_wallet_calls: 'calls',
};

/** The answers of `readWorld`'s statements by what they are. */
export const rowsByKind = (statements: readonly Statement[], replies: readonly Row[][]): WorldRows =>
  Object.fromEntries(statements.map((statement, index) => [KINDS[plainName(statement)], replies[index]]));

/** Puts rows into the world. They become the world's own: copying them costs as much as reading them. */
export function addRows(world: World, rows: WorldRows): void {
  const { players = [], markets = [], exposures = [], positions = [], keys = [], reserved = [], calls = [] } = rows;
  for (const row of players) {
    row['blockedMarkets'] = (row['blockedMarkets'] as string[]).map(BigInt);
    row['protection'] = protectionOf(row['protection'] as Parameters<typeof protectionOf>[0]);
    const player = row as Player;
    world.players.set(playerKey(player.operatorId, player.id), player);
  }
  for (const row of markets) {
    row['scopes'] = new Map();
    const market = row as Market;
    world.markets.set(market.id, market);
  }
  for (const row of exposures) {
    const { operatorId, scope, key } = row as Exposure;
    row['cap'] = capOf(world.settings, operatorId, scope, key);
    row['isNew'] = false;
    row['tradeCount'] = Number(row['tradeCount']);
    world.exposures.set(exposureKey(operatorId, scope, key), row as Exposure);
  }
  for (const row of positions as Position[]) {
    world.positions.set(positionKey(row.operatorId, row.playerId, row.marketId, row.outcome), row);
  }
  addKeptAnswers(world, keys as KeyRow[]);
  for (const row of reserved as ReservedTrade[]) world.reserved.set(row.id, row);
  for (const { id } of calls as { id: bigint }[]) world.openCalls.add(id);
}
