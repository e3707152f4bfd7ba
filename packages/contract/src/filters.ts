/** What lists are filtered and sorted by. Query parameters are text; these read it and say what was expected. */
import { z } from 'zod';
import { type Cents, cents, instant } from './units.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** An instant, or a day, which stands for its first moment in UTC. */
const queryInstant = z.codec(z.union([z.iso.datetime({ offset: true }), z.iso.date()], 'Expected an ISO 8601 date or instant'), z.date(), {
  decode: (text, context) => {
    const at = new Date(DAY.test(text) ? `${text}T00:00:00Z` : text);
    if (at.getUTCFullYear() >= 1 && at.getUTCFullYear() <= 9_999) return at;
    context.issues.push({ code: 'custom', input: text, message: 'Expected a year from 0001 to 9999' });
    return z.NEVER;
  },
  encode: (date) => instant.encode(date),
});
export const periodQuery = {
  from: queryInstant.optional().meta({ description: 'ISO 8601 start; from this instant on. A date is its midnight in UTC.' }),
  to: queryInstant.optional().meta({ description: 'ISO 8601 end; before this instant. A date is its midnight in UTC.' }),
};

/** Dollars with at most two decimals <-> cents. */
export const queryUsd = z.codec(
  z.string().regex(/^\d{1,12}(\.\d{1,2})?$/, 'Expected dollars with at most two decimals'),
  z.custom<Cents>((value) => typeof value === 'bigint'),
  {
    decode: (text) => {
      const [whole = '', fraction = ''] = text.split('.');
      return cents(BigInt(`${whole}${fraction.padEnd(2, '0')}`));
    },
    encode: (value) => String(Number(value) / 100),
  },
);

export const sortOrder = z.enum(['asc', 'desc']).default('desc').meta({ description: 'Sort order: asc or desc.' });

type Payload<T> = z.core.ParsePayload<T>;

/** The first bound is not after the second. */
export const inOrder =
  <K extends string>(least: K, most: K) =>
  ({ value, issues }: Payload<Partial<Record<K, Date | bigint | undefined>>>): void => {
    const [low, high] = [value[least], value[most]];
    if (low !== undefined && high !== undefined && low > high) {
      issues.push({ code: 'custom', input: value, path: [most], message: `Expected ${most} not before ${least}` });
    }
  };

/** A cursor continues the list's own order. */
export const cursorOnlyBy =
  (sort: string) =>
  ({ value, issues }: Payload<{ cursor?: string | undefined; sort: string }>): void => {
    if (value.cursor !== undefined && value.sort !== sort) {
      issues.push({ code: 'custom', input: value, path: ['cursor'], message: `Expected only with sort=${sort}; use page` });
    }
  };
