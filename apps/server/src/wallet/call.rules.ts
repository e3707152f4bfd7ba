/** What an operation towards an operator's wallet is, and the bytes it is asked with. Money is cents, which are the wallet's minor units. */
import { encodeId } from '@predictu/contract/ids';
import type { CallbackMethod } from '@predictu/contract/shapes/callback-answer';
import type { WalletCallStatus } from '@predictu/contract/shapes/wallet-call';
import type { Cents, Price, Shares } from '@predictu/contract/units';

export type Method = CallbackMethod;
export type MoneyMethod = Exclude<Method, 'PING' | 'BALANCE'>;
export type CallStatus = WalletCallStatus;

/** A row to write with the fact it announces. */
export type NewCall = {
  /** Names the call in its operator; becomes `txn_…` and `req_…`. Of a BET_MAKE or BET_SELL: the id of its trade. */
  id: bigint;
  operatorId: bigint;
  method: MoneyMethod;
  playerId: bigint;
  marketId: bigint;
  tradeId: bigint | null;
  positionId: bigint | null;
  settlementId: bigint | null;
  /** The BET_MAKE this belongs to, as the id of its call; null for a BET_MAKE. */
  referenceId: bigint | null;
  /** What moves; of a BET_LOSE, where nothing moves, the stake that is lost. */
  amount: Cents;
  createdAt: Date;
  /** Until then whoever wrote the row delivers it at once; null leaves it to the queue. */
  claimedUntil: Date | null;
  /** When it may first be asked; at once when absent. */
  dueAt?: Date;
};

/** A trade as the wallet is told of it. */
export type Bet = {
  tradeId: bigint;
  marketId: bigint;
  marketTitle: string;
  category: string;
  outcome: string;
  price: Price;
  quantity: Shares;
  fee: Cents;
};

/** The wallet's name of a call. */
export const transactionIdOf = (callId: bigint): string => encodeId('transaction', callId);
/** The idempotency key of a call: the same on every attempt. */
export const requestIdOf = (callId: bigint): string => encodeId('request', callId);

/** What a request says, beyond the call itself. */
export type Told = {
  externalId: string;
  currency: string;
  /** Of a BET_MAKE or BET_SELL. */
  bet: Bet | null;
};
type Asked = Pick<NewCall, 'id' | 'method' | 'amount' | 'referenceId' | 'positionId' | 'settlementId'>;

/** A JSON number; exact, because amounts are bounded far below 2^53. */
const whole = (value: bigint): number => Number(value);

const betOf = (bet: Bet) => ({
  trade_id: encodeId('trade', bet.tradeId),
  market_id: encodeId('market', bet.marketId),
  market_title: bet.marketTitle,
  category: bet.category,
  outcome: bet.outcome,
  price: whole(bet.price) / 10_000,
  quantity: whole(bet.quantity) / 100,
  fee: whole(bet.fee),
});

/** The parameters of a call, in the order they are sent. */
export function paramsOf(call: Asked, { externalId, currency, bet }: Told): Record<string, unknown> {
  const reference = call.referenceId === null ? {} : { reference_id: transactionIdOf(call.referenceId) };
  const closing =
    call.positionId === null || call.settlementId === null
      ? {}
      : { position_id: encodeId('position', call.positionId), settlement_id: encodeId('settlement', call.settlementId) };
  return {
    player_id: externalId,
    currency,
    transaction_id: transactionIdOf(call.id),
    ...(call.method !== 'BET_LOSE' && { amount: whole(call.amount) }),
    ...reference,
    ...closing,
    ...(call.method === 'BET_LOSE' && { stake: whole(call.amount) }),
    ...(bet && (call.method === 'BET_MAKE' || call.method === 'BET_SELL') && { bet: betOf(bet) }),
  };
}

/** The body of a request: the same text on every attempt, because `timestamp` is when the operation was decided. */
export const bodyOf = (
  { id, operatorId, method, createdAt }: { id: bigint; operatorId: bigint; method: Method; createdAt: Date },
  params: Record<string, unknown>,
): string =>
  JSON.stringify({
    method,
    timestamp: createdAt.toISOString(),
    request_id: requestIdOf(id),
    operator_id: encodeId('operator', operatorId),
    params,
  });
