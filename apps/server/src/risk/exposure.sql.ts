/** Reading exposure by scope, and moving its caps when a limit changes. Operator 0 is the platform. */

import type { Id } from '@predictu/contract/ids';
import { CATEGORIES } from '@predictu/contract/shapes/category';
import type { PlatformConfig } from '@predictu/contract/shapes/platform-config';
import type { Cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import type { RiskTier } from './walls.rules.ts';

export type ScopeRow = { scope: number; key: bigint; exposure: bigint };

/** The whole and the categories of one operator. */
export const selectScopes = (db: Db, operatorId: bigint): Promise<ScopeRow[]> =>
  db.query<ScopeRow>(
    'select scope, key, yes_shares + no_shares as exposure from exposure where operator_id = $1 and scope < 2',
    [operatorId],
    'scopes',
  );

export type OperatorCategoryRow = ScopeRow & { operator_id: bigint };

/** The categories of every operator. */
export const selectOperatorCategories = (db: Db): Promise<OperatorCategoryRow[]> =>
  db.query<OperatorCategoryRow>(
    'select operator_id, scope, key, yes_shares + no_shares as exposure from exposure where operator_id = any(array(select id from operators)) and scope = 1',
  );

/** Loss in the worst outcome of each market, added up. */
export async function selectWorstLoss(db: Db, operatorId: bigint): Promise<Cents> {
  const [row] = await db.query<{ loss: Cents }>(
    `select coalesce(sum(greatest(yes_shares, no_shares) - cost_cents), 0)::bigint as loss from exposure where operator_id = $1 and scope = 2`,
    [operatorId],
  );
  return row?.loss ?? (0n as Cents);
}

export type MarketScopeRow = {
  market_id: Id<'market'>;
  title: string;
  yes_shares: bigint;
  no_shares: bigint;
  cost_cents: bigint;
  volume_cents: Cents;
  position_count: bigint;
};

/** The markets with the most open shares. */
export const selectTopMarkets = (db: Db, operatorId: bigint, most: number): Promise<MarketScopeRow[]> =>
  db.query<MarketScopeRow>(
    `select top.key as market_id, m.title, top.yes_shares, top.no_shares, top.cost_cents, top.volume_cents, held.position_count
     from (
       select key, yes_shares, no_shares, cost_cents, volume_cents from exposure
       where operator_id = $1 and scope = 2 and yes_shares + no_shares > 0 order by yes_shares + no_shares desc, key limit $2
     ) as top
     join markets m on m.id = top.key
     cross join lateral (
       select count(*) as position_count from operators o join positions p on p.operator_id = o.id and p.market_id = top.key
       where p.quantity > 0 and ($1::bigint = 0 or o.id = $1)
     ) as held
     order by top.yes_shares + top.no_shares desc, top.key`,
    [operatorId, most],
  );

export type PlayerScopeRow = {
  user_id: Id<'user'>;
  username: string | null;
  operator_slug: string;
  exposure: Cents;
  tier: RiskTier;
  position_count: bigint;
};

/** The players with the most open shares; of every operator for 0. */
export const selectTopPlayers = (db: Db, operatorId: bigint, most: number): Promise<PlayerScopeRow[]> =>
  db.query<PlayerScopeRow>(
    `select top.id as user_id, top.username, o.slug as operator_slug, top.open_shares as exposure, top.tier,
       (select count(*) from positions p where p.player_id = top.id and p.operator_id = top.operator_id and p.quantity > 0) as position_count
     from (
       select id, operator_id, username, open_shares, tier from players
       where open_shares > 0 and ($1::bigint = 0 or operator_id = $1) order by open_shares desc, id limit $2
     ) as top
     join operators o on o.id = top.operator_id
     order by top.open_shares desc, top.id`,
    [operatorId, most],
  );

export type OperatorScopeRow = {
  operator_id: bigint;
  operator_slug: string;
  limit: Cents;
  exposure: bigint;
  category_limits: Record<string, number>;
};

/** The operators the caller may see, with exposure and limit. */
export const selectOperatorScopes = (db: Db): Promise<OperatorScopeRow[]> =>
  db.query<OperatorScopeRow>(
    `select o.id as operator_id, o.slug as operator_slug, o.exposure_limit_cents as limit, coalesce(e.yes_shares + e.no_shares, 0) as exposure, o.category_limits
     from operators o left join exposure e on e.operator_id = o.id and e.scope = 0 and e.key = 0
     order by exposure desc, o.id`,
    [],
    'operator-scopes',
  );

/** The fullest market, platform-wide. */
export async function selectFullestMarket(db: Db): Promise<bigint> {
  const [row] = await db.query<{ exposure: bigint | null }>(
    'select max(yes_shares + no_shares) as exposure from exposure where operator_id = 0 and scope = 2',
    [],
    'fullest-market',
  );
  return row?.exposure ?? 0n;
}

/** Sets the platform's caps to the limits in force; a scope that holds more keeps what it holds. The caller has the sequencer. */
export async function capPlatformScopes(db: Db, { risk }: PlatformConfig): Promise<void> {
  const ofCategories = CATEGORIES.map((name) => risk.category_limits[name] ?? risk.global_exposure_limit_usd);
  await db.query(
    `update exposure set cap_shares = greatest(yes_shares + no_shares,
       case scope when 0 then $1::bigint when 1 then ($2::bigint[])[key + 1] else $3::bigint end)
     where operator_id = 0`,
    [risk.global_exposure_limit_usd, ofCategories, risk.per_market_max_usd],
  );
}
