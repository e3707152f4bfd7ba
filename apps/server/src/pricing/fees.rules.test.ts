import { cents, price, shares } from '@predictu/contract/units';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textTable } from '../../test/text-table.ts';
import { costBasisOf, costOf, feeOf, proceedsOf, quantityFor, spreadRevenue } from './fees.rules.ts';

const cell = (text: string | undefined) => BigInt(Math.round(Number((text ?? '').replaceAll(/[$,]/g, '')) * 100));
const points = (text: string | undefined) => price(BigInt(Math.round(Number(text) * 10_000)));

const anyPrice = fc.bigInt({ min: 1n, max: 9_999n }).map(price);
const anyQuantity = fc.oneof(fc.bigInt({ min: 1n, max: 1_000n }), fc.bigInt({ min: 1n, max: 10n ** 14n })).map(shares);
const anyAmount = fc.oneof(fc.bigInt({ min: 0n, max: 1_000n }), fc.bigInt({ min: 0n, max: 10n ** 14n })).map(cents);
const anyBps = fc.integer({ min: 0, max: 10_000 });

describe('amounts of a buy', () => {
  it.each(
    textTable(`
      why                                   | amount    | ask    | quantity | cost      | fee at 50 bps
      goes in evenly                        | $50.00    | 0.5000 | 100.00   | $50.00    | $0.25
      quantity down, cost up                | $50.00    | 0.6457 | 77.43    | $50.00    | $0.25
      what does not buy a hundredth is kept | $0.99     | 0.9999 | 0.99     | $0.99     | $0.00
      a cent buys a hundredth at most       | $0.01     | 0.9999 | 0.01     | $0.01     | $0.00
      the cheapest share                    | $0.01     | 0.0001 | 100.00   | $0.01     | $0.00
      cost below the amount                 | $1.00     | 0.3333 | 3.00     | $1.00     | $0.01
      a long price                          | $1,000.00 | 0.7777 | 1285.84  | $1,000.00 | $5.00
      nothing                               | $0.00     | 0.5000 | 0.00     | $0.00     | $0.00
    `),
  )('$why: $amount at $ask', (row) => {
    const ask = points(row['ask']);
    const quantity = quantityFor(cents(cell(row['amount'])), ask);
    const cost = costOf(ask, quantity);
    expect([quantity, cost, feeOf(cost, 50)]).toEqual([cell(row['quantity']), cell(row['cost']), cell(row['fee at 50 bps'])]);
  });

  it('the cost never exceeds the amount, and one hundredth of a share more would', () => {
    fc.assert(
      fc.property(anyAmount, anyPrice, (amount, ask) => {
        const quantity = quantityFor(amount, ask);
        expect(costOf(ask, quantity)).toBeLessThanOrEqual(amount);
        expect(costOf(ask, shares(quantity + 1n))).toBeGreaterThan(amount);
      }),
    );
  });
});

describe('remainders', () => {
  it('cost is the exact product rounded up, proceeds the same rounded down: less than a cent apart', () => {
    fc.assert(
      fc.property(anyPrice, anyQuantity, (at, quantity) => {
        const exact = at * quantity;
        const over = costOf(at, quantity) * 10_000n - exact;
        const under = exact - proceedsOf(at, quantity) * 10_000n;
        expect(over >= 0n && over < 10_000n && under >= 0n && under < 10_000n).toBe(true);
      }),
    );
  });

  it.each(
    textTable(`
      amount  | bps | fee
      $1.00   | 49  | $0.00
      $1.00   | 50  | $0.01
      $1.00   | 149 | $0.01
      $1.00   | 150 | $0.02
      $100.00 | 50  | $0.50
      $0.99   | 50  | $0.00
      $100.00 | 0   | $0.00
    `),
  )('a fee of $bps bps on $amount is $fee: half a cent rounds up', ({ amount, bps, fee }) => {
    expect(feeOf(cents(cell(amount)), Number(bps))).toBe(cell(fee));
  });

  it('a fee is at most half a cent from exact, half up', () => {
    fc.assert(
      fc.property(anyAmount, anyBps, (amount, bps) => {
        const off = feeOf(amount, bps) * 10_000n - amount * BigInt(bps);
        expect(off > -5_000n && off <= 5_000n).toBe(true);
      }),
    );
  });
});

describe('spread revenue', () => {
  it.each(
    textTable(`
      price  | mid    | quantity | revenue
      0.6457 | 0.6200 | 77.43    | $1.99
      0.6047 | 0.6200 | 77.43    | $1.18
      0.6200 | 0.6200 | 77.43    | $0.00
      0.5050 | 0.5000 | 1.00     | $0.01
      0.5049 | 0.5000 | 1.00     | $0.00
    `),
  )('|$price - $mid| x $quantity = $revenue', ({ price: at, mid, quantity, revenue }) => {
    expect(spreadRevenue(points(at), points(mid), shares(cell(quantity)))).toBe(cell(revenue));
  });

  it('is the same above and below the mid', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 3_000n, max: 7_000n }).map(price),
        fc.bigInt({ min: 0n, max: 2_999n }),
        anyQuantity,
        (mid, by, quantity) => {
          expect(spreadRevenue(price(mid + by), mid, quantity)).toBe(spreadRevenue(price(mid - by), mid, quantity));
        },
      ),
    );
  });
});

describe('cost basis', () => {
  it('rounds down for a part; the last sale takes what is left', () => {
    expect(costBasisOf(cents(1_000n), shares(100n), shares(300n))).toBe(333n);
    expect(costBasisOf(cents(667n), shares(200n), shares(200n))).toBe(667n);
  });

  it('whatever the order of partial sales, the parts add up to the cost', () => {
    fc.assert(
      fc.property(anyAmount, fc.array(fc.bigInt({ min: 1n, max: 10n ** 9n }), { minLength: 1, maxLength: 12 }), (cost, sales) => {
        let held = sales.reduce((sum, sold) => sum + sold, 0n);
        let left: bigint = cost;
        for (const sold of sales) {
          left -= costBasisOf(cents(left), shares(sold), shares(held));
          held -= sold;
          expect(left).toBeGreaterThanOrEqual(0n);
        }
        expect([held, left]).toEqual([0n, 0n]);
      }),
    );
  });
});
