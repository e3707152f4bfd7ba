/** The audit log across everybody, newest first. */
import { type Condition, cut, where } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
import type { Slice } from '../platform/page.ts';

export type ActorKind = 'admin' | 'operator_member' | 'api_key' | 'player' | 'worker' | 'public';
export type AuditLogRow = {
  id: bigint;
  at: Date;
  actorKind: ActorKind;
  actorId: string;
  actorName: string | null;
  action: string;
  subject: string;
  operatorId: bigint | null;
  operatorSlug: string | null;
  operatorName: string | null;
  reason: string | null;
  requestId: string | null;
  before: unknown;
  after: unknown;
};
export type AuditFilter = {
  action?: string | undefined;
  actorKind?: ActorKind | undefined;
  /** Ids as stored, of whoever was named. */
  actorIds?: string[] | undefined;
  subject?: string | undefined;
  operatorId?: bigint | undefined;
  requestId?: string | undefined;
  auditId?: bigint | undefined;
  /** Ids are times: the first of the period and the first after it. */
  from?: bigint | undefined;
  to?: bigint | undefined;
};

const conditionsOf = ({ action, actorKind, actorIds, subject, operatorId, requestId, auditId, from, to }: AuditFilter): Condition[] => [
  ['l.action like ?', action && `${action.replace(/[\\%_]/g, '\\$&')}%`],
  ['l.actor_kind = ?', actorKind],
  ['l.actor_id = any(?::text[])', actorIds],
  ['l.subject = ?', subject],
  ['l.operator_id = ?', operatorId],
  ['l.request_id = ?', requestId],
  ['l.id = ?', auditId],
  ['l.id >= ?', from],
  ['l.id < ?', to],
];

/** Names are looked up for the rows of the page alone. */
export async function selectAuditLog(
  db: Db,
  filter: AuditFilter,
  { limit, offset, after }: Slice,
): Promise<{ rows: AuditLogRow[]; total: bigint }> {
  const found = where(conditionsOf(filter));
  const page = where([...conditionsOf(filter), ['l.id < ?', after?.[0]]]);
  const [rows, [count]] = await Promise.all([
    db.query<AuditLogRow>(
      `select l.id, l.at, l.actor_kind as "actorKind", l.actor_id as "actorId", l.action, l.subject, l.operator_id as "operatorId", o.slug as "operatorSlug", o.name as "operatorName",
         l.reason, l.request_id as "requestId", l.before, l.after,
         case l.actor_kind when 'admin' then (select a.email from admin_users a where a.id::text = l.actor_id)
           when 'operator_member' then (select m.email from operator_members m where m.id::text = l.actor_id limit 1)
           when 'api_key' then (select k.name from api_keys k where k.id::text = l.actor_id limit 1)
           when 'player' then (select coalesce(p.username, p.external_id) from players p where p.operator_id = l.operator_id and p.id = l.actor_id::bigint) end as "actorName"
       from (select * from platform_audit_log l ${page.text} order by l.id desc ${cut(page.values, { limit, offset })}) l
       left join operators o on o.id = l.operator_id order by l.id desc`,
      page.values,
    ),
    db.query<{ total: bigint }>(`select count(*) as total from platform_audit_log l ${found.text}`, found.values),
  ]);
  return { rows, total: count?.total ?? 0n };
}

/** Stored ids of the admins and members with this e-mail address. */
export async function selectActorIds(db: Db, email: string): Promise<string[]> {
  const rows = await db.query<{ id: string }>(
    `select id::text as id from admin_users where lower(email) = lower($1) union select id::text from operator_members where lower(email) = lower($1)`,
    [email],
  );
  return rows.map(({ id }) => id);
}
