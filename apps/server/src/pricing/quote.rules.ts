/** A binding quote: a price the house stands by for a few seconds, for one player, one trade, once. */
import { type Refusal, refuse } from '@predictu/contract/errors';
import { type Cents, cents, type Price, price, type Shares, shares } from '@predictu/contract/units';
import type { Receipt } from './receipt.rules.ts';

export const QUOTE_LIFETIME_MS = 5_000;

/** What a quote is about: the trade it may be used for. A buy names an amount, a sale a quantity. */
export type QuotedOrder = {
  operatorId: bigint;
  playerId: bigint;
  marketId: bigint;
  outcome: 'yes' | 'no';
  side: 'buy' | 'sell';
  amount: Cents | null;
  quantity: Shares | null;
};

export type QuoteClaims = QuotedOrder & {
  /** Single use is kept by this id. */
  id: bigint;
  price: Price;
  /** Epoch milliseconds; from this instant on the quote is expired. */
  expiresAtMs: number;
  receipt: Receipt;
};

export const quoteExpiryMs = (now: Date): number => now.getTime() + QUOTE_LIFETIME_MS;

const SAME: readonly (keyof QuotedOrder)[] = ['operatorId', 'playerId', 'marketId', 'outcome', 'side', 'amount', 'quantity'];
const WIRE_NAMES: Record<keyof QuotedOrder, string> = {
  operatorId: 'operator',
  playerId: 'player',
  marketId: 'market_id',
  outcome: 'outcome',
  side: 'side',
  amount: 'amount_usd',
  quantity: 'quantity',
};

/** QUOTE_INVALID when the order is not the one quoted, QUOTE_EXPIRED from its expiry on; undefined when the price is binding. */
export function checkQuote(claims: QuoteClaims, order: QuotedOrder, now: Date): Refusal | undefined {
  const different = SAME.find((name) => claims[name] !== order[name]);
  if (different)
    return refuse('QUOTE_INVALID', `The quote is for another ${WIRE_NAMES[different]}`, {
      reason: 'mismatch',
      field: WIRE_NAMES[different],
    });
  if (now.getTime() >= claims.expiresAtMs) {
    return refuse('QUOTE_EXPIRED', 'The quote has expired', { expired_at: new Date(claims.expiresAtMs).toISOString() });
  }
  return undefined;
}

/** PRICE_CHANGED when the price is worse than the one the player accepted: a buyer never pays more, a seller never gets less. */
export function checkAcceptedPrice(side: 'buy' | 'sell', now: Price, accepted: Price | undefined): Refusal | undefined {
  if (accepted === undefined || (side === 'buy' ? now <= accepted : now >= accepted)) return undefined;
  return refuse('PRICE_CHANGED', 'The price is now worse than the one accepted', {
    price: Number(now) / 10_000,
    accepted_price: Number(accepted) / 10_000,
  });
}

/** The claims as text, to be signed. */
export const writeClaims = (claims: QuoteClaims): string =>
  JSON.stringify([
    1,
    String(claims.id),
    String(claims.operatorId),
    String(claims.playerId),
    String(claims.marketId),
    claims.outcome,
    claims.side,
    claims.amount === null ? null : String(claims.amount),
    claims.quantity === null ? null : String(claims.quantity),
    Number(claims.price),
    claims.expiresAtMs,
    claims.receipt,
  ]);

/** The claims a signed text holds; undefined for a text of another version. */
export function readClaims(text: string): QuoteClaims | undefined {
  const [version, id, operatorId, playerId, marketId, outcome, side, amount, quantity, at, expiresAtMs, receipt] = JSON.parse(text);
  if (version !== 1) return undefined;
  return {
    id: BigInt(id),
    operatorId: BigInt(operatorId),
    playerId: BigInt(playerId),
    marketId: BigInt(marketId),
    outcome,
    side,
    amount: amount === null ? null : cents(BigInt(amount)),
    quantity: quantity === null ? null : shares(BigInt(quantity)),
    price: price(BigInt(at)),
    expiresAtMs,
    receipt,
  };
}
