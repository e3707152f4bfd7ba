import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textTable } from '../../test/text-table.ts';
import { type RiskInputs, riskLevel, riskScore, riskStatus } from './risk-score.rules.ts';
import type { StatusColour } from './status.rules.ts';

describe('the risk score', () => {
  it.each(
    textTable(`
      why                         | full bps | tripped | violations | flagged | players | score
      nothing at all              | 0        | 0       | 0          | 0       | 0       | 0
      full: 50                    | 10000    | 0       | 0          | 0       | 100     | 50
      half full: 25               | 5000     | 0       | 0          | 0       | 100     | 25
      a breaker: 10               | 0        | 1       | 0          | 0       | 100     | 10
      three: no more than 25      | 0        | 3       | 0          | 0       | 100     | 25
      twenty refusals: 1          | 0        | 0       | 20         | 0       | 100     | 1
      a thousand: no more than 15 | 0        | 0       | 1000       | 0       | 100     | 15
      one in a hundred flagged: 2 | 0        | 0       | 0          | 1       | 100     | 2
      half of them: 10 at most    | 0        | 0       | 0          | 50      | 100     | 10
      each adds to the others     | 5680     | 1       | 40         | 3       | 100     | 46
      everything                  | 10000    | 9       | 9999       | 9       | 9       | 100
    `),
  )('$why', (row) => {
    const [worst, tripped, violations, flagged, players] = ['full bps', 'tripped', 'violations', 'flagged', 'players'].map((name) =>
      Number(row[name]),
    );
    const inputs = { worstUtilisationBps: BigInt(worst ?? 0), trippedBreakers: tripped, violations, flagged, players } as RiskInputs;
    expect(riskScore(inputs)).toBe(Number(row['score']));
  });

  it('is a whole number from 0 to 100', () => {
    const count = fc.nat(100_000);
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10_000n }),
        count,
        count,
        count,
        count,
        (worstUtilisationBps, trippedBreakers, violations, flagged, others) => {
          const score = riskScore({ worstUtilisationBps, trippedBreakers, violations, flagged, players: flagged + others });
          expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true);
        },
      ),
    );
  });

  it.each([
    [0, 'low'],
    [29, 'low'],
    [30, 'moderate'],
    [59, 'moderate'],
    [60, 'high'],
    [79, 'high'],
    [80, 'critical'],
    [100, 'critical'],
  ] as const)('%i is %s', (score, level) => expect(riskLevel(score)).toBe(level));
});

describe('the status', () => {
  it.each(
    textTable(`
      worst  | tripped | global | status
      green  | 0       | no     | healthy
      green  | 1       | no     | warning
      green  | 1       | yes    | critical
      yellow | 0       | no     | warning
      yellow | 1       | yes    | critical
      red    | 0       | no     | critical
      red    | 1       | no     | critical
    `),
  )('$worst, $tripped tripped, the global one $global: $status', ({ worst, tripped, global, status }) => {
    expect(riskStatus(worst as StatusColour, Number(tripped), global === 'yes')).toBe(status);
  });
});
