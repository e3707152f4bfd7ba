/** Looks at how Postgres answers each statement of requests: by EXPLAIN with its own values as its own actor, and by what was scanned meanwhile. */
import type { Database, Db } from '../src/platform/db.ts';

type Plan = { 'Node Type': string; 'Relation Name'?: string; 'Plan Rows': number; Plans?: Plan[] };

export type PlanWatch = {
  /** Each large table that was to be read from end to end since the last `forget`, with the statement. */
  scans(): string[];
  /** How many statements were planned since. */
  asked(): number;
  forget(): void;
};

/** A number of rows that are a good part of the table takes reading a good part of it. */
const COUNT = /^\s*select count\(\*\) as total from/i;
const GOOD_PART = 0.1;
const READING = /^\s*(select|with)\b/i;
/** As the platform's quick statements are planned: what is still scanned has no index. */
const QUICKLY = `select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), set_config('enable_mergejoin', 'off', true)`;
/** Scans within functions, which EXPLAIN does not show. */
const SCANNED = 'select relname as name, seq_scan as scans from pg_stat_xact_user_tables where seq_scan > 0';
type Scanned = { name: string; scans: bigint };

/** From now on every statement this database is asked is planned before it is run. */
export function watchPlans(database: Database, large: ReadonlyMap<string, number>): PlanWatch {
  let found: string[] = [];
  let asked = 0;
  /** Tables that a plan said would be scanned. */
  let planned = new Set<string>();
  function look(plan: Plan, text: string): void {
    const table = plan['Relation Name'] ?? '';
    const rows = large.get(table);
    if (plan['Node Type'] === 'Seq Scan' && rows !== undefined) {
      planned.add(table);
      if (!COUNT.test(text) || plan['Plan Rows'] < rows * GOOD_PART) found.push(`${table}: ${text}`);
    }
    for (const part of plan.Plans ?? []) look(part, text);
  }
  async function explain(tx: Db, text: string, values: readonly unknown[] = []): Promise<void> {
    if (!READING.test(text)) return;
    const [row] = await tx.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (format json) ${text}`, values);
    asked += 1;
    if (row) look(row['QUERY PLAN'][0].Plan, text);
  }
  const as = database.as.bind(database);
  const exchange = database.exchange.bind(database);
  database.as = (actor, mode, work) =>
    as(actor, mode, async (tx) => {
      // Not of this transaction alone: what the connection has not reported yet is in it.
      let before: Promise<Scanned[]> | undefined;
      const explaining: Db = {
        async query(text, values, name) {
          before ??= tx.query<Scanned>(SCANNED);
          await explain(tx, text, values);
          return tx.query(text, values, name);
        },
        async each(text, values, take) {
          before ??= tx.query<Scanned>(SCANNED);
          await explain(tx, text, values);
          return tx.each(text, values, take);
        },
      };
      const result = await work(explaining);
      if (!before) return result;
      const earlier = new Map((await before).map(({ name, scans }) => [name, scans]));
      for (const { name, scans } of await tx.query<Scanned>(SCANNED))
        if (large.has(name) && scans > (earlier.get(name) ?? 0n) && !planned.has(name)) found.push(`${name}: within a function`);
      return result;
    });
  database.exchange = async (actor, mode, statements, options) => {
    await as(actor, 'read', async (tx) => {
      await tx.query(QUICKLY);
      for (const { text, values } of statements) await explain(tx, text, values);
    });
    return exchange(actor, mode, statements, options);
  };
  return {
    scans: () => [...new Set(found)],
    asked: () => asked,
    forget() {
      found = [];
      planned = new Set();
      asked = 0;
    },
  };
}
