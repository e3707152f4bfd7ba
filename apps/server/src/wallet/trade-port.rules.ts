/** What wallet and trading tell each other. Money is cents. */
import type { Cents } from '@predictu/contract/units';
import type { CallStatus, MoneyMethod } from './call.rules.ts';
import type { Reason } from './delivery.rules.ts';

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

/**
 * What follows from the answer to a BET_MAKE; trading carries it out. Both may be called again for the same trade and must then change
 * nothing. When one throws, it is called again later.
 */
export type TradePort = {
  /** The debit is confirmed: pending becomes filled. */
  fill(tradeId: bigint, call: SettledCall): Promise<void>;
  /** The debit was refused or undone: pending becomes cancelled. */
  release(tradeId: bigint, reason: ReleaseReason, call: SettledCall): Promise<void>;
};

/** How a delivery stands after its first attempt. */
export type Delivery = { status: CallStatus; balance: Cents | null; reason: ReleaseReason | null };
