/** What wallet and trading tell each other. Money is cents. */
import type { Cents } from '@predictu/contract/units';
import type { Attempt } from './attempt.rules.ts';
import type { Bet, CallStatus, MoneyMethod, NewCall } from './call.rules.ts';
import type { Reason, Step } from './delivery.rules.ts';

/** An operation whose end is known. */
export type SettledCall = {
  operatorId: bigint;
  id: bigint;
  method: MoneyMethod;
  playerId: bigint;
  tradeId: bigint;
  amount: Cents;
  /** The balance the wallet answered; null when it named none. */
  balance: Cents | null;
  /** When the answer came. */
  answeredAt: Date;
};

/** Why a reserved buy is given back. WALLET_UNREACHABLE: the request never left. WALLET_TIMEOUT: no usable answer in time; the debit has been undone. */
export type ReleaseReason = Reason;

/** A debit that is being written, with all that its request says. */
export type FreshCall = { call: NewCall; externalId: string; bet: Bet };

/** The end of a debit that has just been asked, to be written with what follows from it. */
export type EndedCall = Pick<Step, 'attempts' | 'reached' | 'reason'> & {
  operatorId: bigint;
  id: bigint;
  status: 'confirmed' | 'refused';
  /** What the call had when it was asked: with another number somebody else has recorded an attempt since. */
  attemptsBefore: number;
  params: Record<string, unknown> | null;
  answer: object | null;
  balance: Cents | null;
  /** Null when it ended without being asked. */
  attempt: Attempt | null;
  at: Date;
};

/**
 * What follows from the answer to a BET_MAKE; trading carries it out. `fill` and `release` may be called again for the same trade and must
 * then change nothing. When one throws, it is called again later.
 */
export type TradePort = {
  /**
   * Fills or releases the trade and writes the end of its call in the same commit. False: the call was no longer open or its trade is not there,
   * and nothing was changed. When it throws, both or neither may have been done.
   */
  end(ended: EndedCall, call: SettledCall): Promise<boolean>;
  /** The debit is confirmed: pending becomes filled. */
  fill(tradeId: bigint, call: SettledCall): Promise<void>;
  /** The debit was refused or undone: pending becomes cancelled. */
  release(tradeId: bigint, reason: ReleaseReason, call: SettledCall): Promise<void>;
};

/** How a delivery stands after its first attempt. */
export type Delivery = { status: CallStatus; balance: Cents | null; reason: ReleaseReason | null };
