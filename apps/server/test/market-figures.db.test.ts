/** Lists and pages of markets: every figure recomputed from trades and positions, every filter by a second path, nobody else's. */
import { encodeId, type Id } from '@predictu/contract/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeMarket, START } from './factories.ts';
import { openTestServer, type TestServer } from './server.ts';

let server: TestServer;
const ids: Record<string, string> = {};
let key = 0;
const HOUR_MS = 3_600_000;
const later = (hours: number): Date => new Date(START.getTime() + hours * HOUR_MS);

const order = (tenant: 0 | 1, player: 0 | 1, body: object) =>
  server.send('POST', '/api/casino/trades', server.tenants[tenant].players[player].token, body, { 'idempotency-key': `mf-${(key += 1)}` });
const buy = async (tenant: 0 | 1, player: 0 | 1, market: string, amount: number, outcome = 'yes') =>
  expect(
    (await order(tenant, player, { market_id: ids[market], outcome, side: 'buy', amount_usd: amount, limit_price: 0.99 })).status,
  ).toBe(201);

beforeAll(async () => {
  server = await openTestServer();
  const make = async (name: string, columns: object) => {
    ids[name] = encodeId('market', (await makeMarket(server.db.owner, { title: name, search_title: name, ...columns })) as Id<'market'>);
  };
  await make('busy', { description: 'about the moon', created_at: later(-3), tags: ['a', 'b'], liquidity_cents: 1_000_000n });
  await make('crypto', { category: 'crypto', end_at: later(48), created_at: later(-2) });
  await make('paused', { status: 'paused', category: 'politics', created_at: later(-1) });
  await make('stale', { priced_at: later(-5), end_at: null });
  await make('priceless', { mid: null, priced_at: null, category: 'other' });
  await make('resolved', { status: 'resolved', resolution: 'no', resolved_at: START, closed_at: START });
  await make('voided', { status: 'cancelled', resolution: 'void', resolved_at: START });
  await make('thin', { liquidity_cents: 0n });
  await make('doubted', { closed_at: START });
  await buy(0, 0, 'busy', 40);
  await buy(0, 1, 'busy', 25.5, 'no');
  await buy(1, 0, 'busy', 12);
  await buy(0, 0, 'crypto', 7);
  await order(0, 0, { market_id: ids['busy'], outcome: 'yes', side: 'sell', quantity: 10, limit_price: 0.01 });
  // Sold out: still somebody who has traded, no longer a position.
  const held = await server.send('GET', '/api/casino/positions', server.tenants[1].players[0].token);
  const quantity = held.body.data[0].quantity;
  expect((await order(1, 0, { market_id: ids['busy'], outcome: 'yes', side: 'sell', quantity, limit_price: 0.01 })).status).toBe(201);
});
afterAll(() => server?.close());

// biome-ignore lint/suspicious/noExplicitAny: looked into by assertions.
type Row = any;
async function all(query = '', audience: 'internal' | 'operator' = 'internal', tenant: 0 | 1 = 0): Promise<Row[]> {
  const rows: Row[] = [];
  for (let page = 1; ; page += 1) {
    const token = audience === 'internal' ? server.admin : server.tenants[tenant].token;
    const { status, body } = await server.send('GET', `/api/${audience}/markets?limit=4&page=${page}${query}`, token);
    expect(status, JSON.stringify(body)).toBe(200);
    rows.push(...body.data);
    expect(body.pagination).toMatchObject({ page, limit: 4, total_pages: Math.ceil(body.pagination.total / 4) });
    if (rows.length >= body.pagination.total) return rows;
  }
}
const titles = (rows: Row[]): string[] => rows.map(({ title }) => title).sort();
const byTitle = (rows: Row[], title: string): Row => rows.find((row) => row.title === title);

/** From the rows of trades and positions, nothing kept elsewhere. */
const FACTS = `
  select (select coalesce(sum(amount_cents), 0)::int from trades t where t.market_id = m.id and status = 'filled' and t.operator_id = any($2)) as volume,
    (select count(*)::int from trades t where t.market_id = m.id and status = 'filled' and t.operator_id = any($2)) as trades,
    (select count(*)::int from positions p where p.market_id = m.id and quantity > 0 and p.operator_id = any($2)) as positions,
    (select coalesce(sum(quantity) filter (where outcome = 'yes'), 0)::int from positions p where p.market_id = m.id and p.operator_id = any($2)) as yes,
    (select coalesce(sum(quantity) filter (where outcome = 'no'), 0)::int from positions p where p.market_id = m.id and p.operator_id = any($2)) as no,
    (select count(distinct player_id)::int from trades t where t.market_id = m.id and t.operator_id = any($2)) as traders
  from markets m where m.title = $1`;
async function facts(title: string, operatorIds = server.tenants.map(({ operatorId }) => operatorId)): Promise<Record<string, number>> {
  return (await server.db.owner.query(FACTS, [title, operatorIds])).rows[0];
}

describe('the platform’s list', () => {
  test('figures are those of the trades and positions', async () => {
    const rows = await all();
    expect(rows).toHaveLength(10);
    for (const title of ['busy', 'crypto', 'paused']) {
      const { volume = 0, trades, positions, yes = 0, no = 0 } = await facts(title);
      expect(byTitle(rows, title)).toMatchObject({
        volume_usd: volume / 100,
        trade_count: trades,
        position_count: positions,
        exposure_usd: (yes + no) / 100,
      });
    }
    expect(byTitle(rows, 'busy')).toMatchObject({
      position_count: 2,
      liquidity_score: 0.5,
      polymarket_id: expect.any(String),
      source: 'simulated',
    });
    expect(byTitle(rows, 'busy').spread).toBeGreaterThanOrEqual(0.02);
    expect(byTitle(rows, 'priceless')).toMatchObject({ spread: null, yes_price: null, no_price: null, tradeable: false });
  });

  test('each filter leaves exactly what it names', async () => {
    const rows = await all();
    const tradeable = ['Will it?', 'busy', 'crypto'];
    expect(titles(rows.filter((row) => row.tradeable))).toEqual(tradeable);
    for (const [query, expected] of [
      ['&tradeable=true', tradeable],
      ['&tradeable=false', titles(rows).filter((title) => !tradeable.includes(title))],
      ['&status=paused', ['paused']],
      ['&status=cancelled', ['voided']],
      ['&category=politics', ['paused']],
      ['&category=science', []],
      ['&search=MOON', ['busy']],
      ['&search=cryp', ['crypto']],
      ['&status=active&category=other', ['priceless']],
    ] as const) {
      expect([query, titles(await all(query))]).toEqual([query, expected]);
    }
  });

  test.each(['volume', 'created_at', 'end_date', 'exposure', 'trade_count'])('%s sorts across pages, both ways', async (sort) => {
    const fields: Record<string, string> = { volume: 'volume_usd', exposure: 'exposure_usd' };
    const value = (row: Row) => {
      const found = row[fields[sort] ?? sort];
      return found === null ? Number.POSITIVE_INFINITY : typeof found === 'string' ? Date.parse(found) : found;
    };
    const down = await all(`&sort=${sort}&order=desc`);
    const up = await all(`&sort=${sort}&order=asc`);
    expect(up.map(({ id }) => id)).toEqual(down.map(({ id }) => id).reverse());
    const values = up.map(value);
    expect(values).toEqual([...values].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
    const first = await server.send('GET', `/api/internal/markets?limit=6&sort=${sort}`, server.admin);
    const second = await server.send('GET', `/api/internal/markets?limit=6&sort=${sort}&cursor=${first.body.next_cursor}`, server.admin);
    expect([...first.body.data, ...second.body.data].map(({ id }) => id)).toEqual(down.map(({ id }) => id));
  });

  test('what is not documented is refused, a page beyond the end is empty with the right total', async () => {
    for (const query of [
      'sort=price',
      'order=up',
      'tradeable=1',
      'status=open',
      'category=tea',
      'limit=201',
      'page=0',
      'cursor=!',
      'nothing=1',
    ]) {
      expect([query, (await server.send('GET', `/api/internal/markets?${query}`, server.admin)).status]).toEqual([query, 400]);
    }
    const far = await server.send('GET', '/api/internal/markets?page=900', server.admin);
    expect(far).toMatchObject({ status: 200, body: { data: [], pagination: { total: 10 } } });
  });
});

describe('an operator’s list', () => {
  test('own figures beside everybody’s, of both operators; only categories offered', async () => {
    await server.db.owner.query(`update operators set allowed_categories = '{sports,crypto}' where id = $1`, [
      server.tenants[1].operatorId,
    ]);
    for (const tenant of [0, 1] as const) {
      const { operatorId } = server.tenants[tenant];
      const rows = await all('', 'operator', tenant);
      expect(rows).toHaveLength(tenant === 0 ? 10 : 8);
      const own = await facts('busy', [operatorId]);
      const everywhere = await facts('busy');
      expect(byTitle(rows, 'busy')).toMatchObject({
        global_volume_usd: (everywhere['volume'] ?? 0) / 100,
        operator_volume_usd: (own['volume'] ?? 0) / 100,
        operator_trade_count: own['trades'],
        operator_user_count: own['traders'],
        operator_exposure_usd: ((own['yes'] ?? 0) + (own['no'] ?? 0)) / 100,
      });
    }
    expect(await all('&category=politics', 'operator', 1)).toEqual([]);
    expect(titles(await all('&category=politics', 'operator', 0))).toEqual(['paused']);
    expect(byTitle(await all('', 'operator', 1), 'crypto')).toMatchObject({
      global_volume_usd: 7,
      operator_volume_usd: 0,
      operator_user_count: 0,
    });
    expect((await server.send('GET', '/api/operator/markets?status=cancelled', server.tenants[0].token)).status).toBe(400);
    const hidden = await server.send('GET', `/api/operator/markets/${ids['paused']}`, server.tenants[1].token);
    expect(hidden).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } });
  });
});

describe('one market', () => {
  test('the platform’s page adds up: operators to the whole, hours to the volume', async () => {
    server.clock.set(later(0.5));
    const { data } = (await server.send('GET', `/api/internal/markets/${ids['busy']}`, server.admin)).body;
    const { volume = 0, trades, yes = 0, no = 0, traders, positions } = await facts('busy');
    expect(data).toMatchObject({
      title: 'busy',
      tags: ['a', 'b'],
      tradeable: false,
      untradeable_reason: 'stale',
      pricing: { yes_price: 0.5, no_price: 0.5, base_spread: 0.02, last_updated: START.toISOString() },
      volume: { total_usd: volume / 100, '24h_usd': volume / 100, '7d_usd': volume / 100, trade_count: trades, unique_traders: traders },
      exposure: { total_usd: (yes + no) / 100, yes_usd: yes / 100, no_usd: no / 100, position_count: positions },
    });
    expect(data.exposure.imbalance_ratio).toBeCloseTo(yes / no, 2);
    expect(data.pricing.risk_adjusted_spread).toBe(data.pricing.spread);
    const sum = (field: string) => Math.round(data.by_operator.reduce((total: number, row: Row) => total + row[field] * 100, 0)) / 100;
    expect([sum('volume_usd'), sum('exposure_usd'), sum('user_count'), sum('trade_count')]).toEqual([
      volume / 100,
      (yes + no) / 100,
      traders,
      trades,
    ]);
    expect(data.by_operator.map(({ operator_slug: slug }: Row) => slug)).toEqual(['first-casino', 'second-casino']);
    server.clock.set(later(24 * 8));
    const login = { email: 'admin@predictu.test', password: 'correct horse battery' };
    const { token } = (await server.send('POST', '/api/auth/admin/login', undefined, login)).body.data;
    const old = (await server.send('GET', `/api/internal/markets/${ids['busy']}`, token)).body.data;
    expect(old.volume).toMatchObject({ total_usd: volume / 100, '24h_usd': 0, '7d_usd': 0 });
    server.clock.set(START);
  });

  test('the history has the volume of the trades the reader may see', async () => {
    await server.db.owner.query(
      `insert into price_ticks (market_id, id, mid, at) select id, (extract(epoch from $2::timestamptz - interval '1 hour') * 1000 - 1704067200000)::bigint << 22, 4000, $2::timestamptz - interval '1 hour' from markets where title = $1`,
      ['busy', START],
    );
    server.clock.set(later(0.9));
    const volumeOf = ({ body }: Row) =>
      body.data.price_history.reduce((total: number, point: Row) => total + Math.round(point.volume_usd * 100), 0);
    const of = async (path: string, token: string) => volumeOf(await server.send('GET', path, token));
    expect(await of(`/api/internal/markets/${ids['busy']}`, server.admin)).toBe((await facts('busy'))['volume']);
    for (const { operatorId, token } of server.tenants) {
      expect(await of(`/api/operator/markets/${ids['busy']}`, token)).toBe((await facts('busy', [operatorId]))['volume']);
    }
    server.clock.set(START);
  });

  test('an operator’s page: its own traders by volume, everybody’s totals, nothing of others', async () => {
    const [first, second] = server.tenants;
    const { body } = await server.send('GET', `/api/operator/markets/${ids['busy']}`, first.token);
    const own = await facts('busy', [first.operatorId]);
    const everywhere = await facts('busy');
    expect(body.data).toMatchObject({
      global_metrics: { volume_usd: (everywhere['volume'] ?? 0) / 100, trade_count: everywhere['trades'], unique_traders: 3 },
      operator_metrics: { volume_usd: (own['volume'] ?? 0) / 100, trade_count: 3, unique_traders: 2, position_count: 2 },
    });
    const rows = (
      await server.db.owner.query(
        `select player_id, sum(amount_cents)::int as volume, count(*)::int as trades, coalesce(sum(realized_pnl_cents), 0)::int as pnl from trades
         where operator_id = $1 and market_id = (select id from markets where title = 'busy') group by 1 order by 2 desc`,
        [first.operatorId],
      )
    ).rows;
    expect(
      body.data.top_traders.map(({ user_id, volume_usd, trade_count, pnl_usd }: Row) => [user_id, volume_usd, trade_count, pnl_usd]),
    ).toEqual(rows.map((row) => [encodeId('user', BigInt(row.player_id) as Id<'user'>), row.volume / 100, row.trades, row.pnl / 100]));
    expect(JSON.stringify(body)).not.toContain(encodeId('user', second.players[0].id as Id<'user'>));
    const unknown = await server.send('GET', `/api/operator/markets/${encodeId('market', 5n as Id<'market'>)}`, first.token);
    expect(unknown.status).toBe(404);
    expect((await server.send('GET', `/api/internal/markets/${encodeId('market', 5n as Id<'market'>)}`, server.admin)).status).toBe(404);
  });
});
