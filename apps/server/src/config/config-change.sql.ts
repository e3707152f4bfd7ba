/** Changes of a configuration: the audit rows of its subject. */
import type { Db } from '../platform/db.ts';
import type { Slice } from '../platform/page.ts';

export type ConfigChangeRow = {
  id: bigint;
  action: string;
  at: Date;
  actorKind: 'admin' | 'operator_member' | 'api_key' | 'worker';
  actorId: string;
  actorName: string | null;
  reason: string | null;
  before: Record<string, unknown>;
  after: Record<string, unknown>;
};

const COLUMNS = `l.id, l.action, l.at, l.actor_kind as "actorKind", l.actor_id as "actorId", l.reason, l.before, l.after`;
/** Admins stand in a table that operators may not read. */
const NAME = {
  admin: `select a.email from admin_users a where l.actor_kind = 'admin' and a.id::text = l.actor_id`,
  operator: `select m.email from operator_members m where l.actor_kind = 'operator_member' and m.id::text = l.actor_id
             union all select k.name from api_keys k where l.actor_kind = 'api_key' and k.id::text = l.actor_id`,
} as const;
/** A change that changed nothing is no history. */
const CHANGES = `from platform_audit_log l where l.subject = $1 and l.action like 'config.%' and l.after <> '{}'`;

/** Newest first; `reader` says whose names can be told. */
export async function selectConfigChanges(
  db: Db,
  reader: keyof typeof NAME,
  subject: string,
  { key, slice }: { key: string | undefined; slice: Slice },
): Promise<{ rows: ConfigChangeRow[]; total: bigint }> {
  const values = [subject, key ?? null];
  const found = `${CHANGES} and ($2::text is null or l.after ? $2)`;
  const [rows, [count]] = await Promise.all([
    db.query<ConfigChangeRow>(
      `select ${COLUMNS}, (${NAME[reader]} limit 1) as "actorName" ${found} and ($3::bigint is null or l.id < $3)
       order by l.id desc limit $4 offset $5`,
      [...values, slice.after?.[0] ?? null, slice.limit, slice.offset],
    ),
    db.query<{ total: bigint }>(`select count(*) as total ${found}`, values),
  ]);
  return { rows, total: count?.total ?? 0n };
}

/** Undefined when no change of this subject has this id. */
export async function selectConfigChange(db: Db, subject: string, id: bigint): Promise<ConfigChangeRow | undefined> {
  const [row] = await db.query<ConfigChangeRow>(`select ${COLUMNS}, null as "actorName" ${CHANGES} and l.id = $2`, [subject, id]);
  return row;
}
