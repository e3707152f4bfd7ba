import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { START } from '../../test/factories.ts';
import { billSome } from '../../test/oracle/bill-some.ts';
import { play } from '../../test/oracle/play.ts';
import { restSome } from '../../test/oracle/rest-some.ts';
import { SABOTAGES } from '../../test/oracle/sabotages.ts';
import { watchSome } from '../../test/oracle/watch-some.ts';
import { completeAnswer, refundAnswer, reserveAnswer } from '../copilot/credits.ts';
import { booksReport } from './books-report.ts';
import { rollUp } from './roll-up.ts';
import { type BooksReport, verifyBooks } from './verify-books.ts';

const TABLES = [
  'players',
  'markets',
  'exposure',
  'circuit_breakers',
  'risk_events',
  'trades',
  'positions',
  'idempotency_keys',
  'ledger_entries',
  'wallet_calls',
  'trade_events',
  'market_settlements',
  'settlement_records',
  'settlement_payouts',
  'settlement_early_payouts',
  'settlement_absorptions',
  'platform_audit_log',
  'sequencer',
  'rollup_state',
  'rollup_totals',
  'rollup_days',
  'rollup_hours',
  'rollup_players',
  'rollup_tiers',
  'rollup_active_days',
  'rollup_active_hours',
  'rollup_signups',
  'rollup_signup_days',
  'rollup_arrivals',
  'rollup_player_counts',
  'rollup_player_moves',
  'rollup_holdings',
  'rollup_player_state',
  'rollup_player_totals',
  'rollup_player_days',
  'rollup_sessions',
  'player_sessions',
  'player_protections',
  'player_spending',
  'invoices',
  'invoice_lines',
  'invoice_payments',
  'invoice_numbers',
  'credit_notes',
  'credit_accounts',
  'copilot_answers',
  'limit_orders',
  'limit_order_events',
];

let db: TestDatabase;
let untouched: BooksReport;

beforeAll(async () => {
  db = await testDatabase();
  await play(db, { trades: 1_000, seed: 8 });
  await restSome(db, new Date('2026-11-21T16:00:00Z'));
  await watchSome(db, new Date('2026-11-21T16:00:00Z'));
  await rollUp(db.database);
  await billSome(db);
  await askCopilot(db);
  untouched = await verifyBooks(db.database);
  // The database itself refuses most of what follows; here it must let it pass.
  await db.owner.query('set session_replication_role = replica');
  await db.owner.query(`do $$ declare c record; begin
    for c in select conrelid::regclass as name, conname from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace loop
      execute format('alter table %s drop constraint %I', c.name, c.conname);
    end loop; end $$`);
  await db.owner.query('create schema backup');
  for (const table of TABLES) await db.owner.query(`create table backup.${table} as table ${table}`);
});
afterAll(() => db.drop());

/** Two answers of the copilot: one was given, one failed and was paid back. */
async function askCopilot({ database, owner }: TestDatabase): Promise<void> {
  const { rows } = await owner.query('select min(id) as id from operators');
  const asked = {
    operatorId: BigInt(rows[0].id),
    bodyHash: '0'.repeat(32),
    engine: 'rules',
    model: null,
    actor: { kind: 'worker', name: 'test' },
  } as const;
  for (const [key, id] of [
    ['given', 11n],
    ['failed', 12n],
  ] as const) {
    const reserved = await reserveAnswer(database, { ...asked, key, newId: () => id }, START);
    if (!('id' in reserved)) throw new Error('The answer was refused');
    const answered = { ...asked, ...reserved };
    if (key === 'given') await completeAnswer(database, answered, {}, START);
    else await refundAnswer(database, answered, 'test', START);
  }
}

async function restore(): Promise<void> {
  for (const table of TABLES) await db.owner.query(`truncate ${table}; insert into ${table} table backup.${table}`);
}

test('books that trading has written are right, and every check has looked at something', () => {
  expect(untouched.ok, booksReport(untouched)).toBe(true);
  expect(untouched.checks.filter(({ compared, name }) => compared === 0 && name !== 'adjustment_audits')).toEqual([]);
});

test('empty books are right', async () => {
  const empty = await testDatabase();
  const report = await verifyBooks(empty.database);
  await empty.drop();
  expect(report.ok, booksReport(report)).toBe(true);
});

describe('every check is seen to fail', () => {
  test.each(SABOTAGES)('%s: %s', async (check, _what, ...statements) => {
    try {
      let changed = 0;
      for (const statement of statements) changed += (await db.owner.query(statement)).rowCount ?? 0;
      expect(changed).toBeGreaterThan(0);
      const report = await verifyBooks(db.database);
      const failed = report.checks.filter(({ ok }) => !ok);
      expect(failed.map(({ name }) => name)).toContain(check);
      const { found, differences } = failed.find(({ name }) => name === check) ?? { found: 0, differences: [] };
      expect(found).toBeGreaterThan(0);
      expect(differences[0]).toEqual({
        subject: expect.stringMatching(/./),
        expected: expect.stringMatching(/./),
        found: expect.stringMatching(/./),
      });
      expect(report.ok).toBe(false);
    } finally {
      await restore();
    }
  });

  test('no check is left out', () => {
    const sabotaged = new Set(SABOTAGES.map(([check]) => check));
    expect(untouched.checks.map(({ name }) => name).filter((name) => !sabotaged.has(name))).toEqual([]);
  });
});
