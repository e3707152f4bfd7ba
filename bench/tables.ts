/** The results for people. */
import { cpus, totalmem } from 'node:os';
import type { Laps } from './contest.ts';
import type { Judged } from './promises.ts';
import { median } from './statistics.ts';

export type Host = {
  cpus: number;
  model: string;
  memory_gb: number;
  node: string;
  platform: string;
  /** How much of the processors other work took just before the run, in percent. */
  busy_before_pct: number;
  /** Of the time of all processors during the run, in percent, what the machine underneath gave to others; null where it does not say. */
  stolen_pct: number | null;
  /** Of the machine that bounds of time are stated for; null when it was not measured. */
  speed: number | null;
};

const LOOK_MS = 1_000;

/** Idle and all time of all processors so far, in milliseconds. */
const spent = (): [idle: number, all: number] =>
  cpus().reduce(([idle, all], { times }) => [idle + times.idle, all + Object.values(times).reduce((a, b) => a + b, 0)], [0, 0]);

/** Looks for a second how busy the machine is without us. */
export async function otherWork(): Promise<number> {
  const [idleBefore, before] = spent();
  await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  const [idle, all] = spent();
  return Math.round(100 * (1 - (idle - idleBefore) / (all - before)));
}

export const describeHost = (busyBefore: number, stolen: number | undefined, speed: number | undefined): Host => ({
  cpus: cpus().length,
  model: cpus()[0]?.model.trim() ?? 'unknown',
  memory_gb: Math.round(totalmem() / 2 ** 30),
  node: process.versions.node,
  platform: `${process.platform} ${process.arch}`,
  busy_before_pct: busyBefore,
  stolen_pct: stolen === undefined ? null : Math.round(stolen * 10) / 10,
  speed: speed ?? null,
});

/** Columns of equal width; all but the first to the right. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '),
    )
    .join('\n');
}

const whole = (value: number): string => Math.round(value).toLocaleString('en');
const ms = (value: number): string => value.toFixed(value < 10 ? 2 : 1);

/** Medians of the rounds; `all` are the rates of every round. */
export function heatTable(laps: Laps): string {
  const rows = [...laps].map(([name, rounds]) => {
    const of = (figure: 'perSecond' | 'p50' | 'p95' | 'p99') => median(rounds.map((lap) => lap[figure]));
    const pools = name.startsWith('ours') ? '' : [...new Set(rounds.map(({ pool }) => pool))].join(', ');
    return [
      name,
      pools,
      whole(of('perSecond')),
      ms(of('p50')),
      ms(of('p95')),
      ms(of('p99')),
      rounds.map(({ perSecond }) => whole(perSecond)).join(' '),
    ];
  });
  return table([['contender, callers', 'pool', 'per second', 'p50 ms', 'p95 ms', 'p99 ms', 'each round'], ...rows]);
}

export function promiseTable(promises: readonly Judged[]): string {
  const rows = promises.flatMap(({ number, parts }) =>
    parts.map(({ claim, figure, peer, ratio, ratios, holds, atStatedSpeed }) => [
      `${number}  ${claim}`,
      figure < 100 ? figure.toFixed(2) : whole(figure),
      peer < 100 ? peer.toFixed(2) : whole(peer),
      ratio.toFixed(2),
      ratios.map((one) => one.toFixed(2)).join(' '),
      `${holds ? 'holds' : 'DOES NOT HOLD'}${atStatedSpeed === undefined ? '' : ` (${atStatedSpeed.toFixed(2)} at the stated speed)`}`,
    ]),
  );
  return table([['promise', 'figure', 'peer', 'ratio', 'each round', ''], ...rows]);
}
