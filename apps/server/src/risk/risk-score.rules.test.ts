import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type RiskInputs, riskLevel, riskScore, riskStatus } from './risk-score.rules.ts';

const calm: RiskInputs = { worstUtilisationBps: 0n, trippedBreakers: 0, violations: 0, flagged: 0, players: 100 };
const inputs = fc.record({
  worstUtilisationBps: fc.bigInt(0n, 10_000n),
  trippedBreakers: fc.nat(10),
  violations: fc.nat(1_000),
  flagged: fc.nat(100),
  players: fc.constant(100),
});

test('nothing is 0, everything is 100', () => {
  expect(riskScore(calm)).toBe(0);
  expect(riskScore({ worstUtilisationBps: 10_000n, trippedBreakers: 9, violations: 10_000, flagged: 100, players: 100 })).toBe(100);
  expect(riskScore({ ...calm, players: 0 })).toBe(0);
});

test.each([
  [{ worstUtilisationBps: 5_680n }, 28],
  [{ trippedBreakers: 1 }, 10],
  [{ trippedBreakers: 3 }, 25],
  [{ violations: 40 }, 2],
  [{ violations: 9_999 }, 15],
  [{ flagged: 1 }, 2],
  [{ flagged: 5 }, 10],
  [{ flagged: 50 }, 10],
])('%o', (part, score) => {
  expect(riskScore({ ...calm, ...part })).toBe(score);
});

test('it stays within 0 and 100 and never falls when something gets worse', () => {
  fc.assert(
    fc.property(inputs, (one) => {
      const score = riskScore(one);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(100);
      for (const worse of [
        { ...one, worstUtilisationBps: 10_000n },
        { ...one, trippedBreakers: one.trippedBreakers + 1 },
        { ...one, violations: one.violations + 20 },
        { ...one, flagged: one.flagged + 1 },
      ])
        expect(riskScore(worse)).toBeGreaterThanOrEqual(score);
    }),
  );
});

test.each([
  [0, 'low'],
  [29, 'low'],
  [30, 'moderate'],
  [59, 'moderate'],
  [60, 'high'],
  [79, 'high'],
  [80, 'critical'],
  [100, 'critical'],
])('%s is %s', (score, level) => {
  expect(riskLevel(score)).toBe(level);
});

test.each([
  ['green', 0, false, 'healthy'],
  ['yellow', 0, false, 'warning'],
  ['green', 1, false, 'warning'],
  ['red', 0, false, 'critical'],
  ['green', 1, true, 'critical'],
] as const)('%s with %s breakers', (worst, tripped, global, status) => {
  expect(riskStatus(worst, tripped, global)).toBe(status);
});
