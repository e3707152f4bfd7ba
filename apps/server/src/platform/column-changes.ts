/** What the statements of all columns have in common. */
import type { Statement } from './arrays.ts';
import type { Ask } from './column-follower.ts';

/**
 * All after $1. Without the second bound a plan made for any value expects a third of the table, and reads all of another index to have
 * the rows in its order.
 */
export const AFTER = 'id > $1 and id < 9223372036854775807';
/** A load reads so many rows at once. */
export const ROWS_AT_ONCE = 10_000;

/** Hands over every row, page by page, each page all after the id of the last row of the one before. */
export async function everyRow<R>(
  ask: Ask,
  pageAfter: (id: bigint) => Statement,
  idOf: (row: R) => bigint,
  put: (row: R) => void,
): Promise<void> {
  let after = 0n;
  for (let got = ROWS_AT_ONCE; got === ROWS_AT_ONCE; ) {
    const rows = (await ask(pageAfter(after))) as R[];
    for (const row of rows) {
      put(row);
      after = idOf(row);
    }
    got = rows.length;
  }
}
