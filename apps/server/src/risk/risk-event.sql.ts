/** Risk events: what happened, newest first. Ids come from the sequencer, so they are in commit order. */
import { firstIdAt, type Id } from '@predictu/contract/ids';
import type { Cents } from '@predictu/contract/units';
import { countAll } from '../platform/choose.ts';
import { type Condition, cut, where } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
import type { Slice } from '../platform/page.ts';

export type RiskEventRow = {
  id: Id<'event'>;
  type: 'wall_violation' | 'circuit_breaker' | 'sharp_detection' | 'anomaly';
  severity: 'info' | 'warning' | 'critical';
  wall: number | null;
  message: string;
  scope: Record<string, unknown>;
  value_cents: Cents | null;
  threshold_cents: Cents | null;
  operator_slug: string | null;
  operator_name: string | null;
  player_id: Id<'user'> | null;
  user_name: string | null;
  market_id: Id<'market'> | null;
  market_title: string | null;
  auto_resolved: boolean;
  resolved_at: Date | null;
  acknowledged_at: Date | null;
  acknowledged_by: string | null;
  created_at: Date;
};
export type RiskEventFilter = {
  severity?: string | undefined;
  type?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  atLeast?: 'warning' | undefined;
  acknowledged?: boolean | undefined;
  operatorId?: bigint | undefined;
};

const conditions = ({ severity, type, from, to, atLeast, acknowledged, operatorId }: RiskEventFilter): Condition[] => [
  ['e.severity = ?', severity],
  ['e.type = ?', type],
  ['e.created_at >= ?', from],
  ['e.created_at < ?', to],
  ['e.severity <> ?', atLeast && 'info'],
  // A constant, so that the partial index of what is left answers it.
  [`e.acknowledged_at is null and e.severity <> 'info' and ?::boolean`, acknowledged === false ? true : undefined],
  ['e.acknowledged_at is not null and ?::boolean', acknowledged || undefined],
  ['e.operator_id = ?', operatorId],
];

export async function selectRiskEvents(db: Db, filter: RiskEventFilter, slice: Slice): Promise<{ rows: RiskEventRow[]; total: bigint }> {
  const all = where(conditions(filter));
  const page = where([...conditions(filter), ['e.id < ?', slice.after?.[0]]]);
  const [rows, total] = await Promise.all([
    db.query<RiskEventRow>(
      `select e.*, o.slug as operator_slug, o.name as operator_name, coalesce(p.username, p.external_id) as user_name, m.title as market_title
       from (select * from risk_events e ${page.text} order by e.id desc ${cut(page.values, slice)}) e
       left join operators o on o.id = e.operator_id left join players p on p.operator_id = e.operator_id and p.id = e.player_id
       left join markets m on m.id = e.market_id order by e.id desc`,
      page.values,
    ),
    slice.total ?? countAll(db, `select count(*) as total from risk_events e ${all.text}`, all.values),
  ]);
  return { rows, total };
}

export type WallCount = { type: RiskEventRow['type']; wall: number | null; events: bigint };

/** Events since an instant, by type and wall. */
export const countEventsSince = (db: Db, since: Date): Promise<WallCount[]> =>
  db.query<WallCount>(
    'select type, wall, count(*) as events from risk_events where id >= $1 group by 1, 2',
    [firstIdAt(since)],
    'events-since',
  );

/** Takes note of these, or of all up to one; says which were not noted before. */
export const acknowledge = (
  db: Db,
  { ids, through }: { ids: readonly bigint[]; through: bigint },
  by: bigint,
  at: Date,
): Promise<{ id: bigint }[]> =>
  db.query<{ id: bigint }>(
    `update risk_events set acknowledged_at = $4, acknowledged_by = (select coalesce(name, email) from admin_users where id = $3)
     where acknowledged_at is null and severity <> 'info' and (id = any($1::bigint[]) or id <= $2) returning id`,
    [ids, through, by, at],
  );

export type NewBreakerEvent = {
  id: bigint;
  operatorId: bigint | null;
  marketId: bigint | null;
  severity: string;
  message: string;
  scope: Record<string, unknown>;
  /** By no person's act. */
  autoResolved?: boolean;
  at: Date;
};

export const insertBreakerEvent = (db: Db, event: NewBreakerEvent): Promise<unknown> =>
  db.query(
    `insert into risk_events (id, operator_id, type, severity, message, scope, market_id, auto_resolved, created_at)
     values ($1, $2, 'circuit_breaker', $3, $4, $5, $6, $7, $8)`,
    [
      event.id,
      event.operatorId,
      event.severity,
      event.message,
      JSON.stringify(event.scope),
      event.marketId,
      event.autoResolved ?? false,
      event.at,
    ],
  );
