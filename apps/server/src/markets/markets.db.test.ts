import { firstIdAt } from '@predictu/contract/ids';
import { price } from '@predictu/contract/units';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { makeMarket, makeOperator, START, testId } from '../../test/factories.ts';
import type { Actor } from '../platform/actor.ts';
import type { MarketQuery } from './markets.ts';
import { getMarket, listMarkets, type MarketFilter, priceHistory, setMarketStatus } from './markets.ts';

const ADMIN: Actor = { kind: 'admin', adminId: 7n, email: 'a@example.com', permissions: ['write'] };
const hours = (count: number): Date => new Date(START.getTime() + count * 3_600_000);
let db: TestDatabase;
const ids: bigint[] = [];
let operatorId: bigint;

beforeAll(async () => {
  db = await testDatabase();
  operatorId = await makeOperator(db.owner);
  const titles = ['Will José Luna win?', 'Bitcoin above $118,000?', 'Will it rain in Lima?', 'Will the Senate vote on bitcoin?'];
  const categories = ['politics', 'crypto', 'other', 'politics'];
  for (const [index, title] of titles.entries()) {
    ids.push(
      await makeMarket(db.owner, {
        title,
        search_title: title.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase(),
        category: categories[index],
        description: index === 2 ? 'Umbrella rules' : '',
        source_volume_cents: index * 100,
        end_at: index === 3 ? null : hours(10 - index),
        created_at: hours(-index),
      }),
    );
  }
  const [jose, bitcoin] = ids as [bigint, bigint];
  for (const [operator, volume] of [
    [0n, 900],
    [operatorId, 300],
  ]) {
    await db.owner.query(
      'insert into exposure (operator_id, scope, key, yes_shares, cap_shares, volume_cents, trade_count) values ($1, 2, $2, 5, 1000, $3, 2)',
      [operator, jose, volume],
    );
  }
  let tick = 0n;
  for (const [hour, mid] of [
    [-30, 4_000],
    [-2.5, 4_400],
    [-2.4, 4_500],
    [-0.5, 6_000],
  ] as const) {
    await db.owner.query('insert into price_ticks (market_id, id, mid, at) values ($1, $2, $3, $4)', [
      bitcoin,
      firstIdAt(hours(hour)) + (tick += 1n),
      mid,
      hours(hour),
    ]);
  }
  await db.owner.query('update markets set mid = 6000 where id = $1', [bitcoin]);
});
afterAll(() => db.drop());

const QUERY: MarketQuery = {
  sort: 'newest',
  order: 'desc',
  slice: { limit: 50, offset: 0, after: undefined },
  totalsOf: null,
  changeSince: hours(-24),
};
const list = (filter: MarketFilter, query: Partial<MarketQuery> = {}, actor: Actor = ADMIN) =>
  db.database.as(actor, 'read', (tx) => listMarkets(tx, filter, { ...QUERY, ...query }));
const found = async (filter: MarketFilter, query?: Partial<MarketQuery>) =>
  (await list(filter, query)).rows.map(({ id }) => ids.indexOf(id));

describe('lists of markets', () => {
  test('search finds beginnings of words, without accents, in titles or everywhere, and takes no operators', async () => {
    expect(await found({ search: 'jose' })).toEqual([0]);
    expect(await found({ search: 'JOSÉ lun' })).toEqual([0]);
    expect(await found({ search: 'bit' })).toEqual([1, 3]);
    expect(await found({ search: 'umbrella' })).toEqual([]);
    expect(await found({ search: 'umbrella', searchIn: 'text' })).toEqual([2]);
    for (const hostile of ["'; drop table markets --", '!!', ':*', '&|!()', '\\', '%'])
      expect(await found({ search: hostile })).toEqual([]);
  });

  test('filters combine and the total counts all that match', async () => {
    expect(await found({ categories: ['politics'] })).toEqual([0, 3]);
    expect(await found({ categories: [] })).toEqual([]);
    expect(await found({ status: 'paused' })).toEqual([]);
    expect(await found({ ids: [ids[2] as bigint] })).toEqual([2]);
    const page = await list({ status: 'active' }, { slice: { limit: 2, offset: 1, after: undefined } });
    expect([page.rows.length, page.total]).toEqual([2, 4n]);
  });

  test('the total is that of all that match, on every page and behind the last one', async () => {
    for (const sort of ['volume', 'trade_count', 'exposure', 'source_volume', 'newest'] as const) {
      for (const search of [undefined, 'bit']) {
        const { total } = await list({ search }, { sort: 'created_at' });
        for (const offset of [0, 1, 100]) {
          const page = await list({ search }, { sort, totalsOf: 0n, slice: { limit: 1, offset, after: undefined } });
          expect([sort, offset, page.total, page.rows.length]).toEqual([sort, offset, total, offset < 100 ? 1 : 0]);
        }
      }
    }
    expect((await list({ categories: [] }, { sort: 'volume', totalsOf: 0n })).total).toBe(0n);
  });

  test('every sort pages through everything exactly once by its cursor keys', async () => {
    for (const sort of [
      'volume',
      'trade_count',
      'exposure',
      'source_volume',
      'price_change',
      'created_at',
      'end_date',
      'newest',
      'closing',
    ] as const) {
      const seen: bigint[] = [];
      let after: bigint[] | undefined;
      for (let turn = 0; turn < 5; turn += 1) {
        const { rows } = await list({}, { sort, totalsOf: 0n, slice: { limit: 1, offset: 0, after } });
        const [row] = rows;
        if (!row) break;
        seen.push(row.id);
        after = [row.sortKey, row.id];
      }
      const whole = (await list({}, { sort, totalsOf: 0n })).rows.map(({ id }) => id);
      expect(seen, sort).toEqual(whole);
      expect(new Set(whole).size, sort).toBe(4);
    }
    expect(await found({}, { sort: 'closing' })).toEqual([2, 1, 0, 3]);
    expect((await found({}, { sort: 'volume', totalsOf: 0n }))[0]).toBe(0);
    expect((await found({}, { sort: 'price_change' }))[0]).toBe(1);
    expect(await found({}, { sort: 'source_volume', order: 'asc' })).toEqual([0, 1, 2, 3]);
  });

  test('totals are those of whom was asked for; an operator never sees another’s or the platform’s', async () => {
    const operator: Actor = { kind: 'operator', operatorId, slug: 'x', memberId: 1n, email: 'o@example.com', permissions: [] };
    const first = async (totalsOf: bigint | null, actor: Actor) => (await list({ search: 'jose' }, { totalsOf }, actor)).rows[0]?.volume;
    expect(await first(0n, ADMIN)).toBe(900n);
    expect(await first(operatorId, operator)).toBe(300n);
    expect(await first(0n, operator)).toBe(0n);
    expect(await first(null, { kind: 'player', operatorId, playerId: 1n, sessionId: 1n })).toBe(0n);
  });

  test('tradeable is a filter of facts', async () => {
    const facts = { now: START, pricedAfter: hours(-1), lowest: price(100n), highest: price(9_900n), leastLiquidity: 10_000n as never };
    expect(await found({ tradeable: { ...facts, is: true } })).toEqual([0, 1, 2, 3]);
    expect(await found({ tradeable: { ...facts, is: true, now: hours(8.5) } })).toEqual([0, 1, 3]);
    expect(await found({ tradeable: { ...facts, is: false, now: hours(8.5) } })).toEqual([2]);
  });
});

describe('one market', () => {
  test('shows its price of the day before, and is NOT_FOUND when it is not there', async () => {
    const market = await db.database.as(ADMIN, 'read', (tx) => getMarket(tx, ids[1] as bigint, 0n, hours(-24)));
    expect(market).toMatchObject({ mid: 6_000n, earlierMid: 4_000n, title: 'Bitcoin above $118,000?' });
    await expect(db.database.as(ADMIN, 'read', (tx) => getMarket(tx, 1n, null, START))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('its history holds the last price of each point, carried on, from the price before the period', async () => {
    const history = (from: Date, to: Date, resolution: '1m' | '1h' | '1d') =>
      db.database.as(ADMIN, 'read', (tx) => priceHistory(tx, ids[1] as bigint, { from, to, resolution, withVolume: true }));
    expect((await history(hours(-4), START, '1h')).map(({ at, mid }) => [at, mid])).toEqual([
      [hours(-4), 4_000n],
      [hours(-3), 4_500n],
      [hours(-2), 4_500n],
      [hours(-1), 6_000n],
    ]);
    expect(await history(hours(-40), hours(-35), '1h')).toEqual([]);
    const minutes = await history(hours(-1_000), START, '1m');
    expect(minutes.length).toBeLessThanOrEqual(1_000);
    expect(minutes.at(-1)).toMatchObject({ mid: 6_000n, volume: 0n });
  });

  test('is paused and offered again by an admin, with an audit row and a new version of the sequencer', async () => {
    const marketId = ids[2] as bigint;
    const change = (status: 'active' | 'paused', id = marketId) =>
      db.database.as(ADMIN, 'write', (tx) =>
        setMarketStatus(tx, { marketId: id, status, reason: 'a look', actor: ADMIN, now: START, newId: testId }),
      );
    const version = async () => (await db.owner.query('select version from sequencer')).rows[0].version as bigint;
    const before = await version();
    expect(await change('paused')).toMatchObject({ status: 'paused', statusReason: 'a look' });
    expect(await version()).toBe(before + 1n);
    await change('paused');
    expect(await change('active')).toMatchObject({ status: 'active', statusReason: null });
    const audit = await db.owner.query('select action, actor_kind, actor_id, before, after from platform_audit_log order by id');
    expect(audit.rows).toMatchObject([
      { action: 'market.pause', actor_kind: 'admin', actor_id: '7', before: { status: 'active' }, after: { status: 'paused' } },
      { action: 'market.resume', before: { status: 'paused', status_reason: 'a look' }, after: { status: 'active' } },
    ]);
    await db.owner.query(`update markets set status = 'paused', source_state = '{"closed": true}' where id = $1`, [marketId]);
    await expect(change('active')).rejects.toMatchObject({ code: 'CONFLICT', details: { reason: 'source_closed' } });
    await db.owner.query(`update markets set status = 'resolved' where id = $1`, [marketId]);
    await expect(change('paused')).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(change('paused', 1n)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
