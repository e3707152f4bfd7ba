/** A reviewer changes where an application stands, or notes something about it. */
import type { decideApplication as decide, noteApplication as note } from '@predictu/contract/admin/applications';
import { encodeId, type Id } from '@predictu/contract/ids';
import { recordAudit } from '../platform/audit.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { refusedStatus } from './application.rules.ts';
import { selectApplication, updateStatus } from './application.sql.ts';

export const decideApplication: Handler<typeof decide> = async (
  { db, actor, now, newId, requestId },
  { params: { application_id: id }, body: { status, reason } },
) => {
  const row = await selectApplication(db, id, 'update');
  if (!row) throw notFound('application');
  const refused = refusedStatus(row.status, status);
  if (refused) return refused;
  await updateStatus(db, id, status, now);
  const auditId = await recordAudit(db, actor, newId(), now, {
    action: 'application.status',
    subject: encodeId('application', id),
    before: { status: row.status },
    after: { status },
    reason,
    requestId,
  });
  return { data: { id, status, audit_id: auditId as Id<'audit'>, updated_at: now } };
};

export const noteApplication: Handler<typeof note> = async (
  { db, actor, now, newId, requestId },
  { params: { application_id: id }, body },
) => {
  if (!(await selectApplication(db, id))) throw notFound('application');
  const auditId = await recordAudit(db, actor, newId(), now, {
    action: 'application.note',
    subject: encodeId('application', id),
    after: body,
    requestId,
  });
  return { data: { audit_id: auditId as Id<'audit'>, at: now } };
};
