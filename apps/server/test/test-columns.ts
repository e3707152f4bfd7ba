/** Lists from memory, of a test's database: what the thread complains of fails the test. */
import { type ColumnIndex, openColumnIndex } from '../src/platform/column-index.ts';

export const openTestColumns = (appUrl: string): ColumnIndex =>
  openColumnIndex({
    thread: new URL('../src/list-columns.thread.ts', import.meta.url),
    appUrl,
    log: {
      warn(fields, message) {
        throw new Error(message, { cause: fields });
      },
    },
  });
