/**
 * The soak run: two operators' wallets behind a faulty network, trades, sales, results, voids and corrections in the real engine, and the
 * platform killed meanwhile. At the end both sides' books are laid side by side: not a cent may be lost or doubled, no call left unknown.
 */
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { booksReport } from '../../src/insights/books-report.ts';
import { verifyBooks } from '../../src/insights/verify-books.ts';
import { migrateJobs } from '../../src/jobs.ts';
import { startPostgres } from '../../src/platform/embedded-postgres.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { startServerProcess } from '../chaos/server-process.ts';
import { seeded } from '../random.ts';
import type { Answered, Asked } from './child.ts';
import { compareLedgers, type Sums } from './compare-ledgers.ts';
import { openSoakScene } from './soak-scene.ts';
import { pause, type Traffic, trade } from './soak-traffic.ts';

export type SoakOptions = {
  /** At least so many operations towards wallets; the results at the end add some. */
  callbacks: number;
  kills: number;
  seed: number;
  /** What a killed process had claimed is free when the next one starts, instead of 45 seconds later. */
  freeClaims?: boolean;
  /** Once aborted it comes to its end with what it has. */
  enough?: AbortSignal;
  say?: (line: string) => void;
};
export type SoakReport = {
  callbacks: number;
  attempts: number;
  faults: Record<string, number>;
  kills: number;
  trades: Record<string, number>;
  settled: Record<string, number>;
  states: Record<string, number>;
  /** Of them, those that had waited for a person and were sent again. */
  replayed: number;
  /** Of what had not ended yet, asked or still in line. */
  longestOpenSeconds: number;
  /** Of what had been asked without a usable answer, from its first attempt: what waits in line before is not in doubt. */
  longestUnknownSeconds: number;
  /** Calls that were an alarm because of their age, or because they waited for a person. */
  alarms: number;
  /** Of those open for too long at once, the most that had none. */
  unalarmed: number;
  seconds: number;
  sums: Sums;
  /** Everything that should not be: empty when the run is clean. */
  defects: string[];
  books: string;
};

const CALLERS = 48;
const LOOK_MS = 250;
const REFRESH_MS = 5_000;
/** Open for longer is an alarm. In a state nobody knows for longer, a call is a defect of the run. */
const BOUND_SECONDS = 300;
/** The alarm is raised by a sweep every minute; one may be under way, and one may fall into a restart. */
const ALARM_WITHIN_SECONDS = BOUND_SECONDS + 180;
const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

type Open = { calls: number; open: number; failed: bigint[]; oldest: number; unknown: number; silent: number };
async function lookAt(owner: pg.Client): Promise<Open> {
  const { rows } = await owner.query<Omit<Open, 'failed'> & { failed: string[] }>(
    `select count(*)::int as calls,
       (count(*) filter (where status in ('pending', 'unknown')
         or method = 'BET_MAKE' and told_at is null and status in ('confirmed', 'refused', 'rolled_back')))::int as open,
       coalesce(array_agg(id) filter (where status = 'failed'), '{}') as failed,
       coalesce(max(extract(epoch from now() - started_at)) filter (where status in ('pending', 'unknown')), 0)::float8 as oldest,
       coalesce(max(extract(epoch from now() - (select min(a.at) from wallet_attempts a where a.operator_id = c.operator_id and a.call_id = c.id)))
         filter (where status = 'unknown'), 0)::float8 as unknown,
       (count(*) filter (where status in ('pending', 'unknown') and alarmed_at is null and started_at < now() - interval '${ALARM_WITHIN_SECONDS} seconds'))::int as silent
     from wallet_calls c`,
  );
  const [row] = rows;
  if (!row) throw new Error('No counts of calls');
  // The driver reads arrays of bigint as text.
  return { ...row, failed: row.failed.map(BigInt) };
}

/** Remembers the oldest; a call that is open for too long without an alarm is a defect. */
function note(report: SoakReport, { oldest, unknown, silent }: Open): void {
  report.longestOpenSeconds = Math.max(report.longestOpenSeconds, oldest);
  report.longestUnknownSeconds = Math.max(report.longestUnknownSeconds, unknown);
  report.unalarmed = Math.max(report.unalarmed, silent);
}

/** Watches the calls until `enough`, keeps prices fresh, and kills the platform when its time has come. */
async function watch(
  traffic: Traffic,
  report: SoakReport,
  { callbacks, kills, freeClaims, enough, say = () => {} }: SoakOptions,
): Promise<void> {
  const { owner, process } = traffic;
  let refreshed = 0;
  for (;;) {
    const found = await lookAt(owner);
    note(report, found);
    const { calls } = found;
    if (enough?.aborted || (calls >= callbacks && report.kills >= kills)) return;
    if (calls >= (callbacks * (report.kills + 1)) / (kills + 1) && report.kills < kills) {
      report.kills += 1;
      say(`killing the platform (${calls} callbacks)`);
      await process.killAndRestart(async () => {
        if (freeClaims) await owner.query('update wallet_calls set claimed_until = now() where claimed_until > now()');
      });
    }
    if (Date.now() - refreshed > REFRESH_MS) {
      refreshed = Date.now();
      await owner.query(
        `update markets set priced_at = now(), mid = least(8500, greatest(1500, mid + (random() * 400)::int - 200)) where closed_at is null`,
      );
    }
    await pause(LOOK_MS);
  }
}

/** Until nothing is open; what takes longer than the bound is a defect. */
async function drain(owner: pg.Client, report: SoakReport): Promise<bigint[]> {
  for (;;) {
    const found = await lookAt(owner);
    note(report, found);
    const { open, oldest, failed } = found;
    if (open === 0) return failed;
    if (oldest > ALARM_WITHIN_SECONDS) {
      report.defects.push(`${open} calls are open, the oldest for ${Math.round(oldest)} s`);
      return failed;
    }
    await pause(LOOK_MS);
  }
}

async function inspect(traffic: Traffic, report: SoakReport): Promise<void> {
  const { owner, scene } = traffic;
  const compared = await compareLedgers(owner, scene.sides);
  report.sums = compared.sums;
  report.defects.push(...compared.defects);
  const { rows: states } = await owner.query<{ name: string; n: number }>(
    `select method || ' ' || status as name, count(*)::int as n from wallet_calls group by 1 order by 1`,
  );
  for (const { name, n } of states) report.states[name] = n;
  const { rows: totals } = await owner.query(
    'select (select count(*)::int from wallet_calls) as callbacks, (select count(*)::int from wallet_attempts where call_id is not null) as attempts, (select count(*)::int from wallet_calls where alarmed_at is not null) as alarms',
  );
  Object.assign(report, totals[0]);
  for (const { network } of scene.sides)
    for (const [name, n] of Object.entries(network.faults())) report.faults[name] = (report.faults[name] ?? 0) + n;
  if (report.longestUnknownSeconds > BOUND_SECONDS) {
    report.defects.push(`The state of a call was unknown for ${Math.round(report.longestUnknownSeconds)} s`);
  }
  if (report.unalarmed > 0) report.defects.push(`${report.unalarmed} calls were open for too long without an alarm`);
  const books = await verifyBooks(scene.database);
  report.books = booksReport(books);
  if (!books.ok) report.defects.push('The books are wrong');
}

const emptyReport = (): SoakReport => ({
  callbacks: 0,
  attempts: 0,
  faults: {},
  kills: 0,
  trades: {},
  settled: {},
  states: {},
  replayed: 0,
  longestOpenSeconds: 0,
  longestUnknownSeconds: 0,
  alarms: 0,
  unalarmed: 0,
  seconds: 0,
  sums: { platform: 0n, casinos: 0n },
  defects: [],
  books: '',
});

async function run(traffic: Traffic, report: SoakReport, options: SoakOptions): Promise<void> {
  const { owner, scene, process } = traffic;
  const { say = () => {} } = options;
  let enough = false;
  const watching = watch(traffic, report, options).finally(() => {
    enough = true;
  });
  await Promise.all([watching, trade(traffic, CALLERS, () => enough)]);
  say('waiting until nothing is open');
  const failed = await drain(owner, report);
  for (const { network } of scene.sides) network.calm();
  report.replayed = failed.length;
  if (failed.length > 0) {
    say(`${failed.length} wait for a person, who has them sent again`);
    const reply = await process.submit({ kind: 'replay', ids: failed });
    const problem = 'failure' in reply ? reply.message : reply.answer.state === 'replayed' ? null : reply.answer.state;
    if (problem !== null) report.defects.push(`Sending again failed: ${problem}`);
    await drain(owner, report);
  }
  await Promise.all(scene.sides.map(({ network }) => network.quiet()));
  await inspect(traffic, report);
}

/** Runs it on a cluster of its own, which is removed afterwards. */
export async function runSoak(options: SoakOptions): Promise<SoakReport> {
  const { callbacks, seed, say = () => {} } = options;
  const begun = performance.now();
  const dataFolder = mkdtempSync(join(realpathSync(tmpdir()), 'predictu-soak-'));
  chmodSync(dataFolder, 0o755);
  // Processes are killed here, never the machine: nothing needs to reach the disk.
  const postgres = await startPostgres({ dataFolder, log: { info: () => {}, warn: say }, durable: false });
  const cluster = realpathSync(join(dataFolder, 'postgres'));
  const owner = new pg.Client({ connectionString: postgres.ownerUrl });
  const closing: (() => Promise<unknown>)[] = [];
  const report = emptyReport();
  try {
    const appUrl = await migrate(postgres.ownerUrl, { appPassword: 'soak' });
    await migrateJobs(postgres.ownerUrl);
    await owner.connect();
    const scene = await openSoakScene(owner, appUrl, seed);
    closing.push(scene.close);
    const process = await startServerProcess<Asked, Answered>([appUrl, postgres.ownerUrl, dataFolder], CHILD);
    closing.push(process.stop);
    const tradesPerMarket = Math.max(60, Math.min(400, Math.round(callbacks / 15)));
    const { trades, settled, defects } = report;
    await run({ process, scene, owner, random: seeded(seed), tradesPerMarket, trades, settled, defects }, report, options);
    report.seconds = (performance.now() - begun) / 1_000;
    return report;
  } finally {
    for (const close of closing.reverse()) await close();
    await owner.end();
    await postgres.stop();
    if (dirname(cluster) !== dataFolder) rmSync(dirname(cluster), { recursive: true, force: true });
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
