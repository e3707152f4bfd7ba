import { LEDGER_TYPES } from '@predictu/contract/shapes/ledger-entry';
import { cents } from '@predictu/contract/units';
import { expect, test } from 'vitest';
import { type StoredEntry, shownEntry, storedTypes } from './shown-entry.rules.ts';

const entry = (changes: Partial<StoredEntry> = {}): StoredEntry => ({
  id: 1n as StoredEntry['id'],
  type: 'trade_debit',
  from_account: 'player',
  amount_cents: cents(3_100n),
  balance_before_cents: cents(17_350n),
  balance_after_cents: cents(14_250n),
  trade_id: 7n as StoredEntry['trade_id'],
  description: 'Bought',
  created_at: new Date(0),
  ...changes,
});

test('money that left is negative, with the trade it belongs to', () => {
  expect(shownEntry(entry())).toMatchObject({
    type: 'trade_debit',
    amount_usd: -3_100n,
    reference_type: 'trade',
    reference_id: 'trd_0000000000007',
  });
});

test('money that came is positive, and an adjustment says so', () => {
  expect(shownEntry(entry({ type: 'deposit', from_account: 'bank', trade_id: null }))).toMatchObject({
    type: 'deposit',
    amount_usd: 3_100n,
    reference_type: 'adjustment',
    reference_id: null,
  });
  expect(shownEntry(entry({ type: 'settlement_credit', from_account: 'house', trade_id: null })).reference_type).toBeNull();
});

test('every documented type has stored ones, and no stored one is under two', () => {
  const stored = LEDGER_TYPES.flatMap(storedTypes);
  expect(new Set(stored).size).toBe(stored.length);
  expect(stored).toHaveLength(16);
  for (const type of LEDGER_TYPES) for (const kind of storedTypes(type)) expect(shownEntry(entry({ type: kind })).type).toBe(type);
});
