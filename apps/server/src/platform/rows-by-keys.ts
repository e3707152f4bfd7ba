/** Rows by their keys: planned once a connection and by index, because planning their joins anew takes several times as long as reading them. */
import type { Db, Row } from './db.ts';

const planning = (mode: string, others: 'on' | 'off'): string =>
  `select set_config('plan_cache_mode', '${mode}', true), ${['seqscan', 'hashjoin', 'mergejoin'].map((way) => `set_config('enable_${way}', '${others}', true)`).join(', ')}`;
const BY_INDEX = planning('force_generic_plan', 'off');
const AS_EVER = planning('auto', 'on');

/** One round trip; the other statements of the transaction are planned as ever, so not for one that plans in a way of its own. */
export async function rowsByKeys<R extends object = Row>(db: Db, text: string, values: readonly unknown[], name: string): Promise<R[]> {
  const planned = db.query(BY_INDEX, [], 'plan-by-index');
  const rows = db.query<R>(text, values, name);
  // Nobody waits for it: a failure is that of the statements before it too.
  db.query(AS_EVER, [], 'plan-as-ever').catch(() => {});
  return (await Promise.all([rows, planned]))[0];
}
