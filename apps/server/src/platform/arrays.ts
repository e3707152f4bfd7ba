/** Columns as Postgres array literals: a whole batch travels as a handful of text parameters, opened again by `unnest`. */

export type Statement = { readonly name: string; readonly text: string; readonly values: unknown[] };

type Scalar = bigint | number | null;

/** A literal of integers. */
export function int8s<T>(rows: readonly T[], column: (row: T) => Scalar): string {
  let literal = '{';
  for (let i = 0; i < rows.length; i += 1) {
    const value = column(rows[i] as T);
    if (i > 0) literal += ',';
    literal += value === null ? 'NULL' : String(value);
  }
  return `${literal}}`;
}

const SPECIAL = /["\\]/g;

/** A literal of texts. Each is quoted, or the text `null` would become NULL. */
export function texts<T>(rows: readonly T[], column: (row: T) => string | null): string {
  let literal = '{';
  for (let i = 0; i < rows.length; i += 1) {
    const value = column(rows[i] as T);
    if (i > 0) literal += ',';
    literal += value === null ? 'NULL' : `"${value.replace(SPECIAL, '\\$&')}"`;
  }
  return `${literal}}`;
}

/** A literal of instants. */
export const instants = <T>(rows: readonly T[], column: (row: T) => Date | null): string =>
  texts(rows, (row) => column(row)?.toISOString() ?? null);

/** A literal of booleans. */
export const booleans = <T>(rows: readonly T[], column: (row: T) => boolean): string =>
  `{${rows.map((row) => (column(row) ? 't' : 'f')).join(',')}}`;

/** One JSON array of texts that are JSON already: needs no escaping per element. */
export const jsonTexts = <T>(rows: readonly T[], column: (row: T) => string): string => `[${rows.map(column).join(',')}]`;
