/** Times are UTC, 24 h: today `11:42:10`, this year `18 Mar 20:00`, older with its year. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

export const formatDay = (date: Date): string => `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`;
export const formatDate = (date: Date): string => `${formatDay(date)} ${date.getUTCFullYear()}`;
export const formatClock = (date: Date): string => `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;

export function formatTime(date: Date, now: Date): string {
  if (date.toISOString().slice(0, 10) === now.toISOString().slice(0, 10)) return `${formatClock(date)}:${two(date.getUTCSeconds())}`;
  if (date.getUTCFullYear() === now.getUTCFullYear()) return `${formatDay(date)} ${formatClock(date)}`;
  return formatDate(date);
}

const UNITS: readonly [seconds: number, name: string][] = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
  [1, 's'],
];

/** An age or a distance in words of one unit: `4 h`. */
export function formatAge(from: Date, to: Date): string {
  const seconds = Math.abs(to.getTime() - from.getTime()) / 1_000;
  const [size, name] = UNITS.find(([unit]) => seconds >= unit) ?? [1, 's'];
  return `${Math.floor(seconds / size)} ${name}`;
}
