/** Times of a source: ISO 8601 in several spellings, or Unix seconds or milliseconds. */

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?)?$/;
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

const plausible = (milliseconds: number): Date | undefined =>
  milliseconds >= EARLIEST && milliseconds < LATEST ? new Date(milliseconds) : undefined;

function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3).replace(':', '') || 0);
  return zone.startsWith('-') ? -minutes : minutes;
}

function readIso(text: string): Date | undefined {
  const parts = ISO.exec(text);
  if (!parts) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const fraction = Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const at = Date.UTC(year, month - 1, day, hour, minute, second, fraction);
  // 30 February would have moved on to March, and a 13th month to January.
  const read = new Date(at);
  return read.getUTCDate() === day && read.getUTCMonth() === month - 1 ? plausible(at - zoneMinutes(parts[8]) * 60_000) : undefined;
}

/** A time, or undefined. Without a zone it is UTC; whole numbers are seconds or milliseconds by their size. */
export function readInstant(value: unknown): Date | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const text = String(value).trim();
  if (!/^\d{9,14}$/.test(text)) return text.length <= 40 ? readIso(text) : undefined;
  const number = Number(text);
  return plausible(number < 100_000_000_000 ? number * 1000 : number);
}

/** Midnight UTC to the millisecond: the source named a day. */
export const isDateOnly = (at: Date): boolean => at.getTime() % 86_400_000 === 0;
