/** What the statements of all columns have in common. */

/**
 * All after $1. Without the second bound a plan made for any value expects a third of the table, and reads all of another index to have
 * the rows in its order.
 */
export const AFTER = 'id > $1 and id < 9223372036854775807';
/** A load reads so many rows at once. */
export const ROWS_AT_ONCE = 10_000;
