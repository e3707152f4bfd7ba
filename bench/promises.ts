/** The promises of docs/benchmarks.md, each judged by the median of the ratios of its rounds. */

import type { Books } from './books.ts';
import type { Lap, Laps } from './contest.ts';
import type { HeatName } from './heats.ts';
import type { Reads } from './million-reads.ts';
import type { Timed } from './million-round.ts';
import type { Agreement } from './oracle.ts';
import type { Seamless } from './seamless.ts';
import type { Settling, SettlingRound } from './settling.ts';
import { median, percentile } from './statistics.ts';

/** One comparison: `ratio` is figure / peer, and must be at least or at most the bound. */
export type Part = {
  claim: string;
  figure: number;
  peer: number;
  ratio: number;
  ratios: number[];
  holds: boolean;
  /** Of a bound of time: what the ratio would be where the bound was stated (bench/yardstick.ts). `holds` is about this machine all the same. */
  atStatedSpeed?: number;
};
/** What `--json` prints: figure, peer and ratio of the part that is nearest to its bound, and every part. */
export type Judged = { number: number; figure: number; peer: number; ratio: number; holds: boolean; parts: Part[] };

type Bound = { least: number } | { most: number };
type Figure = (lap: Lap) => number;

export const MEASURED = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] as const;
const FIRST_TRADE_SECONDS = 3;
const CREDITED_MS = 3_000;
const LONGEST_WAIT_MS = 50;
const MILLION_MS = 20_000;
const OVERHEAD_MS = { p50: 5, p99: 15 };
/** What two runs of the same differ by. */
const NOISE = 1.2;
const LIST_P99_MS = 10;
const DASHBOARD_P99_MS = 20;
/** Of the trades without upkeep. */
const KEPT = 0.9;
export const ORACLE_TRADES = 50_000;

const rate: Figure = ({ perSecond }) => perSecond;
const tail: Figure = ({ p99 }) => p99;
const middle: Figure = ({ p50 }) => p50;

const keeps = (ratio: number, bound: Bound): boolean => ('least' in bound ? ratio >= bound.least : ratio <= bound.most);
/** Above 1 where there is room, below where the bound is broken. */
const room = (ratio: number, bound: Bound): number => ('least' in bound ? ratio / bound.least : bound.most / ratio);

type Compared = Part & { bound: Bound; ofTime?: boolean };

function compare(laps: Laps, claim: string, ours: HeatName, peer: HeatName, figure: Figure, bound: Bound): Compared {
  const mine = (laps.get(ours) ?? []).map(figure);
  const theirs = (laps.get(peer) ?? []).map(figure);
  const ratios = mine.map((value, round) => value / (theirs[round] ?? Number.NaN));
  const ratio = median(ratios);
  return { claim, figure: median(mine), peer: median(theirs), ratio, ratios, holds: keeps(ratio, bound), bound };
}

function judged(number: number, parts: Compared[], speed: number | undefined): Judged {
  const [tightest] = parts.toSorted((a, b) => room(a.ratio, a.bound) - room(b.ratio, b.bound));
  if (!tightest) throw new Error(`Promise ${number} has no parts`);
  const { figure, peer, ratio } = tightest;
  const shown = parts.map(({ bound: _, ofTime, ...part }) => ({
    ...part,
    ...(ofTime && speed !== undefined && { atStatedSpeed: part.ratio * speed }),
  }));
  return { number, figure, peer, ratio, holds: parts.every(({ holds }) => holds), parts: shown };
}

export type Evidence = {
  laps: Laps;
  books: Books;
  oracle: Agreement;
  starts: number[];
  settling: Settling | undefined;
  seamless: Seamless | undefined;
  reads: Reads | undefined;
  speed: number | undefined;
};

/** Figures of rounds against others, or against one that is promised. */
function against(claim: string, figures: readonly number[], peers: readonly number[] | number, bound: Bound): Compared {
  const peerOf = (round: number): number => (typeof peers === 'number' ? peers : (peers[round] ?? Number.NaN));
  const ratios = figures.map((figure, round) => figure / peerOf(round));
  const ratio = median(ratios);
  const peer = typeof peers === 'number' ? peers : median(peers);
  return { claim, figure: median(figures), peer, ratio, ratios, holds: keeps(ratio, bound), bound, ofTime: typeof peers === 'number' };
}

/** The p99 of every path in each round that asked for it, against what is promised. */
function tails(rounds: readonly Timed[], claim: (path: string) => string, promised: number): Compared[] {
  const paths = [...new Set(rounds.flatMap((times) => Object.keys(times)))];
  return paths.map((path) => {
    const figures = rounds.flatMap(({ [path]: times }) => (times ? [percentile(times, 0.99)] : []));
    return against(`p99 (ms) at the server of ${claim(path)}`, figures, promised, { most: 1 });
  });
}

const JUDGES: Record<(typeof MEASURED)[number], (evidence: Evidence) => Compared[]> = {
  1: ({ laps }) => [
    compare(laps, 'trades/s at 256 callers, against one transaction each: at least 8', 'ours 256', 'txt 256', rate, { least: 8 }),
    compare(laps, 'trades/s at 256 callers, against one function call each: at least 4', 'ours 256', 'fn 256', rate, { least: 4 }),
    compare(laps, 'trades/s at 64 callers, against one transaction each: at least 7', 'ours 64', 'txt 64', rate, { least: 7 }),
    compare(laps, 'trades/s at 64 callers, against one function call each: at least 3', 'ours 64', 'fn 64', rate, { least: 3 }),
  ],
  2: ({ laps }) => [
    compare(laps, 'p99 (ms) at 64 callers, against one function call each: at most half', 'ours 64', 'fn 64', tail, { most: 0.5 }),
    compare(laps, 'p50 (ms) of a lone caller, against one function call each: at most 2', 'ours 1', 'fn 1', middle, { most: 2 }),
  ],
  3: ({ laps }) => [
    compare(laps, 'trades/s of two server processes, against one: at least 0.95', 'ours 256 two', 'ours 256', rate, { least: 0.95 }),
  ],
  4: ({ laps }) => [
    compare(laps, 'trades/s all on one market, against 1,000: at least 0.95', 'ours 256 one-market', 'ours 256', rate, { least: 0.95 }),
  ],
  5: ({ settling: given }) => {
    const { rounds, large } = given ?? { rounds: [], large: [] };
    const all = (figure: keyof SettlingRound): number[] => rounds.map(({ [figure]: one }) => one);
    return [
      against('milliseconds of deciding 100,000 positions, against plain SQL of the same rows: at most 1', all('decided'), all('bare'), {
        most: 1,
      }),
      against('milliseconds from the decision to the last credit, beside trades: at most 3,000', all('credited'), CREDITED_MS, { most: 1 }),
      against('trades/s while it is settled, against quiet: at least 0.65', all('meanwhile'), all('quiet'), { least: 0.65 }),
      against('the longest a trade waited meanwhile (ms): at most 50', all('longest'), LONGEST_WAIT_MS, { most: 1 }),
      ...(large.length > 0
        ? [against('milliseconds of settling 1,000,000 positions, to the last credit: at most 20,000', large, MILLION_MS, { most: 1 })]
        : []),
    ];
  },
  6: ({ reads }) => {
    const rounds = reads?.rounds ?? [];
    const claim = 'balances/s by id over HTTP, against prepared selects of pgbench: at least 0.5';
    return [
      against(
        claim,
        rounds.map(({ ours }) => ours),
        rounds.map(({ pgbench }) => pgbench ?? Number.NaN),
        { least: 0.5 },
      ),
    ];
  },
  7: ({ reads }) => tails(reads?.lists ?? [], (list) => `${list}, any filter and sort, beside trades: below 10`, LIST_P99_MS),
  8: ({ reads }) => {
    const { times, kept, unkept } = reads?.dashboards ?? { times: [], kept: [], unkept: [] };
    return [
      ...tails(times, (path) => `${path}, of any period, beside trades: below 20`, DASHBOARD_P99_MS),
      against('trades/s with the rollups kept, against without: at least 0.9', kept, unkept, { least: KEPT }),
    ];
  },
  9: ({ starts }) => {
    const seconds = median(starts) / 1_000;
    const bound = { most: 1 };
    const ratios = starts.map((milliseconds) => milliseconds / 1_000 / FIRST_TRADE_SECONDS);
    const ratio = seconds / FIRST_TRADE_SECONDS;
    return [
      {
        claim: 'seconds from the first start to the first trade, without the demo: at most 3',
        figure: seconds,
        peer: FIRST_TRADE_SECONDS,
        ratio,
        ratios,
        holds: keeps(ratio, bound),
        bound,
        ofTime: true,
      },
    ];
  },
  11: ({ seamless: given }) => {
    const { p50, p99, well, hanging } = given ?? { p50: [], p99: [], well: [], hanging: [] };
    return [
      against('our milliseconds of a seamless trade at 50/s, median: below 5', p50, OVERHEAD_MS.p50, { most: 1 }),
      against('our milliseconds of a seamless trade at 50/s, p99: below 15', p99, OVERHEAD_MS.p99, { most: 1 }),
      against("p99 of others' trades while a wallet takes 10 s, against one that answers at once: at most 1.2", hanging, well, {
        most: NOISE,
      }),
    ];
  },
  10: ({ books, oracle }) => {
    const ratio = oracle.trades / ORACLE_TRADES;
    const bound = { least: 1 };
    const holds = books.ok && oracle.agrees && keeps(ratio, bound);
    const claim = `books right after the run (${books.differences} differences), fuzzed trades the oracle agrees on${oracle.agrees ? '' : ' (IT DOES NOT)'}: at least 50,000`;
    return [{ claim, figure: oracle.trades, peer: ORACLE_TRADES, ratio, ratios: [ratio], holds, bound }];
  },
};

export const judge = (promises: readonly number[], evidence: Evidence): Judged[] =>
  MEASURED.filter((number) => promises.includes(number)).map((number) => judged(number, JUDGES[number](evidence), evidence.speed));
