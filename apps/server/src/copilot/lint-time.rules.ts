/** When it is decided: a cut-off in a named zone that the question agrees with. */
import type { MarketDraft } from '@predictu/contract/shapes/market-draft';
import type { Finding } from './finding.rules.ts';
import { datesIn, isZone, zonedDay } from './question-date.rules.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const YEARS_AHEAD = 5;
const RELATIVE =
  /\b(today|tonight|tomorrow|this (week|month|year|season|quarter)|next (week|month|year|season)|(by|on) (monday|tuesday|wednesday|thursday|friday|saturday|sunday)|end of (the )?(week|month|year|season))\b/i;
const SLASHED = /\b\d{1,2}\/\d{1,2}(\/\d{2,4})?\b/;
const CLOCK = /\b\d{1,2}([:.]\d{2})?\s?(am|pm)\b|\b\d{1,2}:\d{2}\b/i;
const ZONED = /\b(utc|gmt|et|est|edt|ct|cst|cdt|pt|pst|pdt|cet|cest|bst)\b/i;

type Part = Pick<Finding, 'rule' | 'severity' | 'field' | 'message'>;
const finding = (part: Part, excerpt: string | null, text: string, patch: Partial<MarketDraft> | null = null): Finding => ({
  ...part,
  excerpt,
  fix: { text, patch },
});

function lintZone({ time_zone: zone, question }: MarketDraft): Finding[] {
  if (zone === '')
    return [
      finding(
        { rule: 'time_zone_missing', severity: 'error', field: 'time_zone', message: 'A day ends at different times in different places.' },
        null,
        'Take UTC, or the zone of the place it happens in.',
        { time_zone: 'UTC' },
      ),
    ];
  if (!isZone(zone))
    return [
      finding(
        { rule: 'time_zone_unknown', severity: 'error', field: 'time_zone', message: 'There is no such zone.' },
        zone,
        'Write an IANA name such as UTC, Europe/London or America/New_York.',
        { time_zone: 'UTC' },
      ),
    ];
  const clock = CLOCK.exec(question)?.[0];
  if (clock === undefined || ZONED.test(question)) return [];
  return [
    finding(
      { rule: 'clock_without_zone', severity: 'warning', field: 'question', message: 'The question names a time of day without its zone.' },
      clock,
      'Write the zone behind it.',
      { question: question.replace(clock, `${clock} ${zone}`) },
    ),
  ];
}

function lintCutOff({ cut_off_at: cutOff }: MarketDraft, now: Date): Finding[] {
  const about = { field: 'cut_off_at' } as const;
  if (cutOff === null)
    return [
      finding(
        { ...about, rule: 'cut_off_missing', severity: 'error', message: 'Nothing says when trading ends and what still counts.' },
        null,
        'Set the instant after which nothing counts.',
      ),
    ];
  if (cutOff.getTime() <= now.getTime())
    return [
      finding(
        { ...about, rule: 'cut_off_past', severity: 'error', message: 'The cut-off is over.' },
        cutOff.toISOString(),
        'Set one in the future.',
      ),
    ];
  if (cutOff.getTime() < now.getTime() + HOUR_MS)
    return [
      finding(
        { ...about, rule: 'cut_off_near', severity: 'warning', message: 'Players have less than an hour.' },
        cutOff.toISOString(),
        'Give them at least a day.',
        {
          cut_off_at: new Date(now.getTime() + DAY_MS),
        },
      ),
    ];
  if (cutOff.getUTCFullYear() > now.getUTCFullYear() + YEARS_AHEAD)
    return [
      finding(
        { ...about, rule: 'cut_off_far', severity: 'warning', message: 'Money would be held for more than five years.' },
        cutOff.toISOString(),
        'Ask for an earlier date.',
      ),
    ];
  return [];
}

/** A date is written so that it means the same day to everybody, on every day. */
function lintWrittenDates({ question, cut_off_at: cutOff, time_zone: zone }: MarketDraft): Finding[] {
  const found: Finding[] = [];
  const slashed = SLASHED.exec(question)?.[0];
  if (slashed)
    found.push(
      finding(
        { rule: 'date_ambiguous', severity: 'error', field: 'question', message: 'Half of the world reads the month first.' },
        slashed,
        'Write the month as a word and the year with four digits.',
      ),
    );
  const relative = RELATIVE.exec(question)?.[0];
  if (relative) {
    const day = cutOff !== null && isZone(zone) ? zonedDay(cutOff, zone) : undefined;
    found.push(
      finding(
        { rule: 'date_relative', severity: 'error', field: 'question', message: 'It moves with the day it is read on.' },
        relative,
        day ? `Write the day of the cut-off: ${day}.` : 'Write the date with its year.',
        day ? { question: question.replace(new RegExp(`(by |on |before |at )?(the )?${relative}`, 'i'), `by ${day}`) } : null,
      ),
    );
  }
  return found;
}

/** A date in the question and the cut-off have to be the same day, in the zone that is named. */
function lintNamedDay({ question, cut_off_at: cutOff, time_zone: zone }: MarketDraft, now: Date): Finding[] {
  const found: Finding[] = [];
  const [named] = datesIn(question, now);
  if (named && !named.hasYear)
    found.push(
      finding(
        { rule: 'date_without_year', severity: 'warning', field: 'question', message: 'The date has no year.' },
        named.text,
        `Write ${named.year} behind it.`,
        { question: question.replace(named.text, `${named.text}, ${named.year}`) },
      ),
    );
  if (named && cutOff !== null && isZone(zone) && cutOff.getTime() < named.begins.getTime() - DAY_MS)
    found.push(
      finding(
        {
          rule: 'cut_off_before_date',
          severity: 'warning',
          field: 'cut_off_at',
          message: 'Trading ends before the day the question speaks of.',
        },
        named.text,
        'That is right where the event could be known earlier; say so in the description.',
      ),
    );
  if (named && cutOff !== null && cutOff.getTime() > named.ends.getTime() + 2 * DAY_MS)
    found.push(
      finding(
        { rule: 'cut_off_after_date', severity: 'error', field: 'cut_off_at', message: 'Trading would go on when the answer is known.' },
        named.text,
        'End trading with the day the question names.',
        { cut_off_at: new Date(named.ends.getTime() - 1_000) },
      ),
    );
  const dated = named !== undefined || RELATIVE.test(question) || SLASHED.test(question);
  if (!dated && !/\b20\d\d\b/.test(question) && !/\bvs\.?\b/i.test(question) && question !== '')
    found.push(
      finding(
        { rule: 'date_missing', severity: 'warning', field: 'question', message: 'The question does not say until when.' },
        null,
        'Write “by” and the date of the cut-off.',
        cutOff !== null && isZone(zone) ? { question: `${question.replace(/\?$/, '')} by ${zonedDay(cutOff, zone)}?` } : null,
      ),
    );
  return found;
}

export const lintTime = (draft: MarketDraft, now: Date): Finding[] => [
  ...lintCutOff(draft, now),
  ...lintZone(draft),
  ...lintWrittenDates(draft),
  ...lintNamedDay(draft, now),
];
