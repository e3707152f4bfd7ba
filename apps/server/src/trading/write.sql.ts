/**
 * What a batch writes: one statement a table, only for tables that have rows; exposure and the sequencer last. An update finds its
 * rows by one descent of the index each and then takes them by `ctid`, so that no statistics can make it scan.
 */
import { postEntries } from '../ledger/ledger.ts';
import {
  booleans,
  type Forms,
  formsOf,
  formTexts,
  inBothForms,
  inForm,
  int8s,
  jsonTexts,
  type Statement,
  texts,
} from '../platform/arrays.ts';
import { auditStatement } from '../platform/audit.ts';
import { type ProtectedPlayer, writeSessions, writeSpending } from '../protection/protection.ts';
import { endCalls, insertAttempts, insertCalls } from '../wallet/wallet.ts';
import { changedBreakers, updateBreakers } from './breaker-write.sql.ts';
import { changeLimitOrders, insertLimitOrders } from './limit-order.sql.ts';
import type { TradeResult } from './operation.rules.ts';
import { insertAbsorptions, insertEarly } from './payout.sql.ts';
import { updateAnswered, updatePlayers } from './player-write.sql.ts';
import { insertPositions, updatePositions } from './position.sql.ts';
import type { World } from './world.rules.ts';
import type { Exposure, NewKey, NewTradeEvent, Player, RiskEvent } from './world-rows.rules.ts';

const TRADE_COLUMNS = [
  ...[
    'operator_id bigint',
    'id bigint',
    'player_id bigint',
    'market_id bigint',
    'outcome text',
    'side text',
    'status text',
    'price bigint',
  ],
  ...['mid bigint', 'quantity bigint', 'amount bigint', 'fee bigint', 'spread bigint', 'realized bigint?', 'balance bigint', 'mode text'],
];
const TRADES = formsOf(
  ({ rows, present }) => `
insert into trades (operator_id, id, player_id, market_id, outcome, side, status, price, mid, quantity, amount_cents, fee_cents, spread_cents,
  realized_pnl_cents, balance_after_cents, receipt, created_at, wallet_mode)
select operator_id, id, player_id, market_id, outcome, side, status, price, mid, quantity, amount, fee, spread, realized, balance, receipt, $18::timestamptz, mode
from ${rows(TRADE_COLUMNS, { name: 'receipt', type: 'json' })} as t ${present('id')}`,
);

const insertTrades = (rows: readonly TradeResult[], at: string): Statement =>
  inForm('insert_trades', TRADES, rows, [
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
    texts(rows, (t) => t.walletMode),
    formTexts(rows, (t) => JSON.stringify(t.receipt)),
    at,
  ]);

const ENDED = formsOf(
  ({ rows, present, matching }) => `
with ended as (
  select operator_id, id, trade_id, player_id, status, nullif(refusal, 'null') as refusal
  from ${rows(['operator_id bigint', 'id bigint', 'trade_id bigint', 'player_id bigint', 'status text'], { name: 'refusal', type: 'jsonb' })} as e
), noted as (
  insert into trade_events (operator_id, id, trade_id, player_id, status, refusal, created_at)
  select operator_id, id, trade_id, player_id, status, refusal, $7::timestamptz from ended ${present('id')}
)
update trades t set status = u.status from (select operator_id, trade_id as id, status from ended) u
${matching('trades', 't', ['operator_id', 'id'])}`,
);

const endTrades = (rows: readonly NewTradeEvent[], at: string): Statement =>
  inForm('end_trades', ENDED, rows, [
    int8s(rows, ({ trade }) => trade.operatorId),
    int8s(rows, ({ id }) => id),
    int8s(rows, ({ trade }) => trade.id),
    int8s(rows, ({ trade }) => trade.playerId),
    texts(rows, ({ trade }) => trade.status),
    formTexts(rows, ({ refusal }) => JSON.stringify(refusal)),
    at,
  ]);

const EXPOSURE_COLUMNS = [
  ...['operator_id bigint', 'scope bigint', 'key bigint', 'yes bigint', 'no bigint', 'cost bigint', 'volume bigint', 'trade_count bigint'],
  'cap bigint',
];
// The cap follows the limit in force; exposure that a lowered limit left above it may stay and shrink, never grow.
const EXPOSURES = formsOf(
  ({ rows, matching }) => `
update exposure e set yes_shares = u.yes, no_shares = u.no, cost_cents = u.cost, volume_cents = u.volume, trade_count = u.trade_count,
  cap_shares = greatest(u.cap, e.yes_shares + e.no_shares)
from ${rows(EXPOSURE_COLUMNS)} as u
${matching('exposure', 'e', ['operator_id', 'scope', 'key'])}`,
);
const NEW_EXPOSURES = formsOf(
  ({ rows, present }) => `
insert into exposure (operator_id, scope, key, yes_shares, no_shares, cost_cents, volume_cents, trade_count, cap_shares)
select operator_id, scope, key, yes, no, cost, volume, trade_count, cap from ${rows(EXPOSURE_COLUMNS)} as u ${present('key')}`,
);

const writeExposures = (name: string, forms: Forms, rows: readonly Exposure[]): Statement =>
  inForm(name, forms, rows, [
    int8s(rows, (e) => e.operatorId),
    int8s(rows, (e) => e.scope),
    int8s(rows, (e) => e.key),
    int8s(rows, (e) => e.yes),
    int8s(rows, (e) => e.no),
    int8s(rows, (e) => e.cost),
    int8s(rows, (e) => e.volume),
    int8s(rows, (e) => e.tradeCount),
    int8s(rows, (e) => e.cap),
  ]);

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

const KEYS = formsOf(
  ({ rows, present }) => `
insert into idempotency_keys (operator_id, owner_id, key, body_hash, trade_id, answer, created_at)
select operator_id, owner_id, key, body_hash, trade_id, answer, $7::timestamptz
from ${rows(['operator_id bigint', 'owner_id bigint', 'key text', 'body_hash uuid', 'trade_id bigint?'], { name: 'answer', type: 'jsonb' })} as k ${present('key')}`,
);

const insertKeys = (rows: readonly NewKey[], at: string): Statement =>
  inForm('insert_keys', KEYS, rows, [
    int8s(rows, (k) => k.operatorId),
    int8s(rows, (k) => k.ownerId),
    texts(rows, (k) => k.key),
    texts(rows, (k) => k.bodyHash),
    int8s(rows, (k) => k.tradeId),
    formTexts(rows, (k) => k.answer),
    at,
  ]);

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
  for (const statement of statements) yield* everything ? inBothForms([statement()]) : [statement()];
}
