/**
 * The chaos run: random concurrent operations against two server processes that share one database, while limits change,
 * breakers trip and markets pause, and while servers and the database itself are killed. Nothing that was answered may
 * turn out otherwise, and what was not answered is asked again under its key until it is.
 */
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { booksReport } from '../../src/insights/books-report.ts';
import { verifyBooks } from '../../src/insights/verify-books.ts';
import { openDatabase } from '../../src/platform/db.ts';
import { startPostgres } from '../../src/platform/embedded-postgres.ts';
import { migrate } from '../../src/platform/migrate.ts';
import { processesIn, sendSignal } from '../../src/platform/process-table.ts';
import type { Answer, Operation } from '../../src/trading/trading.ts';
import { type Random, seeded } from '../random.ts';
import { brokenLimits, countNotes } from './aftermath.ts';
import { chaosOperation, type Holdings, learn } from './chaos-operations.ts';
import { changeSomething, makeChaosScene, type Owner, openEverything, openOwner } from './chaos-scene.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';

export type ChaosOptions = { operations: number; serverKills: number; postgresKills: number; seed: number; say?: (line: string) => void };
export type ChaosReport = {
  operations: number;
  accepted: number;
  refused: Record<string, number>;
  changes: number;
  serverKills: number;
  postgresKills: number;
  /** Submissions that got no answer at first, by what came instead. */
  unanswered: Record<string, number>;
  /** Everything that should not be: empty when the run is clean. */
  defects: string[];
  books: string;
};

const CALLERS = 96;
/** One change of limits, halts, pauses or prices to so many operations. */
const OPERATIONS_PER_CHANGE = 60;
const CHANGES_PER_OPENING = 5;
const MOST_TRIES = 600;
const PAUSE_MS = 50;

const pause = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, PAUSE_MS);
  });
const count = (counts: Record<string, number>, name: string): void => {
  counts[name] = (counts[name] ?? 0) + 1;
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The answer as text, whether it is the first or a repetition; jsonb does not keep the order of names. */
const asText = ({ replayed: _, ...answer }: Answer): string =>
  JSON.stringify(answer, (_, value: unknown) => {
    if (typeof value === 'bigint') return `${value}n`;
    return isRecord(value) ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))) : value;
  });

type Run = {
  servers: ServerProcess[];
  owner: Owner;
  random: Random;
  holdings: Holdings;
  report: ChaosReport;
  /** What was asked and what was answered, by number. */
  asked: (Operation | undefined)[];
  answered: (string | undefined)[];
};

/** Asks until there is an answer. A failure that is not about the outcome being unknown or the server being away is a defect. */
async function answerTo({ servers, random, report }: Run, operation: Operation): Promise<Answer | undefined> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const reply = await random.pick(servers).submit(operation);
    if ('answer' in reply) return reply.answer;
    count(report.unanswered, reply.failure);
    if (!['lost', 'OUTCOME_UNKNOWN', 'UNAVAILABLE'].includes(reply.failure))
      report.defects.push(`${operation.key}: ${reply.failure}, ${reply.message}`);
    await pause();
  }
  report.defects.push(`${operation.key}: no answer after ${MOST_TRIES} tries`);
  return undefined;
}

function take(run: Run, number: number, answer: Answer): void {
  const text = asText(answer);
  const before = run.answered[number];
  if (before !== undefined && before !== text) run.report.defects.push(`chaos-${number} was answered ${before}, later ${text}`);
  if (before !== undefined) return;
  run.answered[number] = text;
  if ('refusal' in answer) {
    count(run.report.refused, answer.refusal.refused);
    return;
  }
  run.report.accepted += 1;
  learn(run.holdings, answer);
}

/** One new operation; sometimes asked twice at once, sometimes an old key again, as it was or with another body. */
async function oneOperation(run: Run, number: number): Promise<void> {
  const { random } = run;
  const operation = chaosOperation(number, run.holdings, random);
  run.asked[number] = operation;
  const askers = random.oneIn(25) ? [operation, operation] : [operation];
  for (const answer of await Promise.all(askers.map((one) => answerTo(run, one)))) if (answer) take(run, number, answer);
  const old = random.between(0, number);
  const again = random.oneIn(20) && run.answered[old] !== undefined ? run.asked[old] : undefined;
  if (!again) return;
  const same = random.oneIn(2);
  const answer = await answerTo(run, same ? again : { ...again, bodyHash: 'f'.repeat(32) });
  if (!answer) return;
  if (same) take(run, old, answer);
  else if (!('refusal' in answer) || answer.refusal.refused !== 'IDEMPOTENCY_KEY_REUSED')
    run.report.defects.push(`chaos-${old} with another body was answered ${asText(answer)}`);
}

/** What happens beside the operations once this many have been started. */
function eventsOf(
  { operations, serverKills, postgresKills }: ChaosOptions,
  run: Run,
  killPostgres: () => void,
  say: (line: string) => void,
): Map<number, () => Promise<void>> {
  const events = new Map<number, () => Promise<void>>();
  let changes = 0;
  for (let at = OPERATIONS_PER_CHANGE; at < operations; at += OPERATIONS_PER_CHANGE) {
    events.set(at, async () => {
      changes += 1;
      if (await (changes % CHANGES_PER_OPENING === 0 ? openEverything(run.owner) : changeSomething(run.owner, run.random)))
        run.report.changes += 1;
    });
  }
  const kills = serverKills + postgresKills;
  for (let kill = 1; kill <= kills; kill += 1) {
    const ofPostgres = kill % 2 === 0 ? kill / 2 <= postgresKills : (kill + 1) / 2 > serverKills;
    events.set(Math.floor((operations * kill) / (kills + 1)), async () => {
      if (ofPostgres) {
        say(`killing the database (operation ${run.asked.length})`);
        run.report.postgresKills += 1;
        return killPostgres();
      }
      const index = run.report.serverKills % run.servers.length;
      say(`killing server ${index + 1} (operation ${run.asked.length})`);
      run.report.serverKills += 1;
      return run.servers[index]?.killAndRestart();
    });
  }
  return events;
}

/** All operations, so many callers at a time; events run one after the other beside them. */
async function operate(run: Run, operations: number, events: Map<number, () => Promise<void>>): Promise<void> {
  let started = 0;
  let beside = Promise.resolve();
  const caller = async (): Promise<void> => {
    while (started < operations) {
      const number = started;
      started += 1;
      const event = events.get(number);
      if (event) beside = beside.then(event);
      await oneOperation(run, number);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  await beside;
}

/** Every key once more, after every process has been started anew. */
async function repeatAll(run: Run): Promise<void> {
  let next = 0;
  const caller = async (): Promise<void> => {
    while (next < run.asked.length) {
      const number = next;
      next += 1;
      const operation = run.asked[number];
      const answer = operation && (await answerTo(run, operation));
      if (!answer) continue;
      if (!answer.replayed) run.report.defects.push(`chaos-${number} was answered before, and was carried out again`);
      take(run, number, answer);
    }
  };
  await Promise.all(Array.from({ length: CALLERS * 2 }, caller));
}

async function inspect(run: Run, ownerUrl: string, appUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  const database = openDatabase({ connectionString: appUrl });
  try {
    run.report.defects.push(...(await brokenLimits(owner)));
    const {
      rows: [keys],
    } = await owner.query(`select count(*)::int as n from idempotency_keys where key like 'chaos-%'`);
    if (keys.n !== run.asked.length) run.report.defects.push(`${run.asked.length} keys were used, ${keys.n} are kept`);
    if ((await countNotes(owner)) === 0) run.report.defects.push('Nothing was changed meanwhile');
    const books = await verifyBooks(database);
    run.report.books = booksReport(books);
    if (!books.ok) run.report.defects.push('The books are wrong');
  } finally {
    await Promise.all([owner.end(), database.close()]);
  }
}

/** Runs it on a cluster of its own, which writes to disk as in production and is removed afterwards. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { operations, seed, say = () => {} } = options;
  const dataFolder = mkdtempSync(join(realpathSync(tmpdir()), 'predictu-chaos-'));
  chmodSync(dataFolder, 0o755);
  const postgres = await startPostgres({ dataFolder, log: { info: () => {}, warn: say }, durable: true });
  const cluster = realpathSync(join(dataFolder, 'postgres'));
  const killPostgres = (): void => {
    // The first is the server itself: its children may end before their turn.
    for (const pid of processesIn(cluster)) sendSignal(pid, 'SIGKILL');
  };
  const owner = openOwner(postgres.ownerUrl);
  const report: ChaosReport = {
    operations,
    accepted: 0,
    refused: {},
    changes: 0,
    serverKills: 0,
    postgresKills: 0,
    unanswered: {},
    defects: [],
    books: '',
  };
  const servers: ServerProcess[] = [];
  try {
    const appUrl = await migrate(postgres.ownerUrl, { appPassword: 'chaos' });
    if (!(await makeChaosScene(owner))) throw new Error('The scene could not be made');
    servers.push(await startServerProcess([appUrl]), await startServerProcess([appUrl]));
    const run: Run = { servers, owner, random: seeded(seed), holdings: new Map(), report, asked: [], answered: [] };
    await operate(run, operations, eventsOf(options, run, killPostgres, say));
    say(`${report.accepted} accepted; starting every process anew and repeating every key`);
    await Promise.all(servers.map((server) => server.killAndRestart()));
    await repeatAll(run);
    await inspect(run, postgres.ownerUrl, appUrl);
    return report;
  } finally {
    await Promise.all(servers.map((server) => server.stop()));
    await owner.end();
    await postgres.stop();
    if (dirname(cluster) !== dataFolder) rmSync(dirname(cluster), { recursive: true, force: true });
    rmSync(dataFolder, { recursive: true, force: true });
  }
}
