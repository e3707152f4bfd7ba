import { cents, price, shares } from '@predictu/contract/units';
import { beforeAll, describe, expect, it } from 'vitest';
import { QUIET } from '../../test/pricing-inputs.ts';
import { quoteSigner } from './pricing.ts';
import {
  checkAcceptedPrice,
  checkQuote,
  QUOTE_LIFETIME_MS,
  type QuoteClaims,
  type QuotedOrder,
  quoteExpiryMs,
  readClaims,
  writeClaims,
} from './quote.rules.ts';
import { makeReceipt } from './receipt.rules.ts';
import { priceMarket } from './spread.rules.ts';

const NOW = new Date('2026-03-19T12:00:00Z');
const later = (milliseconds: number) => new Date(NOW.getTime() + milliseconds);
const ORDER: QuotedOrder = {
  operatorId: 1n,
  playerId: 2n,
  marketId: 9_007_199_254_740_993n,
  outcome: 'yes',
  side: 'buy',
  amount: cents(5_000n),
  quantity: null,
};
const CLAIMS: QuoteClaims = {
  ...ORDER,
  id: 44n,
  price: price(6_300n),
  expiresAtMs: quoteExpiryMs(NOW),
  receipt: makeReceipt({ snapshotId: 7n, inputs: QUIET, quoted: priceMarket(QUIET), outcome: 'yes', side: 'buy', walls: [] }),
};

describe('a quote', () => {
  it('binds for five seconds, for the order it was made for', () => {
    expect(QUOTE_LIFETIME_MS).toBe(5_000);
    expect(checkQuote(CLAIMS, ORDER, NOW)).toBeUndefined();
    expect(checkQuote(CLAIMS, ORDER, later(4_999))).toBeUndefined();
    expect(checkQuote(CLAIMS, ORDER, later(5_000))).toEqual({
      refused: 'QUOTE_EXPIRED',
      message: 'The quote has expired',
      details: { expired_at: '2026-03-19T12:00:05.000Z' },
    });
  });

  const others: [string, Partial<QuotedOrder>][] = [
    ['operator', { operatorId: 3n }],
    ['player', { playerId: 3n }],
    ['market_id', { marketId: 3n }],
    ['outcome', { outcome: 'no' }],
    ['side', { side: 'sell' }],
    ['amount_usd', { amount: cents(5_001n) }],
    ['amount_usd', { amount: null }],
    ['quantity', { quantity: shares(1n) }],
  ];
  it.each(others)('is no quote for another %s, expired or not', (field, change) => {
    const refusal = { refused: 'QUOTE_INVALID', message: `The quote is for another ${field}`, details: { reason: 'mismatch', field } };
    expect(checkQuote(CLAIMS, { ...ORDER, ...change }, NOW)).toEqual(refusal);
    expect(checkQuote(CLAIMS, { ...ORDER, ...change }, later(60_000))).toEqual(refusal);
  });

  it('survives as text, of this version only', () => {
    const sale: QuoteClaims = { ...CLAIMS, side: 'sell', amount: null, quantity: shares(150n) };
    expect(readClaims(writeClaims(CLAIMS))).toEqual(CLAIMS);
    expect(readClaims(writeClaims(sale))).toEqual(sale);
    expect(readClaims(writeClaims(CLAIMS).replace('[1,', '[2,'))).toBeUndefined();
  });
});

describe('the accepted price', () => {
  it.each([
    ['buy', 6_300n, 6_300n, true],
    ['buy', 6_299n, 6_300n, true],
    ['buy', 6_301n, 6_300n, false],
    ['sell', 6_100n, 6_100n, true],
    ['sell', 6_101n, 6_100n, true],
    ['sell', 6_099n, 6_100n, false],
    ['buy', 9_999n, undefined, true],
  ] as const)('%s at %s with %s accepted: %s', (side, now, accepted, fine) => {
    const refusal = checkAcceptedPrice(side, price(now), accepted === undefined ? undefined : price(accepted));
    if (fine) expect(refusal).toBeUndefined();
    else {
      expect(refusal).toEqual({
        refused: 'PRICE_CHANGED',
        message: 'The price is now worse than the one accepted',
        details: { price: Number(now) / 10_000, accepted_price: Number(accepted) / 10_000 },
      });
    }
  });
});

describe('a signed quote', () => {
  const { signQuote, readQuote } = quoteSigner('an instance secret');
  let token = '';
  beforeAll(() => {
    token = signQuote(CLAIMS);
  });

  it('reads back what was signed, under the same secret only', () => {
    expect(readQuote(token)).toEqual(CLAIMS);
    expect(quoteSigner('an instance secret').readQuote(token)).toEqual(CLAIMS);
    expect(quoteSigner('another secret').readQuote(token)).toBeUndefined();
  });

  it('is refused when any character of it changes', () => {
    for (let index = 0; index < token.length; index += 1) {
      const altered = `${token.slice(0, index)}${token[index] === 'A' ? 'Q' : 'A'}${token.slice(index + 1)}`;
      expect(readQuote(altered)).toBeUndefined();
    }
  });

  it('has one spelling: no padding, nothing before or behind, no other alphabet', () => {
    for (const other of ['', '.', token.slice(0, -1), token.slice(0, 40), `${token}=`, `${token}.x`, `${token}${token}`, ` ${token}`]) {
      expect(readQuote(other)).toBeUndefined();
    }
  });

  it('tells nobody what the price was made of', () => {
    expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain('receipt');
    expect(quoteSigner('an instance secret').signQuote(CLAIMS)).not.toBe(token);
  });
});
