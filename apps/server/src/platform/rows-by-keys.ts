/** Rows by their keys: planned once a connection and by index, because planning their joins anew takes several times as long as reading them. */
import type { Db, Row } from './db.ts';
import { PLAN_AS_EVER, PLAN_BY_INDEX } from './plan-modes.ts';

/** One round trip; the other statements of the transaction are planned as ever, so not for one that plans in a way of its own. */
export async function rowsByKeys<R extends object = Row>(db: Db, text: string, values: readonly unknown[], name: string): Promise<R[]> {
  if (db.byKeys) return db.byKeys<R>(text, values, name);
  const planned = db.query(PLAN_BY_INDEX.text, [], PLAN_BY_INDEX.name);
  const rows = db.query<R>(text, values, name);
  // Nobody waits for it: a failure is that of the statements before it too.
  db.query(PLAN_AS_EVER.text, [], PLAN_AS_EVER.name).catch(() => {});
  return (await Promise.all([rows, planned]))[0];
}
