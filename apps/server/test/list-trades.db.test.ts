/** Lists of trades: every filter against the same filter over all rows, orders across pages, and whose rows they are. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ListScene, listScene, shown } from './list-scene.ts';
import { brokenBooks } from './trading-scene.ts';

// biome-ignore lint/suspicious/noExplicitAny: rows of the database and of answers.
type Row = any;
let scene: ListScene;
let facts: Row[];
let key = '';
let operator = '';

const cents = (usd: number): bigint => BigInt(Math.round(usd * 100));
const ids = (rows: Row[]): string[] => rows.map(({ id }) => id);

beforeAll(async () => {
  scene = await listScene();
  const { rows } = await scene.server.db.owner.query(
    `select t.*, t.price::bigint as price, m.status as market_status, o.slug from trades t join markets m on m.id = t.market_id join operators o on o.id = t.operator_id order by t.id desc`,
  );
  facts = rows.map((row: Row) => ({
    ...row,
    id: shown('trade', row.id),
    sequence: row.id,
    user: shown('user', row.player_id),
    market: shown('market', row.market_id),
    state: row.status === 'filled' && ['resolved', 'cancelled'].includes(row.market_status) ? 'settled' : row.status,
  }));
  operator = facts[0].slug;
  key = facts[0].user;
});
afterAll(() => scene?.close());

test('the scene has every kind of trade, and books that balance', async () => {
  expect(await brokenBooks(scene.server.db.owner)).toEqual([]);
  for (const state of ['pending', 'filled', 'settled', 'cancelled'])
    expect(facts.filter((row) => row.state === state).length).toBeGreaterThan(0);
  expect(new Set(facts.map((row) => row.slug)).size).toBe(3);
});

const middle = (): Date => facts[Math.floor(facts.length / 2)].created_at;
const FILTERS: Record<string, () => [query: string, holds: (row: Row) => boolean]> = {
  nothing: () => ['', () => true],
  operator: () => [`operator=${operator}`, (row) => row.slug === operator],
  'operator by id': () => [`operator=${shown('operator', facts[0].operator_id)}`, (row) => row.slug === operator],
  user: () => [`user_id=${key}`, (row) => row.user === key],
  market: () => [`market_id=${facts[3].market}`, (row) => row.market === facts[3].market],
  'operator and market': () => [
    `operator=${operator}&market_id=${facts[3].market}`,
    (row) => row.slug === operator && row.market === facts[3].market,
  ],
  side: () => ['side=sell', (row) => row.side === 'sell'],
  outcome: () => ['outcome=no', (row) => row.outcome === 'no'],
  ...Object.fromEntries(
    ['pending', 'filled', 'settled', 'cancelled'].flatMap((state) => [
      [state, () => [`status=${state}`, (row: Row) => row.state === state]],
      [
        `${state} of an operator`,
        () => [`status=${state}&operator=${operator}`, (row: Row) => row.state === state && row.slug === operator],
      ],
      [`${state} by side`, () => [`status=${state}&side=buy`, (row: Row) => row.state === state && row.side === 'buy']],
    ]),
  ),
  'least amount': () => ['min_amount=12.5', (row) => row.amount_cents >= 1_250n],
  'an exact amount': () => {
    const amount = facts[5].amount_cents;
    return [`min_amount=${Number(amount) / 100}&max_amount=${Number(amount) / 100}`, (row) => row.amount_cents === amount];
  },
  'most amount': () => ['max_amount=12.5', (row) => row.amount_cents <= 1_250n],
  from: () => [`from=${middle().toISOString()}`, (row) => row.created_at >= middle()],
  to: () => [`to=${middle().toISOString()}`, (row) => row.created_at < middle()],
  'all of time': () => ['from=0001-01-01&to=9999-12-31T23:00:00%2B01:00', () => true],
  'a day': () => {
    const day = middle().toISOString().slice(0, 10);
    const next = new Date(new Date(day).getTime() + 86_400_000).toISOString().slice(0, 10);
    return [`from=${day}&to=${next}`, (row) => row.created_at.toISOString().slice(0, 10) === day];
  },
  everything: () => [
    `operator=${operator}&side=buy&outcome=yes&status=settled&min_amount=2&max_amount=29&to=${middle().toISOString()}`,
    (row) =>
      row.slug === operator &&
      row.side === 'buy' &&
      row.outcome === 'yes' &&
      row.state === 'settled' &&
      row.amount_cents >= 200n &&
      row.amount_cents <= 2_900n &&
      row.created_at < middle(),
  ],
};

describe('a filter removes exactly what it should', () => {
  test.each(Object.keys(FILTERS))('%s', async (name) => {
    const [query, holds] = (FILTERS[name] as (typeof FILTERS)[string])();
    const wanted = facts.filter(holds);
    const { rows, total } = await scene.all(`/api/internal/trades?${query}`);
    expect(ids(rows)).toEqual(ids(wanted));
    expect(total).toBe(wanted.length);
    if (name !== 'pending of an operator' && name !== 'cancelled of an operator') expect(wanted.length).toBeGreaterThan(0);
  });
});

describe('an order holds across pages', () => {
  const VALUES: Record<string, (row: Row) => bigint> = {
    created_at: ({ sequence }) => BigInt(sequence),
    amount: (row) => BigInt(row.amount_cents),
    price: (row) => BigInt(row.price),
  };
  const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
  test.each(Object.keys(VALUES).flatMap((sort) => [`${sort} asc`, `${sort} desc`]))('%s', async (name) => {
    const [sort, order] = name.split(' ') as [string, string];
    const value = VALUES[sort] as (row: Row) => bigint;
    const wanted = [...facts].sort((a, b) => compare(value(a), value(b)) || compare(BigInt(a.sequence), BigInt(b.sequence)));
    if (order === 'desc') wanted.reverse();
    const { rows } = await scene.all(`/api/internal/trades?sort=${sort}&order=${order}`, undefined, 17);
    expect(ids(rows)).toEqual(ids(wanted));
  });

  test.each(['asc', 'desc'])('a cursor goes on where the page ended, %s', async (order) => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const body = await scene.page(`/api/internal/trades?order=${order}&limit=23${cursor && `&cursor=${cursor}`}`);
      expect(body.pagination.total).toBe(facts.length);
      seen.push(...ids(body.data));
      cursor = body.next_cursor;
    } while (cursor);
    expect(order === 'asc' ? seen.reverse() : seen).toEqual(ids(facts));
  });
});

test('lists under an operator, under a player and of the operator itself are the same rows', async () => {
  const ofOperator = facts.filter((row) => row.slug === operator);
  expect(ids((await scene.all(`/api/internal/operators/${operator}/trades`)).rows)).toEqual(ids(ofOperator));
  expect(ids((await scene.all(`/api/internal/users/${key}/trades`)).rows)).toEqual(ids(facts.filter((row) => row.user === key)));
  for (const tenant of scene.server.tenants) {
    const own = facts.filter((row) => BigInt(row.operator_id) === tenant.operatorId);
    const { rows, total } = await scene.all('/api/operator/trades', tenant.token);
    expect(ids(rows)).toEqual(ids(own));
    expect(total).toBe(own.length);
    const other = facts.find((row) => BigInt(row.operator_id) !== tenant.operatorId);
    expect((await scene.all(`/api/operator/trades?user_id=${other.user}`, tenant.token)).total).toBe(0);
    const settled = await scene.all('/api/operator/trades?status=settled&sort=price', tenant.token);
    expect(settled.total).toBe(own.filter((row) => row.state === 'settled').length);
  }
});

test('a row says what the facts say', async () => {
  const { rows } = await scene.all('/api/internal/trades');
  const { owner } = scene.server.db;
  const calls = (await owner.query(`select id, trade_id, status from wallet_calls where method in ('BET_MAKE', 'BET_SELL')`)).rows;
  const keys = (await owner.query(`select key, trade_id, answer from idempotency_keys`)).rows;
  for (const [index, row] of rows.entries()) {
    const fact = facts[index];
    expect(cents(row.cost_usd)).toBe(fact.amount_cents);
    expect(row).toMatchObject({
      operator_slug: fact.slug,
      user_id: fact.user,
      status: fact.state,
      created_at: fact.created_at.toISOString(),
    });
    const call = calls.find((one: Row) => one.trade_id === fact.sequence);
    expect(row.s2s_transaction_id).toBe(call ? shown('transaction', call.id) : null);
    expect(row.s2s_callback_status).toBe(call?.status ?? null);
    const named = keys.find((one: Row) => one.trade_id === fact.sequence || one.answer.trades?.includes(String(fact.sequence)));
    expect(row.idempotency_key).toBe(named.key);
  }
  expect(calls.length).toBeGreaterThan(10);
});

test('what trades came to adds up to what positions and players came to', async () => {
  const { rows } = await scene.all('/api/internal/trades');
  const players = await scene.all('/api/internal/users');
  const sum = (list: Row[]): bigint => list.reduce((all, row) => all + cents(row.pnl_usd ?? 0), 0n);
  for (const player of players.rows) expect(sum(rows.filter((row) => row.user_id === player.id)), player.id).toBe(cents(player.pnl_usd));
  expect(players.rows.some((player) => player.pnl_usd !== 0)).toBe(true);
  for (const row of rows) {
    if (row.status === 'pending' || row.status === 'cancelled') expect(row.pnl_usd).toBeNull();
    if (row.side === 'sell' || row.status === 'settled') expect(row.pnl_usd).not.toBeNull();
  }
});

describe('what cannot be read is refused', () => {
  const REFUSED = [
    'limit=201',
    'limit=0',
    'page=0',
    'page=x',
    'sort=cost',
    'order=up',
    'side=hold',
    'outcome=maybe',
    'status=open',
    'min_amount=-1',
    'min_amount=1.001',
    'min_amount=5&max_amount=4',
    'from=yesterday',
    'from=0000-01-01',
    'operator=%00',
    'from=2026-06-02&to=2026-06-01',
    'user_id=usr_1',
    'market_id=mkt_x',
    'cursor=abc',
    'cursor=MQ&sort=price',
    'colour=red',
  ];
  test.each(REFUSED)('%s', async (query) => {
    const answer = await scene.server.send('GET', `/api/internal/trades?${query}`, scene.server.admin);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: 'BAD_REQUEST', details: { fields: [expect.anything()] } } } });
  });

  test('an unknown slug or user is not there, a page far past the end is empty', async () => {
    const { send, admin, tenants } = scene.server;
    expect((await send('GET', '/api/internal/operators/nobody/trades', admin)).status).toBe(404);
    expect((await send('GET', `/api/internal/users/${shown('user', 5n)}/trades`, admin)).status).toBe(404);
    expect((await send('GET', '/api/internal/operators/%00/trades', admin)).status).toBe(404);
    expect((await scene.page('/api/internal/trades?from=2150-01-01')).pagination.total).toBe(0);
    expect((await scene.page('/api/internal/trades?operator=nobody')).pagination).toMatchObject({ total: 0, total_pages: 0 });
    for (const page of [90, 900_000]) {
      const body = await scene.page(`/api/operator/trades?page=${page}`, tenants[0].token);
      expect(body.data).toEqual([]);
      expect(body.pagination.total).toBe(facts.filter((row) => BigInt(row.operator_id) === tenants[0].operatorId).length);
    }
    const first = await scene.page('/api/internal/trades');
    expect(first.pagination).toMatchObject({ page: 1, limit: 50 });
    expect(first.data).toHaveLength(50);
  });
});
