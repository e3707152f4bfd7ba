/** A session prepares the statements of a batch on empty tables, which then grow without anybody analysing them: no index may be entered from its end. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Statement } from '../src/platform/arrays.ts';
import { openSession, type Session } from '../src/platform/session.ts';
import { readOutstanding } from '../src/trading/payout.sql.ts';
import { existingPlayers, readWorld } from '../src/trading/read.sql.ts';
import { wantsOf } from '../src/trading/wants.rules.ts';
import { emptyWorld } from '../src/trading/world.rules.ts';
import { writeWorld } from '../src/trading/write.sql.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { START } from './factories.ts';

const GROWN = [
  `insert into operators (id, slug, name, contact_email, created_at, updated_at) select n, 'o-' || n, 'O', 'o@o.test', $1, $1 from generate_series(1, 3) n`,
  `insert into markets (id, source, source_id, title, category, mid, status, created_at, updated_at)
   select n, 'simulated', n, 'Will it?', 'sports', 5000, 'active', $1, $1 from generate_series(1, 2000) n`,
  `insert into players (operator_id, id, external_id, created_at) select 1 + n % 3, n, 'ext-' || n, $1 from generate_series(1, 5000) n`,
  `insert into trades (operator_id, id, player_id, market_id, outcome, side, status, price, mid, quantity, amount_cents, fee_cents, spread_cents, balance_after_cents, receipt, created_at)
   select 1 + n % 3, n, 1 + n % 5000, 1 + n % 2000, 'yes', 'buy', 'filled', 5000, 5000, 100, 50, 1, 1, 0, '{}', $1 from generate_series(1, 20000) n`,
  `insert into positions (operator_id, market_id, player_id, outcome, id, quantity, cost_cents, trade_count, opened_at)
   select 1 + n % 3, 1 + n % 2000, 1 + n % 5000, 'yes', n, 100, 50, 1, $1 from generate_series(1, 10000) n`,
];
/** So many that, by what Postgres assumes of columns nobody analysed, reading all that is owed looks cheaper than reading by player. */
const OWED = [
  `insert into market_settlements (id, market_id, outcome, status, fee_bps, evidence, proposed_by, proposed_at, needs_approval, decide_at, decided_at, decision_id)
   values (1, 1, 'yes', 'decided', 0, 'Seen', 'test', $1, false, $1, $1, 1)`,
  `insert into settlement_records (settlement_id, operator_id, market_id, wallet_mode, claw_back, decided_at, positions, winners, losers, payout_cents, fee_cents, loss_cents, cost_cents)
   select 1, n, 1, 'internal', 'to_zero', $1, 5000, 5000, 0, 0, 0, 0, 0 from generate_series(1, 3) n`,
  `insert into settlement_payouts (settlement_id, operator_id, n, market_id, player_id, position_id, outcome, quantity, cost_cents, payout_cents, fee_cents, won, refund)
   select 1, 1 + n % 3, n, 1, n, n, 'yes', 1, 1, 1, 0, true, false from generate_series(1, 120000) n`,
];
const settings = { version: 0n, breakers: [] } as never;
const STATEMENTS = [
  ...readWorld(wantsOf([], { keyed: true }), { lock: true, now: START }),
  existingPlayers([]),
  ...writeWorld(emptyWorld(settings, START, 0n), { everything: true }),
];
const command = (text: string): Statement => ({ name: text.replaceAll(' ', '_'), text, values: [] });
const SCAN = /Index (?:Only )?Scan using (\w+) on (\w+).*\n\s+Index Cond: (.*)/g;

let db: TestDatabase;
let session: Session;
let columns: Map<string, string[]>;
beforeAll(async () => {
  db = await testDatabase();
  await db.owner.query('vacuum analyze');
  session = await openSession({
    connectionString: db.appUrl,
    role: 'predictu_worker',
    name: 'plans',
    statementTimeoutMs: 5_000,
    idleInTransactionMs: 5_000,
  });
  await session.exchange([command('begin'), ...STATEMENTS, command('rollback')]);
  for (const text of GROWN) await db.owner.query(text, [START]);
  for (let n = 0; n < 300; n += 1) await session.exchange([command('select 1')]);
  const { rows } = await db.owner.query<{ name: string; columns: string[] }>(
    `select i.indexrelid::regclass::text as name, array(select pg_get_indexdef(i.indexrelid, n, true) from generate_series(1, i.indnkeyatts) n) as columns from pg_index i`,
  );
  columns = new Map(rows.map((row) => [row.name, row.columns]));
});
afterAll(async () => {
  await session?.close();
  await db?.drop();
});

/** The indexes of tables with rows that are entered elsewhere than from their first column on, or by an operator with all that it has. */
function entered(plan: string): string[] {
  const wrong: string[] = [];
  for (const [, index = '', table = '', condition = ''] of plan.matchAll(SCAN)) {
    if (!/^(markets|players|trades|positions)$/.test(table)) continue;
    const bound = new Set([...condition.matchAll(/\(?(\w+) (?:=|>=|<=|>|<) /g)].map(([, column]) => column as string));
    const key = columns.get(index) ?? [];
    const prefix = key.findIndex((column) => !bound.has(column));
    const used = prefix < 0 ? key : key.slice(0, prefix);
    if (used.length < bound.size || used.join() === 'operator_id') wrong.push(`${index} by ${condition}`);
  }
  return wrong;
}

test('what players are owed is read by player, whatever a settlement owes to others', async () => {
  for (const text of OWED) await db.owner.query(text, text.includes('$1') ? [START] : []);
  const [, reply] = await session.exchange([
    readOutstanding([[1n, 3n]]),
    { name: 'explain_owed', text: 'explain execute read_outstanding(null, null)', values: [] },
  ]);
  expect((reply?.rows ?? []).map((row) => row['QUERY PLAN']).join('\n')).toMatch(
    /settlement_payouts_player.*\n\s+Index Cond: \(\(player_id = .*\(settlement_id = /,
  );
});

test.each(STATEMENTS.map(({ name, text, values }) => [name, text, values.length] as const))('%s', async (name, _, count) => {
  const values = count === 0 ? '' : `(${Array.from({ length: count }, () => 'null').join(', ')})`;
  const [reply] = await session.exchange([{ name: `explain_${name}`, text: `explain execute ${name}${values}`, values: [] }]);
  const plan = (reply?.rows ?? []).map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).not.toBe('');
  expect(entered(plan), plan).toEqual([]);
});
