/** Pages of lists: the documented offsets, or the place after the last row of the page before. */
import { Failure } from '@predictu/contract/errors';

export type PageRequest = { page: number; limit: number; cursor?: string | undefined };
export type Slice = {
  /** One more than the page holds, so that a further page shows. */
  limit: number;
  offset: number;
  /** The sort keys of the row to continue after. */
  after: bigint[] | undefined;
  /** How many there are in all, where that is known: then nothing is counted. */
  total?: bigint;
};
export type Page<T> = {
  data: T[];
  pagination: { page: number; limit: number; total: number; total_pages: number };
  next_cursor: string | null;
};
/** What a list shows: the ids of the slice in order, and how many there are in all. The rows are read by these ids. */
export type Choice = { ids: bigint[]; total: bigint };
export type Sort<By extends string> = { sort: By; order: 'asc' | 'desc' };

const LARGEST = 2n ** 63n;

/** What to ask the database for. `keys` is how many sort keys a cursor of this list has. @throws BAD_REQUEST for another list's cursor. */
export function sliceOf({ page, limit, cursor }: PageRequest, keys: number): Slice {
  if (cursor === undefined) return { limit: limit + 1, offset: (page - 1) * limit, after: undefined };
  const parts = Buffer.from(cursor, 'base64url').toString('latin1').split('.');
  const after = parts.length === keys && parts.every((part) => /^-?\d{1,19}$/.test(part)) ? parts.map(BigInt) : [];
  if (after.length !== keys || after.some((key) => key >= LARGEST || key < -LARGEST)) throw unusableCursor(cursor);
  return { limit: limit + 1, offset: 0, after };
}

function unusableCursor(cursor: string): Failure {
  const fields = [{ field: 'cursor', received: cursor.slice(0, 80), expected: 'the next_cursor of the page before' }];
  return new Failure('BAD_REQUEST', 'Query parameters cannot be used: cursor', { fields });
}

/** The last millisecond whose year has four digits. */
const LAST_INSTANT = 253_402_300_799_999n;

/** A place in time as one value for SQL: of the sort keys milliseconds and id, the instant and the id. @throws BAD_REQUEST for another list's cursor. */
export function placeInTime(after: Slice['after']): [instant: string, id: string] | undefined {
  if (after === undefined) return undefined;
  const [at = -1n, id = 0n] = after;
  if (at < 0n || at > LAST_INSTANT) throw unusableCursor(after.join('.'));
  return [new Date(Number(at)).toISOString(), String(id)];
}

/** The answer: `rows` as fetched for the slice, `keysOf` the sort keys of a row; without it the list has no cursor. */
export function pageOf<R, T>(
  { page, limit }: PageRequest,
  total: bigint,
  rows: readonly R[],
  keysOf: ((row: R) => readonly bigint[]) | null,
  show: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    data: shown.map(show),
    pagination: { page, limit, total: Number(total), total_pages: Math.ceil(Number(total) / limit) },
    next_cursor: more && keysOf ? Buffer.from(keysOf(last).join('.'), 'latin1').toString('base64url') : null,
  };
}
