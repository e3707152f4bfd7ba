/** What a table shows, stated once per noun and used by every list of it. */
import type { ReactNode } from 'react';

export type Column<R> = {
  key: string;
  label: string;
  cell: (row: R) => ReactNode;
  right?: boolean;
  /** The API's name for sorting by it. */
  sort?: string;
  /** As a cell of a CSV file; without it, the row's value named by the key, if it has one. */
  text?: (row: R) => string | number | null | undefined;
  /** Not shown until chosen. */
  optional?: boolean;
};

export type Filter =
  | { name: string; label: string; kind: 'choice'; options: readonly { value: string; label: string }[] }
  | { name: string; label: string; kind: 'text' | 'number'; hint?: string }
  /** Two parameters: half-open days. */
  | { name: string; label: string; kind: 'days'; from: string; to: string };

/** Order and visibility a person chose for one table, in this browser. */
export type Layout = { order: string[]; hidden: string[] };

export function readLayout(table: string, columns: readonly Column<never>[]): Layout {
  const plain = { order: columns.map(({ key }) => key), hidden: columns.filter(({ optional }) => optional).map(({ key }) => key) };
  try {
    const stored = JSON.parse(localStorage.getItem(`predictu.table.${table}`) ?? 'null') as Layout | null;
    if (!stored) return plain;
    const known = stored.order.filter((key) => plain.order.includes(key));
    return { order: [...known, ...plain.order.filter((key) => !known.includes(key))], hidden: stored.hidden };
  } catch {
    return plain;
  }
}

export const writeLayout = (table: string, layout: Layout | null): void =>
  layout ? localStorage.setItem(`predictu.table.${table}`, JSON.stringify(layout)) : localStorage.removeItem(`predictu.table.${table}`);

/** Columns in their order, without the hidden ones. */
export const shownColumns = <R>(columns: readonly Column<R>[], { order, hidden }: Layout): Column<R>[] =>
  order.filter((key) => !hidden.includes(key)).flatMap((key) => columns.find((column) => column.key === key) ?? []);

/** What a cell says in a file: as the column states, else the row's own value of that name. */
export function textOf<R>({ key, text }: Column<R>, row: R): string | number | null | undefined {
  if (text) return text(row);
  const value = (row as Record<string, unknown>)[key];
  return typeof value === 'string' || typeof value === 'number' ? value : value === null ? null : undefined;
}
