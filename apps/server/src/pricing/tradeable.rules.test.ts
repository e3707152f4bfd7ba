import { CATEGORIES, type Category } from '@predictu/contract/shapes/category';
import { cents, price } from '@predictu/contract/units';
import { describe, expect, it } from 'vitest';
import { textTable } from '../../test/text-table.ts';
import { type MarketState, type MarketStatus, tradeability } from './tradeable.rules.ts';

const NOW = new Date('2026-03-19T12:00:00Z');
const ago = (milliseconds: number) => new Date(NOW.getTime() - milliseconds);
const MARKET: MarketState = {
  status: 'active',
  mid: price(6_200n),
  pricedAt: NOW,
  endAt: new Date('2026-04-01T00:00:00Z'),
  liquidity: cents(1_000_000n),
  category: 'sports',
};

const CHANGES: Record<string, (market: MarketState, value: string) => void> = {
  status: (market, value) => {
    market.status = value as MarketStatus;
  },
  category: (market, value) => {
    market.category = value as Category;
  },
  end: (market, value) => {
    market.endAt = value === 'none' ? null : ago(-1_000 * Number(value));
  },
  mid: (market, value) => {
    market.mid = value === 'none' ? null : price(BigInt(Math.round(Number(value) * 10_000)));
  },
  age: (market, value) => {
    market.pricedAt = value === 'none' ? null : ago(Math.round(1_000 * Number(value)));
  },
  liquidity: (market, value) => {
    market.liquidity = cents(BigInt(Math.round(100 * Number(value))));
  },
};

describe('tradeability', () => {
  it.each(
    textTable(`
      why                              | change                  | buy           | sell
      an ordinary market               | -                       | yes           | yes
      no end date                      | end none                | yes           | yes
      paused lets players out          | status paused           | paused        | yes
      paused and stale does not        | status paused, age 121  | paused        | stale
      resolved                         | status resolved         | resolved      | resolved
      cancelled                        | status cancelled        | cancelled     | cancelled
      resolved comes before stale      | status resolved, age 500| resolved      | resolved
      category not offered             | category crypto         | category      | yes
      a second before its end          | end 1                   | yes           | yes
      at its end                       | end 0                   | expired       | expired
      past its end                     | end -1                  | expired       | expired
      no price seen                    | mid none                | no_price      | no_price
      a price without a time           | age none                | no_price      | no_price
      30 s old is fresh                | age 30                  | yes           | yes
      older widens                     | age 30.001              | degraded      | degraded
      120 s old still trades           | age 120                 | degraded      | degraded
      older is suspended               | age 120.001             | stale         | stale
      a price from a second ahead      | age -1                  | yes           | yes
      lowest mid                       | mid 0.0100              | yes           | yes
      below the lowest                 | mid 0.0099              | out_of_bounds | yes
      highest mid                      | mid 0.9900              | yes           | yes
      above the highest                | mid 0.9901              | out_of_bounds | yes
      the last price there is          | mid 0.9999              | out_of_bounds | yes
      the first price there is         | mid 0.0001              | out_of_bounds | yes
      certain no                       | mid 0.0000              | out_of_bounds | out_of_bounds
      certain yes                      | mid 1.0000              | out_of_bounds | out_of_bounds
      least liquidity                  | liquidity 100           | yes           | yes
      a cent less                      | liquidity 99.99         | illiquid      | yes
    `),
  )('$why', ({ change = '', buy, sell }) => {
    const market: MarketState = { ...MARKET };
    for (const [name = '', value = ''] of change.split(', ').map((part) => part.split(' '))) CHANGES[name]?.(market, value);
    const judge = (side: 'buy' | 'sell') => {
      const judged = tradeability(market, { allowedCategories: ['sports', 'politics'], now: NOW, side });
      return judged.tradeable ? (judged.degraded ? 'degraded' : 'yes') : judged.reason;
    };
    expect({ buy: judge('buy'), sell: judge('sell') }).toEqual({ buy, sell });
  });

  it('asks about a buy unless told otherwise, and takes other bounds', () => {
    const rules = { allowedCategories: CATEGORIES, now: NOW };
    expect(tradeability({ ...MARKET, status: 'paused' }, rules)).toEqual({ tradeable: false, reason: 'paused' });
    expect(tradeability(MARKET, { ...rules, bounds: { low: price(6_201n), high: price(9_900n) } })).toEqual({
      tradeable: false,
      reason: 'out_of_bounds',
    });
  });
});
