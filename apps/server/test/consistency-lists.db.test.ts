/** The lists of a history built as the demo is, or of a running one: scopes, filters and orders, on every page of them. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HistoryScene, historyScene, ids, type Row, type Side } from './history-scene.ts';

let scene: HistoryScene;
beforeAll(async () => {
  scene = await historyScene();
}, 900_000);
afterAll(() => scene?.close());
const all = (side: Side, path: string): Promise<Row[]> => scene.all(side, path);

describe.each(['/trades', '/users', '/positions', '/orders', '/settlements', '/wallet/calls'])('the list %s', (path) => {
  test('of an operator is the platform’s of that operator, and nothing of another one', async () => {
    await scene.still(async () => {
      const [first = [], second = []] = await Promise.all(scene.sides.map((side) => all(side, path)));
      // A settlement is the same for both; everything else is one operator's.
      if (path !== '/settlements') expect(new Set([...ids(first), ...ids(second)]).size).toBe(first.length + second.length);
      if (path === '/positions') return;
      const whole = await all(scene.admin, path);
      // A market in which nobody held anything is settled, too, and is no operator's.
      const held = path === '/settlements' ? whole.filter(({ positions_settled: settled }: Row) => settled > 0) : whole;
      expect(new Set(ids(held))).toEqual(new Set([...ids(first), ...ids(second)]));
      for (const [index, rows] of [first, second].entries())
        expect(ids(await all(scene.admin, `${path}?operator=${scene.sides[index]?.slug}`))).toEqual(ids(rows));
    });
  });
});

/** A filter, whether it may name this row, and what it keeps. `some` is a row from the middle of the list. */
type Filter = (some: Row) => [query: string, keeps: (row: Row) => boolean];
const TRADES: Filter[] = [
  () => ['side=sell', ({ side }) => side === 'sell'],
  () => ['outcome=no', ({ outcome }) => outcome === 'no'],
  () => ['status=filled', ({ status }) => status === 'filled'],
  () => ['status=settled', ({ status }) => status === 'settled'],
  () => ['min_amount=50', ({ cost_usd: amount }) => amount >= 50],
  () => ['max_amount=20', ({ cost_usd: amount }) => amount <= 20],
  (some) => [`market_id=${some.market_id}`, ({ market_id: market }) => market === some.market_id],
  (some) => [`user_id=${some.user_id}`, ({ user_id: user }) => user === some.user_id],
  (some) => [`from=${some.created_at}`, ({ created_at: at }) => at >= some.created_at],
  (some) => [`to=${some.created_at}`, ({ created_at: at }) => at < some.created_at],
  (some) => [
    `side=buy&outcome=yes&to=${some.created_at}`,
    (row) => row.side === 'buy' && row.outcome === 'yes' && row.created_at < some.created_at,
  ],
];
const USERS: Filter[] = [
  () => ['tier=normal', ({ tier }) => tier === 'normal'],
  () => ['status=active', ({ status }) => status === 'active'],
  () => ['status=inactive', ({ status }) => status === 'inactive'],
  () => ['min_balance=100', ({ balance_usd: balance }) => balance >= 100],
  () => ['max_balance=100', ({ balance_usd: balance }) => balance <= 100],
  (some) => [
    `search=${encodeURIComponent(some.external_id.slice(-3))}`,
    (row) =>
      [row.username, row.email, row.external_id].some((text) => text?.toLowerCase().includes(some.external_id.slice(-3).toLowerCase())),
  ],
];
const MARKETS: Filter[] = [
  () => ['status=active', ({ status }) => status === 'active'],
  () => ['status=resolved', ({ status }) => status === 'resolved'],
  () => ['category=sports', ({ category }) => category === 'sports'],
  () => ['category=crypto&status=resolved', ({ category, status }) => category === 'crypto' && status === 'resolved'],
];
const POSITIONS: Filter[] = [
  () => ['status=open', ({ status }) => status === 'open'],
  () => ['status=closed', ({ status }) => status === 'closed'],
  () => ['status=settled', ({ status }) => status === 'settled'],
  () => ['outcome=yes', ({ outcome }) => outcome === 'yes'],
  (some) => [`market_id=${some.market_id}`, ({ market_id: market }) => market === some.market_id],
  (some) => [`user_id=${some.user_id}`, ({ user_id: user }) => user === some.user_id],
];
const SETTLEMENTS: Filter[] = [
  () => ['status=completed', ({ status }) => status === 'completed'],
  (some) => [`market_id=${some.market_id}`, ({ market_id: market }) => market === some.market_id],
];

describe.each<[string, 'admin' | 'operator', Filter[]]>([
  ['/trades', 'admin', TRADES],
  ['/trades', 'operator', TRADES],
  ['/users', 'admin', USERS],
  ['/users', 'operator', USERS],
  ['/markets', 'admin', MARKETS],
  ['/markets', 'operator', MARKETS],
  ['/positions', 'operator', POSITIONS],
  ['/settlements', 'admin', SETTLEMENTS],
  ['/settlements', 'operator', SETTLEMENTS],
])('%s of the %s', (path, who, filters) => {
  test('each filter leaves exactly the rows it names', async () => {
    const side = who === 'admin' ? scene.admin : (scene.sides[0] as Side);
    const rows = await all(side, path);
    const some = rows[Math.floor(rows.length / 2)];
    for (const filter of filters) {
      const [query, keeps] = filter(some);
      await scene.still(async () => {
        const before = scene.moves ? await all(side, path) : rows;
        const found = ids(await all(side, `${path}?${query}`));
        const after = scene.moves ? await all(side, path) : rows;
        const verdicts = new Map(before.map((row) => [row.id, keeps(row)]));
        // What moved meanwhile says nothing; where nothing moves, these are all rows.
        const same = new Set(after.filter((row) => verdicts.get(row.id) === keeps(row)).map(({ id }) => id));
        expect(same.size).toBeGreaterThan(rows.length * 0.9);
        expect([query, found.filter((id) => same.has(id))]).toEqual([query, ids(before.filter((row) => same.has(row.id) && keeps(row)))]);
        const known = new Set([...ids(before), ...ids(after)]);
        expect(found.filter((id) => !known.has(id))).toEqual([]);
      });
    }
    // Most of them keep something and leave something out, or the rows above would show nothing.
    const telling = filters.filter((filter) => {
      const kept = rows.filter(filter(some)[1]).length;
      return kept > 0 && kept < rows.length;
    });
    expect(telling.length).toBeGreaterThanOrEqual(filters.length / 2);
  });
});

test.each<[string, 'admin' | 'operator', sort: string, field: string]>([
  ['/trades', 'admin', 'created_at', 'created_at'],
  ['/trades', 'admin', 'amount', 'cost_usd'],
  ['/trades', 'operator', 'price', 'price'],
  ['/users', 'admin', 'balance', 'balance_usd'],
  ['/users', 'admin', 'trade_count', 'trade_count'],
  ['/users', 'operator', 'volume', 'volume_usd'],
  ['/users', 'operator', 'pnl', 'pnl_usd'],
  ['/users', 'admin', 'created_at', 'created_at'],
  ['/markets', 'admin', 'volume', 'volume_usd'],
  ['/markets', 'admin', 'exposure', 'exposure_usd'],
  ['/markets', 'operator', 'trade_count', 'operator_trade_count'],
  ['/markets', 'operator', 'created_at', 'created_at'],
  ['/positions', 'operator', 'quantity', 'quantity'],
  ['/positions', 'operator', 'opened_at', 'opened_at'],
])('%s of the %s by %s is in order across pages, both ways, and no row is missed or shown twice', async (path, who, sort, field) => {
  const side = who === 'admin' ? scene.admin : (scene.sides[0] as Side);
  // Positions of settled markets stay as they are.
  const list = scene.moves && path === '/positions' ? `${path}?status=settled&` : `${path}?`;
  const seen: string[][] = [];
  await scene.still(async () => {
    seen.length = 0;
    for (const order of ['asc', 'desc']) {
      const rows = await all(side, `${list}sort=${sort}&order=${order}`);
      const values = rows.map((row) => row[field]);
      expect(values).not.toContain(undefined);
      const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      expect(values).toEqual(order === 'asc' ? sorted : sorted.reverse());
      expect(new Set(ids(rows)).size).toBe(rows.length);
      seen.push(ids(rows));
    }
    expect(seen[0]).toEqual(seen[1]);
  });
});

test.each(['/trades', '/users', '/settlements'])('%s read by cursor holds what its pages hold', async (path) => {
  const list = path === '/trades' ? `${path}?to=${scene.until.toISOString()}&` : `${path}?`;
  await scene.still(async () => {
    const [byCursor, byPage]: [Row[], Row[]] = [[], []];
    for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
      const body: Row = await scene.ask(scene.admin, `${list}limit=150${cursor === null ? '' : `&cursor=${cursor}`}`);
      byCursor.push(...body.data);
      cursor = body.next_cursor;
    }
    for (let page = 1; byPage.length < byCursor.length; page += 1) {
      const { data } = await scene.ask(scene.admin, `${list}limit=200&page=${page}`);
      if (data.length === 0) break;
      byPage.push(...data);
    }
    expect(byPage.map(({ id }) => id)).toEqual(byCursor.map(({ id }) => id));
  });
});
