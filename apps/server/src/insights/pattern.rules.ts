/** What sessions, hours and sizes come to. docs/glossary.md. */
import { DEVICES, type Device, deviceOf } from './device.rules.ts';
import { averageOf } from './lifetime.rules.ts';

const PEAK_HOURS = 4;
const HOURS_OF_DAY = 24;
const MINUTE_SECONDS = 60;

export type HourCount = { hour: number; trades: number };

/** All hours of the day, with what was counted in them by several. */
export const hoursOf = (counted: readonly HourCount[]): HourCount[] =>
  Array.from({ length: HOURS_OF_DAY }, (_, hour) => ({
    hour,
    trades: counted.filter((row) => row.hour === hour).reduce((sum, { trades }) => sum + trades, 0),
  }));

/** The hours with the most trades in the order of the day; of equals the earlier. */
export const peakHours = (hours: readonly HourCount[]): number[] =>
  hours
    .filter(({ trades }) => trades > 0)
    .sort((a, b) => b.trades - a.trades || a.hour - b.hour)
    .slice(0, PEAK_HOURS)
    .map(({ hour }) => hour)
    .sort((a, b) => a - b);

export type AgentCount = { user_agent: string | null; sessions: bigint; trades: bigint; trading: bigint; seconds: number };
export type Sessions = { sessions: number; minutes: number; trades: number; devices: number[]; unknown: number };

/** `devices` are counts in the order of DEVICES. */
export function sessionsOfAgents(rows: readonly AgentCount[]): Sessions {
  const total = (of: (row: AgentCount) => number): number => rows.reduce((sum, row) => sum + of(row), 0);
  const sessions = total((row) => Number(row.sessions));
  const on = (device: Device | undefined): number => total((row) => (deviceOf(row.user_agent) === device ? Number(row.sessions) : 0));
  return {
    sessions,
    minutes: averageOf(
      total(({ seconds }) => seconds) / MINUTE_SECONDS,
      total((row) => Number(row.trading)),
      1,
    ),
    trades: averageOf(
      total((row) => Number(row.trades)),
      sessions,
      1,
    ),
    devices: DEVICES.map(on),
    unknown: on(undefined),
  };
}
