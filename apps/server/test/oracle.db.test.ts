/**
 * The engine over a real database against the sequential oracle, on random operations in a small, crowded world with tight
 * limits. Both this and `verifyBooks` at its end are needed: each has caught what the other missed. An oracle knows only
 * the answers and sums it models; a row that carries the wrong operator beside right sums is seen by the invariants alone,
 * and books that are consistently wrong (a fee rounded the wrong way everywhere) are seen by the oracle alone.
 * ORACLE_TRADES asks for more trades than the usual 50,000, ORACLE_SEED for another run.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { booksReport } from '../src/insights/books-report.ts';
import { verifyBooks } from '../src/insights/verify-books.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { believedState, storedState } from './oracle/final-state.ts';
import { play } from './oracle/play.ts';

const TRADES = Number(process.env['ORACLE_TRADES'] ?? 50_000);
const SEED = Number(process.env['ORACLE_SEED'] ?? 20_261_121);
/** Enough for every code to come up. */
const ENOUGH_TRADES = 20_000;
const CODES = [
  'OK',
  'NOT_FOUND',
  'IDEMPOTENCY_KEY_REUSED',
  'INSUFFICIENT_BALANCE',
  'INSUFFICIENT_SHARES',
  'MARKET_NOT_TRADEABLE',
  'QUOTE_EXPIRED',
  'QUOTE_INVALID',
  'PRICE_CHANGED',
  'AMOUNT_TOO_SMALL',
  'RISK_LIMIT',
  'CIRCUIT_BREAKER',
  'PLAYER_RESTRICTED',
  'OPERATOR_NOT_LIVE',
];

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

test(`the engine and the oracle agree on ${TRADES} trades and everything refused between them, and the books are right`, {
  timeout: 3_600_000,
}, async () => {
  const { world, trades, keys, codes } = await play(db, { trades: TRADES, seed: SEED });
  console.log(
    `oracle: ${trades} trades, ${keys} keys, ${Object.entries(codes)
      .map(([code, count]) => `${code} ${count}`)
      .join(', ')}`,
  );
  expect(await storedState(db.owner)).toEqual(believedState(world));
  const report = await verifyBooks(db.database);
  expect(report.ok, booksReport(report)).toBe(true);
  if (TRADES >= ENOUGH_TRADES) expect(CODES.filter((code) => !codes[code])).toEqual([]);
});
