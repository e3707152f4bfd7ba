import { cents, price } from '@predictu/contract/units';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { virtualClock } from '../platform/clock.ts';
import { idMaker } from '../platform/ids.ts';
import { applySourceEvents } from './apply-source-events.ts';
import { feedHealth } from './markets.ts';
import { simulator } from './simulate-markets.ts';
import { type MarketEvent, type PriceEvent, type SourceEvent, setAside } from './source.rules.ts';

const START = new Date('2026-06-01T12:00:00.000Z');
const clock = virtualClock(START);
const newId = idMaker(clock);
const later = (seconds: number): Date => new Date(START.getTime() + seconds * 1_000);
let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

const apply = (events: readonly SourceEvent[]) => applySourceEvents({ database: db.database, source: 'polymarket', clock, newId }, events);
const market = (sourceId: string, changes: Partial<MarketEvent> = {}): MarketEvent => ({
  kind: 'market',
  sourceId,
  title: 'Will José win?',
  description: 'Yes if "he" does;\n{not} otherwise \\ done',
  category: 'politics',
  tags: ['a, "b"', 'null'],
  imageUrl: null,
  endAt: later(1e6),
  state: 'open',
  liquidity: cents(100n),
  volume: cents(5n),
  at: START,
  details: {
    tokens: ['1', '2'],
    outcomes: ['Yes', 'No'],
    slug: null,
    eventTitle: null,
    resolutionSource: null,
    resolutionStatus: null,
    disputes: 0,
    endIsDate: false,
  },
  ...changes,
});
const quote = (sourceId: string, mid: number, seconds: number): PriceEvent => ({
  kind: 'price',
  sourceId,
  mid: price(BigInt(mid)),
  bestBid: price(BigInt(mid - 10)),
  bestAsk: price(BigInt(mid + 10)),
  at: later(seconds),
});
const rows = async (sourceId: string) => (await db.owner.query('select * from markets where source_id = $1', [sourceId])).rows;
const ticksOf = async (sourceId: string) =>
  (
    await db.owner.query('select t.* from price_ticks t join markets m on m.id = t.market_id where source_id = $1 order by t.id', [
      sourceId,
    ])
  ).rows;

describe('events of a source in the tables', () => {
  test('a market arrives whole, with its price, tick and counters', async () => {
    const applied = await apply([market('a'), quote('a', 5_000, 1), quote('a', 5_100, 2)]);
    expect(applied.ticks).toHaveLength(2);
    const [row] = await rows('a');
    expect(row).toMatchObject({
      title: 'Will José win?',
      search_title: 'will jose win',
      description: 'Yes if "he" does;\n{not} otherwise \\ done',
      tags: ['a, "b"', 'null'],
      status: 'active',
      mid: 5_100,
      best_bid: 5_090,
      best_ask: 5_110,
      liquidity_cents: 100n,
      source_volume_cents: 5n,
      priced_at: later(2),
      received_at: START,
    });
    expect(row.source_state).toMatchObject({ tokens: ['1', '2'], outcomes: ['Yes', 'No'] });
    expect((await ticksOf('a')).map(({ mid }) => mid)).toEqual([5_000, 5_100]);
    expect(row.snapshot_id).toBe((await ticksOf('a'))[1].id);
    const [health] = await db.database.as({ kind: 'worker', name: 'test' }, 'read', feedHealth);
    expect(health).toMatchObject({ source: 'polymarket', state: 'ok', lastEventAt: START, counters: { markets: 1, prices: 2 } });
  });

  test('again, older, and from two feeds at once: once, and the newest', async () => {
    await apply([market('b'), quote('b', 4_000, 10)]);
    await Promise.all(
      [...Array(6)].map((_, i) =>
        apply([market('b'), market('c'), quote('b', 3_000, 5), quote('b', 4_200, 20), quote('c', 6_000 + i, 30 + i)]),
      ),
    );
    expect(await rows('b')).toHaveLength(1);
    expect(await rows('c')).toHaveLength(1);
    expect((await rows('b'))[0]).toMatchObject({ mid: 4_200, priced_at: later(20) });
    expect((await rows('c'))[0]).toMatchObject({ mid: 6_005, priced_at: later(35) });
    expect((await ticksOf('b')).map(({ mid }) => mid)).toEqual([4_000, 4_200]);
  });

  test('a traded market keeps the category its exposure is counted in, another follows its source', async () => {
    await apply([market('traded'), market('untraded')]);
    const [{ id }] = await rows('traded');
    await db.owner.query('insert into exposure (operator_id, scope, key, yes_shares, cap_shares) values (0, 2, $1, 5, 1000)', [id]);
    await apply(['traded', 'untraded'].map((name) => market(name, { category: 'sports', tags: ['football'], at: later(5) })));
    expect((await rows('traded'))[0]).toMatchObject({ category: 'politics', tags: ['football'] });
    expect((await rows('untraded'))[0]).toMatchObject({ category: 'sports', tags: ['football'] });
  });

  test('an end upstream pauses the market under the sequencer, and is not a settlement', async () => {
    await apply([market('d'), quote('d', 4_000, 1)]);
    await apply([
      market('d', { state: 'closed', at: later(5) }),
      { kind: 'resolution', sourceId: 'd', result: 'no', evidence: 'final', at: later(5) },
      quote('d', 9_000, 6),
    ]);
    expect((await rows('d'))[0]).toMatchObject({
      status: 'paused',
      status_reason: 'source_closed',
      mid: 4_000,
      resolution: null,
      resolved_at: null,
      source_state: { closed: true, resolution: { result: 'no' } },
    });
  });

  test('what is set aside is counted by reason, and the first time somebody is told', async () => {
    const asides = ['x', 'y', 'z'].map((id) => setAside(id, 'not_binary', '["a","b","c"]', START));
    await apply([...asides, ...asides, quote('nobody', 5_000, 1)]);
    await apply(asides.slice(0, 1));
    const counted = await db.owner.query(
      `select source_id, seen_count from market_set_asides where reason = 'not_binary' order by source_id`,
    );
    expect(counted.rows).toEqual([
      { source_id: 'x', seen_count: 3n },
      { source_id: 'y', seen_count: 2n },
      { source_id: 'z', seen_count: 2n },
    ]);
    const events = await db.owner.query(`select message, scope, severity from risk_events where scope ->> 'reason' = 'not_binary'`);
    expect(events.rows).toMatchObject([
      { severity: 'warning', message: 'Market set aside: not binary (3)', scope: { count: 3, source_ids: ['x', 'y', 'z'] } },
    ]);
    const [health] = await db.database.as({ kind: 'worker', name: 'test' }, 'read', feedHealth);
    expect(health?.setAsides).toContainEqual({ reason: 'not_binary', markets: 3n, seen: 7n });
    expect(health?.setAsides).toContainEqual({ reason: 'unknown_market', markets: 1n, seen: 1n });
  });

  test('risk events of the feed take the next ids of the sequencer', async () => {
    const {
      rows: [before],
    } = await db.owner.query('select last_id from sequencer');
    await apply([setAside('w', 'no_token_ids', '', START), setAside('w', 'bad_end_date', '', START)]);
    const {
      rows: [after],
    } = await db.owner.query('select last_id from sequencer');
    const { rows: events } = await db.owner.query('select id from risk_events order by id desc limit 2');
    expect(after.last_id).toBe(before.last_id + 2n);
    expect(events.map(({ id }) => id)).toEqual([after.last_id, after.last_id - 1n]);
  });

  test('a batch that fails changes nothing', async () => {
    const broken = { ...quote('a', 5_000, 100), mid: 20_000n } as unknown as PriceEvent;
    const before = await rows('a');
    await expect(apply([market('e'), quote('a', 5_500, 99), broken])).rejects.toThrow();
    expect(await rows('e')).toEqual([]);
    expect(await rows('a')).toEqual(before);
  });

  test('two simulated days arrive without a single thing set aside', async () => {
    const past = virtualClock(START);
    const context = { database: db.database, source: 'simulated' as const, clock: past, newId: idMaker(past) };
    for (const events of simulator({ seed: 1, epoch: START }).advanceTo(later(2 * 86_400), 6 * 3_600_000)) {
      if (events[0]) past.set(events[0].at);
      await applySourceEvents(context, events);
    }
    const {
      rows: [count],
    } = await db.owner.query(`select count(*) as markets, count(mid) as priced from markets where source = 'simulated'`);
    expect(count.markets).toBeGreaterThanOrEqual(120n);
    expect(count.priced).toBe(count.markets);
    expect((await db.owner.query(`select 1 from market_set_asides where source = 'simulated' and reason <> 'duplicate'`)).rows).toEqual([]);
  });
});
