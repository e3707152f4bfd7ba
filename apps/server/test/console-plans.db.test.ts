/** How Postgres would answer the consoles' pages of markets, exposure and activity: over large tables by index, whoever asks. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { selectOrigins } from '../src/access/embed-origin.sql.ts';
import { selectMoment, selectPage, selectSince } from '../src/insights/activity.sql.ts';
import {
  countOpenPositions,
  countTraders,
  selectByOperator,
  selectFigures,
  selectTopTraders,
  sumVolumes,
} from '../src/insights/market-figures.sql.ts';
import { showActivity } from '../src/insights/show-activity.ts';
import { marketsChangedAfter, totalsAfter, totalsMovedAfter } from '../src/markets/market-columns.sql.ts';
import { listMarkets, priceHistory } from '../src/markets/markets.ts';
import type { Actor } from '../src/platform/actor.ts';
import type { Db } from '../src/platform/db.ts';
import { selectSnapshots } from '../src/risk/exposure-snapshot.sql.ts';
import { selectRiskEvents } from '../src/risk/risk-event.sql.ts';
import { selectOwnSettlements, selectSettlements } from '../src/settlement/settlement-list.sql.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { START } from './factories.ts';

const LARGE =
  /Seq Scan on (trades|positions|players|trade_events|exposure|activity_events|risk_events|platform_audit_log|price_ticks|exposure_snapshots|player_sessions|settlement_records|wallet_calls)\b/;
const OPERATOR = 7n;
const ADMIN: Actor = { kind: 'admin', adminId: 1n, email: 'a@predictu.test', permissions: [] };
const MEMBER: Actor = { kind: 'operator', operatorId: OPERATOR, slug: 'o-7', memberId: 1n, email: 'm@o.test', permissions: [] };
const SLICE = { limit: 51, offset: 0, after: undefined };
const MARKETS = Array.from({ length: 50 }, (_, index) => BigInt(index + 1));

/** 20 operators, 400 markets, ten days of 60,000 trades and everything around them. */
const ROWS = [
  `insert into operators (id, slug, name, contact_email, created_at, updated_at) select n, 'o-' || n, 'O', 'o@o.test', $1, $1 from generate_series(1, 20) n`,
  `insert into markets (id, source, source_id, title, search_title, category, mid, created_at, updated_at)
   select n, 'simulated', n, 'Will it?', 'will it ' || n, 'sports', 5000, $1, $1 from generate_series(1, 400) n`,
  `insert into players (operator_id, id, external_id, created_at) select 1 + n % 20, n, 'ext-' || n, $1::timestamptz + n * interval '1 minute' from generate_series(1, 10000) n`,
  `insert into trades (operator_id, id, player_id, market_id, outcome, side, status, price, mid, quantity, amount_cents, fee_cents, spread_cents, balance_after_cents, receipt, created_at, wallet_mode)
   select 1 + (1 + (n * 7) % 10000) % 20, activity_id($1::timestamptz + n * interval '14 seconds', n), 1 + (n * 7) % 10000, 1 + n % 400, 'yes', case when n % 5 = 0 then 'sell' else 'buy' end, 'filled',
     5000, 5000, 100, 50, 1, 1, 0, '{}', $1::timestamptz + n * interval '14 seconds', case when n % 20 = 3 then 'seamless' else 'internal' end from generate_series(1, 60000) n`,
  `insert into trade_events (operator_id, id, trade_id, player_id, status, created_at)
   select operator_id, id + 1, id, player_id, 'filled', created_at from trades where wallet_mode = 'seamless' and side = 'buy'`,
  `insert into positions (operator_id, market_id, player_id, outcome, id, quantity, cost_cents, trade_count, opened_at)
   select 1 + (1 + (n * 7) % 10000) % 20, 1 + n % 400, 1 + (n * 7) % 10000, 'yes', n, n % 3, 50, 2, $1 from generate_series(1, 40000) n on conflict do nothing`,
  `insert into exposure (operator_id, scope, key, volume_cents, trade_count, cap_shares) select o, 2, m, m, 12, 0 from generate_series(0, 20) o, generate_series(1, 400) m`,
  `insert into price_ticks (market_id, id, mid, at) select 1 + n % 400, activity_id($1::timestamptz + n * interval '20 seconds', n), 5000, $1::timestamptz + n * interval '20 seconds' from generate_series(1, 40000) n`,
  `insert into risk_events (id, operator_id, type, severity, message, created_at)
   select activity_id($1::timestamptz + n * interval '40 seconds', n), 1 + n % 20, case when n % 50 = 0 then 'anomaly' else 'wall_violation' end,
     case when n % 40 = 0 then 'critical' else 'info' end, 'x', $1::timestamptz + n * interval '40 seconds' from generate_series(1, 20000) n`,
  `insert into platform_audit_log (id, operator_id, actor_kind, actor_id, action, subject, at)
   select activity_id($1::timestamptz + n * interval '40 seconds', n), case when n % 3 > 0 then 1 + n % 20 end, 'admin', '1', case when n % 3 = 0 then 'config.updated' else 'operator.wallet' end, 'x',
     $1::timestamptz + n * interval '40 seconds' from generate_series(1, 20000) n`,
  `insert into exposure_snapshots (operator_id, scope, key, at, yes_shares, no_shares, cost_cents)
   select o, 2, m, $1::timestamptz + h * interval '1 hour', 1, 1, 1 from generate_series(0, 20) o, generate_series(1, 50) m, generate_series(1, 48) h`,
  `insert into player_sessions (operator_id, id, player_id, origin, created_at, expires_at)
   select 1 + n % 20, activity_id($1::timestamptz + n * interval '40 seconds', n), n, 'https://' || n % 2 || '.test', $1, $1 from generate_series(1, 20000) n`,
  `insert into embed_origins (operator_id, id, origin, verification_token, created_at) select o, o * 10 + n, 'https://' || n || '.test', 'x', $1 from generate_series(1, 20) o, generate_series(0, 1) n`,
];

const SETTLEMENTS = [
  `insert into market_settlements (id, market_id, outcome, status, evidence, proposed_by, proposed_at, needs_approval, decided_at, decision_id)
   select n, n, 'yes', 'decided', 'e', 'test', $1, false, $1, n from generate_series(1, 400) n`,
  `insert into settlement_records (operator_id, settlement_id, market_id, wallet_mode, claw_back, positions, winners, losers, payout_cents, fee_cents, loss_cents, cost_cents, decided_at, credited_at)
   select o, n, n, 'seamless', 'to_zero', 9, 1, 1, 1, 0, 1, 1, $1, $1 from generate_series(1, 20) o, generate_series(1, 400) n`,
  `insert into wallet_calls (operator_id, id, method, player_id, market_id, settlement_id, amount_cents, status, started_at, created_at)
   select 1 + n % 20, n, 'BET_WIN', 1, 1 + n % 400, 1 + n % 400, 1, case when n % 5000 = 7 then 'failed' else 'confirmed' end, $1, $1 from generate_series(1, 40000) n`,
];

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  for (const text of [...ROWS, ...SETTLEMENTS]) await db.owner.query(text, text.includes('$1') ? [START] : []);
  await db.owner.query('vacuum analyze');
});
afterAll(() => db?.drop());

/** Does the work and answers which of its statements went through a large table from end to end. */
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

test.each(['volume', 'trade_count', 'exposure', 'created_at', 'end_date'] as const)('markets by %s', async (sort) => {
  for (const [actor, totalsOf] of [
    [ADMIN, 0n],
    [MEMBER, OPERATOR],
  ] as const) {
    const query = { sort, order: 'desc', slice: SLICE, totalsOf, changeSince: START } as const;
    expect(await scansOf(actor, (tx) => listMarkets(tx, { search: 'will', categories: ['sports'] }, query))).toEqual([]);
  }
});

test.each(['volume', 'trade_count', 'exposure'] as const)('markets that were chosen in memory by %s', async (sort) => {
  const query = { sort, order: 'desc', slice: SLICE, totalsOf: OPERATOR, changeSince: null } as const;
  const choose = async () => ({ ids: MARKETS, total: 50n });
  expect(await scansOf(MEMBER, (tx) => listMarkets(tx, {}, query, choose))).toEqual([]);
});

test('what markets in memory follow', async () => {
  const place = { lastId: 90_000n, horizon: '1' };
  for (const { text, values } of [totalsMovedAfter(place), marketsChangedAfter(place), totalsAfter(OPERATOR, 300n)])
    expect(await scansOf({ kind: 'worker', name: 'test' }, (tx) => tx.query(text, values))).toEqual([]);
});

test('the figures of a page of markets, and of one', async () => {
  for (const [actor, operator] of [
    [ADMIN, 0n],
    [MEMBER, OPERATOR],
  ] as const) {
    expect(await scansOf(actor, (tx) => selectFigures(tx, operator, MARKETS))).toEqual([]);
    expect(await scansOf(actor, (tx) => countOpenPositions(tx, operator, MARKETS))).toEqual([]);
    expect(await scansOf(actor, (tx) => countTraders(tx, operator, MARKETS))).toEqual([]);
    expect(await scansOf(actor, (tx) => sumVolumes(tx, 5n, 0n, 0n))).toEqual([]);
    const period = { from: START, to: new Date(START.getTime() + 7 * 86_400_000), resolution: '1h', withVolume: true } as const;
    expect(await scansOf(actor, (tx) => priceHistory(tx, 5n, period))).toEqual([]);
  }
  expect(await scansOf(ADMIN, (tx) => selectByOperator(tx, 5n))).toEqual([]);
  expect(await scansOf(MEMBER, (tx) => selectTopTraders(tx, OPERATOR, 6n, 10))).toEqual([]);
});

test.each([undefined, 'trade', 'user_signup', 'risk_event', 'config_change'] as const)(
  'activity of type %s: pages, what came since, and the facts',
  async (type) => {
    for (const [actor, operatorId] of [
      [ADMIN, undefined],
      [ADMIN, OPERATOR],
      [MEMBER, OPERATOR],
    ] as const) {
      const filter = { type, operatorId };
      const rows = await db.database.as(actor, 'read', async (tx) => selectPage(tx, filter, await selectMoment(tx, filter), undefined, 50));
      if (type !== 'config_change' || operatorId === undefined) expect(rows.length).toBeGreaterThan(40);
      const page = async (tx: Db) => {
        const at = await selectMoment(tx, filter);
        const last = (await selectPage(tx, filter, at, undefined, 51)).at(-1);
        await selectPage(tx, filter, at, last, 51);
        await selectSince(tx, filter, { from: at, to: at }, 201);
        await showActivity(tx, rows);
      };
      expect(await scansOf(actor, page)).toEqual([]);
    }
  },
);

test('snapshots, risk events and origins', async () => {
  const period = { from: START, to: new Date(START.getTime() + 86_400_000), seconds: 3_600 };
  expect(await scansOf(ADMIN, (tx) => selectSnapshots(tx, { operatorId: 0n, scope: 2, key: 5n }, period))).toEqual([]);
  expect(await scansOf(MEMBER, (tx) => selectSnapshots(tx, { operatorId: OPERATOR, scope: 2, key: 5n }, period))).toEqual([]);
  for (const filter of [{ type: 'anomaly' }, { severity: 'critical' }, { from: START, to: new Date(START.getTime() + 3_600_000) }]) {
    expect(await scansOf(ADMIN, (tx) => selectRiskEvents(tx, filter, SLICE))).toEqual([]);
  }
  expect(await scansOf(MEMBER, (tx) => selectOrigins(tx, OPERATOR, 0n))).toEqual([]);
});

test('settlements, by every filter', async () => {
  for (const filter of [{}, { status: 'failed' }, { status: 'completed' }, { market_id: 5n }, { unfinished: true }] as const) {
    expect(await scansOf(ADMIN, (tx) => selectSettlements(tx, filter, SLICE))).toEqual([]);
    expect(await scansOf(ADMIN, (tx) => selectSettlements(tx, { ...filter, operatorId: OPERATOR }, SLICE))).toEqual([]);
    expect(await scansOf(MEMBER, (tx) => selectOwnSettlements(tx, filter, SLICE))).toEqual([]);
  }
});

test('a status filter and the figures agree about every settlement', async () => {
  const all = await db.database.as(ADMIN, 'read', (tx) => selectSettlements(tx, {}, { ...SLICE, limit: 1_000 }));
  expect(all.rows).toHaveLength(400);
  for (const status of ['failed', 'completed', 'processing', 'pending'] as const) {
    const some = await db.database.as(ADMIN, 'read', (tx) => selectSettlements(tx, { status }, { ...SLICE, limit: 1_000 }));
    expect(some.rows).toEqual(all.rows.filter((row) => row.status === status));
    expect(some.total).toBe(BigInt(some.rows.length));
  }
  expect(all.rows.filter(({ status }) => status === 'failed').length).toBeGreaterThan(0);
});
