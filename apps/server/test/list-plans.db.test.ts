/** How Postgres would answer the lists: over large tables by index, whoever asks. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { selectPeriodFacts } from '../src/billing/invoice.sql.ts';
import { selectEntries } from '../src/billing/invoice-list.sql.ts';
import { listEntries } from '../src/ledger/ledger.ts';
import type { Actor } from '../src/platform/actor.ts';
import type { Db } from '../src/platform/db.ts';
import { type ChoosePlayers, choosePlayers } from '../src/players/player-choice.sql.ts';
import { selectPlayers } from '../src/players/player-list.sql.ts';
import { seenSince } from '../src/players/shown-player.rules.ts';
import { choosePositions } from '../src/trading/position-choice.sql.ts';
import { selectConsolePositions } from '../src/trading/position-list.sql.ts';
import { chooseTrades, type TradeFilter } from '../src/trading/trade-choice.sql.ts';
import { selectTrades } from '../src/trading/trade-list.sql.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { START } from './factories.ts';

const LARGE = /Seq Scan on (trades|positions|players|ledger_entries|idempotency_keys|wallet_calls|trade_events|exposure)\b/;
const OPERATORS = 20;
const OPERATOR = 7n;
const ADMIN: Actor = { kind: 'admin', adminId: 1n, email: 'a@predictu.test', permissions: [] };
const MEMBER: Actor = { kind: 'operator', operatorId: OPERATOR, slug: 'o-7', memberId: 1n, email: 'm@o.test', permissions: [] };
const SLICE = { limit: 51, offset: 0, after: undefined };
const DAY = { from: new Date(START.getTime() + 86_400_000), to: new Date(START.getTime() + 2 * 86_400_000) };

/** 20 operators with 500 players, 5,000 trades, 2,500 positions each, over ten days and 400 markets. Ids of trades are those of their time. */
const ROWS = [
  `insert into operators (id, slug, name, contact_email, created_at, updated_at) select n, 'o-' || n, 'O', 'o@o.test', $1, $1 from generate_series(1, 20) n`,
  `insert into markets (id, source, source_id, title, category, mid, status, created_at, updated_at)
   select n, 'simulated', n, 'Will it?', 'sports', 5000, case when n % 4 = 0 then 'resolved' else 'active' end, $1, $1 from generate_series(1, 400) n`,
  `insert into players (operator_id, id, external_id, username, email, tier, trade_count, score, created_at, last_active_at)
   select 1 + n % 20, n, 'ext-' || n, 'player_' || n, n || '@example.com', case when n % 50 = 0 then 'sharp' else 'normal' end, n % 30, n % 100,
     $1::timestamptz + n * interval '1 minute', $1::timestamptz + n * interval '2 minutes' from generate_series(1, 10000) n`,
  `insert into trades (operator_id, id, player_id, market_id, outcome, side, status, price, mid, quantity, amount_cents, fee_cents, spread_cents,
     realized_pnl_cents, balance_after_cents, receipt, created_at)
   select 1 + n % 20, (((extract(epoch from $1::timestamptz)::bigint * 1000 - 1704067200000) + n * 8640) << 22) + n, 1 + (n * 7) % 10000, 1 + n % 400,
     case when n % 3 = 0 then 'yes' else 'no' end, case when n % 5 = 0 then 'sell' else 'buy' end,
     case when n % 500 = 0 then 'cancelled' else 'filled' end, 5000, 5000, 100 + n % 900, 50 + n % 5000, 1, 1, null, 0, '{}', $1::timestamptz + n * interval '8.64 seconds'
   from generate_series(1, 100000) n`,
  `insert into positions (operator_id, market_id, player_id, outcome, id, quantity, cost_cents, trade_count, opened_at)
   select 1 + n % 20, 1 + n % 400, 1 + (n * 7) % 10000, case when n % 3 = 0 then 'yes' else 'no' end, n, n % 900, 50, 2, $1::timestamptz + n * interval '17 seconds'
   from generate_series(1, 50000) n on conflict do nothing`,
  `insert into ledger_entries (operator_id, id, player_id, type, from_account, to_account, amount_cents, balance_before_cents, balance_after_cents, description, created_at)
   select 1 + n % 20, n, 1 + (n * 7) % 10000, 'trade_debit', 'player', 'house', 1, 1, 0, 'x', $1::timestamptz + n * interval '8 seconds' from generate_series(1, 100000) n`,
  `insert into idempotency_keys (operator_id, owner_id, key, body_hash, trade_id, answer, created_at)
   select operator_id, player_id, 'key-' || id, '00000000000000000000000000000000', id, '{}', created_at from trades`,
  `insert into trade_events (operator_id, id, trade_id, player_id, status, created_at)
   select operator_id, id + 1000000, id, player_id, 'filled', created_at from trades where id % 8 = 0 and status = 'filled'`,
  `insert into wallet_calls (operator_id, id, method, player_id, market_id, trade_id, amount_cents, status, started_at, created_at)
   select operator_id, id, 'BET_MAKE', player_id, market_id, id, 100, 'confirmed', created_at, created_at from trades where id % 4 = 0`,
  `insert into exposure (operator_id, scope, key, yes_shares, no_shares, cost_cents, volume_cents, trade_count, cap_shares)
   select o, 2, m, 0, 0, 0, 0, 12, 0 from generate_series(0, 20) o, generate_series(1, 400) m`,
  `insert into exposure (operator_id, scope, key, yes_shares, no_shares, cost_cents, volume_cents, trade_count, cap_shares)
   select o, 0, 0, 0, 0, 0, 0, 5000, 0 from generate_series(0, 20) o`,
];

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  for (const text of ROWS) await db.owner.query(text, text.includes('$1') ? [START] : []);
  await db.owner.query('vacuum analyze');
});
afterAll(() => db?.drop());

/** Does the work and answers which of its statements went through a large table from end to end, with their plans. */
async function scansOf(actor: Actor, work: (db: Db) => Promise<unknown>): Promise<string[]> {
  const scans: string[] = [];
  let asked = 0;
  await db.database.as(actor, 'read', async (real) => {
    const explaining: Db = {
      async query(text, values, name) {
        const lines = await real.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
        const plan = lines.map((line) => line['QUERY PLAN']).join('\n');
        asked += 1;
        if (LARGE.test(plan)) scans.push(`${text}\n${plan}`);
        return real.query(text, values, name);
      },
      each: () => Promise.reject(new Error('Not read here')),
    };
    await work(explaining);
  });
  expect(asked).toBeGreaterThan(0);
  return scans;
}

const trades =
  (filter: TradeFilter, sort: 'created_at' | 'amount' | 'price' = 'created_at', slice: { limit: number; offset: number } = SLICE) =>
  (view: 'admin' | 'operator') =>
  async (tx: Db) => {
    const { ids } = await chooseTrades(tx, filter, { sort, order: 'desc' }, { after: undefined, ...slice });
    const rows = await selectTrades(tx, ids, view);
    expect(rows.length).toBe(ids.length);
  };

const NARROW: Record<string, TradeFilter> = {
  user: { playerId: 77n },
  market: { marketId: 8n },
  'user and market': { playerId: 77n, marketId: 8n },
  cancelled: { status: 'cancelled' },
  pending: { status: 'pending' },
  settled: { status: 'settled' },
  filled: { status: 'filled' },
  'a day': DAY,
};
const WIDE: Record<string, TradeFilter> = {
  side: { side: 'buy' },
  outcome: { outcome: 'no' },
  amount: { minAmount: 400n, maxAmount: 900n },
};

test.each(Object.keys({ '': 0, ...NARROW }))('trades of all operators: %s', async (name) => {
  expect(await scansOf(ADMIN, trades(NARROW[name] ?? {})('admin'))).toEqual([]);
});
test.each(Object.keys({ '': 0, ...NARROW, ...WIDE }))('trades of an operator: %s', async (name) => {
  const filter = { operatorId: OPERATOR, ...NARROW[name], ...WIDE[name] };
  expect(await scansOf(MEMBER, trades(filter)('operator'))).toEqual([]);
  expect(await scansOf(ADMIN, trades(filter)('admin'))).toEqual([]);
});
test('trades by amount and price, and far pages', async () => {
  for (const sort of ['amount', 'price'] as const) {
    expect(await scansOf(MEMBER, trades({ operatorId: OPERATOR }, sort)('operator'))).toEqual([]);
    expect(await scansOf(ADMIN, trades({ marketId: 8n }, sort)('admin'))).toEqual([]);
  }
  expect(await scansOf(ADMIN, trades({}, 'created_at', { limit: 51, offset: 900_000_000 })('admin'))).toEqual([]);
});

test.each(['opened_at', 'market_value', 'pnl', 'quantity'] as const)('positions by %s', async (sort) => {
  for (const filter of [{}, { playerId: 77n }, { marketId: 8n }, { status: 'open' as const }, { outcome: 'yes' as const }]) {
    const scans = await scansOf(MEMBER, async (tx) => {
      const { ids } = await choosePositions(tx, { operatorId: OPERATOR, ...filter }, { sort, order: 'desc' }, SLICE);
      await selectConsolePositions(tx, ids);
    });
    expect(scans).toEqual([]);
  }
});

const now = new Date(START.getTime() + 15 * 86_400_000);
type Sorts = Parameters<ChoosePlayers>[2]['sort'];
const players = (filter: object, sort: Sorts) => async (tx: Db) => {
  const { ids } = await choosePlayers(tx, { seenSince: seenSince(now), ...filter }, { sort, order: 'desc' }, SLICE);
  await selectPlayers(tx, ids, seenSince(now));
};
test.each(['created_at', 'last_active', 'trade_count', 'balance', 'pnl', 'volume', 'score'] as const)('players by %s', async (sort) => {
  for (const filter of [{}, { search: 'player_77' }, { tier: 'sharp' }, { status: 'active' }, { minBalance: 0n, maxBalance: 10n }]) {
    expect(await scansOf(MEMBER, players({ operatorId: OPERATOR, ...filter }, sort))).toEqual([]);
  }
});
test('players of all operators: the newest, and those a search finds', async () => {
  expect(await scansOf(ADMIN, players({}, 'created_at'))).toEqual([]);
  expect(await scansOf(ADMIN, players({ search: 'yer_777' }, 'pnl'))).toEqual([]);
  expect(await scansOf(ADMIN, players({ search: 'usr', searchId: 77n }, 'pnl'))).toEqual([]);
});

test('a ledger', async () => {
  for (const filter of [{}, { types: ['deposit' as const] }, DAY]) {
    expect(await scansOf(ADMIN, (tx) => listEntries(tx, { operatorId: OPERATOR, playerId: 77n, ...filter }, SLICE))).toEqual([]);
  }
});

test('the operators are as many as the test thinks', async () => {
  expect(Number((await db.owner.query('select count(distinct operator_id) as n from trades')).rows[0].n)).toBe(OPERATORS);
});

test('the sums and the trades of an invoice', async () => {
  expect(await scansOf(ADMIN, (tx) => selectPeriodFacts(tx, OPERATOR, DAY))).toEqual([]);
  for (const kind of ['spread', 'fee'] as const) {
    expect(await scansOf(MEMBER, (tx) => selectEntries(tx, { operatorId: OPERATOR, kind, period: DAY }, SLICE))).toEqual([]);
  }
});
