/** Columns as Postgres arrays: a whole batch travels as a handful of parameters, opened again by `unnest`. */

export type Statement = { readonly name: string; readonly text: string; readonly values: unknown[] };

type Scalar = bigint | number | null;

const INT8 = 20;
const HEAD_BYTES = 20;
const VALUE_BYTES = 8;

/** Integers in Postgres' binary form, for a `bigint[]`: a bigint becomes digits slowly, and digits a bigint again. */
export function int8s<T>(rows: readonly T[], column: (row: T) => Scalar): Buffer {
  const buffer = Buffer.allocUnsafe(HEAD_BYTES + (4 + VALUE_BYTES) * rows.length);
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
  let at = HEAD_BYTES;
  let nulls = 0;
  for (let i = 0; i < rows.length; i += 1) {
    const value = column(rows[i] as T);
    if (value === null) {
      nulls = 1;
      view.setInt32(at, -1);
      at += 4;
    } else {
      view.setInt32(at, VALUE_BYTES);
      view.setBigInt64(at + 4, typeof value === 'bigint' ? value : BigInt(value));
      at += 4 + VALUE_BYTES;
    }
  }
  // One dimension, whether any is null, the type of all; then the dimension's length and first index.
  view.setInt32(0, 1);
  view.setInt32(4, nulls);
  view.setInt32(8, INT8);
  view.setInt32(12, rows.length);
  view.setInt32(16, 1);
  return buffer.subarray(0, at);
}

const SPECIAL = /["\\]/g;
/** Most texts need no escaping, and looking for two characters is cheaper than asking the expression. */
const escaped = (text: string): string => (text.includes('"') || text.includes('\\') ? text.replace(SPECIAL, '\\$&') : text);

/** A literal of texts. Each is quoted, or the text `null` would become NULL. */
export function texts<T>(rows: readonly T[], column: (row: T) => string | null): string {
  let literal = '{';
  for (let i = 0; i < rows.length; i += 1) {
    const value = column(rows[i] as T);
    if (i > 0) literal += ',';
    literal += value === null ? 'NULL' : `"${escaped(value)}"`;
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
