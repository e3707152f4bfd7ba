import { type Price, price } from '@predictu/contract/units';
import { expect, test } from 'vitest';
import { judgeSignals, type SourceSignals, type Verdict } from './signals.rules.ts';

const said = (result: 'yes' | 'no' | 'split', more: Partial<SourceSignals> = {}): SourceSignals => ({
  resolution: { result, evidence: 'named by the exchange' },
  ...more,
});
const mid = (value: number | null): Price | null => (value === null ? null : price(BigInt(value)));

test.each<[Verdict['kind'], string, SourceSignals, number | null]>([
  ['wait', 'nothing was said', {}, 9_999],
  ['wait', 'only the oracle has moved', { resolutionStatus: 'resolved' }, 9_999],
  ['agreed', 'yes at the bound', said('yes'), 9_000],
  ['unsure', 'yes just below it', said('yes'), 8_999],
  ['agreed', 'no at its bound', said('no'), 1_000],
  ['unsure', 'no just above it', said('no'), 1_001],
  ['agreed', 'a split at its lower bound', said('split'), 4_500],
  ['agreed', 'a split at its upper bound', said('split'), 5_500],
  ['unsure', 'a split just outside', said('split'), 5_501],
  ['unsure', 'a split at a price that says yes: not its opposite', said('split'), 9_900],
  ['unsure', 'yes at an even price', said('yes'), 5_000],
  ['held', 'yes at a price that says no', said('yes'), 1_000],
  ['held', 'no at a price that says yes', said('no'), 9_000],
  ['held', 'a price against it, whatever the oracle says', said('no', { resolutionStatus: 'resolved' }), 9_500],
  ['agreed', 'no price, but the oracle has resolved', said('yes', { resolutionStatus: 'resolved' }), null],
  ['agreed', 'a price in the middle, but the oracle has resolved', said('yes', { resolutionStatus: 'resolved' }), 7_000],
  ['unsure', 'no price and an oracle under way', said('yes', { resolutionStatus: 'proposed' }), null],
  ['held', 'a second, different result', said('yes', { conflict: { result: 'no', evidence: 'changed its mind' } }), 9_900],
])('%s: %s', (kind, _, signals, at) => {
  const verdict = judgeSignals(signals, mid(at));
  expect(verdict.kind).toBe(kind);
  if (verdict.kind === 'wait') return;
  expect(verdict.result).toBe(signals.resolution?.result);
  expect(verdict.evidence).toContain('named by the exchange');
});

test('what was found is part of the evidence', () => {
  expect(judgeSignals(said('yes'), mid(9_500))).toMatchObject({ evidence: 'named by the exchange; last price 9500 of 10000' });
  expect(judgeSignals(said('yes'), mid(null))).toMatchObject({ evidence: 'named by the exchange; but there is no last price' });
  const conflict = { result: 'no', evidence: 'changed its mind' } as const;
  expect(judgeSignals(said('yes', { conflict }), mid(9_500))).toMatchObject({
    evidence: 'named by the exchange; later the source said no: changed its mind',
  });
});
