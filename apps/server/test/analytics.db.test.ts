/** Cohorts, lifetime value and patterns over HTTP, against the same figures recomputed from every single row in plain TypeScript. */
import { decodeId, firstIdAt } from '@predictu/contract/ids';
import { CATEGORIES } from '@predictu/contract/shapes/category';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addPlayerFigures } from '../src/insights/add-player-figures.ts';
import { deviceOf } from '../src/insights/device.rules.ts';
import { rollUp } from '../src/insights/roll-up.ts';
import { DAY_MS } from '../src/insights/rollup-plan.rules.ts';
import { BEGIN, daysAgo, type FigureScene, figureScene, NOW } from './figure-scene.ts';
import { openTestServer, type TestServer } from './server.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by assertions, which fail on what is not there.
type Data = any;
type Trade = {
  operator: string;
  player: string;
  market: string;
  category: string;
  side: string;
  amount: number;
  revenue: number;
  at: Date;
};
type Player = { operator: string; id: string; tier: string; at: Date };
type Session = { operator: string; id: bigint; player: string; agent: string | null; at: Date; expires: Date };
let server: TestServer;
let scene: FigureScene;
let players: Player[];
let trades: Trade[];
let sessions: Session[];

const AGENTS = [
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0',
  'Mozilla/5.0 (iPad; CPU OS 16_0 like Mac OS X) Mobile/15E148',
  null,
];
const WEEK_MS = 7 * DAY_MS;

beforeAll(async () => {
  server = await openTestServer();
  scene = await figureScene(21, server.db);
  server.clock.set(NOW);
  const back = `created_at = created_at - interval '45 days'`;
  await scene.owner.query(`update players set ${back} where external_id like 'p%' and id % 3 = 0`);
  await scene.owner.query('update rollup_arrivals a set created_at = p.created_at from players p where p.id = a.player_id');
  const from = daysAgo(15);
  for (let n = 0; n < 150; n += 1) {
    const at = new Date(from.getTime() + n * 8_000_000);
    const [operator, player] = [scene.operators[n % 3], 1_000 * ((n % 3) + 1) + (n % 40)];
    await scene.owner.query(
      'insert into player_sessions (operator_id, id, player_id, user_agent, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)',
      [operator, firstIdAt(at) + 7n, player, AGENTS[n % 4], at, new Date(at.getTime() + DAY_MS)],
    );
  }
  // Some rows are rolled up and some are not.
  await scene.play(BEGIN, daysAgo(5), 500);
  await rollUp(server.db.database);
  expect(await addPlayerFigures(server.db.database)).toBeGreaterThan(300n);
  await scene.play(daysAgo(5), daysAgo(2), 250);
  await rollUp(server.db.database);
  await scene.play(daysAgo(2), NOW, 200);
  await read();
}, 120_000);
afterAll(() => server?.close());

async function read(): Promise<void> {
  const rows = async (sql: string): Promise<Data[]> => (await scene.owner.query(sql)).rows;
  const slugs = new Map((await rows('select id, slug from operators')).map(({ id, slug }) => [String(id), slug]));
  players = (await rows('select * from players')).map((row) => ({
    operator: slugs.get(String(row.operator_id)),
    id: String(row.id),
    tier: row.tier,
    at: row.created_at,
  }));
  trades = (
    await rows(`select t.*, m.category from trades t join markets m on m.id = t.market_id where t.status = 'filled' order by t.id`)
  ).map((row) => ({
    operator: slugs.get(String(row.operator_id)),
    player: String(row.player_id),
    market: String(row.market_id),
    category: row.category,
    side: row.side,
    amount: Number(row.amount_cents),
    revenue: Number(row.spread_cents) + Number(row.fee_cents),
    at: row.created_at,
  }));
  sessions = (await rows('select * from player_sessions order by id')).map((row) => ({
    operator: slugs.get(String(row.operator_id)),
    id: BigInt(row.id),
    player: String(row.player_id),
    agent: row.user_agent,
    at: row.created_at,
    expires: row.expires_at,
  }));
}

const get = async (url: string): Promise<Data> => {
  const { status, body } = await server.send('GET', `/api/internal/analytics/${url}`, server.admin);
  expect(status, `${url}: ${JSON.stringify(body)}`).toBe(200);
  return body.data;
};
const of = <T extends { operator: string }>(rows: readonly T[], slug?: string): T[] => rows.filter((row) => !slug || row.operator === slug);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const rounded = (value: number, decimals: number): number =>
  Number((Math.round(value * 10 ** decimals) / 10 ** decimals).toFixed(decimals));
const perHead = (cents: number, count: number): number => (count === 0 ? 0 : Math.round(cents / count) / 100);
const monday = (at: Date): number => {
  const day = Math.floor(at.getTime() / DAY_MS) * DAY_MS;
  return day - ((new Date(day).getUTCDay() + 6) % 7) * DAY_MS;
};
const month = (at: Date): number => Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1);
const scopes = [undefined, 'first-casino', 'second-casino', 'figures-2'];
const filter = (slug?: string): string => (slug ? `&operator=${slug}` : '');

describe.each(scopes)('cohorts of %s', (slug) => {
  test.each(['week', 'month'] as const)('by the %s are those of the rows', async (grain) => {
    const [from, to] = [daysAgo(70), daysAgo(0.5)];
    const data = await get(`cohorts?granularity=${grain}&from=${from.toISOString()}&to=${to.toISOString()}${filter(slug)}`);
    const start = grain === 'week' ? monday : month;
    const came = of(players, slug).filter(({ at }) => at >= from && at < to);
    const starts = [...new Set(came.map(({ at }) => start(at)))].sort((a, b) => a - b);
    expect(data.cohorts.map((cohort: Data) => cohort.starts_at)).toEqual(starts.map((time) => new Date(time).toISOString().slice(0, 10)));
    expect(sum(data.cohorts.map((cohort: Data) => cohort.signup_count))).toBe(came.length);
    for (const [index, begin] of starts.entries()) {
      const cohort = data.cohorts[index];
      const ids = new Set(came.filter(({ at }) => start(at) === begin).map(({ id }) => id));
      const own = trades.filter(({ player }) => ids.has(player));
      const later = (n: number): number =>
        grain === 'week' ? begin + n * WEEK_MS : Date.UTC(new Date(begin).getUTCFullYear(), new Date(begin).getUTCMonth() + n, 1);
      const expected: Record<string, number> = {};
      for (let n = 0; n === 0 || later(n + 1) <= NOW.getTime(); n += 1) {
        const active = new Set(own.filter(({ at }) => start(at) === later(n)).map(({ player }) => player));
        expected[`${grain}_${n}`] = rounded(active.size / ids.size, 3);
      }
      expect(cohort).toMatchObject({
        signup_count: ids.size,
        retention: expected,
        avg_trades_per_user: rounded(own.length / ids.size, 2),
        avg_revenue_per_user_usd: perHead(sum(own.map(({ revenue }) => revenue)), ids.size),
        avg_volume_per_user_usd: perHead(sum(own.map(({ amount }) => amount)), ids.size),
      });
      expect(Object.keys(cohort.retention)).toEqual(Object.keys(expected));
    }
    const second = data.cohorts.filter((cohort: Data) => `${grain}_1` in cohort.retention);
    const rates = second.map((cohort: Data) => cohort.retention[`${grain}_1`]);
    const best = second.find((cohort: Data) => cohort.cohort === data.summary.best_cohort);
    expect(best?.retention[`${grain}_1`]).toBe(second.length > 0 ? Math.max(...rates) : undefined);
  });
});

describe.each(scopes)('lifetime value of %s', (slug) => {
  test.each(['operator', 'tier', 'category'] as const)('by %s is that of the rows', async (segment) => {
    const data = await get(`ltv?segment=${segment}${filter(slug)}`);
    const mine = of(players, slug);
    const labels = {
      operator: [...new Set(mine.map(({ operator }) => operator))],
      tier: [...new Set(mine.map(({ tier }) => tier))],
      category: CATEGORIES.filter((name) => of(trades, slug).some(({ category }) => category === name)),
    }[segment];
    expect(data.segments.map((line: Data) => line.label).sort()).toEqual([...labels].sort());
    const expected = (label: string | null): Data => {
      const counted = of(trades, slug).filter(({ category }) => label === null || segment !== 'category' || category === label);
      const traders = new Set(counted.map(({ player }) => player));
      const members = mine.filter((player) =>
        label === null ? true : segment === 'category' ? traders.has(player.id) : player[segment] === label,
      );
      const ids = new Map(members.map((player) => [player.id, player]));
      const own = counted.filter(({ player }) => ids.has(player));
      const mature = members.filter(({ at }) => at.getTime() <= NOW.getTime() - 30 * DAY_MS).map(({ id }) => id);
      const early = own.filter((trade) => {
        const came = ids.get(trade.player)?.at as Date;
        return mature.includes(trade.player) && trade.at.getTime() < came.getTime() + 30 * DAY_MS;
      });
      const spans = [...new Set(own.map(({ player }) => player))].map((id) => {
        const times = own.filter(({ player }) => player === id).map(({ at }) => at.getTime());
        return (Math.max(...times) - Math.min(...times)) / DAY_MS;
      });
      return {
        user_count: members.length,
        ltv_usd: perHead(sum(own.map(({ revenue }) => revenue)), members.length),
        ltv_30d_usd: mature.length === 0 ? null : perHead(sum(early.map(({ revenue }) => revenue)), mature.length),
        avg_lifespan_days: spans.length === 0 ? 0 : rounded(sum(spans) / spans.length, 1),
        avg_trades: rounded(own.length / members.length, 2),
        avg_volume_usd: perHead(sum(own.map(({ amount }) => amount)), members.length),
      };
    };
    for (const { label, ...line } of data.segments) expect({ label, ...line }).toEqual({ label, ...expected(label) });
    const whole = expected(null);
    expect(data).toMatchObject({ global_ltv_usd: whole.ltv_usd, global_ltv_30d_usd: whole.ltv_30d_usd, user_count: whole.user_count });
    expect(data.trend.at(-1)).toEqual({ month: '2026-06', ltv_usd: whole.ltv_usd, user_count: whole.user_count });
    for (const line of data.trend) {
      const end = Date.UTC(Number(line.month.slice(0, 4)), Number(line.month.slice(5)), 1);
      const until = <T extends { at: Date; operator: string }>(rows: readonly T[]): T[] =>
        of(rows, slug).filter(({ at }) => at.getTime() < end);
      expect(line.user_count).toBe(until(players).length);
      expect(line.ltv_usd).toBe(perHead(sum(until(trades).map(({ revenue }) => revenue)), until(players).length));
    }
  });
});

const periods = [
  [daysAgo(9.3), daysAgo(1.7)],
  [daysAgo(3.2), undefined],
  [daysAgo(6.31), daysAgo(6.3)],
  [new Date('2026-05-25T00:00:00Z'), new Date('2026-05-29T00:00:00Z')],
] as const;

describe.each(scopes)('patterns of %s', (slug) => {
  test.each(periods)('from %s to %s are those of the rows', async (from, to) => {
    const data = await get(`patterns?from=${from.toISOString()}${to ? `&to=${to.toISOString()}` : ''}${filter(slug)}`);
    const within = <T extends { at: Date; operator: string }>(rows: readonly T[]): T[] =>
      of(rows, slug).filter(({ at }) => at >= from && (!to || at < to));
    const own = within(trades);
    expect(data.trade_count).toBe(own.length);
    for (const { hour, trade_count } of data.hour_distribution) {
      expect({ hour, trade_count }).toEqual({ hour, trade_count: own.filter(({ at }) => at.getUTCHours() === hour).length });
    }
    const hours = data.hour_distribution.map((line: Data) => line.trade_count).sort((a: number, b: number) => b - a);
    expect(sum(data.peak_hours_utc.map((hour: number) => data.hour_distribution[hour].trade_count))).toBe(sum(hours.slice(0, 4)));
    for (const line of data.category_distribution) {
      expect(line.trade_count).toBe(own.filter(({ category }) => category === line.category).length);
      expect(Math.abs(line.pct - (line.trade_count / own.length) * 100)).toBeLessThan(0.1);
    }
    const near = (found: Record<string, number>, counts: readonly number[]): void => {
      const total = sum(counts);
      expect(rounded(sum(Object.values(found)), 3)).toBe(total === 0 ? 0 : 1);
      for (const [index, share] of Object.values(found).entries()) {
        expect(Math.abs(share - (total === 0 ? 0 : (counts[index] ?? 0) / total))).toBeLessThan(0.001);
      }
    };
    near(data.side_distribution, [own.filter(({ side }) => side === 'buy').length, own.filter(({ side }) => side === 'sell').length]);
    const size = (least: number, below: number): number =>
      own.filter(({ side, amount }) => side === 'buy' && amount >= least && amount < below).length;
    near(data.bet_size_distribution, [size(0, 500), size(500, 2_000), size(2_000, 10_000), size(10_000, Number.MAX_SAFE_INTEGER)]);
    const weeks = new Map<string, number>();
    for (const { player, at } of own) weeks.set(`${player}/${monday(at)}`, (weeks.get(`${player}/${monday(at)}`) ?? 0) + 1);
    const often = (least: number, most: number): number => [...weeks.values()].filter((count) => count >= least && count <= most).length;
    near(data.trade_frequency_distribution, [often(1, 1), often(2, 5), often(6, 10), often(11, Number.MAX_SAFE_INTEGER)]);

    const begun = within(sessions);
    const inSession = new Map<bigint, Date[]>();
    for (const trade of of(trades, slug)) {
      const latest = sessions.filter(({ player, at }) => player === trade.player && at <= trade.at).at(-1);
      if (latest && latest.expires > trade.at) inSession.set(latest.id, [...(inSession.get(latest.id) ?? []), trade.at]);
    }
    const used = begun.filter(({ id }) => inSession.has(id));
    const lengths = used.map(
      ({ id, at }) => (Math.max(...(inSession.get(id) as Date[]).map((time) => time.getTime())) - at.getTime()) / 60_000,
    );
    expect(data).toMatchObject({
      session_count: begun.length,
      avg_session_duration_minutes: used.length === 0 ? 0 : rounded(sum(lengths) / used.length, 1),
      avg_trades_per_session: begun.length === 0 ? 0 : rounded(sum(used.map(({ id }) => inSession.get(id)?.length ?? 0)) / begun.length, 1),
      unknown_device_count: begun.filter(({ agent }) => deviceOf(agent) === undefined).length,
    });
    near(
      data.device_breakdown,
      ['mobile', 'desktop', 'tablet'].map((device) => begun.filter(({ agent }) => deviceOf(agent) === device).length),
    );
    const popular = new Map<string, number>();
    for (const { market } of own) popular.set(market, (popular.get(market) ?? 0) + 1);
    expect(data.popular_markets.map((line: Data) => line.trade_count)).toEqual([...popular.values()].sort((a, b) => b - a).slice(0, 10));
    for (const line of data.popular_markets) expect(popular.get(String(decodeId('market', line.market_id)))).toBe(line.trade_count);
  });
});

test('the scene says something: sessions with trades, several devices, weeks of several sizes', async () => {
  const data = await get(`patterns?from=${BEGIN.toISOString()}`);
  for (const name of ['device_breakdown', 'bet_size_distribution', 'trade_frequency_distribution']) {
    expect(Object.values(data[name]).filter((share) => Number(share) > 0).length).toBeGreaterThan(1);
  }
  expect(data.avg_session_duration_minutes).toBeGreaterThan(0);
});

test('unreadable parameters and unknown operators are told apart', async () => {
  for (const url of [
    'cohorts?granularity=day',
    'cohorts?from=soon',
    'cohorts?page=1',
    'ltv?segment=device',
    'ltv?from=2026-01-01',
    'patterns?from=2026-02-01&to=2026-01-01',
    'patterns?horizon=30d',
  ]) {
    const { status, body } = await server.send('GET', `/api/internal/analytics/${url}`, server.admin);
    expect([url, status, body.error.code]).toEqual([url, 400, 'BAD_REQUEST']);
  }
  for (const url of ['cohorts', 'ltv', 'patterns']) {
    expect((await server.send('GET', `/api/internal/analytics/${url}?operator=nobody`, server.admin)).status).toBe(404);
    expect((await server.send('GET', `/api/internal/analytics/${url}`, server.tenants[0].token)).status).toBe(403);
  }
});

test('switched off, all three refuse and say why', async () => {
  const set = (on: boolean) =>
    scene.owner.query(`update platform_config set document = jsonb_set(document, '{features,cohort_analytics}', '${on}')`);
  await set(false);
  for (const url of ['cohorts', 'ltv', 'patterns']) {
    const { status, body } = await server.send('GET', `/api/internal/analytics/${url}`, server.admin);
    expect([status, body.error.code, body.error.details.reason]).toEqual([403, 'FORBIDDEN', 'cohort_analytics_disabled']);
  }
  await set(true);
  expect((await get('cohorts')).cohorts.length).toBeGreaterThan(0);
});
