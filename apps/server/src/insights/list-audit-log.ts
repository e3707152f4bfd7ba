/** Who changed what, from what to what, and why: across everybody. */
import type { listAuditLog as endpoint } from '@predictu/contract/admin/audit';
import { decodeId, encodeId, firstIdAt, type Id, type IdKind } from '@predictu/contract/ids';
import { operatorIdOf } from '../operators/operators.ts';
import type { Db } from '../platform/db.ts';
import type { Handler } from '../platform/http.ts';
import { pageOf, sliceOf } from '../platform/page.ts';
import { differenceOf } from './audit-difference.rules.ts';
import { type ActorKind, type AuditLogRow, selectActorIds, selectAuditLog } from './audit-log.sql.ts';
import { selectSubjectNames } from './subject-name.sql.ts';

const KINDS: Partial<Record<ActorKind, IdKind>> = { admin: 'admin', operator_member: 'operatorMember', api_key: 'apiKey', player: 'user' };

/** As the wire names them; a job by its own name. */
function shownActor({ actorKind: kind, actorId, actorName: name }: AuditLogRow) {
  const idKind = KINDS[kind];
  return { kind, id: idKind && /^\d+$/.test(actorId) ? encodeId(idKind, BigInt(actorId) as Id<IdKind>) : actorId, name };
}

/** The stored ids a text may name: an address, an id of the wire, the name of a job. */
async function actorIdsOf(db: Db, actor: string): Promise<string[]> {
  if (actor.includes('@')) return selectActorIds(db, actor);
  const decoded = Object.values(KINDS).flatMap((kind) => decodeId(kind, actor) ?? []);
  return decoded.length > 0 ? decoded.map(String) : [actor];
}

const shown = (row: AuditLogRow, names: ReadonlyMap<string, string>) => ({
  audit_id: row.id as Id<'audit'>,
  at: row.at,
  actor: shownActor(row),
  action: row.action,
  subject: row.subject,
  subject_name: names.get(row.subject) ?? null,
  operator:
    row.operatorId !== null && row.operatorSlug !== null && row.operatorName !== null
      ? { id: row.operatorId as Id<'operator'>, slug: row.operatorSlug, name: row.operatorName }
      : null,
  reason: row.reason,
  request_id: row.requestId,
  before: row.before,
  after: row.after,
  changes: differenceOf(row.before, row.after),
});

export const listAuditLog: Handler<typeof endpoint> = async ({ db }, { query }) => {
  const filter = {
    action: query.action,
    actorKind: query.actor_kind,
    actorIds: query.actor === undefined ? undefined : await actorIdsOf(db, query.actor),
    subject: query.subject,
    operatorId: query.operator === undefined ? undefined : await operatorIdOf(db, query.operator),
    requestId: query.request_id,
    auditId: query.audit_id,
    from: query.from && firstIdAt(query.from),
    to: query.to && firstIdAt(query.to),
  };
  const { rows, total } = await selectAuditLog(db, filter, sliceOf(query, 1));
  const names = await selectSubjectNames(db, rows);
  return pageOf(
    query,
    total,
    rows,
    ({ id }) => [id],
    (row) => shown(row, names),
  );
};
