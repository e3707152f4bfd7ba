/** Retention of cohorts: the share of those who came in one week or month that traded in a later one. docs/glossary.md. */
import type { Cents } from '@predictu/contract/units';
import { perHead } from './figure.rules.ts';
import { averageOf } from './lifetime.rules.ts';
import { bucketOf, DAY_MS } from './rollup-plan.rules.ts';

export type Grain = 'week' | 'month';
export type CohortCount = { cohort: Date; players: bigint; trades: bigint; revenue: bigint; volume: bigint };
export type Retained = { cohort: Date; period: Date; players: bigint };
export type Cohort = {
  name: string;
  startsAt: Date;
  signups: number;
  /** Who traded in the period of the signup and in each later one that has ended. */
  active: number[];
  retention: Record<string, number>;
  trades: number;
  revenue: Cents;
  volume: Cents;
};

const WEEK_DAYS = 7;
const THURSDAY = 3;

/** `2026-W10` as ISO 8601 numbers weeks: by the year their Thursday lies in. */
export function weekName(monday: Date): string {
  const thursday = new Date(monday.getTime() + THURSDAY * DAY_MS);
  const year = thursday.getUTCFullYear();
  const day = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / DAY_MS);
  return `${year}-W${String(Math.floor(day / WEEK_DAYS) + 1).padStart(2, '0')}`;
}
const nameOf = (start: Date, grain: Grain): string => (grain === 'week' ? weekName(start) : start.toISOString().slice(0, 7));

/** How many weeks or months lie between two of their beginnings. */
export const periodsBetween = (start: Date, later: Date, grain: Grain): number =>
  grain === 'week'
    ? Math.round((later.getTime() - start.getTime()) / (WEEK_DAYS * DAY_MS))
    : (later.getUTCFullYear() - start.getUTCFullYear()) * 12 + later.getUTCMonth() - start.getUTCMonth();

/** `rows` and `retained` by beginning of week or month; periods that run at `now` do not count, except the cohort's own. */
export function cohortsOf(rows: readonly CohortCount[], retained: readonly Retained[], grain: Grain, now: Date): Cohort[] {
  const running = bucketOf(now, grain);
  return rows.map((row) => {
    const length = Math.max(1, periodsBetween(row.cohort, running, grain));
    const active = Array.from({ length }, () => 0);
    for (const { cohort, period, players } of retained) {
      const index = periodsBetween(row.cohort, period, grain);
      if (cohort.getTime() === row.cohort.getTime() && index < length) active[index] = Number(players);
    }
    const signups = Number(row.players);
    return {
      name: nameOf(row.cohort, grain),
      startsAt: row.cohort,
      signups,
      active,
      retention: Object.fromEntries(active.map((players, index) => [`${grain}_${index}`, averageOf(players, signups, 3)])),
      trades: averageOf(Number(row.trades), signups, 2),
      revenue: perHead(row.revenue, signups),
      volume: perHead(row.volume, signups),
    };
  });
}

/** Of all players whose n-th period has ended: the share that traded in it. */
export function averageRetention(cohorts: readonly Cohort[], period: number): number | null {
  const known = cohorts.filter(({ active }) => active.length > period);
  const signups = known.reduce((sum, cohort) => sum + cohort.signups, 0);
  const active = known.reduce((sum, cohort) => sum + (cohort.active[period] ?? 0), 0);
  return signups === 0 ? null : averageOf(active, signups, 3);
}

/** The cohorts with the highest and the lowest retention in the period after the signup; the earlier of equals. */
export function extremes(cohorts: readonly Cohort[]): { best: string | null; worst: string | null } {
  const known = cohorts.filter(({ active, signups }) => active.length > 1 && signups > 0);
  const rate = ({ active, signups }: Cohort): number => (active[1] ?? 0) / signups;
  const sorted = [...known].sort((a, b) => rate(b) - rate(a) || a.startsAt.getTime() - b.startsAt.getTime());
  const lowest = sorted.at(-1);
  const worst = lowest && sorted.find((cohort) => rate(cohort) === rate(lowest));
  return { best: sorted[0]?.name ?? null, worst: worst?.name ?? null };
}
