/** What can be asked of the engine and what it answers. Money is cents, prices hundredths of a cent, shares hundredths. */
import type { Refusal } from '@predictu/contract/errors';
import type { Cents, Price, Shares } from '@predictu/contract/units';
import type { QuoteClaims } from '../pricing/quote.rules.ts';
import type { Receipt } from '../pricing/receipt.rules.ts';
import type { EndedCall } from '../wallet/trade-port.rules.ts';

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
  /** Who did it, as the ledger row names them. */
  actor: string;
  /** For the audit log; the simulator's own deposits have none. */
  audit?: { actor: readonly [kind: string, id: string]; requestId: string };
};
/** Rests until the price makes its limit true. */
export type LimitOrderOperation = Keyed & { kind: 'limit_order'; order: RestingFields };
/** What a limit order names. */
export type RestingFields = Pick<Order, 'marketId' | 'outcome' | 'side' | 'amount' | 'quantity'> & {
  limitPrice: Price;
  /** Null: until its market ends. */
  expiresAt: Date | null;
};
/** An operation about a limit order that is there. The key is `limitOrderKey(orderId)`: its status says whether it has ended. */
type OfLimitOrder = Keyed & { orderId: bigint; marketId: bigint; outcome: Outcome };
/** Looks at an order as things stand: executes it, ends it, or lets it rest. */
export type MatchOperation = OfLimitOrder & { kind: 'match' };
/** Its player no longer wants it. */
export type CancelOperation = OfLimitOrder & { kind: 'cancel' };
/** A trade that waits for its wallet. The key is `reservedKey(tradeId)`, and no row is kept of it: the trade's status says whether it ended. */
export type Reserved = Keyed & {
  tradeId: bigint;
  marketId: bigint;
  outcome: Outcome;
  /** How the debit ended, when that is still to be written. */
  ended?: EndedCall;
};
/** The wallet has paid for it. */
export type FillOperation = Reserved & { kind: 'fill' };
/** The wallet has refused it, or its debit was undone; `refusal` is what the player is told. */
export type ReleaseOperation = Reserved & { kind: 'release'; refusal: Refusal };
export type FinishingOperation = FillOperation | ReleaseOperation | MatchOperation | CancelOperation;
export type KeyedOperation = TradeOperation | TradesOperation | AdjustmentOperation | LimitOrderOperation;
export type Operation = KeyedOperation | FinishingOperation;

/** Who keeps the balance: we, the operator's own wallet, or nobody because no money moves. */
export type WalletMode = 'internal' | 'seamless' | 'shadow';

export type TradeResult = {
  /** 0 in a preview: nothing was written. */
  id: bigint;
  operatorId: bigint;
  playerId: bigint;
  marketId: bigint;
  outcome: Outcome;
  side: Side;
  status: 'pending' | 'filled' | 'cancelled';
  walletMode: WalletMode;
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
  /** Of the balance we keep: 0 with an outside wallet. */
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

/** pending: executed, and its trade waits for an outside wallet. */
export type LimitOrderStatus = 'open' | 'pending' | 'filled' | 'cancelled' | 'expired';
export type LimitOrder = RestingFields & {
  id: bigint;
  operatorId: bigint;
  playerId: bigint;
  /** The rate agreed when it was placed. */
  feeBps: number;
  /** Money set aside until it ends. */
  held: Cents;
  walletMode: WalletMode;
  status: LimitOrderStatus;
  tradeId: bigint | null;
  /** Why it ended unfilled; `refused` when `refusal` says why. */
  reason: string | null;
  refusal: Refusal | null;
  createdAt: Date;
  endedAt: Date | null;
};

export type Outcomes =
  | { trade: TradeResult }
  | { trades: TradeResult[] }
  | { adjustment: AdjustmentResult }
  /** `executed` when this operation was what filled it. */
  | { limitOrder: LimitOrder; executed?: TradeResult }
  | { refusal: Refusal };
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
export type ReadOrder = Order & {
  claims?: QuoteClaims | null;
  /** The limit order this executes: what it holds pays for it. */
  resting?: LimitOrder;
};

/** The name of what becomes of a pending trade. */
export const reservedKey = (tradeId: bigint): string => `reserved/${tradeId}`;

/** The name of what becomes of a limit order, and the key its trade is asked for under; it cannot be a client's key. */
export const limitOrderKey = (orderId: bigint): string => `order/${orderId}`;

/** The row that makes a quote single-use stands among the idempotency keys; its name cannot be a client's key. */
export const quoteKey = (quoteId: bigint): string => `quote/${quoteId}`;
