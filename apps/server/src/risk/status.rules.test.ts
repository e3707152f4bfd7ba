import { cents } from '@predictu/contract/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textTable } from '../../test/text-table.ts';
import { statusColour, turned, utilisationBps } from './status.rules.ts';

describe('utilisation', () => {
  it.each(
    textTable(`
      exposure | limit | bps   | colour
      0        | 1000  | 0     | green
      1        | 1000  | 10    | green
      1        | 30000 | 0     | green
      599      | 1000  | 5990  | green
      600      | 1000  | 6000  | yellow
      899      | 1000  | 8990  | yellow
      900      | 1000  | 9000  | red
      999      | 1000  | 9990  | red
      1000     | 1000  | 10000 | red
      1500     | 1000  | 10000 | red
      0        | 0     | 10000 | red
      5        | none  | 0     | green
      -5       | 1000  | 0     | green
    `),
  )('$exposure of $limit is $bps: $colour', ({ exposure = '', limit = '', bps, colour }) => {
    const utilisation = utilisationBps(BigInt(exposure), limit === 'none' ? null : cents(BigInt(limit)));
    expect([utilisation, statusColour(utilisation)]).toEqual([BigInt(bps ?? ''), colour]);
  });

  it('never falls when the exposure grows, and stays within 0 and full', () => {
    const amount = fc.bigInt({ min: -10n, max: 10n ** 12n });
    fc.assert(
      fc.property(amount, fc.bigInt({ min: 0n, max: 10n ** 9n }), amount, (exposure, more, limit) => {
        const before = utilisationBps(exposure, cents(limit));
        const after = utilisationBps(exposure + more, cents(limit));
        expect(0n <= before && before <= after && after <= 10_000n).toBe(true);
      }),
    );
  });
});

describe('a limit turns', () => {
  it.each(
    textTable(`
      before | after | turns
      5999   | 6000  | yellow
      6000   | 8999  | -
      8999   | 9000  | red
      5999   | 9000  | red
      9000   | 10000 | -
      0      | 5999  | -
      9000   | 8999  | -
      6000   | 5999  | -
      9000   | 6500  | -
    `),
  )('from $before to $after: $turns', ({ before = '', after = '', turns }) => {
    expect(turned(BigInt(before), BigInt(after)) ?? '-').toBe(turns);
  });
});
