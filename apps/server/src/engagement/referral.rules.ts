/** Referral codes, and who may redeem one. */
import { type Refusal, refuse } from '@predictu/contract/errors';
import type { Cents } from '@predictu/contract/units';

export type Terms = { referrer_bonus_usd: Cents; referred_bonus_usd: Cents; qualifying_trade_usd: Cents; most_per_player: number };
export type Standing = {
  /** The terms in force; null without any, or where the balances are kept outside. */
  terms: Terms | null;
  code: string | null;
  trade_count: number;
  redeemed: boolean;
  referred: bigint;
  rewarded: bigint;
  earned: Cents;
};

/** Without letters and digits that look alike. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/** The code these random bytes name. */
export const codeOf = (bytes: Uint8Array): string => [...bytes.slice(0, LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');

/** As it is stored, however it was typed. */
export const normalCode = (text: string): string => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');

type Redeeming = { standing: Standing; playerId: bigint; referrerId: bigint | undefined; referrer: Standing | undefined };

/** The terms a player comes under with a code, or why it does not. */
export function redeemable({ standing, playerId, referrerId, referrer }: Redeeming): Terms | Refusal {
  const { terms } = standing;
  if (!terms) return refuse('CONFLICT', 'There is nothing to earn here', { reason: 'no_terms' });
  if (referrerId === undefined || !referrer) return refuse('NOT_FOUND', 'There is no such code');
  if (referrerId === playerId) return refuse('CONFLICT', 'This is your own code', { reason: 'own_code' });
  if (standing.redeemed) return refuse('CONFLICT', 'A code was redeemed before', { reason: 'redeemed' });
  if (standing.trade_count > 0) return refuse('CONFLICT', 'A code counts before the first trade', { reason: 'has_traded' });
  if (referrer.referred >= BigInt(terms.most_per_player)) return refuse('CONFLICT', 'This code is used up', { reason: 'used_up' });
  return terms;
}
