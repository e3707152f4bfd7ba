/** Rows of statements that are planned once a connection, because planning their joins anew takes as long as reading them, or several times as long. */
import type { Db, Row } from './db.ts';
import { PLAN_AS_EVER, PLAN_BY_INDEX, PLAN_ONCE } from './plan-modes.ts';

async function inMode<R extends object>(db: Db, mode: typeof PLAN_ONCE, ask: () => Promise<R[]>): Promise<R[]> {
  const planned = db.query(mode.text, [], mode.name);
  const rows = ask();
  // Nobody waits for it: a failure is that of the statements before it too.
  db.query(PLAN_AS_EVER.text, [], PLAN_AS_EVER.name).catch(() => {});
  return (await Promise.all([rows, planned]))[0];
}

/** By their keys, thus by index. One round trip; the other statements of the transaction are planned as ever, so not for one that plans in a way of its own. */
export const rowsByKeys = <R extends object = Row>(db: Db, text: string, values: readonly unknown[], name: string): Promise<R[]> =>
  db.byKeys ? db.byKeys<R>(text, values, name) : inMode(db, PLAN_BY_INDEX, () => db.query<R>(text, values, name));

/** Of a statement that goes through all there is whatever its values are. */
export const rowsOfAll = <R extends object = Row>(db: Db, text: string, values: readonly unknown[]): Promise<R[]> =>
  inMode(db, PLAN_ONCE, () => db.query<R>(text, values));
