/** Dates in the words of a question, and days in a named zone. */

const MONTHS = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const MONTH_WORD =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const DAY_MS = 86_400_000;

export type NamedDate = {
  /** As written. */
  text: string;
  year: number;
  hasYear: boolean;
  /** Its first and the first instant after it, in UTC. */
  begins: Date;
  ends: Date;
};

const monthOf = (word: string): number => MONTHS.findIndex((month) => month.startsWith(word.toLowerCase().slice(0, 3)));

/** The zone is one the platform's calendar knows. */
export function isZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** How far a zone is ahead of UTC at an instant, in milliseconds. */
function offsetAt(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return wall - Math.floor(at.getTime() / 1_000) * 1_000;
}

/** The instant at which a clock on the wall of this zone shows this. */
export function instantOf(wallUtc: Date, zone: string): Date {
  const first = new Date(wallUtc.getTime() - offsetAt(wallUtc, zone));
  return new Date(wallUtc.getTime() - offsetAt(first, zone));
}

/** The day of an instant in a zone, as “December 31, 2026”. */
export const zonedDay = (at: Date, zone: string): string =>
  new Intl.DateTimeFormat('en-US', { timeZone: zone, year: 'numeric', month: 'long', day: 'numeric' }).format(at);

/** The year a date without one means: the next time it comes. */
const yearFor = (month: number, day: number, now: Date): number => {
  const year = now.getUTCFullYear();
  return Date.UTC(year, month, day + 1) > now.getTime() ? year : year + 1;
};

function dayOf(text: string, month: number, day: number, written: string | undefined, now: Date): NamedDate | undefined {
  if (month < 0 || day < 1 || day > 31) return undefined;
  const year = written === undefined ? yearFor(month, day, now) : Number(written);
  const begins = new Date(Date.UTC(year, month, day));
  if (begins.getUTCMonth() !== month) return undefined;
  return { text: text.trim(), year, hasYear: written !== undefined, begins, ends: new Date(begins.getTime() + DAY_MS) };
}

/** Every date that is written out, in the order of the text. */
export function datesIn(text: string, now: Date): NamedDate[] {
  const found: { at: number; date: NamedDate }[] = [];
  const taken = (at: number): boolean => found.some(({ at: from, date }) => at >= from && at < from + date.text.length);
  const add = (at: number, date: NamedDate | undefined): void => {
    if (date && !taken(at)) found.push({ at, date });
  };
  for (const m of text.matchAll(/\b(20\d\d)-(\d\d)-(\d\d)\b/g)) add(m.index, dayOf(m[0], Number(m[2]) - 1, Number(m[3]), m[1], now));
  for (const m of text.matchAll(new RegExp(`\\b${MONTH_WORD}\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?(?:,?\\s+(20\\d\\d))?\\b`, 'gi')))
    add(m.index, dayOf(m[0], monthOf(m[1] ?? ''), Number(m[2]), m[3], now));
  for (const m of text.matchAll(new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?${MONTH_WORD}\\.?(?:,?\\s+(20\\d\\d))?\\b`, 'gi')))
    add(m.index, dayOf(m[0], monthOf(m[2] ?? ''), Number(m[1]), m[3], now));
  for (const m of text.matchAll(new RegExp(`\\b${MONTH_WORD}\\.?,?\\s+(20\\d\\d)\\b`, 'gi'))) {
    const [month, year] = [monthOf(m[1] ?? ''), Number(m[2])];
    add(m.index, {
      text: m[0].trim(),
      year,
      hasYear: true,
      begins: new Date(Date.UTC(year, month, 1)),
      ends: new Date(Date.UTC(year, month + 1, 1)),
    });
  }
  return found.sort((one, other) => one.at - other.at).map(({ date }) => date);
}
