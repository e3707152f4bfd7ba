/** A reviewer changes where an application stands, invites again, or notes something about it. */

import type {
  decideApplication as decide,
  noteApplication as note,
  resendInvitation as resend,
} from '@predictu/contract/admin/applications';
import { type Refusal, refuse } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import { type Access, shownInvitation } from '../access/access.ts';
import { readNewShare } from '../operators/operators.ts';
import { recordAudit } from '../platform/audit.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { blueprintOf, refusedStatus, slugOf, TRIAL_DAYS } from './application.rules.ts';
import { type Application, selectApplication, selectSlugsLike, updateStatus } from './application.sql.ts';
import { tellApplicant } from './tell-applicant.ts';

type Ports = Pick<Access, 'invite' | 'revokeInvitationsOf'>;
type From = Parameters<Handler<typeof decide>>[0];

/** The refusal when the contact is at home elsewhere. */
async function invite(access: Ports, context: From, application: Application) {
  const slugs = new Set(await selectSlugsLike(context.db, slugOf(application.company)));
  const blueprint = blueprintOf(application, await readNewShare(context.db), (slug) => slugs.has(slug));
  return access.invite(context, {
    email: application.contact_email,
    name: application.contact_name,
    applicationId: application.id,
    blueprint,
    trialDays: TRIAL_DAYS,
  });
}

/** What a status brings with it. */
async function follow(
  access: Ports,
  context: From,
  application: Application,
  status: string,
  reason: string,
): Promise<Refusal | undefined> {
  const fact = context.newId();
  if (status === 'approved') {
    const invited = await invite(access, context, application);
    return 'refused' in invited ? invited : undefined;
  }
  if (application.status === 'approved') await access.revokeInvitationsOf(context, application.id, reason);
  if (status === 'in_review' && application.status !== 'spam') await tellApplicant(context, application, 'in_review', { fact });
  if (status === 'needs_information' || status === 'rejected') await tellApplicant(context, application, status, { fact, reason });
  return undefined;
}

export const decideApplication =
  (access: Ports): Handler<typeof decide> =>
  async (context, { params: { application_id: id }, body: { status, reason } }) => {
    const { db, actor, now, newId, requestId } = context;
    const row = await selectApplication(db, id, 'update');
    if (!row) throw notFound('application');
    const refused = refusedStatus(row.status, status) ?? (await follow(access, context, row, status, reason));
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

export const resendInvitation =
  (access: Ports): Handler<typeof resend> =>
  async (context, { params: { application_id: id } }) => {
    const row = await selectApplication(context.db, id, 'update');
    if (!row) throw notFound('application');
    if (row.status !== 'approved')
      return refuse('CONFLICT', `An application that is ${row.status} has no invitation`, { reason: 'status', status: row.status });
    const invited = await invite(access, context, row);
    return 'refused' in invited ? invited : { data: shownInvitation(invited) };
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
