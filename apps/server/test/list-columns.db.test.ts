/** The lists in memory against SQL: the same rows in the same order and the same totals, for random filters and sorts, after every commit. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { selectActive } from '../src/insights/active.sql.ts';
import { FIGURE_MEASURES } from '../src/insights/figure.rules.ts';
import { type FigureRow, selectFigures } from '../src/insights/figure.sql.ts';
import { countOpenPositions, countTraders } from '../src/insights/market-figures.sql.ts';
import { countOf } from '../src/insights/read-surroundings.ts';
import { listMarkets, type MarketFilter, type MarketQuery, type TotalSort } from '../src/markets/markets.ts';
import type { ColumnIndex } from '../src/platform/column-index.ts';
import { idMaker } from '../src/platform/ids.ts';
import type { Choice, Slice } from '../src/platform/page.ts';
import { choosePlayers, type PlayerChoice } from '../src/players/player-choice.sql.ts';
import { marketsByTotals } from '../src/recall.ts';
import { openSettlement, proposeSettlement, type Settlement } from '../src/settlement/settlement.ts';
import { choosePositions } from '../src/trading/position-choice.sql.ts';
import { chooseTrades, type TradeChoice } from '../src/trading/trade-choice.sql.ts';
import { type PackedPeriods, unpackPeriods } from '../src/trading/traded-periods.ts';
import { type FindPositionTrades, selectTrades, type Trading } from '../src/trading/trading.ts';
import { changeSlowly, makeMarket, makeOperator, makePlayer } from './factories.ts';
import { seeded } from './random.ts';
import { openTestColumns } from './test-columns.ts';
import { buyOf, depositOf, type Scene, tradeOf, tradingScene } from './trading-scene.ts';

const ROUNDS = 30;
const QUESTIONS = 6;
const ADMIN = { kind: 'admin', adminId: 1n, email: 'ada@example.com', permissions: [] } as const;
const { between, pick, oneIn } = seeded(4_711);

let scene: Scene;
let trading: Trading;
let settlement: Settlement;
let index: ColumnIndex;
const operators: bigint[] = [];
const markets: bigint[] = [];
const players: { operatorId: bigint; id: bigint }[] = [];
const names: string[] = [];

beforeAll(async () => {
  scene = await tradingScene();
  operators.push(scene.operatorId);
  await changeSlowly(scene.owner, async () => {
    operators.push(await makeOperator(scene.owner), await makeOperator(scene.owner, { wallet_mode: 'shadow' }));
  });
  for (let n = 0; n < 8; n += 1) markets.push(await makeMarket(scene.owner));
  for (let n = 0; n < 24; n += 1) {
    const operatorId = pick(operators);
    players.push({ operatorId, id: await makePlayer(scene.owner, operatorId) });
  }
  await nameAnew();
  trading = await scene.open();
  const { database, clock } = scene;
  const quiet = { info() {}, error() {} };
  settlement = openSettlement({ database, clock, newId: idMaker(clock), wallet: { wake() {} }, log: quiet, automatic: async () => false });
  index = openTestColumns(scene.appUrl);
});
afterAll(async () => {
  await index?.close();
  await settlement?.close();
  await trading?.close();
  await scene?.drop();
});

/** What players are called now. */
async function nameAnew(): Promise<void> {
  const { rows } = await scene.owner.query('select username, email, external_id from players');
  names.splice(0, names.length, ...rows.flatMap((row) => Object.values<string | null>(row).flatMap((name) => name || [])));
}

const maybe = <T>(value: () => T): T | undefined => (oneIn(3) ? value() : undefined);
const order = () => pick(['asc', 'desc'] as const);
const instant = () => new Date(scene.clock.now().getTime() - between(0, 3_600_000));
const player = () => pick(players).id;
/** A part of what a player is called, in whatever case, or what nobody is called. */
const part = () => {
  const name = pick(names);
  const from = between(0, name.length - 1);
  const piece = name.slice(from, from + between(1, 8));
  return oneIn(5) ? 'nobody%_' : oneIn(2) ? piece.toUpperCase() : piece;
};
const QUERIES = {
  trades: () => ({
    filter: {
      operatorId: maybe(() => pick(operators)),
      playerId: maybe(player),
      marketId: maybe(() => pick(markets)),
      side: maybe(() => pick(['buy', 'sell'] as const)),
      outcome: maybe(() => pick(['yes', 'no'] as const)),
      status: maybe(() => pick(['pending', 'filled', 'settled', 'cancelled'] as const)),
      minAmount: maybe(() => BigInt(between(0, 2_000))),
      maxAmount: maybe(() => BigInt(between(0, 4_000))),
      from: maybe(instant),
      to: maybe(instant),
    },
    sort: { sort: pick(['created_at', 'amount', 'price'] as const), order: order() },
    inSql: chooseTrades,
  }),
  positions: () => ({
    filter: {
      operatorId: maybe(() => pick(operators)),
      playerId: maybe(player),
      marketId: maybe(() => pick(markets)),
      status: maybe(() => pick(['open', 'closed', 'settled'] as const)),
      outcome: maybe(() => pick(['yes', 'no'] as const)),
    },
    sort: { sort: pick(['opened_at', 'market_value', 'pnl', 'quantity'] as const), order: order() },
    inSql: choosePositions,
  }),
  players: () => ({
    filter: {
      operatorId: maybe(() => pick(operators)),
      search: maybe(part),
      searchId: oneIn(12) ? player() : undefined,
      flagged: maybe(() => true as const),
      tier: maybe(() => pick(['normal', 'sharp', 'restricted', 'banned'] as const)),
      status: maybe(() => pick(['active', 'inactive', 'suspended'] as const)),
      seenSince: instant(),
      minBalance: maybe(() => BigInt(between(0, 100_000))),
      maxBalance: maybe(() => BigInt(between(0, 200_000))),
    },
    sort: {
      sort: pick(['created_at', 'last_active', 'trade_count', 'balance', 'pnl', 'volume', 'score', 'win_rate'] as const),
      order: order(),
    },
    inSql: choosePlayers,
  }),
};
type Noun = keyof typeof QUERIES;
const NOUNS = Object.keys(QUERIES) as Noun[];

/** Prices stay fresh while the clock is moved on. */
async function pass(milliseconds: number): Promise<void> {
  scene.clock.advance(milliseconds);
  await scene.owner.query('update markets set priced_at = $1, received_at = $1', [scene.clock.now()]);
}

/** Something that each list shows, written by whoever writes it in earnest. */
async function change(): Promise<void> {
  await pass(between(1_000, 60_000));
  const trades = Array.from({ length: between(1, 12) }, () => {
    const { operatorId, id } = pick(players);
    return trading.submit(tradeOf(operatorId, id, buyOf(pick(markets), BigInt(between(100, 3_000)), { outcome: pick(['yes', 'no']) })));
  });
  for (const answer of await Promise.all(trades)) {
    if (!('trade' in answer) || !oneIn(2)) continue;
    const { operatorId, playerId, marketId, outcome, quantity } = answer.trade;
    const sold = oneIn(2) ? quantity : ((quantity / 2n || quantity) as typeof quantity);
    const sale = { marketId, outcome, side: 'sell' as const, quantity: sold };
    await trading.submit(tradeOf(operatorId, playerId, sale));
  }
  const someone = pick(players);
  if (oneIn(2)) await trading.submit(depositOf(someone.operatorId, someone.id, BigInt(between(1, 5_000))));
  if (oneIn(2)) {
    const changes = {
      tier: pick(['normal', 'sharp', 'banned']),
      status: pick(['active', 'inactive', 'suspended']),
      score: between(0, 100),
    };
    await scene.owner.query('update players set tier = $2, status = $3, score = $4 where id = $1', [someone.id, ...Object.values(changes)]);
  }
  if (oneIn(3)) {
    await scene.owner.query('update players set username = $2, email = $3 where id = $1', [
      pick(players).id,
      pick(['Ängström %_ One', 'tiny', null]),
      pick(['Big.Fish@example.com', 'x', null]),
    ]);
    await nameAnew();
  }
  if (oneIn(3))
    await scene.owner.query('update markets set mid = $2 where id = $1', [pick(markets), oneIn(4) ? null : between(2_000, 8_000)]);
  if (oneIn(4)) {
    const operatorId = pick(operators);
    players.push({ operatorId, id: await makePlayer(scene.owner, operatorId) });
  }
  if (oneIn(2)) await changeMarkets();
  if (oneIn(6)) await settle(pick(markets), pick(['yes', 'no', 'split', 'void'] as const));
}

/** What markets are filtered by. A market that was traded keeps its category. */
async function changeMarkets(): Promise<void> {
  const category = () => pick(['sports', 'crypto', 'politics'] as const);
  const id = pick(markets);
  await scene.owner.query(`update markets set status = $2 where id = $1 and status in ('active', 'paused')`, [
    id,
    oneIn(4) ? 'paused' : 'active',
  ]);
  const untraded = 'not exists (select from exposure where scope = 2 and key = markets.id)';
  await scene.owner.query(`update markets set category = $2 where id = $1 and ${untraded}`, [id, category()]);
  if (oneIn(2)) markets.push(await makeMarket(scene.owner, { category: category(), operator_id: maybe(() => pick(operators)) ?? null }));
  const offer = ['sports', ...['crypto', 'politics'].filter(() => oneIn(2))];
  await changeSlowly(scene.owner, async () => {
    await scene.owner.query('update operators set allowed_categories = $2 where id = $1', [pick(operators), offer]);
  });
}

async function settle(marketId: bigint, outcome: 'yes' | 'no' | 'split' | 'void'): Promise<void> {
  const { database, clock } = scene;
  const proposal = { actor: ADMIN, now: clock.now(), newId: idMaker(clock), marketId, outcome, evidence: 'Seen', evidenceUrl: null };
  const proposed = await database.as(ADMIN, 'write', (db) => proposeSettlement(db, proposal)).catch(() => undefined);
  if (proposed) await settlement.run();
}

async function compare(noun: Noun, slice: Slice): Promise<Choice> {
  const { filter, sort, inSql } = QUERIES[noun]();
  const choose = inSql as (db: unknown, ...rest: unknown[]) => Promise<Choice>;
  // Nobody writes between the two.
  const { behind, ...remembered } = (await index.ask<TradeChoice>(noun, { filter, sort, slice })) ?? {};
  const selected = await scene.database.as({ kind: 'worker', name: 'test' }, 'read', (db) => choose(db, filter, sort, slice));
  expect(
    remembered,
    JSON.stringify({ noun, filter, sort, slice }, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
  ).toEqual(selected);
  if (behind) await compareProfits(selected.ids, behind);
  return selected;
}

/** What trades came to is the same when the trades behind them are named with them, and then nobody looks for more; or some, or none. */
async function compareProfits(ids: readonly bigint[], behind: readonly bigint[]): Promise<void> {
  const read = (named: readonly bigint[], find?: FindPositionTrades) =>
    scene.database.as({ kind: 'worker', name: 'test' }, 'read', (db) => selectTrades(db, ids, 'operator', find, named));
  const looked = await read([]);
  expect(await read(behind, () => Promise.reject(new Error('Not all trades behind the page were named')))).toEqual(looked);
  expect(await read(behind.slice(1))).toEqual(looked);
}

/** A page of markets by their totals from memory against the same page in SQL, as whoever may read it. */
async function compareMarkets(): Promise<number> {
  const of = pick(['open', 'traders'] as const);
  const choose = marketsByTotals({ ...index, suits: async () => true }, of);
  const operatorId = maybe(() => pick(operators));
  const actor =
    operatorId === undefined
      ? ADMIN
      : ({ kind: 'operator', operatorId, slug: 'one', memberId: 1n, email: 'm@one.test', permissions: [] } as const);
  const filter: MarketFilter = {
    status: maybe(() => pick(['active', 'paused', 'resolved', 'cancelled'] as const)),
    categories: maybe(() => [pick(['sports', 'crypto', 'politics'] as const)]),
    offeredBy: operatorId,
    ownedBy: operatorId,
  };
  const sort: TotalSort = pick(['volume', 'trade_count', 'exposure']);
  const totalsOf = operatorId ?? 0n;
  const pages = { sort, order: order(), totalsOf, changeSince: null };
  const compared = async (slice: Slice) => {
    const query: MarketQuery = { slice, ...pages };
    const read = (by?: typeof choose) => scene.database.as(actor, 'read', (db) => listMarkets(db, filter, query, by));
    const { beside, ...remembered } = await read(choose);
    const selected = await read();
    const named = selected.rows.map(({ total: _, ...row }: (typeof selected.rows)[number] & { total?: unknown }) => row);
    expect(remembered, `${sort} ${JSON.stringify(filter, (_, value) => String(value))}`).toEqual({ rows: named, total: selected.total });
    const ids = named.map(({ id }) => id);
    const counted = await scene.database.as(actor, 'read', (db) => (of === 'open' ? countOpenPositions : countTraders)(db, totalsOf, ids));
    expect(beside).toEqual(ids.map((id) => countOf(counted, id)));
    return named;
  };
  const first = await compared({ limit: between(1, 5), offset: 0, after: undefined });
  await compared({ limit: 5, offset: between(0, 9), after: undefined });
  const last = first.at(-1);
  const next = last ? await compared({ limit: 5, offset: 0, after: [last.sortKey, last.id] }) : [];
  return first.length + next.length;
}

/** The counts kept beside the columns against those of the rows. */
async function compareCounts(): Promise<void> {
  const scopes: (bigint | undefined)[] = [undefined, ...operators];
  for (const [of, operatorId] of scopes.flatMap((scope) => [['open', scope] as const, ['traders', scope] as const])) {
    const kept = await index.consult('positions', { of, operatorId, marketIds: markets });
    const counted = await scene.database.as({ kind: 'worker', name: 'test' }, 'read', (db) =>
      (of === 'open' ? countOpenPositions : countTraders)(db, operatorId ?? 0n, markets),
    );
    expect(kept, `${of} at ${operatorId}`).toEqual(markets.map((id) => countOf(counted, id)));
  }
  const held = (await scene.owner.query('select operator_id, player_id, market_id, outcome from positions order by random() limit 5')).rows;
  const found = await index.consult<bigint[]>('trades', {
    positions: held.map((row) => ({ operatorId: row.operator_id, playerId: row.player_id, marketId: row.market_id, outcome: row.outcome })),
  });
  const behind = await scene.owner.query(
    `select t.id from unnest($1::bigint[], $2::bigint[], $3::text[]) as k(player_id, market_id, outcome) join trades t using (player_id, market_id, outcome)`,
    [held.map((row) => row.player_id), held.map((row) => row.market_id), held.map((row) => row.outcome)],
  );
  expect(found?.toSorted()).toEqual(behind.rows.map(({ id }) => id).toSorted());
  const ids = players.map(({ id }) => id);
  const { rows } = await scene.owner.query('select player_id, count(*)::int as open from positions where quantity > 0 group by 1');
  const open = new Map(rows.map((row) => [String(row.player_id), row.open]));
  expect(await index.consult('positions', { playerIds: ids })).toEqual(ids.map((id) => open.get(String(id)) ?? 0));
  const question = {
    filter: { seenSince: new Date(0) },
    sort: { sort: 'created_at', order: 'desc' },
    slice: { limit: 100, offset: 0, after: undefined },
  } as const;
  const listed = await index.ask<PlayerChoice>('players', { ...question, beside: { noun: 'positions', by: 'playerIds' } });
  expect(listed?.beside).toEqual(listed?.ids.map((id) => open.get(String(id)) ?? 0));
}

/** What was traded in random windows, and by how many, against SQL. */
async function comparePeriods(): Promise<void> {
  const operatorId = maybe(() => pick(operators));
  const granularity = pick(['day', 'week', 'month'] as const);
  const [from, to] = [instant(), instant()].toSorted((a, b) => a.getTime() - b.getTime()) as [Date, Date];
  const windows = [
    { label: 'chart', from: maybe(() => from) ?? null, to: null, by: 'bucket' as const },
    { label: 'within', from, to },
    { label: 'since', from: to, to: null },
  ];
  const packed = await index.consult<PackedPeriods>('trades', { periods: { operatorId, granularity, windows } });
  const [figures, active] = await scene.database.as({ kind: 'worker', name: 'test' }, 'read', (db) => {
    const question = { operatorId, granularity, windows };
    return Promise.all([selectFigures(db, question), selectActive(db, question)]);
  });
  const players = new Map(active.map((row) => [`${row.label} ${row.operator_id} ${row.key}`, row.players]));
  // Where nothing came of anything SQL may have a line of zeros: for a decision without positions.
  const lines = (rows: readonly (FigureRow & { players: bigint })[]) =>
    rows
      .filter((row) => row.players !== 0n || FIGURE_MEASURES.some((name) => row[name] !== 0n))
      .map((row) => [row.label, row.operator_id, row.key, row.players, ...FIGURE_MEASURES.map((name) => row[name])].join(' '))
      .toSorted();
  const counted = figures.map((row) => ({ ...row, players: players.get(`${row.label} ${row.operator_id} ${row.key}`) ?? 0n }));
  expect(lines(packed ? unpackPeriods(packed, windows) : [])).toEqual(lines(counted));
}

async function ready(): Promise<void> {
  for (const noun of NOUNS) {
    const { filter, sort } = QUERIES[noun]();
    const slice = { limit: 1, offset: 0, after: undefined };
    await expect.poll(() => index.ask(noun, { filter, sort, slice }), { timeout: 60_000, interval: 50 }).toBeDefined();
  }
  const byTotals = {
    filter: { totalsOf: 0n },
    sort: { sort: 'volume', order: 'desc' },
    slice: { limit: 1, offset: 0, after: undefined },
  } as const;
  await expect.poll(() => index.ask('markets', byTotals), { timeout: 60_000, interval: 50 }).toBeDefined();
}

test('a list in memory shows what SQL shows and counts what there is, whatever has just been committed', { timeout: 300_000 }, async () => {
  await change();
  await ready();
  let shown = 0;
  let listed = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    await change();
    for (let n = 0; n < QUESTIONS; n += 1) {
      const offset = oneIn(2) ? 0 : between(0, 40);
      const { ids } = await compare(pick(NOUNS), { limit: between(1, 21), offset, after: undefined });
      shown += ids.length;
    }
    listed += await compareMarkets();
    await compareCounts();
    await comparePeriods();
  }
  expect(listed).toBeGreaterThan(ROUNDS);
  expect(shown).toBeGreaterThan(ROUNDS);
  const [traded] = (await scene.owner.query('select count(*)::int as trades from trades')).rows;
  expect(traded.trades).toBeGreaterThan(ROUNDS * 3);
});

test('questions asked while trades are committed never miss one whose answer was given', { timeout: 120_000 }, async () => {
  await ready();
  const operatorId = pick(operators);
  const playerId = await makePlayer(scene.owner, operatorId);
  const marketId = await makeMarket(scene.owner);
  await pass(1_000);
  const slice = { limit: 100, offset: 0, after: undefined };
  for (let n = 1; n <= 20; n += 1) {
    const others = Array.from({ length: 5 }, () => {
      const other = pick(players);
      return trading.submit(tradeOf(other.operatorId, other.id, buyOf(pick(markets), 500n)));
    });
    expect(await trading.submit(tradeOf(operatorId, playerId, buyOf(marketId, 100n)))).toHaveProperty('trade');
    const choice = await index.ask('trades', { filter: { operatorId, marketId }, sort: { sort: 'amount', order: 'asc' }, slice });
    expect(choice?.total).toBe(BigInt(n));
    await Promise.all(others);
  }
});
