/** Chooses what a wide list shows, in SQL: the ids of one slice in order and the exact number of all. */
import { type Condition, cut, where } from './conditions.ts';
import type { Db } from './db.ts';
import type { Choice, Slice, Sort } from './page.ts';

type Question = {
  /** The id's column. */
  id: string;
  /** Tables and joins. */
  from: string;
  filter: readonly Condition[];
  /** What comes after the slice's cursor. */
  after: readonly Condition[];
  /** Column expressions, each sorted in the one direction; those that may be missing have missing values last. */
  by: readonly (string | { optional: string })[];
  order: Sort<string>['order'];
  slice: Slice;
  /** How many there are; counted from the same tables when absent. */
  count?: (() => Promise<bigint>) | undefined;
};

/** From here on a page is looked for only when it exists. */
const DEEP = 5_000;

export async function chooseIds(db: Db, { id, from, filter, after, by, order, slice, count }: Question): Promise<Choice> {
  const all = where(filter);
  const total = slice.total ?? count?.() ?? countAll(db, `select count(*) as total from ${from} ${all.text}`, all.values);
  if (slice.offset >= DEEP && (await total) <= slice.offset) return { ids: [], total: await total };
  const page = where([...filter, ...after]);
  const orders = by.map((key) => (typeof key === 'string' ? `${key} ${order}` : `${key.optional} ${order} nulls last`)).join(', ');
  const [ids, number] = await Promise.all([
    db.query<{ id: bigint }>(`select ${id} as id from ${from} ${page.text} order by ${orders} ${cut(page.values, slice)}`, page.values),
    total,
  ]);
  return { ids: ids.map((row) => row.id), total: number };
}

/** What a statement counts as `total`. */
export async function countAll(db: Db, text: string, values: readonly unknown[]): Promise<bigint> {
  const [row] = await db.query<{ total: bigint }>(text, values);
  return row?.total ?? 0n;
}
