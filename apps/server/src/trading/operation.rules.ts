/** What can be asked of the engine and what it answers. Money is cents, prices hundredths of a cent, shares hundredths. */
import type { Refusal } from '@predictu/contract/errors';
import type { Cents, Price, Shares } from '@predictu/contract/units';
import type { QuoteClaims } from '../pricing/quote.rules.ts';
import type { Receipt } from '../pricing/receipt.rules.ts';

export type Outcome = 'yes' | 'no';
export type Side = 'buy' | 'sell';

export type Order = {
  marketId: bigint;
  outcome: Outcome;
  side: Side;
  /** A buy names what it spends at most, before the fee. */
  amount?: Cents;
  /** A sale names what it sells. */
  quantity?: Shares;
  /** A signed quote; it executes at its price, once. */
  quote?: string;
  /** The worst price accepted. With neither quote nor limit the order executes at the price of the moment. */
  limitPrice?: Price;
};

type Keyed = {
  operatorId: bigint;
  playerId: bigint;
  /** Idempotency key, `[A-Za-z0-9._:-]{1,128}`. */
  key: string;
  /** 32 hex digits over everything that makes two requests the same. */
  bodyHash: string;
};
export type TradeOperation = Keyed & { kind: 'trade'; order: Order };
export type TradesOperation = Keyed & { kind: 'trades'; orders: readonly Order[] };
export type AdjustmentOperation = Keyed & {
  kind: 'adjustment';
  action: 'deposit' | 'withdraw';
  amount: Cents;
  reason: string;
  metadata: Record<string, unknown> | null;
  /** Who did it, as the audit log names them. */
  actor: string;
};
export type Operation = TradeOperation | TradesOperation | AdjustmentOperation;

export type TradeResult = {
  /** 0 in a preview: nothing was written. */
  id: bigint;
  operatorId: bigint;
  playerId: bigint;
  marketId: bigint;
  outcome: Outcome;
  side: Side;
  status: 'pending' | 'filled' | 'cancelled';
  price: Price;
  /** Of the outcome traded. */
  mid: Price;
  quantity: Shares;
  /** Cost or proceeds, before the fee. */
  amount: Cents;
  fee: Cents;
  /** Spread revenue. */
  spread: Cents;
  /** Of a sale; null for a buy. */
  realizedPnl: Cents | null;
  balanceAfter: Cents;
  receipt: Receipt;
  createdAt: Date;
};

export type AdjustmentResult = {
  ledgerEntryId: bigint;
  action: 'deposit' | 'withdraw';
  amount: Cents;
  /** Charged on a withdrawal, beside the amount, as its own ledger row. */
  fee: Cents;
  balanceBefore: Cents;
  balanceAfter: Cents;
  createdAt: Date;
};

export type Outcomes = { trade: TradeResult } | { trades: TradeResult[] } | { adjustment: AdjustmentResult } | { refusal: Refusal };
export type Answer = { replayed: boolean } & Outcomes;

/** A quote is asked for what a trade would be: an order without a quote or limit of its own. */
export type QuoteRequest = { operatorId: bigint; playerId: bigint; order: Omit<Order, 'quote' | 'limitPrice'> };
export type Quote = {
  id: bigint;
  token: string;
  price: Price;
  mid: Price;
  quantity: Shares;
  /** Cost or proceeds, before the fee. */
  amount: Cents;
  fee: Cents;
  expiresAt: Date;
  receipt: Receipt;
};

/** An order whose quote has been read: `claims` is null when the token was altered or is not ours. */
export type ReadOrder = Order & { claims?: QuoteClaims | null };

/** The row that makes a quote single-use stands among the idempotency keys; its name cannot be a client's key. */
export const quoteKey = (quoteId: bigint): string => `quote/${quoteId}`;
