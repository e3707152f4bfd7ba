/** Promises 6 to 8: reads of the million while it is traded on. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Books, checkBooks } from './books.ts';
import { type Child, startChild } from './child.ts';
import { type Million, openMillion } from './million.ts';
import { type Dashboards, measureDashboards, TRADES_PER_SECOND } from './million-dashboards.ts';
import type { MillionMeasured } from './million-load.ts';
import { MOST_ROUNDS, measureRound, numberOf, type Timed, timesOf } from './million-round.ts';
import { MILLION } from './million-scene.ts';
import type { Answers } from './million-server.ts';
import { addStaff, signIn } from './million-staff.ts';
import { runStatements } from './owner.ts';
import { startMillionServer } from './start-million-server.ts';
import { percentile } from './statistics.ts';
import { stopOnce } from './stop-once.ts';
import { describeUndisturbed, undisturbed } from './undisturbed.ts';

export type Reads = {
  /** Balances a second over HTTP, and pgbench's selects of the same rows; none where there is no pgbench. */
  rounds: { ours: number; pgbench: number | undefined }[];
  /** Milliseconds at the server of every list, round by round. */
  lists: Timed[];
  trades: number;
  /** Lists a second when two callers ask again as soon as they are answered. */
  listsPerSecond: number;
  dashboards: Dashboards | undefined;
  books: Books;
};
export type ReadOptions = {
  promises: readonly number[];
  rounds: number;
  milliseconds: number;
  quick: boolean;
  only: string;
  profileFolder: string | undefined;
  /** Part of the rates of lists, dashboards and trades that is asked for. */
  pace: number;
  say(line: string): void;
};

/** A hundred people who each look at another list every second. */
const LISTS_PER_SECOND = 100;
/** Who asks without pause keeps two processors busy. */
const CALLERS = 2;
const READERS = 64;
/** Rounds of reads by id take seconds, and the machine changes its speed from one to the next. */
const LEAST_ROUNDS = 7;
/** A p99 out of a hundred answers or more. */
const LISTS_FOR_MS = 45_000;
const WITHOUT_PAUSE_MS = 10_000;
const WARM_FOR_MS = 20_000;
const QUICK_MS = 5_000;

/** A copy begins with nothing in memory; a database that has been up has what it is asked for. */
const WARM = [
  'create extension if not exists pg_prewarm',
  `select sum(pg_prewarm(oid)) from pg_class where relkind in ('r', 'i') and relnamespace = 'public'::regnamespace`,
];

/** Selects a second by as many clients of pgbench as ask us, each a prepared select of one player by its key. */
function pgbench({ appUrl, base, folder }: Million, milliseconds: number): number | undefined {
  const script = join(folder, 'select.sql');
  writeFileSync(
    script,
    `\\set n random(0, ${MILLION.players - 1})
select balance_cents from players where operator_id = ${base + 1n} + :n % ${MILLION.operators} and id = ${base + 1_000n} + :n;\n`,
  );
  const seconds = String(Math.max(1, Math.round(milliseconds / 1_000)));
  const args = ['-n', '-M', 'prepared', '-c', String(READERS), '-j', '2', '-T', seconds, '-f', script, appUrl];
  const { status, stdout } = spawnSync('pgbench', args, {
    encoding: 'utf8',
    env: { ...process.env, PGOPTIONS: '-c role=predictu_worker' },
  });
  const [, found] = /tps = ([\d.]+)/.exec(status === 0 ? stdout : '') ?? [];
  return found === undefined ? undefined : Number(found);
}

async function measureByIds(
  million: Million,
  load: Child,
  { rounds: asked, milliseconds, quick, say }: ReadOptions,
): Promise<Reads['rounds']> {
  const rounds = quick ? asked : Math.max(asked, LEAST_ROUNDS);
  const ask = (): Promise<MillionMeasured> => load.ask<MillionMeasured>({ balances: milliseconds, callers: READERS });
  say('reads by id: a round that does not count, until their code is compiled');
  await ask();
  const found = await undisturbed(rounds, async () => {
    const { perSecond: ours } = await ask();
    const peer = pgbench(million, milliseconds);
    say(`reads by id ${Math.round(ours)}/s, pgbench ${peer === undefined ? 'not found' : Math.round(peer)}/s`);
    return { ours, pgbench: peer };
  });
  say(`reads by id: ${describeUndisturbed(found)}`);
  return found.counted;
}

const SHOWN = 2;

function sayTimes(answers: Answers, say: (line: string) => void): void {
  for (const [list, answered] of Object.entries(answers)) {
    const times = answered.map(({ milliseconds }) => milliseconds);
    const [p50, p99] = [0.5, 0.99].map((part) => percentile(times, part).toFixed(1));
    say(`  ${list.padEnd(48)} ${String(times.length).padStart(5)} answers, p50 ${p50} ms, p99 ${p99} ms`);
    const slowest = answered.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, SHOWN);
    for (const { url, milliseconds } of slowest) say(`    ${milliseconds.toFixed(1)} ms ${url}`);
  }
}

type Lists = Pick<Reads, 'lists' | 'trades' | 'listsPerSecond'>;
async function measureLists(server: Child, load: Child, { rounds: asked, quick, only, pace, say }: ReadOptions): Promise<Lists> {
  const rounds = Math.min(asked, MOST_ROUNDS);
  const ask = (lists: number, how: { callers: number } | { perSecond: number }): Promise<MillionMeasured> =>
    load.ask<MillionMeasured>({ lists, only, ...how });
  const unpaced = (milliseconds: number): Promise<MillionMeasured> => ask(quick ? QUICK_MS : milliseconds, { callers: CALLERS });
  const milliseconds = quick ? QUICK_MS : LISTS_FOR_MS / pace;
  await load.ask({ trades: TRADES_PER_SECOND * pace });
  say('lists: until the server has them in memory, and every plan is made');
  await server.ask({ want: 'lists' });
  await unpaced(WARM_FOR_MS);
  const { perSecond: listsPerSecond } = await unpaced(WITHOUT_PAUSE_MS);
  await server.ask({ want: 'times' });
  const measured: Lists = { lists: [], trades: 0, listsPerSecond };
  for (let round = 1; round <= rounds; round += 1) {
    const { answers, trades, told } = await measureRound(server, { milliseconds, quick }, (piece) =>
      ask(piece, { perSecond: LISTS_PER_SECOND * pace }),
    );
    measured.lists.push(timesOf(answers));
    measured.trades += trades;
    sayTimes(answers, say);
    say(`round ${round}/${rounds}  lists: ${told}, ${numberOf(answers)} answers beside ${trades} trades`);
  }
  await load.ask({ trades: 0 });
  say(`lists without pause, ${CALLERS} callers: ${Math.round(listsPerSecond)} a second`);
  return measured;
}

export async function measureReads(options: ReadOptions): Promise<Reads> {
  const { promises, quick, profileFolder, say } = options;
  const million = await openMillion({ info: say, warn: say });
  const stop = stopOnce(million);
  const children: Child[] = [];
  try {
    await addStaff(million);
    await runStatements(million.ownerUrl, ...WARM);
    const server = startMillionServer(million, { profileFolder });
    const load = startChild('million-load.ts');
    children.push(load, server);
    const port = await server.ask<number>({ want: 'port' });
    const tokens = await signIn(million);
    await load.ask({ port, base: String(million.base), madeAt: million.madeAt.toISOString(), ...tokens });
    const reads: Reads = {
      rounds: [],
      lists: [],
      trades: 0,
      listsPerSecond: 0,
      dashboards: undefined,
      books: { ok: true, trades: 0, differences: 0, complaints: [] },
    };
    say('every player is shown to the server once');
    await load.ask({ meet: true });
    if (promises.includes(6)) reads.rounds = await measureByIds(million, load, options);
    if (promises.includes(7)) Object.assign(reads, await measureLists(server, load, options));
    if (promises.includes(8)) reads.dashboards = await measureDashboards({ million, server, load, tokens }, options);
    if (!quick) reads.books = await checkBooks(new Map([['ours' as const, { ...million, name: 'million' }]]), say);
    return reads;
  } finally {
    // The load first: it takes a closed connection for a failure.
    for (const child of children) await child.stop();
    await stop();
  }
}
