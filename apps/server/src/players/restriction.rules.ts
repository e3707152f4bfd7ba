/** Who may change what about a player: what the platform did, the operator does not undo. */
import { type Refusal, refuse } from '@predictu/contract/errors';
import type { Category } from '@predictu/contract/shapes/category';
import type { RestrictionsChange } from '@predictu/contract/shapes/player-change';
import type { Cents } from '@predictu/contract/units';

export type Side = 'platform' | 'operator';
export type Restrictions = {
  maxBet: Cents | null;
  allowedCategories: Category[] | null;
  blockedCategories: Category[];
  blockedMarkets: bigint[];
  cooldownUntil: Date | null;
};
export type Standing = {
  status: 'active' | 'inactive' | 'suspended';
  suspendedBy: Side | null;
  restrictedBy: Side | null;
  limitTier: 'new' | 'regular' | 'vip';
  restrictions: Restrictions;
};

const kept = <T>(sent: T | undefined, before: T): T => (sent === undefined ? before : sent);

const isOpen = ({ maxBet, allowedCategories, blockedCategories, blockedMarkets, cooldownUntil }: Restrictions): boolean =>
  maxBet === null && allowedCategories === null && blockedCategories.length === 0 && blockedMarkets.length === 0 && cooldownUntil === null;

/** The restrictions after a change: what was not sent stays. */
export function restrict(standing: Standing, by: Side, change: Omit<RestrictionsChange, 'reason'>): Standing | Refusal {
  if (by === 'operator' && standing.restrictedBy === 'platform') {
    return refuse('CONFLICT', 'The platform holds the restrictions of this user', { reason: 'held_by_platform' });
  }
  const before = standing.restrictions;
  const restrictions: Restrictions = {
    maxBet: kept(change.max_bet_usd, before.maxBet),
    allowedCategories: kept(change.allowed_categories, before.allowedCategories),
    blockedCategories: kept(change.blocked_categories, before.blockedCategories),
    blockedMarkets: kept(change.blocked_markets, before.blockedMarkets),
    cooldownUntil: kept(change.cooldown_until, before.cooldownUntil),
  };
  return { ...standing, restrictions, restrictedBy: isOpen(restrictions) ? null : by };
}

/** The platform may take over a suspension of the operator's. */
export function suspend(standing: Standing, by: Side): Standing | Refusal {
  if (standing.status === 'suspended' && (by === 'operator' || standing.suspendedBy === 'platform')) {
    return refuse('CONFLICT', 'The user is suspended already', { reason: 'suspended', suspended_by: standing.suspendedBy });
  }
  return { ...standing, status: 'suspended', suspendedBy: by };
}

export function reinstate(standing: Standing, by: Side): Standing | Refusal {
  if (standing.status !== 'suspended')
    return refuse('CONFLICT', 'The user is not suspended', { reason: 'not_suspended', status: standing.status });
  if (by === 'operator' && standing.suspendedBy === 'platform') {
    return refuse('CONFLICT', 'The platform suspended this user', { reason: 'held_by_platform' });
  }
  return { ...standing, status: 'active', suspendedBy: null };
}
