/** When and in which zone, out of the words of a request. */
import { datesIn, instantOf, isZone } from './question-date.rules.ts';

const ZONES: readonly (readonly [RegExp, string])[] = [
  [/\b(et|est|edt|eastern( time)?|new york( time)?)\b/i, 'America/New_York'],
  [/\b(ct|cst|cdt|central time|chicago( time)?)\b/i, 'America/Chicago'],
  [/\b(pt|pst|pdt|pacific( time)?|los angeles( time)?)\b/i, 'America/Los_Angeles'],
  [/\b(london( time)?|uk time|bst)\b/i, 'Europe/London'],
  [/\b(cet|cest|berlin( time)?|central european)\b/i, 'Europe/Berlin'],
  [/\b(paris time)\b/i, 'Europe/Paris'],
  [/\b(tokyo( time)?|jst)\b/i, 'Asia/Tokyo'],
  [/\b(singapore time|sgt)\b/i, 'Asia/Singapore'],
  [/\b(utc|gmt|z)\b/i, 'UTC'],
];
const DAY_MS = 86_400_000;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const CLOCK = /\b(?:at\s+)?(\d{1,2})(?:[:.](\d{2}))?\s?(am|pm)\b|\bat\s+(\d{1,2}):(\d{2})\b|\b(\d{1,2}):(\d{2})\b/i;

export function zoneIn(text: string): string | undefined {
  const iana = /\b[A-Z][A-Za-z]+\/[A-Z][A-Za-z_]+\b/.exec(text)?.[0];
  if (iana && isZone(iana)) return iana;
  return ZONES.find(([pattern]) => pattern.test(text))?.[1];
}

function clockIn(text: string): { hour: number; minute: number } | undefined {
  const [found, h12, m12, half, hAt, mAt, hBare, mBare] = CLOCK.exec(text) ?? [];
  if (found === undefined) return undefined;
  const hour = Number(h12 ?? hAt ?? hBare) % (half ? 12 : 24);
  return { hour: hour + (half?.toLowerCase() === 'pm' ? 12 : 0), minute: Number(m12 ?? mAt ?? mBare ?? 0) };
}

/** The last day that is meant, as its midnight in UTC. */
function dayIn(text: string, now: Date): { day: Date; text: string } | undefined {
  const [named] = datesIn(text, now);
  if (named) return { day: new Date(named.ends.getTime() - DAY_MS), text: named.text };
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  const today = Date.UTC(year, month, now.getUTCDate());
  const found = (pattern: RegExp, at: number) => {
    const words = pattern.exec(text)?.[0];
    return words === undefined ? undefined : { day: new Date(at), text: words };
  };
  const quarter = /\bq([1-4])(?:\s+(20\d\d))?\b/i.exec(text);
  if (quarter) return { day: new Date(Date.UTC(Number(quarter[2] ?? year), Number(quarter[1]) * 3, 0)), text: quarter[0] };
  const weekday = new RegExp(`\\b(?:by |on |this |next |until )?(${WEEKDAYS.join('|')})\\b`, 'i').exec(text);
  if (weekday) {
    const wanted = WEEKDAYS.indexOf((weekday[1] ?? '').toLowerCase());
    const ahead = (wanted - now.getUTCDay() + 7) % 7 || 7;
    return { day: new Date(today + ahead * DAY_MS), text: weekday[0] };
  }
  const bare = /\b(?:in|by|before|during|end of|until)\s+(20\d\d)\b/i.exec(text);
  return (
    found(/\b(by |at |before |until )?(the )?end of (the |this )?year\b|\bthis year\b|\byear[- ]end\b/i, Date.UTC(year, 11, 31)) ??
    found(/\b(by |at |before |until )?(the )?end of (the |this )?month\b|\bthis month\b/i, Date.UTC(year, month + 1, 0)) ??
    found(/\bnext month\b/i, Date.UTC(year, month + 2, 0)) ??
    found(/\bnext year\b/i, Date.UTC(year + 1, 11, 31)) ??
    found(/\b(by |at |before )?(the )?end of (the |this )?week\b|\bthis week\b/i, today + ((7 - now.getUTCDay()) % 7) * DAY_MS) ??
    found(/\bnext week\b/i, today + (7 + ((7 - now.getUTCDay()) % 7)) * DAY_MS) ??
    found(/\btomorrow\b/i, today + DAY_MS) ??
    found(/\b(today|tonight)\b/i, today) ??
    (bare ? { day: new Date(Date.UTC(Number(bare[1]), 11, 31)), text: bare[0] } : undefined)
  );
}

export type Cut = { at: Date /** The words that named the day. */; text: string };
/** The end of the day that is named, or the time of day that is. */
export function cutOffIn(text: string, zone: string, now: Date): Cut | undefined {
  const found = dayIn(text, now);
  if (!found) return undefined;
  const { hour, minute } = clockIn(text.replace(found.text, '')) ?? { hour: 23, minute: 59 };
  const wall = new Date(found.day.getTime() + (hour * 60 + minute) * 60_000);
  return { at: instantOf(wall, zone), text: found.text };
}
