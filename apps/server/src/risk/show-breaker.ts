/** A breaker as the contract shows it. */
import type { listBreakers } from '@predictu/contract/admin/risk';
import { encodeId, type Id } from '@predictu/contract/ids';
import type { Category } from '@predictu/contract/shapes/category';
import type { PlatformConfig } from '@predictu/contract/shapes/platform-config';
import type { Cents } from '@predictu/contract/units';
import type { z } from 'zod';
import type { BreakerRow } from './breaker.sql.ts';
import type { Breaker } from './breakers.rules.ts';
import { percentOf } from './exposure.rules.ts';

export type ShownBreaker = z.output<typeof listBreakers.answer>['data'][number];

export const breakerOf = (row: BreakerRow): Breaker => ({
  id: row.id,
  scope: row.scope,
  operatorId: row.operator_id,
  category: row.category,
  marketId: row.market_id,
  triggerType: row.trigger_type,
  triggerThreshold: row.trigger_threshold === null ? null : Number(row.trigger_threshold),
  status: row.status,
  cooldownMinutes: row.cooldown_minutes,
  autoReset: row.auto_reset,
  trippedAt: row.tripped_at,
  resetAt: row.reset_at,
  tripReason: row.trip_reason,
});

export function limitOf(row: Pick<BreakerRow, 'scope' | 'category' | 'operator_limit'>, { risk }: PlatformConfig): Cents | null {
  switch (row.scope) {
    case 'global':
      return risk.global_exposure_limit_usd;
    case 'category':
      return risk.category_limits[row.category as Category] ?? null;
    case 'market':
      return risk.per_market_max_usd;
    case 'operator':
      return row.operator_limit;
  }
}

function scopeOf(row: BreakerRow): { id: string | null; label: string } {
  switch (row.scope) {
    case 'global':
      return { id: null, label: 'Global' };
    case 'category':
      return { id: row.category, label: row.category ?? '' };
    case 'market':
      return { id: encodeId('market', row.market_id as Id<'market'>), label: row.market_title ?? '' };
    case 'operator':
      return { id: encodeId('operator', row.operator_id as Id<'operator'>), label: row.operator_name ?? '' };
  }
}

/** `shared` scopes hold other operators' exposure too: an operator does not see how full they are. */
export function showBreaker(row: BreakerRow, config: PlatformConfig, seeShared = true): ShownBreaker {
  const scope = scopeOf(row);
  const visible = seeShared || row.scope === 'operator';
  return {
    id: row.id,
    scope: row.scope,
    scope_id: scope.id,
    scope_label: scope.label,
    trigger_type: row.trigger_type,
    trigger_threshold: row.trigger_threshold === null ? null : Number(row.trigger_threshold),
    follows_platform: row.follows_platform,
    current_value: visible ? percentOf(row.exposure, limitOf(row, config)) : null,
    status: row.status,
    cooldown_minutes: row.cooldown_minutes,
    auto_reset: row.auto_reset,
    tripped_at: row.tripped_at,
    trip_reason: row.trip_reason,
    reset_at: row.reset_at,
    created_by: row.created_by,
    created_at: row.created_at,
  };
}
