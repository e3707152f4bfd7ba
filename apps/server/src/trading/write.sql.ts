/**
 * What a batch writes: one statement a table, only for tables that have rows; exposure and the sequencer last. An update finds its
 * rows by one descent of the index each and then takes them by `ctid`, so that no statistics can make it scan.
 */
import { postEntries } from '../ledger/ledger.ts';
import { booleans, instants, int8s, jsonTexts, type Statement, texts } from '../platform/arrays.ts';
import { auditStatement } from '../platform/audit.ts';
import { type ProtectedPlayer, writeSessions, writeSpending } from '../protection/protection.ts';
import { endCalls, insertAttempts, insertCalls } from '../wallet/wallet.ts';
import { changedBreakers, updateBreakers } from './breaker-write.sql.ts';
import { changeLimitOrders, insertLimitOrders } from './limit-order.sql.ts';
import type { TradeResult } from './operation.rules.ts';
import { insertAbsorptions, insertEarly } from './payout.sql.ts';
import { insertPositions, updatePositions } from './position.sql.ts';
import type { World } from './world.rules.ts';
import type { Exposure, NewKey, NewTradeEvent, Player, RiskEvent } from './world-rows.rules.ts';

const TRADES = `
insert into trades (operator_id, id, player_id, market_id, outcome, side, status, price, mid, quantity, amount_cents, fee_cents, spread_cents,
  realized_pnl_cents, balance_after_cents, receipt, created_at, wallet_mode)
select operator_id, id, player_id, market_id, outcome, side, status, price, mid, quantity, amount, fee, spread, realized, balance, receipt, $17::timestamptz, mode
from rows from (unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::bigint[], $9::bigint[], $10::bigint[],
  $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], $18::text[]), json_array_elements($16::json))
  as t(operator_id, id, player_id, market_id, outcome, side, status, price, mid, quantity, amount, fee, spread, realized, balance, mode, receipt)`;

const insertTrades = (rows: readonly TradeResult[], at: string): Statement => ({
  name: 'insert_trades',
  text: TRADES,
  values: [
    int8s(rows, (t) => t.operatorId),
    int8s(rows, (t) => t.id),
    int8s(rows, (t) => t.playerId),
    int8s(rows, (t) => t.marketId),
    texts(rows, (t) => t.outcome),
    texts(rows, (t) => t.side),
    texts(rows, (t) => t.status),
    int8s(rows, (t) => t.price),
    int8s(rows, (t) => t.mid),
    int8s(rows, (t) => t.quantity),
    int8s(rows, (t) => t.amount),
    int8s(rows, (t) => t.fee),
    int8s(rows, (t) => t.spread),
    int8s(rows, (t) => t.realizedPnl),
    int8s(rows, (t) => t.balanceAfter),
    jsonTexts(rows, (t) => JSON.stringify(t.receipt)),
    at,
    texts(rows, (t) => t.walletMode),
  ],
});

const ENDED = `
with ended as (
  select operator_id, id, trade_id, player_id, status, nullif(refusal, 'null') as refusal
  from rows from (unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[]), jsonb_array_elements($6::jsonb))
    as e(operator_id, id, trade_id, player_id, status, refusal)
), noted as (
  insert into trade_events (operator_id, id, trade_id, player_id, status, refusal, created_at) select *, $7::timestamptz from ended
)
update trades t set status = e.status from ended e
cross join lateral (select x.ctid from trades x where x.operator_id = e.operator_id and x.id = e.trade_id offset 0) x
where t.ctid = x.ctid`;

const endTrades = (rows: readonly NewTradeEvent[], at: string): Statement => ({
  name: 'end_trades',
  text: ENDED,
  values: [
    int8s(rows, ({ trade }) => trade.operatorId),
    int8s(rows, ({ id }) => id),
    int8s(rows, ({ trade }) => trade.id),
    int8s(rows, ({ trade }) => trade.playerId),
    texts(rows, ({ trade }) => trade.status),
    jsonTexts(rows, ({ refusal }) => JSON.stringify(refusal)),
    at,
  ],
});

const playersText = (set: string, columns: string, names: string): string => `
update players p set balance_cents = u.balance, open_shares = u.open_shares, trade_count = u.trade_count, volume_cents = u.volume,
  fees_cents = u.fees, realized_pnl_cents = u.realized, closed_count = u.closed, won_count = u.won, deposited_cents = u.deposited,
  withdrawn_cents = u.withdrawn, last_trade_at = case when u.traded then $14::timestamptz else p.last_trade_at end,
  last_active_at = case when u.traded then $14::timestamptz else p.last_active_at end${set}
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[],
  $11::bigint[], $12::bigint[], $13::bool[]${columns})
  as u(operator_id, id, balance, open_shares, trade_count, volume, fees, realized, closed, won, deposited, withdrawn, traded${names})
cross join lateral (select x.ctid from players x where x.operator_id = u.operator_id and x.id = u.id offset 0) x
where p.ctid = x.ctid`;
const PLAYERS = playersText('', '', '');
/** With what an outside wallet has answered, unless something newer is known. */
const PLAYERS_ANSWERED = playersText(
  `,
  wallet_balance_cents = case when p.wallet_balance_at > u.answered_at then p.wallet_balance_cents else u.answered end,
  wallet_balance_at = greatest(p.wallet_balance_at, u.answered_at)`,
  ', $15::bigint[], $16::timestamptz[]',
  ', answered, answered_at',
);

const updatePlayers = (rows: readonly Player[], at: string): Statement => ({
  name: 'update_players',
  text: PLAYERS,
  values: [
    int8s(rows, (p) => p.operatorId),
    int8s(rows, (p) => p.id),
    int8s(rows, (p) => p.balance),
    int8s(rows, (p) => p.openShares),
    int8s(rows, (p) => p.tradeCount),
    int8s(rows, (p) => p.volume),
    int8s(rows, (p) => p.fees),
    int8s(rows, (p) => p.realizedPnl),
    int8s(rows, (p) => p.closedCount),
    int8s(rows, (p) => p.wonCount),
    int8s(rows, (p) => p.deposited),
    int8s(rows, (p) => p.withdrawn),
    booleans(rows, (p) => p.traded),
    at,
  ],
});
const updateAnswered = (rows: readonly Player[], at: string, answers: World['walletBalances']): Statement => ({
  name: 'update_players_answered',
  text: PLAYERS_ANSWERED,
  values: [
    ...updatePlayers(rows, at).values,
    int8s(rows, (p) => answers.get(p)?.balance ?? null),
    instants(rows, (p) => answers.get(p)?.at ?? null),
  ],
});

const EXPOSURE_ROWS = `unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[])
  as u(operator_id, scope, key, yes, no, cost, volume, trade_count, cap)`;
// The cap follows the limit in force; exposure that a lowered limit left above it may stay and shrink, never grow.
const EXPOSURES = `
update exposure e set yes_shares = u.yes, no_shares = u.no, cost_cents = u.cost, volume_cents = u.volume, trade_count = u.trade_count,
  cap_shares = greatest(u.cap, e.yes_shares + e.no_shares)
from ${EXPOSURE_ROWS}
cross join lateral (select x.ctid from exposure x where x.operator_id = u.operator_id and x.scope = u.scope and x.key = u.key offset 0) x
where e.ctid = x.ctid`;
const NEW_EXPOSURES = `
insert into exposure (operator_id, scope, key, yes_shares, no_shares, cost_cents, volume_cents, trade_count, cap_shares)
select * from ${EXPOSURE_ROWS}`;

const writeExposures = (name: string, text: string, rows: readonly Exposure[]): Statement => ({
  name,
  text,
  values: [
    int8s(rows, (e) => e.operatorId),
    int8s(rows, (e) => e.scope),
    int8s(rows, (e) => e.key),
    int8s(rows, (e) => e.yes),
    int8s(rows, (e) => e.no),
    int8s(rows, (e) => e.cost),
    int8s(rows, (e) => e.volume),
    int8s(rows, (e) => e.tradeCount),
    int8s(rows, (e) => e.cap),
  ],
});

const EVENTS = `
insert into risk_events (id, operator_id, type, severity, wall, message, scope, value_cents, threshold_cents, player_id, market_id, auto_resolved, created_at)
select id, operator_id, type, severity, wall, message, scope, value, threshold, player_id, market_id, auto_resolved, $13::timestamptz
from rows from (unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[],
  $10::bigint[], $11::bool[]), jsonb_array_elements($12::jsonb))
  as e(id, operator_id, type, severity, wall, message, value, threshold, player_id, market_id, auto_resolved, scope)`;

const insertEvents = (rows: readonly RiskEvent[], at: string): Statement => ({
  name: 'insert_events',
  text: EVENTS,
  values: [
    int8s(rows, (e) => e.id),
    int8s(rows, (e) => e.operatorId),
    texts(rows, (e) => e.type),
    texts(rows, (e) => e.severity),
    int8s(rows, (e) => e.wall),
    texts(rows, (e) => e.message),
    int8s(rows, (e) => e.value),
    int8s(rows, (e) => e.threshold),
    int8s(rows, (e) => e.playerId),
    int8s(rows, (e) => e.marketId),
    booleans(rows, (e) => e.autoResolved),
    jsonTexts(rows, (e) => JSON.stringify(e.scope)),
    at,
  ],
});

const KEYS = `
insert into idempotency_keys (operator_id, owner_id, key, body_hash, trade_id, answer, created_at)
select operator_id, owner_id, key, body_hash, trade_id, answer, $7::timestamptz
from rows from (unnest($1::bigint[], $2::bigint[], $3::text[], $4::uuid[], $5::bigint[]), jsonb_array_elements($6::jsonb))
  as k(operator_id, owner_id, key, body_hash, trade_id, answer)`;

const insertKeys = (rows: readonly NewKey[], at: string): Statement => ({
  name: 'insert_keys',
  text: KEYS,
  values: [
    int8s(rows, (k) => k.operatorId),
    int8s(rows, (k) => k.ownerId),
    texts(rows, (k) => k.key),
    texts(rows, (k) => k.bodyHash),
    int8s(rows, (k) => k.tradeId),
    jsonTexts(rows, (k) => k.answer),
    at,
  ],
});

const updateSequencer = (lastId: bigint, steps: number): Statement => ({
  name: 'update_sequencer',
  text: 'update sequencer set last_id = greatest(last_id, $1::bigint), version = version + $2::int',
  values: [String(lastId), steps],
});

type Add = <T>(rows: readonly T[], statement: (rows: readonly T[]) => Statement) => void;

/** Players, and what they have set for themselves. */
function addPlayers(world: World, at: string, add: Add): void {
  const answers = world.walletBalances;
  const players = [...world.changedPlayers];
  add(
    players.filter((player) => !answers.has(player)),
    (rows) => updatePlayers(rows, at),
  );
  add(
    players.filter((player) => answers.has(player)),
    (rows) => updateAnswered(rows, at, answers),
  );
  const guarded = players.filter((player): player is Player & ProtectedPlayer => player.protection !== null);
  add(
    guarded.filter(({ protection }) => protection.changedDays.length > 0),
    writeSpending,
  );
  add(
    guarded.filter(({ protection }) => protection.sessionChanged),
    writeSessions,
  );
}

/**
 * All that the world holds to be written, in order; each statement is made when it is asked for. `everything` keeps the statements without rows
 * too: that prepares them.
 */
export function* writeWorld(world: World, { everything = false } = {}): Iterable<Statement> {
  const at = world.now.toISOString();
  const statements: (() => Statement)[] = [];
  const add: Add = (rows, statement) => {
    if (rows.length > 0 || everything) statements.push(() => statement(rows));
  };
  const positions = [...world.changedPositions];
  const exposures = [...world.changedExposures];
  const breakers = changedBreakers(world);
  add(world.trades, (rows) => insertTrades(rows, at));
  add(world.tradeEvents, (rows) => endTrades(rows, at));
  add(world.calls, insertCalls);
  add(world.endedCalls, endCalls);
  add(
    world.endedCalls.map(({ attempt }) => attempt).filter((attempt) => attempt !== null),
    insertAttempts,
  );
  add(world.earlyPayouts, insertEarly);
  add(
    world.earlyPayouts.filter(({ absorbed }) => absorbed > 0n),
    insertAbsorptions,
  );
  add(world.entries, (rows) => postEntries(rows, world.now));
  addPlayers(world, at, add);
  add(
    positions.filter(({ isNew }) => !isNew),
    (rows) => updatePositions(rows, at),
  );
  // Orders that were undone may leave a new row that nothing has touched.
  add(
    positions.filter(({ isNew, tradeCount }) => isNew && tradeCount > 0),
    (rows) => insertPositions(rows, at),
  );
  add(world.newLimitOrders, (rows) => insertLimitOrders(rows, at));
  add(world.limitOrderChanges, (rows) => changeLimitOrders(rows, at));
  add(world.events, (rows) => insertEvents(rows, at));
  add(world.audits, (rows) => auditStatement(rows, at));
  add(breakers, updateBreakers);
  add(world.newKeys, (rows) => insertKeys(rows, at));
  add(
    exposures.filter(({ isNew }) => !isNew),
    (rows) => writeExposures('update_exposure', EXPOSURES, rows),
  );
  add(
    exposures.filter(({ isNew, tradeCount, yes, no }) => isNew && (tradeCount > 0 || yes + no > 0n)),
    (rows) => writeExposures('insert_exposure', NEW_EXPOSURES, rows),
  );
  const numbered = [world.trades, world.tradeEvents, world.entries, world.events, world.newLimitOrders, world.limitOrderChanges];
  if (numbered.some(({ length }) => length > 0) || everything) {
    statements.push(() => updateSequencer(world.lastId, breakers.length > 0 ? 1 : 0));
  }
  for (const statement of statements) yield statement();
}
