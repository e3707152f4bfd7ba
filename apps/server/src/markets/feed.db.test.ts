import { cents, price } from '@predictu/contract/units';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { virtualClock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import { idMaker } from '../platform/ids.ts';
import { feedHealth, followPrices, type MarketSource, marketFeed } from './markets.ts';
import type { SourceEvent } from './source.rules.ts';
import type { Carried, SourceListener } from './source.ts';

const START = new Date('2026-06-01T12:00:00.000Z');
const quiet = { info() {}, warn() {} };
let db: TestDatabase;
beforeEach(async () => {
  db = await testDatabase();
});
afterEach(() => db.drop());

/** A source that says what the test tells it to. */
function spoken() {
  let listener: SourceListener | undefined;
  let known: Carried | undefined;
  const source: MarketSource = {
    name: 'polymarket',
    start: async (to, carried) => {
      listener = to;
      known = carried;
    },
    stop: async () => {},
  };
  return {
    source,
    say: (...events: SourceEvent[]) => listener?.events(events),
    trouble: (text: string) => listener?.trouble(text),
    carried: () => known,
  };
}

function feedOf(database: Database) {
  const clock = virtualClock(START);
  const told = spoken();
  const feed = marketFeed({
    source: told.source,
    database,
    clock,
    newId: idMaker(clock),
    log: quiet,
    everyMs: 3_600_000,
    silentAfterMs: 30_000,
  });
  return { ...told, feed, clock };
}
const market = (at: Date): SourceEvent => ({
  kind: 'market',
  sourceId: 'm',
  title: 'Will it?',
  description: '',
  category: 'other',
  tags: [],
  imageUrl: null,
  endAt: new Date(at.getTime() + 1e9),
  state: 'open',
  liquidity: cents(1n),
  volume: cents(1n),
  at,
  details: {
    tokens: null,
    outcomes: ['Yes', 'No'],
    slug: null,
    eventTitle: null,
    resolutionSource: null,
    resolutionStatus: null,
    disputes: 0,
    endIsDate: false,
  },
});
const quote = (mid: bigint, at: Date): SourceEvent => ({ kind: 'price', sourceId: 'm', mid: price(mid), bestBid: null, bestAsk: null, at });
const healthOf = async () => (await db.database.as({ kind: 'worker', name: 'test' }, 'read', feedHealth))[0];
const anomalies = async () =>
  (await db.owner.query(`select severity, message, auto_resolved from risk_events where type = 'anomaly' order by id`)).rows;

test('prices reach listeners after their commit, once, and a listener can leave', async () => {
  const { feed, say, clock } = feedOf(db.database);
  await feed.start();
  const heard: bigint[] = [];
  const leave = feed.onPrices((prices) => heard.push(...prices.map(({ mid }) => mid)));
  say(market(START), quote(5_000n, START), quote(5_000n, START), quote(5_200n, clock.now()));
  await feed.flush();
  leave();
  say(quote(5_300n, new Date(START.getTime() + 1)));
  await feed.stop();
  expect(heard).toEqual([5_000n, 5_200n]);
  expect((await db.owner.query('select mid from markets')).rows).toEqual([{ mid: 5_300 }]);
});

test('silence is noticed once, told, and over with the first usable event', async () => {
  const { feed, say, trouble, clock } = feedOf(db.database);
  await feed.start();
  say(market(START));
  await feed.flush();
  clock.advance(30_001);
  trouble('/events: HTTP 500');
  say({ kind: 'set_aside', sourceId: '-', reason: 'unparseable', detail: '<html>', at: clock.now() });
  await feed.flush();
  await feed.flush();
  expect(await healthOf()).toMatchObject({ state: 'silent', silentSince: START, lastError: '/events: HTTP 500' });
  expect((await anomalies()).filter(({ severity }) => severity === 'critical')).toEqual([
    { severity: 'critical', message: 'Market feed silent: nothing usable from polymarket for 30 seconds', auto_resolved: false },
  ]);
  say(quote(5_000n, clock.now()));
  await feed.flush();
  expect(await healthOf()).toMatchObject({ state: 'ok', silentSince: null });
  expect((await anomalies()).map(({ severity, auto_resolved }) => [severity, auto_resolved])).toContainEqual(['critical', true]);
  clock.advance(30_001);
  say(quote(5_000n, clock.now()));
  await feed.flush();
  expect(await healthOf()).toMatchObject({ state: 'ok', lastError: null });
  await feed.stop();
});

test('a new start knows what was heard and what is open', async () => {
  const first = feedOf(db.database);
  await first.feed.start();
  expect(first.carried()).toEqual({ lastHeard: null, open: [] });
  first.say(market(START));
  await first.feed.stop();
  const second = feedOf(db.database);
  await second.feed.start();
  expect(second.carried()).toEqual({ lastHeard: START, open: ['m'] });
  await second.feed.stop();
});

test('events wait while the database is away, in order', async () => {
  let away = false;
  const flaky: Database = {
    ...db.database,
    as: (actor, mode, work) => (away ? Promise.reject(new Error('away')) : db.database.as(actor, mode, work)),
  };
  const { feed, say } = feedOf(flaky);
  await feed.start();
  away = true;
  say(market(START), quote(5_000n, START));
  await expect(feed.flush()).rejects.toThrow('away');
  say(quote(5_100n, new Date(START.getTime() + 1)));
  away = false;
  await feed.flush();
  expect((await db.owner.query('select mid from price_ticks order by id')).rows).toEqual([{ mid: 5_000 }, { mid: 5_100 }]);
  await feed.stop();
});

test('a process without a feed hears the prices that another one writes', async () => {
  const { feed, say, clock } = feedOf(db.database);
  await feed.start();
  say(market(START), quote(6_000n, START));
  await feed.flush();
  const heard: bigint[] = [];
  const errors: unknown[] = [];
  const leave = followPrices({ database: db.database, clock, onError: (error) => errors.push(error) }).onPrices((ticks) =>
    heard.push(...ticks.map(({ mid }) => mid)),
  );
  const later = (seconds: number): Date => new Date(START.getTime() + seconds * 1_000);
  for (let second = 1; heard.length === 0 && second < 30; second += 1) {
    clock.set(later(second));
    say(quote(6_000n + BigInt(second), later(second)));
    await feed.flush();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  expect(errors).toEqual([]);
  expect(heard.length).toBeGreaterThan(0);
  expect(heard.every((mid) => mid > 6_000n)).toBe(true);
  leave();
  await feed.stop();
});
