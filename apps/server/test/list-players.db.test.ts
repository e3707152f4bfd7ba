/** Lists of players, positions and ledger rows, and the page of one player, against the facts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ListScene, listScene, shown } from './list-scene.ts';

// biome-ignore lint/suspicious/noExplicitAny: rows of the database and of answers.
type Row = any;
type Value = string | number | bigint | null;
let scene: ListScene;
let players: Row[];
let positions: Row[];
let entries: Row[];

const cents = (usd: number): bigint => BigInt(Math.round(usd * 100));
const ids = (rows: Row[]): string[] => rows.map(({ id }) => id);
const query = async (text: string): Promise<Row[]> => (await scene.server.db.owner.query(text)).rows;
const compare = (a: Value, b: Value): number => ((a as number) < (b as number) ? -1 : (a as number) > (b as number) ? 1 : 0);

/** In the one direction, missing values last, then by id in that direction. */
function ordered(rows: Row[], value: (row: Row) => Value, order: string): string[] {
  const sign = order === 'asc' ? 1 : -1;
  const sorted = [...rows].sort((a, b) => {
    const [one, other] = [value(a), value(b)];
    if (one === null || other === null) return Number(one === null) - Number(other === null) || sign * compare(a.sequence, b.sequence);
    return sign * (compare(one, other) || compare(a.sequence, b.sequence));
  });
  return ids(sorted);
}

beforeAll(async () => {
  scene = await listScene();
  await scene.server.db.owner.query(`update players set last_active_at = null where id = $1`, [scene.players[5]?.id]);
  await scene.server.db.owner.query(`update players set last_active_at = $2 where id = $1`, [
    scene.players[6]?.id,
    new Date(scene.server.clock.now().getTime() - 31 * 86_400_000),
  ]);
  await scene.server.db.owner.query(`update players set wallet_balance_cents = 12345 where operator_id = $1 and id % 2 = 0`, [
    scene.operators[2],
  ]);
  await scene.server.db.owner.query(`update markets set mid = null where id = $1`, [scene.markets[5]]);
  const since = new Date(scene.server.clock.now().getTime() - 30 * 86_400_000);
  players = (await query(`select p.*, o.slug, o.wallet_mode from players p join operators o on o.id = p.operator_id`)).map((row) => ({
    ...row,
    sequence: row.id,
    id: shown('user', row.id),
    balance: row.wallet_mode === 'seamless' ? (row.wallet_balance_cents ?? 0n) : row.balance_cents,
    state: row.status === 'suspended' ? 'suspended' : (row.last_active_at ?? row.created_at) < since ? 'inactive' : 'active',
  }));
  positions = (
    await query(`select p.*, m.status as market_status, m.mid::bigint as mid from positions p join markets m on m.id = p.market_id`)
  ).map((row) => {
    const over = ['resolved', 'cancelled'].includes(row.market_status);
    const live = !over && row.quantity > 0n;
    const mid: bigint | null = row.mid === null ? null : row.outcome === 'yes' ? row.mid : 10_000n - row.mid;
    const worth = live ? (mid === null ? null : (row.quantity * mid) / 10_000n) : 0n;
    return {
      ...row,
      sequence: row.id,
      id: shown('position', row.id),
      state: over ? 'settled' : row.quantity === 0n ? 'closed' : 'open',
      worth,
      pnl: worth === null ? null : row.realized_pnl_cents + (live ? worth - row.cost_cents : 0n),
    };
  });
  entries = (await query('select * from ledger_entries order by id desc')).map((row) => ({
    ...row,
    sequence: row.id,
    id: shown('ledger', row.id),
  }));
});
afterAll(() => scene?.close());

describe('players: a filter removes exactly what it should', () => {
  const FILTERS: Record<string, () => [query: string, holds: (row: Row) => boolean]> = {
    nothing: () => ['', () => true],
    operator: () => [`operator=${players[0].slug}`, (row) => row.slug === players[0].slug],
    'part of a username, in any case': () => ['search=pLAYER c', (row) => /player c/i.test(row.username ?? '')],
    'part of an e-mail': () => ['search=3@exam', (row) => /3@exam/.test(row.email ?? '')],
    'part of an external id': () => ['search=_2', (row) => row.external_id.includes('_2')],
    'a sign that means something to SQL': () => ['search=%25', (row) => row.external_id.includes('%')],
    'a user id': () => [`search=${players[3].id}`, (row) => row.id === players[3].id],
    tier: () => ['tier=sharp', (row) => row.tier === 'sharp'],
    active: () => ['status=active', (row) => row.state === 'active'],
    inactive: () => ['status=inactive', (row) => row.state === 'inactive'],
    suspended: () => ['status=suspended', (row) => row.state === 'suspended'],
    'least balance': () => ['min_balance=500', (row) => row.balance >= 50_000n],
    'a balance outside': () => ['min_balance=123.45&max_balance=123.45', (row) => row.balance === 12_345n],
    everything: () => [
      `operator=${players[0].slug}&tier=normal&status=active&max_balance=2000&search=e`,
      (row) =>
        row.slug === players[0].slug &&
        row.tier === 'normal' &&
        row.state === 'active' &&
        row.balance <= 200_000n &&
        [row.username, row.email, row.external_id].some((text) => /e/i.test(text ?? '')),
    ],
  };
  test.each(Object.keys(FILTERS))('%s', async (name) => {
    const [filter, holds] = (FILTERS[name] as (typeof FILTERS)[string])();
    const wanted = players.filter(holds);
    const { rows, total } = await scene.all(`/api/internal/users?${filter}`, undefined, 7);
    expect(ids(rows)).toEqual(ordered(wanted, (row) => row.created_at.getTime(), 'desc'));
    expect(total).toBe(wanted.length);
    expect(wanted.length).toBeGreaterThan(0);
  });
});

const PLAYER_SORTS: Record<string, (row: Row) => Value> = {
  created_at: (row) => row.created_at.getTime(),
  last_active: (row) => row.last_active_at?.getTime() ?? null,
  trade_count: (row) => row.trade_count,
  balance: (row) => row.balance,
  pnl: (row) => row.realized_pnl_cents,
  volume: (row) => row.volume_cents,
  score: (row) => row.score,
};
test.each(Object.keys(PLAYER_SORTS).flatMap((sort) => [`${sort} asc`, `${sort} desc`]))('players by %s, across pages', async (name) => {
  const [sort, order] = name.split(' ') as [string, string];
  const { rows } = await scene.all(`/api/internal/users?sort=${sort}&order=${order}`, undefined, 4);
  expect(ids(rows)).toEqual(ordered(players, PLAYER_SORTS[sort] as (row: Row) => Value, order));
  const [tenant] = scene.server.tenants;
  const own = await scene.all(`/api/operator/users?sort=${sort}&order=${order}`, tenant.token, 3);
  const wanted = players.filter((row) => row.operator_id === tenant.operatorId);
  expect(ids(own.rows)).toEqual(ordered(wanted, PLAYER_SORTS[sort] as (row: Row) => Value, order));
  const under = await scene.all(`/api/internal/operators/${wanted[0].slug}/users?sort=${sort}&order=${order}`, undefined, 3);
  expect(ids(under.rows)).toEqual(ids(own.rows));
});

test('a cursor goes on among players of one instant and among positions', async () => {
  for (const [url, wanted] of [
    ['/api/internal/users?limit=2', ordered(players, (row) => row.created_at.getTime(), 'desc')],
    [`/api/operator/positions?limit=3&order=asc`, ordered(ownPositions(0), (row) => row.opened_at.getTime(), 'asc')],
  ] as const) {
    const seen: string[] = [];
    let cursor = '';
    do {
      const body = await scene.page(
        `${url}${cursor && `&cursor=${cursor}`}`,
        url.includes('operator') ? scene.server.tenants[0].token : undefined,
      );
      seen.push(...ids(body.data));
      cursor = body.next_cursor;
    } while (cursor);
    expect(seen).toEqual(wanted);
  }
});

test('a player of the list and of its page says what its trades, positions and ledger say', async () => {
  const trades = await query(`select * from trades where status = 'filled'`);
  const { rows } = await scene.all('/api/internal/users');
  for (const row of rows) {
    const fact = players.find(({ id }) => id === row.id);
    const own = trades.filter((trade) => trade.player_id === fact.sequence);
    const held = positions.filter((position) => position.player_id === fact.sequence);
    const sum = (list: Row[], key: string): bigint => list.reduce((all, one) => all + one[key], 0n);
    const volume = sum(own, 'amount_cents');
    const of = (type: string) =>
      sum(
        entries.filter((entry) => entry.player_id === fact.sequence && entry.type === type),
        'amount_cents',
      );
    expect(row).toMatchObject({
      external_id: fact.external_id,
      status: fact.state,
      trade_count: own.length,
      score: fact.score,
      tier: fact.tier,
    });
    expect([row.volume_usd, row.balance_usd, row.pnl_usd].map(cents)).toEqual([volume, fact.balance, sum(held, 'realized_pnl_cents')]);
    expect(row.open_positions).toBe(held.filter(({ quantity }) => quantity > 0n).length);
    expect(row.win_rate === null).toBe(fact.closed_count === 0);
    if (row.win_rate !== null) expect(row.win_rate).toBeCloseTo(fact.won_count / fact.closed_count, 4);
    const { data } = await scene.page(`/api/internal/users/${row.id}`);
    expect(data).toMatchObject({ id: row.id, balance_usd: row.balance_usd, status: row.status, operator_slug: fact.slug });
    expect(data.metrics).toMatchObject({
      trade_count: own.length,
      volume_usd: row.volume_usd,
      pnl_usd: row.pnl_usd,
      win_rate: row.win_rate,
    });
    const largest = own.reduce((most, { amount_cents: amount }) => (amount > most ? amount : most), 0n);
    expect(data.metrics.largest_trade_usd === null ? 0n : cents(data.metrics.largest_trade_usd)).toBe(largest);
    if (own.length > 0) expect(Math.abs(data.metrics.avg_trade_usd - Number(volume) / 100 / own.length)).toBeLessThanOrEqual(0.00501);
    expect([data.metrics.total_deposited_usd, data.metrics.total_withdrawn_usd].map(cents)).toEqual([of('deposit'), of('withdrawal')]);
    expect(cents(data.metrics.exposure_usd)).toBe(sum(held, 'quantity'));
    const scored = Object.values(data.scoring.components as Record<string, number>).reduce((all, points) => all + points, 0);
    expect(scored).toBe(data.scoring.score);
  }
});

const ownPositions = (tenant: 0 | 1): Row[] => positions.filter((row) => row.operator_id === scene.server.tenants[tenant].operatorId);
const POSITION_SORTS: Record<string, (row: Row) => Value> = {
  opened_at: (row) => row.opened_at.getTime(),
  market_value: (row) => row.worth,
  pnl: (row) => row.pnl,
  quantity: (row) => row.quantity,
};

describe('positions', () => {
  test.each(['open', 'closed', 'settled', 'yes', 'no'])('%s', async (name) => {
    const filter = name.length > 3 ? `status=${name}` : `outcome=${name}`;
    const wanted = ownPositions(0).filter((row) => row.state === name || row.outcome === name);
    const { rows, total } = await scene.all(`/api/operator/positions?${filter}`, scene.server.tenants[0].token, 6);
    expect(ids(rows)).toEqual(ordered(wanted, (row) => row.opened_at.getTime(), 'desc'));
    expect(total).toBe(wanted.length);
    expect(wanted.length).toBeGreaterThan(0);
  });

  test.each(Object.keys(POSITION_SORTS).flatMap((sort) => [`${sort} asc`, `${sort} desc`]))('by %s', async (name) => {
    const [sort, order] = name.split(' ') as [string, string];
    const { rows } = await scene.all(`/api/operator/positions?sort=${sort}&order=${order}`, scene.server.tenants[1].token, 5);
    expect(ids(rows)).toEqual(ordered(ownPositions(1), POSITION_SORTS[sort] as (row: Row) => Value, order));
    for (const row of rows) {
      const fact = positions.find(({ id }) => id === row.id);
      expect(row.pnl_usd === null ? null : cents(row.pnl_usd)).toBe(fact.pnl);
      expect(row.market_value_usd === null ? null : cents(row.market_value_usd)).toBe(fact.worth);
    }
  });

  test('of one player, of one market, and of nobody else', async () => {
    const [first] = ownPositions(0);
    const user = shown('user', first.player_id);
    const market = shown('market', first.market_id);
    const mine = ownPositions(0).filter((row) => row.player_id === first.player_id);
    expect(new Set(ids((await scene.all(`/api/internal/users/${user}/positions`)).rows))).toEqual(new Set(ids(mine)));
    const both = await scene.all(`/api/operator/positions?user_id=${user}&market_id=${market}`, scene.server.tenants[0].token);
    expect(new Set(ids(both.rows))).toEqual(new Set(ids(mine.filter((row) => row.market_id === first.market_id))));
    expect((await scene.all(`/api/operator/positions?user_id=${user}`, scene.server.tenants[1].token)).total).toBe(0);
  });
});

describe('the ledger of a player', () => {
  const STORED: Record<string, string[]> = {
    deposit: ['deposit'],
    withdraw: ['withdrawal'],
    trade_debit: ['trade_debit'],
    trade_credit: ['trade_credit'],
    settlement: ['settlement_credit', 'refund'],
    fee: ['trade_fee', 'withdrawal_fee', 'settlement_fee'],
  };
  test('has every row of it, with keys and what it was about, and each type its own', async () => {
    const keys = await query('select * from idempotency_keys');
    const seen = new Set<string>();
    for (const player of players) {
      const own = entries.filter((row) => row.player_id === player.sequence);
      const { rows, total } = await scene.all(`/api/internal/users/${player.id}/ledger`, undefined, 30);
      expect(ids(rows)).toEqual(ids(own));
      expect(total).toBe(own.length);
      for (const [index, row] of rows.entries()) {
        const fact = own[index];
        seen.add(row.type);
        expect(STORED[row.type]).toContain(fact.type);
        if (fact.trade_id !== null) {
          const key = keys.find((one) => one.trade_id === fact.trade_id || one.answer.trades?.includes(String(fact.trade_id)));
          expect(row).toMatchObject({ reference_type: 'trade', reference_id: shown('trade', fact.trade_id), idempotency_key: key.key });
          expect(row.metadata).toMatchObject({ market_id: expect.any(String), outcome: expect.any(String), price: expect.any(Number) });
        } else if (fact.type === 'deposit' || fact.type === 'withdrawal') {
          expect(row.idempotency_key).toBe(keys.find((one) => one.answer.adjustment === String(fact.sequence)).key);
          expect(row.metadata).toEqual(fact.metadata);
        } else {
          expect(row).toMatchObject({ reference_type: 'settlement', reference_id: shown('settlement', fact.metadata.settlement) });
          expect(row.idempotency_key).toBe(`settlement-${fact.metadata.settlement}-${fact.metadata.n}`);
        }
      }
    }
    expect([...seen].sort()).toEqual(Object.keys(STORED).sort());
  });

  test('by type and by time', async () => {
    const player = players.find((row) => entries.filter((entry) => entry.player_id === row.sequence).length > 20);
    const own = entries.filter((row) => row.player_id === player.sequence);
    for (const [type, stored] of Object.entries(STORED)) {
      const { rows } = await scene.all(`/api/internal/users/${player.id}/ledger?type=${type}`, undefined, 5);
      expect(ids(rows)).toEqual(ids(own.filter((row) => stored.includes(row.type))));
    }
    const at = own[Math.floor(own.length / 2)].created_at;
    const late = await scene.all(`/api/internal/users/${player.id}/ledger?from=${at.toISOString()}`);
    expect(ids(late.rows)).toEqual(ids(own.filter((row) => row.created_at >= at)));
    const early = await scene.all(`/api/internal/users/${player.id}/ledger?to=${at.toISOString()}`);
    expect(early.total + late.total).toBe(own.length);
  });
});

test('an operator reads its own player with what it did last, and nobody else’s', async () => {
  const { tenants, send } = scene.server;
  const [tenant] = tenants;
  const own = players.find((row) => row.operator_id === tenant.operatorId && row.trade_count > 3);
  const { data } = await scene.page(`/api/operator/users/${own.id}`, tenant.token);
  const trades = await query(`select id from trades where player_id = ${own.sequence} order by id desc limit 10`);
  expect(ids(data.recent_trades)).toEqual(trades.map(({ id }) => shown('trade', id)));
  expect(ids(data.recent_ledger)).toEqual(ids(entries.filter((row) => row.player_id === own.sequence).slice(0, 10)));
  expect(Object.keys(data)).not.toContain('operator_slug');
  expect((await send('GET', `/api/operator/users/${own.id}`, tenants[1].token)).status).toBe(404);
  expect((await send('GET', `/api/internal/users/${shown('user', 9n)}`, scene.server.admin)).status).toBe(404);
  for (const part of ['/ledger', '/positions', '/trades', '']) {
    const answer = await send('GET', `/api/internal/users/${own.id}${part}`, tenant.token);
    expect(answer.status).toBe(403);
  }
});

test.each([
  'limit=201',
  'page=0',
  'search=',
  'search=%00',
  'tier=vip',
  'status=gone',
  'sort=name',
  'min_balance=9&max_balance=1',
  'cursor=x',
  `cursor=${Buffer.from('9000000000000000000.1').toString('base64url')}`,
  'x=1',
])('players, %s is refused', async (bad) => {
  for (const [url, token] of [
    ['/api/internal/users', scene.server.admin],
    ['/api/operator/users', scene.server.tenants[0].token],
  ] as const) {
    expect((await scene.server.send('GET', `${url}?${bad}`, token)).body.error.code).toBe('BAD_REQUEST');
  }
});
