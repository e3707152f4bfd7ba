/** One request made to an operator's wallet, as it is kept. */
import type { CallbackMethod } from '@predictu/contract/shapes/callback-answer';

export type AttemptOutcome = 'confirmed' | 'duplicate' | 'refused' | 'unknown' | 'unsent';
export type Attempt = {
  operatorId: bigint;
  id: bigint;
  /** Null for a PING or BALANCE. */
  callId: bigint | null;
  method: CallbackMethod;
  url: string;
  /** The body; of a call null, because the call holds it. */
  request: string | null;
  httpStatus: number | null;
  answer: string | null;
  outcome: AttemptOutcome;
  detail: string | null;
  milliseconds: number;
  at: Date;
};
