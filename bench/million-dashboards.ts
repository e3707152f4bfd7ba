/** Promise 8: dashboards of the million while it is traded on, whether they are right, and what keeping their rollups costs the trades. */
import pg from 'pg';
import type { Child } from './child.ts';
import type { Million } from './million.ts';
import { firstOperator } from './million-lists.ts';
import type { MillionMeasured } from './million-load.ts';
import { MOST_ROUNDS, measureRound, type Timed, timesOf } from './million-round.ts';

export type Dashboards = {
  /** Milliseconds at the server of each dashboard, round by round. */
  times: Timed[];
  /** Dashboards a second when two callers ask again as soon as they are answered. */
  perSecond: number;
  /** Trades a second with the rollups kept and without, round by round. */
  kept: number[];
  unkept: number[];
};
export type DashboardOptions = { rounds: number; quick: boolean; pace: number; say(line: string): void };
export type Tokens = { admin: string; operator: string };

export const TRADES_PER_SECOND = 200;
const DASHBOARDS_PER_SECOND = 50;
const CALLERS = 2;
const FLOODING = 64;
const MEASURED_MS = 20_000;
const WARM_MS = 10_000;
const FLOOD_MS = 4_000;
const QUICK_MS = 2_000;

type Shown = {
  data: {
    trades: { total: number; volume_usd: number };
    revenue: { total_usd: number };
    users: { total: number };
    positions?: { open_count: number };
  };
};

/** The plainest queries for what a dashboard says of all time. */
async function plain(url: string, operatorId: bigint | null): Promise<number[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(
      `select count(*) as trades, coalesce(sum(amount_cents), 0) as volume, coalesce(sum(spread_cents + fee_cents), 0) as revenue,
         (select count(*) from players where $1::bigint is null or operator_id = $1) as players,
         (select count(*) from positions where operator_id = $1 and quantity > 0) as open
       from trades where status = 'filled' and ($1::bigint is null or operator_id = $1)`,
      [operatorId],
    );
    return Object.values(rows[0]).map(Number);
  } finally {
    await client.end();
  }
}

async function shown(port: number, path: string, token: string): Promise<number[]> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const { data } = (await response.json()) as Shown;
  const cents = (dollars: number): number => Math.round(dollars * 100);
  return [
    data.trades.total,
    cents(data.trades.volume_usd),
    cents(data.revenue.total_usd),
    data.users.total,
    data.positions?.open_count ?? 0,
  ];
}

/** @throws when a dashboard does not say what its rows say. */
async function compare({ ownerUrl, base }: Million, port: number, { admin, operator }: Tokens): Promise<void> {
  for (const [path, token, operatorId] of [
    ['/api/internal/dashboard?period=30d', admin, null],
    ['/api/operator/dashboard?period=30d', operator, firstOperator(base)],
  ] as const) {
    // The last trades may be on their way: what is compared has to lie between two equal counts.
    let before = '';
    let counted = await plain(ownerUrl, operatorId);
    let said: number[] = [];
    while (before !== counted.join()) {
      before = counted.join();
      said = await shown(port, path, token);
      counted = await plain(ownerUrl, operatorId);
    }
    if (said.join() !== counted.join()) throw new Error(`${path} says ${said.join()} where the rows say ${counted.join()}`);
  }
}

export async function measureDashboards(
  { million, server, load, tokens }: { million: Million; server: Child; load: Child; tokens: Tokens },
  { rounds, quick, pace, say }: DashboardOptions,
): Promise<Dashboards> {
  const port = await server.ask<number>({ want: 'port' });
  say('dashboards: until everything is rolled up, and the server has in memory what it can');
  await server.ask({ want: 'rolled' });
  await server.ask({ want: 'lists' });
  await server.ask({ want: 'rollups', kept: true });
  await load.ask({ trades: TRADES_PER_SECOND * pace });
  const { perSecond } = await load.ask<MillionMeasured>({ dashboards: quick ? QUICK_MS : WARM_MS, callers: CALLERS });
  await server.ask({ want: 'times' });
  const times: Timed[] = [];
  const timed = Math.min(rounds, MOST_ROUNDS);
  for (let round = 1; round <= timed; round += 1) {
    const milliseconds = quick ? QUICK_MS : MEASURED_MS / pace;
    const { answers, trades, told } = await measureRound(server, { milliseconds, quick }, (piece) =>
      load.ask<MillionMeasured>({ dashboards: piece, perSecond: DASHBOARDS_PER_SECOND * pace }),
    );
    const all = Object.entries(timesOf(answers)).filter(([path]) => path.endsWith('/dashboard'));
    times.push(Object.fromEntries(all));
    say(`round ${round}/${timed}  dashboards: ${told}, ${all.flatMap(([, one]) => one).length} answers beside ${trades} trades`);
  }
  await load.ask({ trades: 0 });
  say(`dashboards without pause, ${CALLERS} callers: ${Math.round(perSecond)} a second`);
  await compare(million, port, tokens);
  const measured: Dashboards = { times, perSecond, kept: [], unkept: [] };
  for (let round = 1; round <= rounds; round += 1) {
    for (const kept of round % 2 === 0 ? [true, false] : [false, true]) {
      await server.ask({ want: 'rolled' });
      await server.ask({ want: 'rollups', kept });
      const { perSecond } = await load.ask<MillionMeasured>({ flood: quick ? QUICK_MS : FLOOD_MS, callers: FLOODING });
      measured[kept ? 'kept' : 'unkept'].push(perSecond);
    }
    say(
      `round ${round}/${rounds}  trades/s with rollups ${Math.round(measured.kept.at(-1) ?? 0)}, without ${Math.round(measured.unkept.at(-1) ?? 0)}`,
    );
  }
  await server.ask({ want: 'rollups', kept: false });
  await compare(million, port, tokens);
  return measured;
}
