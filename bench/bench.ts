/**
 * `predictu bench`: measures the promises of docs/benchmarks.md on a throw-away installation, each beside its peer.
 * Exit code 1 when the books are wrong, the oracle disagrees or an answer was not what it had to be; a promise that does not
 * hold is a finding about this machine, reported and no failure.
 */
import { parseArgs } from 'node:util';
import { addBooks, type Books, checkBooks } from './books.ts';
import { type Laps, runContest } from './contest.ts';
import { firstStart } from './first-start.ts';
import { heatsOf } from './heats.ts';
import { openInstallation } from './installation.ts';
import { measureReads, type Reads } from './million-reads.ts';
import { type Agreement, askOracle } from './oracle.ts';
import { type Judged, judge, MEASURED, ORACLE_TRADES } from './promises.ts';
import { PLAYERS } from './scene.ts';
import { runSeamless, type Seamless } from './seamless.ts';
import { runSettling, type Settling, settleMillion } from './settling.ts';
import { watchStolen } from './stolen.ts';
import { stopOnce } from './stop-once.ts';
import { describeHost, type Host, heatTable, otherWork, promiseTable } from './tables.ts';
import { fastest, measureSpeed, speedOf } from './yardstick.ts';

const USAGE = `Usage: predictu bench [--only 1,2] [--json] [--quick] [--rounds 5] [--seconds 2] [--million] [--profile folder]
  --only     these promises (${MEASURED.join(', ')})
  --json     prints {promises, host} and nothing else on stdout
  --quick    one short round: shows that everything runs, not how fast
  --million  of promise 5, a market of 1,000,000 positions as well: some minutes more, most of them for its crowd
  --list     of promise 7, only the lists whose path has this in it
  --profile  writes a CPU profile of our server there`;

type Options = {
  promises: number[];
  json: boolean;
  quick: boolean;
  rounds: number;
  milliseconds: number;
  profileFolder: string | undefined;
  only: string;
  everything: boolean;
  million: boolean;
};

/** Percent of the processors. A batch keeps one busy, a transaction per trade mostly waits: other work costs them unequally. */
const TOLERABLY_BUSY = 10;
/** Percent of the processors, taken in pieces longer than what bounds of time allow. */
const TOLERABLY_STOLEN = 1;
/** What is measured in one piece; lists and dashboards are in stretches of which only undisturbed ones count. */
const IN_ONE_PIECE = [5, 9, 11];
const MOST_ROUNDS = 50;
const MOST_SECONDS = 30;
const QUICK = { rounds: 1, milliseconds: 500, knownPlayers: 2_000, oracleTrades: 2_000, starts: 1, positions: 3_000, settlings: 1 };
const FULL = { knownPlayers: PLAYERS, oracleTrades: ORACLE_TRADES, starts: 3, positions: 100_000, settlings: 2 };
/** Promises with bounds of time, which no peer of theirs measures. */
const BY_THE_CLOCK = [5, 7, 8, 9, 11];
/** Of quiet trades: about as long as a settlement beside others takes. */
const QUIET_MS = 3_500;

function numberBetween(text: string, low: number, high: number): number {
  const value = Number(text);
  if (!(value >= low && value <= high)) throw new Error(`${text} is not a number from ${low} to ${high}\n${USAGE}`);
  return value;
}

function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      only: { type: 'string' },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '2' },
      profile: { type: 'string' },
      list: { type: 'string', default: '' },
      million: { type: 'boolean', default: false },
    },
  });
  const promises = values.only === undefined ? [...MEASURED] : values.only.split(',').map(Number);
  const unknown = promises.filter((number) => !MEASURED.some((known) => known === number));
  if (unknown.length > 0) throw new Error(`No promise ${unknown.join(', ')} is measured here\n${USAGE}`);
  return {
    promises,
    json: values.json,
    quick: values.quick,
    profileFolder: values.profile,
    only: values.list,
    million: values.million,
    everything: values.only === undefined,
    rounds: values.quick ? QUICK.rounds : Math.round(numberBetween(values.rounds, 1, MOST_ROUNDS)),
    milliseconds: values.quick ? QUICK.milliseconds : 1_000 * numberBetween(values.seconds, 0.2, MOST_SECONDS),
  };
}

type Traded = { laps: Laps; books: Books; settling: Settling | undefined; seamless: Seamless | undefined };

/** The heats the promises need, and the books after them. Promise 10 alone needs some trades too: those of promise 4. */
async function trade(options: Options, promises: readonly number[], say: (line: string) => void): Promise<Traded> {
  const installation = await openInstallation({ info: () => {}, warn: say });
  const stop = stopOnce(installation);
  try {
    const knownPlayers = options.quick ? QUICK.knownPlayers : FULL.knownPlayers;
    const { laps, databases } =
      promises.length > 0
        ? await runContest(installation, { ...options, heats: heatsOf(promises), knownPlayers, say })
        : { laps: new Map(), databases: new Map() };
    const size = options.quick ? QUICK : FULL;
    const settled = options.promises.includes(5)
      ? await runSettling(installation, { rounds: size.settlings, positions: size.positions, milliseconds: QUIET_MS, say })
      : undefined;
    const paid = options.promises.includes(11) ? await runSeamless(installation, { ...options, say }) : undefined;
    const million = settled && options.million ? await settleMillion(installation, { say }) : undefined;
    const own = Object.entries({ settling: settled?.database, 'settling a million': million?.database, seamless: paid?.database }).flatMap(
      ([name, database]) => (database ? [[name, database] as const] : []),
    );
    const books = await checkBooks(new Map([...databases, ...own]), say);
    return { laps, books, settling: settled && { rounds: settled.rounds, large: million?.large ?? [] }, seamless: paid?.seamless };
  } finally {
    await stop();
  }
}

function showResults(host: Host, laps: Laps, results: readonly Judged[], quick: boolean): void {
  const { cpus, model, memory_gb: memory, node, platform, busy_before_pct: busy, stolen_pct: stolen, speed } = host;
  const parts = [
    `${cpus} x ${model}, ${memory} GB, Node ${node}, ${platform}; other work before: ${busy}%, stolen meanwhile: ${stolen ?? 'unknown'}%`,
    ...(speed === null ? [] : [`speed: ${speed.toFixed(2)} of the machine that bounds of time are stated for (docs/benchmarks.md)`]),
  ];
  if (laps.size > 0) parts.push(heatTable(laps));
  process.stdout.write(`\n${[...parts, promiseTable(results)].join('\n\n')}\n`);
  if (quick) process.stdout.write('\nA quick run shows that everything runs; its figures mean nothing.\n');
}

/** Runs what was asked for and returns the exit code. */
export async function runBench(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  const { promises, quick, json } = options;
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const wants = (number: number): boolean => promises.includes(number);
  const inHeats = promises.filter((number) => number <= 4);

  const busy = await otherWork();
  const stolen = watchStolen();
  if (busy > TOLERABLY_BUSY) say(`Other work keeps the processors ${busy}% busy: what this run finds is not to be trusted.`);

  const byTheClock = !quick && BY_THE_CLOCK.some(wants);
  const before = byTheClock && !wants(1) ? await measureSpeed(say) : undefined;

  const starts: number[] = [];
  for (let n = 0; wants(9) && n < (quick ? QUICK.starts : FULL.starts); n += 1) starts.push(await firstStart());
  if (starts.length > 0) say(`first start to first trade: ${starts.map((start) => `${Math.round(start)} ms`).join(', ')}`);

  let traded: Traded = {
    laps: new Map(),
    books: { ok: true, trades: 0, differences: 0, complaints: [] },
    settling: undefined,
    seamless: undefined,
  };
  const ownHeats = wants(5) || wants(11);
  if (inHeats.length > 0 || ownHeats || wants(10)) {
    traded = await trade(options, inHeats.length > 0 || ownHeats ? inHeats : [4], say);
  }

  const during = quick ? undefined : speedOf(traded.laps);
  let reads: Reads | undefined;
  if (wants(6) || wants(7) || wants(8)) {
    // Of a slower machine proportionally less, so that it is as busy: beyond that a p99 would say how long the queue is.
    const pace = Math.min(1, fastest([before, during]) ?? 1);
    if (pace < 1) say(`reads are asked for at ${pace.toFixed(2)} of the pace of a machine that bounds of time are stated for`);
    reads = await measureReads({ ...options, pace, say });
    traded.books = addBooks(traded.books, reads.books);
  }

  let oracle: Agreement = { agrees: true, trades: 0 };
  if (wants(10)) {
    say('fuzzing against the oracle');
    oracle = await askOracle(quick ? QUICK.oracleTrades : FULL.oracleTrades);
  }
  const after = byTheClock ? await measureSpeed(say) : undefined;
  const speed = fastest([before, during, after]);
  const results = judge(promises, { ...traded, oracle, starts, reads, speed });
  const host = describeHost(busy, stolen(), speed);
  if ((host.stolen_pct ?? 0) > TOLERABLY_STOLEN && IN_ONE_PIECE.some(wants))
    say(`${host.stolen_pct}% of the time went to others: bounds of time of promises ${IN_ONE_PIECE.join(', ')} are not to be trusted.`);
  for (const complaint of traded.books.complaints) say(complaint);
  if (json) process.stdout.write(`${JSON.stringify({ promises: results, host })}\n`);
  else showResults(host, traded.laps, results, quick);
  return traded.books.ok && oracle.agrees ? 0 : 1;
}
