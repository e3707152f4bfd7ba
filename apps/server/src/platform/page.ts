/** Pages of lists: the documented offsets, or the place after the last row of the page before. */
import { Failure } from '@predictu/contract/errors';

export type PageRequest = { page: number; limit: number; cursor?: string | undefined };
export type Slice = {
  /** One more than the page holds, so that a further page shows. */
  limit: number;
  offset: number;
  /** The sort keys of the row to continue after. */
  after: bigint[] | undefined;
};
export type Page<T> = {
  data: T[];
  pagination: { page: number; limit: number; total: number; total_pages: number };
  next_cursor: string | null;
};

const LARGEST = 2n ** 63n;

/** What to ask the database for. `keys` is how many sort keys a cursor of this list has. @throws BAD_REQUEST for another list's cursor. */
export function sliceOf({ page, limit, cursor }: PageRequest, keys: number): Slice {
  if (cursor === undefined) return { limit: limit + 1, offset: (page - 1) * limit, after: undefined };
  const parts = Buffer.from(cursor, 'base64url').toString('latin1').split('.');
  const after = parts.length === keys && parts.every((part) => /^-?\d{1,19}$/.test(part)) ? parts.map(BigInt) : [];
  if (after.length !== keys || after.some((key) => key >= LARGEST || key < -LARGEST)) {
    const fields = [{ field: 'cursor', received: cursor.slice(0, 80), expected: 'the next_cursor of the page before' }];
    throw new Failure('BAD_REQUEST', 'Query parameters cannot be used: cursor', { fields });
  }
  return { limit: limit + 1, offset: 0, after };
}

/** The answer: `rows` as fetched for the slice, `keysOf` the sort keys of a row. */
export function pageOf<R, T>(
  { page, limit }: PageRequest,
  total: bigint,
  rows: readonly R[],
  keysOf: (row: R) => readonly bigint[],
  show: (row: R) => T,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return {
    data: shown.map(show),
    pagination: { page, limit, total: Number(total), total_pages: Math.ceil(Number(total) / limit) },
    next_cursor: more ? Buffer.from(keysOf(last).join('.'), 'latin1').toString('base64url') : null,
  };
}
