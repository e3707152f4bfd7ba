/** How rows of Postgres become objects. */
import pg from 'pg';

export type Row = Record<string, unknown>;
export type Field = { name: string; dataTypeID: number };
type Parser = (text: string) => unknown;
/** The texts of a row, in the order of its fields, as an object. */
export type Shape = (texts: readonly (string | null)[]) => Row;

/**
 * How rows of these fields are made: written out field by field, so that every statement's rows have a shape and code of their own. A
 * loop over names that all statements share is slower than the reading itself.
 */
export function shapeOf(fields: readonly Field[]): Shape {
  const parsers = fields.map(({ dataTypeID }) => pg.types.getTypeParser(dataTypeID, 'text') as Parser);
  const names = fields.map((_, index) => `parse${index}`);
  const columns = fields.map(
    ({ name }, index) => `${JSON.stringify(name)}: texts[${index}] === null ? null : parse${index}(texts[${index}])`,
  );
  return new Function(...names, `return (texts) => ({ ${columns.join(', ')} });`)(...parsers) as Shape;
}

const ZERO = '0'.charCodeAt(0);
const digit = (text: string, at: number): number => text.charCodeAt(at) - ZERO;
const twoDigits = (text: string, at: number): number => 10 * digit(text, at) + digit(text, at + 1);
const SHORTEST = '2026-03-19 12:34:56+00'.length;
const YEAR_ENDS = '2026'.length;
const FRACTION = '2026-03-19 12:34:56.'.length;

/** Reads any `timestamptz` Postgres may write, in any time zone: what is not as usual. */
const anyInstant = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ, 'text') as (text: string) => Date;

/** A `timestamptz` in UTC, of a year of four digits, to the millisecond: a quarter of what expressions take, and pages have hundreds. */
export function instantOf(text: string): Date {
  const end = text.length - '+00'.length;
  if (text.length < SHORTEST || text[YEAR_ENDS] !== '-' || !text.endsWith('+00')) return anyInstant(text);
  const year = 100 * twoDigits(text, 0) + twoDigits(text, 2);
  // Of what comes before it `Date.UTC` would make the twentieth century.
  if (year < 100) return anyInstant(text);
  let milliseconds = 0;
  for (let at = FRACTION, unit = 100; at < end && unit >= 1; at += 1, unit /= 10) milliseconds += unit * digit(text, at);
  return new Date(
    Date.UTC(year, twoDigits(text, 5) - 1, twoDigits(text, 8), twoDigits(text, 11), twoDigits(text, 14), twoDigits(text, 17), milliseconds),
  );
}
