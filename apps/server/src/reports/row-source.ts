/** The rows of a file, page by page: each page is a short transaction of its own, so that nobody waits for a snapshot. */
import type { Actor } from '../platform/actor.ts';
import type { Database, Db } from '../platform/db.ts';

export type Row = Record<string, unknown>;
/** The keys to continue after; undefined begins, and ends. */
export type Place = bigint[] | undefined;
export type RowPage = { rows: readonly Row[]; next: Place };
export type Read = <T>(work: (db: Db) => Promise<T>) => Promise<T>;
export type RowSource = {
  count(db: Db): Promise<bigint>;
  /** What pays for very many rows, before the first page. */
  prepare?(read: Read): Promise<void>;
  page(db: Db, after: Place): Promise<RowPage>;
};

/** Rows of one page: few enough that a statement is short and what waits in memory is little. */
export const PAGE_ROWS = 5_000;

/** While one page is being written, the next is being read. */
export async function* pagesOf(database: Database, actor: Actor, source: RowSource): AsyncGenerator<readonly Row[]> {
  await source.prepare?.((work) => database.as(actor, 'read', work));
  const read = (after: Place): Promise<RowPage> => database.as(actor, 'read', (db) => source.page(db, after));
  let coming: Promise<RowPage> | undefined = read(undefined);
  while (coming) {
    const { rows, next }: RowPage = await coming;
    coming = next && read(next);
    // Whoever stops in between does not wait for it.
    coming?.catch(() => {});
    if (rows.length > 0) yield rows;
  }
}

/** A page and where the next begins, when it was full. */
export const pageOfRows = <R>(rows: readonly R[], keyOf: (row: R) => bigint, show: (row: R) => Row): RowPage => {
  const last = rows.at(-1);
  return { rows: rows.map(show), next: rows.length === PAGE_ROWS && last !== undefined ? [keyOf(last)] : undefined };
};
