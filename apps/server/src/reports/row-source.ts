/** The rows of a file, page by page: each page is a short transaction of its own, so that nobody waits for a snapshot. */
import type { Db } from '../platform/db.ts';

/** The keys to continue after; undefined begins, and ends. */
export type Place = bigint[] | undefined;
export type Read = <T>(work: (db: Db) => Promise<T>) => Promise<T>;
/** Takes one row: its values in the order of the file's columns. */
export type Take = (cells: unknown[]) => void;
export type RowSource = {
  count(db: Db): Promise<bigint>;
  /** Hands over every row, and says when a page is whole. */
  pages(read: Read, take: Take): AsyncGenerator<void>;
};

export type Row = Record<string, unknown>;
export type RowPage = { rows: readonly Row[]; next: Place };
/** Rows with their values by name. */
export type NamedRows = {
  count(db: Db): Promise<bigint>;
  page(db: Db, after: Place): Promise<RowPage>;
};

/** Rows of one page: few enough that a statement is short and what waits in memory is little. */
export const PAGE_ROWS = 5_000;

/** A page and where the next begins, when it was full. */
export const pageOfRows = <R>(rows: readonly R[], keyOf: (row: R) => bigint, show: (row: R) => Row): RowPage => {
  const last = rows.at(-1);
  return { rows: rows.map(show), next: rows.length === PAGE_ROWS && last !== undefined ? [keyOf(last)] : undefined };
};

export const inColumns = ({ count, page }: NamedRows, columns: readonly string[]): RowSource => ({
  count,
  async *pages(read, take) {
    const ask = (after: Place): Promise<RowPage> => read((db) => page(db, after));
    let coming: Promise<RowPage> | undefined = ask(undefined);
    while (coming) {
      const { rows, next }: RowPage = await coming;
      // While this page is being written, the next is being read; whoever stops in between does not wait for it.
      coming = next && ask(next);
      coming?.catch(() => {});
      for (const row of rows) take(columns.map((name) => row[name]));
      yield;
    }
  },
});
