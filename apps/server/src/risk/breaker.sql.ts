/** Circuit breakers as people list and change them. The batch trips and resets them by itself in its own statements. */

import type { Id } from '@predictu/contract/ids';
import { CATEGORIES } from '@predictu/contract/shapes/category';
import type { Cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import type { Breaker, BreakerScope } from './breakers.rules.ts';

export type BreakerRow = {
  id: Id<'breaker'>;
  scope: BreakerScope;
  operator_id: Id<'operator'> | null;
  category: string | null;
  market_id: Id<'market'> | null;
  trigger_type: 'exposure_pct' | 'manual';
  trigger_threshold: number | bigint | null;
  follows_platform: boolean;
  status: 'armed' | 'tripped' | 'disarmed';
  cooldown_minutes: number;
  auto_reset: boolean;
  tripped_at: Date | null;
  reset_at: Date | null;
  trip_reason: string | null;
  created_by: string;
  created_at: Date;
  market_title: string | null;
  operator_name: string | null;
  operator_limit: Cents | null;
  exposure: bigint;
};

/** Every breaker the caller may see, newest first, with the exposure of its scope. `id` picks one. */
export const selectBreakers = (db: Db, id?: bigint): Promise<BreakerRow[]> =>
  db.query<BreakerRow>(
    `select b.*, m.title as market_title, o.name as operator_name, o.exposure_limit_cents as operator_limit,
       coalesce(e.yes_shares + e.no_shares, 0) as exposure
     from circuit_breakers b
     left join markets m on m.id = b.market_id
     left join operators o on o.id = b.operator_id
     left join exposure e on e.operator_id = coalesce(b.operator_id, 0)
       and e.scope = case b.scope when 'category' then 1 when 'market' then 2 else 0 end
       and e.key = case b.scope when 'category' then array_position($1::text[], b.category) - 1 when 'market' then b.market_id else 0 end
     where $2::bigint is null or b.id = $2
     order by b.id desc`,
    [CATEGORIES, id ?? null],
    'breakers',
  );

/** Who made the breaker every installation begins with. */
export const INSTALLATION = 'installation';

export async function hasInstalledBreaker(db: Db): Promise<boolean> {
  const [row] = await db.query<{ there: boolean }>('select exists (select from circuit_breakers where created_by = $1) as there', [
    INSTALLATION,
  ]);
  return row?.there ?? false;
}

export const insertBreaker = (db: Db, { id, ...breaker }: Breaker, followsPlatform: boolean, by: string, at: Date): Promise<unknown> =>
  db.query(
    `insert into circuit_breakers (id, scope, operator_id, category, market_id, trigger_type, trigger_threshold, follows_platform, status,
       cooldown_minutes, auto_reset, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      id,
      breaker.scope,
      breaker.operatorId,
      breaker.category,
      breaker.marketId,
      breaker.triggerType,
      breaker.triggerThreshold,
      followsPlatform,
      breaker.status,
      breaker.cooldownMinutes,
      breaker.autoReset,
      by,
      at,
    ],
  );

/** The platform's threshold, in percent, for the breakers that follow it. */
export const followThreshold = (db: Db, percent: number): Promise<unknown> =>
  db.query('update circuit_breakers set trigger_threshold = $1 where follows_platform and trigger_threshold <> round($1::numeric, 1)', [
    percent,
  ]);

export const updateBreaker = (db: Db, breaker: Breaker): Promise<unknown> =>
  db.query('update circuit_breakers set status = $2, tripped_at = $3, reset_at = $4, trip_reason = $5 where id = $1', [
    breaker.id,
    breaker.status,
    breaker.trippedAt,
    breaker.resetAt,
    breaker.tripReason,
  ]);

/** The id of the operator with this id or slug. */
export async function selectOperatorId(db: Db, slug: string, id: bigint | undefined): Promise<bigint | undefined> {
  const [row] = await db.query<{ id: bigint }>('select id from operators where slug = $1 or id = $2', [slug, id ?? null]);
  return row?.id;
}

export async function marketExists(db: Db, id: bigint): Promise<boolean> {
  return (await db.query('select from markets where id = $1', [id])).length > 0;
}
