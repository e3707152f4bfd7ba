/** Snapshots of exposure: taken in one statement, so all scopes are of one moment; read by range of the key. */
import { CATEGORIES } from '@predictu/contract/shapes/category';
import type { PlatformConfig } from '@predictu/contract/shapes/platform-config';
import type { Cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';

/** One row a scope, markets once an hour; a market whose exposure is gone gets a last row that says so. Twice for one instant is once. */
export async function insertSnapshots(db: Db, at: Date, { risk }: PlatformConfig): Promise<number> {
  const rows = await db.query(
    `with hourly as (
       select coalesce((select at from exposure_snapshots where scope = 2 and at <= $1 order by at desc limit 1), '-infinity')
         <= $1::timestamptz - interval '58 minutes' as due
     )
     insert into exposure_snapshots (operator_id, scope, key, at, yes_shares, no_shares, cost_cents, limit_cents)
     select e.operator_id, e.scope, e.key, $1, e.yes_shares, e.no_shares, e.cost_cents,
       case when e.operator_id = 0 then case e.scope when 0 then $2::bigint when 1 then ($3::bigint[])[e.key + 1] else $4::bigint end
         else case e.scope when 0 then o.exposure_limit_cents when 1 then (o.category_limits ->> ($5::text[])[e.key + 1])::bigint end end
     from exposure e left join operators o on o.id = e.operator_id
     where e.scope < 2 or (select due from hourly) and (e.yes_shares + e.no_shares > 0 or exists (
       select from exposure_snapshots s where s.operator_id = e.operator_id and s.scope = 2 and s.key = e.key
         and s.at >= $1::timestamptz - interval '2 hours' and s.yes_shares + s.no_shares > 0))
     on conflict do nothing returning 1`,
    [at, risk.global_exposure_limit_usd, CATEGORIES.map((name) => risk.category_limits[name] ?? null), risk.per_market_max_usd, CATEGORIES],
  );
  return rows.length;
}

/** Keeps the first of each hour of what is older than `fine`, markets until `markets`, and nothing older than `all`. */
export async function thinSnapshots(db: Db, { fine, markets, all }: { fine: Date; markets: Date; all: Date }): Promise<void> {
  // The job runs every five minutes, so that two days reach back over any ordinary pause of it.
  await db.query(
    `delete from exposure_snapshots s where s.at >= $1::timestamptz - interval '2 days' and s.at < $1 and exists (
       select from exposure_snapshots kept where kept.operator_id = s.operator_id and kept.scope = s.scope and kept.key = s.key
         and kept.at >= date_trunc('hour', s.at, 'UTC') and kept.at < s.at)`,
    [fine],
  );
  await db.query(`delete from exposure_snapshots where at < $1 and (scope = 2 or at < $2)`, [markets, all]);
}

export type SnapshotRow = { at: Date; yes: bigint; no: bigint; cost: Cents; limit: Cents | null };
export type SnapshotScope = { operatorId: bigint; scope: number; key: bigint };

/** The last snapshot of each `seconds` in `[from, to)`, oldest first; counted from the epoch in UTC. */
export const selectSnapshots = (
  db: Db,
  { operatorId, scope, key }: SnapshotScope,
  { from, to, seconds }: { from: Date; to: Date; seconds: number },
): Promise<SnapshotRow[]> =>
  db.query<SnapshotRow>(
    `select distinct on (date_bin(make_interval(secs => $6), at, timestamptz 'epoch'))
       at, yes_shares as yes, no_shares as no, cost_cents as cost, limit_cents as limit
     from exposure_snapshots where operator_id = $1 and scope = $2 and key = $3 and at >= $4 and at < $5
     order by date_bin(make_interval(secs => $6), at, timestamptz 'epoch'), at desc`,
    [operatorId, scope, key, from, to, seconds],
  );
