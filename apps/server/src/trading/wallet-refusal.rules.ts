/** What a player is told when the wallet would not pay for a bet. */
import { type Refusal, refuse } from '@predictu/contract/errors';
import type { Reason } from '../wallet/delivery.rules.ts';

/** INSUFFICIENT_BALANCE, PLAYER_RESTRICTED or WALLET_UNAVAILABLE; the wallet's own word is in `details.reason`. */
export function walletRefusal({ code }: Pick<Reason, 'code'>): Refusal {
  const reason = code.toLowerCase();
  switch (code) {
    case 'INSUFFICIENT_FUNDS':
      return refuse('INSUFFICIENT_BALANCE', 'The balance does not cover cost and fee', { reason });
    case 'PLAYER_NOT_FOUND':
    case 'PLAYER_BLOCKED':
    case 'LIMIT_EXCEEDED':
      return refuse('PLAYER_RESTRICTED', "The operator's wallet refuses the bet", { reason });
    default:
      return refuse('WALLET_UNAVAILABLE', "The operator's wallet gave no usable answer; the bet is void and nothing was paid", { reason });
  }
}
