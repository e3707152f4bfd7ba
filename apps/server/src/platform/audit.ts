/** Who changed what from what to what and why; the row commits with the act. */
import type { Actor } from './actor.ts';
import { int8s, jsonTexts, type Statement, texts } from './arrays.ts';
import type { Db } from './db.ts';

export type AuditEntry = {
  action: string;
  /** What was changed, as its wire id or a name: `operator:example-casino`, `mkt_…`, `platform_config`. */
  subject: string;
  operatorId?: bigint | null;
  before?: unknown;
  after?: unknown;
  reason?: string | null;
  requestId?: string | null;
};

/** Who an audit row names. */
export function auditNameOf(actor: Actor): [kind: string, id: string] {
  switch (actor.kind) {
    case 'admin':
      return ['admin', String(actor.adminId)];
    case 'operator':
      return ['operator_member', String(actor.memberId)];
    case 'apiKey':
      return ['api_key', String(actor.keyId)];
    case 'player':
      return ['player', String(actor.playerId)];
    case 'worker':
      return ['worker', actor.name];
    case 'access':
      return ['public', ''];
  }
}

/** Appends one audit row in the caller's transaction and returns its id. */
export async function recordAudit(db: Db, actor: Actor, id: bigint, at: Date, entry: AuditEntry): Promise<bigint> {
  const operatorId = entry.operatorId ?? ('operatorId' in actor ? actor.operatorId : null);
  await db.query(
    `insert into platform_audit_log (id, operator_id, actor_kind, actor_id, action, subject, before, after, reason, request_id, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      id,
      operatorId,
      ...auditNameOf(actor),
      entry.action,
      entry.subject,
      json(entry.before),
      json(entry.after),
      entry.reason ?? null,
      entry.requestId ?? null,
      at,
    ],
    'audit_insert',
  );
  return id;
}

const json = (value: unknown): string | null =>
  value === undefined || value === null
    ? null
    : JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));

/** An audit row of a batch, which commits with what it speaks of. */
export type AuditRow = Required<Omit<AuditEntry, 'operatorId'>> & {
  id: bigint;
  operatorId: bigint;
  actor: readonly [kind: string, id: string];
};

const AUDITS = `
insert into platform_audit_log (id, operator_id, actor_kind, actor_id, action, subject, before, after, reason, request_id, at)
select id, operator_id, actor_kind, actor_id, action, subject, before, after, reason, request_id, $11::timestamptz
from rows from (unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]),
  jsonb_array_elements($9::jsonb), jsonb_array_elements($10::jsonb))
  as a(id, operator_id, actor_kind, actor_id, action, subject, reason, request_id, before, after)`;

/** Audit rows written set-based, inside a batch's transaction. */
export const auditStatement = (rows: readonly AuditRow[], at: string): Statement => ({
  name: 'insert_audits',
  text: AUDITS,
  values: [
    int8s(rows, (row) => row.id),
    int8s(rows, (row) => row.operatorId),
    texts(rows, (row) => row.actor[0]),
    texts(rows, (row) => row.actor[1]),
    texts(rows, (row) => row.action),
    texts(rows, (row) => row.subject),
    texts(rows, (row) => row.reason),
    texts(rows, (row) => row.requestId),
    jsonTexts(rows, (row) => json(row.before) ?? 'null'),
    jsonTexts(rows, (row) => json(row.after) ?? 'null'),
    at,
  ],
});
