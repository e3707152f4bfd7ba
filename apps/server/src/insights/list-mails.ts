/** The log of e-mails for the platform's staff. Subjects are made from the data, without what is sealed. */
import type { getMail as getEndpoint, listMails as listEndpoint, retryMail as retryEndpoint } from '@predictu/contract/admin/mails';
import { refuse } from '@predictu/contract/errors';
import { encodeId, firstIdAt, type Id } from '@predictu/contract/ids';
import { operatorIdOf } from '../operators/operators.ts';
import { recordAudit } from '../platform/audit.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { requeueMail } from '../platform/mail-rows.ts';
import { oneLine } from '../platform/mail-text.ts';
import { pageOf, sliceOf } from '../platform/page.ts';
import type { MailTemplate } from '../platform/queue-mail.ts';
import { type RetryState, retryState } from './mail-log.rules.ts';
import { type MailRow, selectMail, selectMails } from './mail-log.sql.ts';

type Templates = readonly MailTemplate<never>[];
const templateOf = (templates: Templates, name: string) => templates.find((one) => one.name === name) as MailTemplate<object> | undefined;

/** Null for data that a template of today cannot read. */
function subjectOf(template: MailTemplate<object> | undefined, data: object): string | null {
  try {
    return template ? oneLine(template.write(data, '').subject) : null;
  } catch {
    return null;
  }
}

function linkExpiryOf(template: MailTemplate<object> | undefined, { createdAt }: MailRow): Date | null {
  return template?.lifeMs === undefined ? null : new Date(createdAt.getTime() + template.lifeMs);
}

function show(templates: Templates, row: MailRow, now: Date) {
  const template = templateOf(templates, row.template);
  const linkExpiresAt = linkExpiryOf(template, row);
  return {
    id: row.id as Id<'mail'>,
    template: row.template,
    subject: subjectOf(template, row.data),
    recipient: row.recipient,
    operator:
      row.operatorId !== null && row.operatorSlug !== null && row.operatorName !== null
        ? { id: row.operatorId as Id<'operator'>, slug: row.operatorSlug, name: row.operatorName }
        : null,
    status: row.status,
    attempts: row.attempts,
    attachments: row.attachments.map(({ name }) => name),
    last_error: row.status === 'sent' ? null : row.answer,
    next_attempt_at: row.status === 'queued' ? row.dueAt : null,
    transport: row.transport,
    sent_at: row.sentAt,
    created_at: row.createdAt,
    link_expires_at: linkExpiresAt,
    retry: retryState({ linkExpiresAt, ...row }, now),
  };
}

const REFUSED: Partial<Record<RetryState, string>> = {
  sent: 'The message has left already',
  link_expired: 'The link of the message works no longer: let a new one be made',
  link_replaced: 'A later message brought another link; this one works no longer',
};

/** `templates` are those of this release. */
export const mailLogHandlers = (templates: Templates) => ({
  listMails: (async ({ db, now }, { query }) => {
    const filter = {
      status: query.status,
      template: query.template,
      recipient: query.recipient,
      operatorId: query.operator === undefined ? undefined : await operatorIdOf(db, query.operator),
      from: query.from && firstIdAt(query.from),
      to: query.to && firstIdAt(query.to),
    };
    const { rows, total } = await selectMails(db, filter, sliceOf(query, 1));
    return pageOf(
      query,
      total,
      rows,
      ({ id }) => [id],
      (row) => show(templates, row, now),
    );
  }) satisfies Handler<typeof listEndpoint>,

  getMail: (async ({ db, now }, { params: { mail_id: id } }) => {
    const row = await selectMail(db, id);
    if (!row) throw notFound('e-mail');
    return { data: show(templates, row, now) };
  }) satisfies Handler<typeof getEndpoint>,

  /** Of two who ask at once one sends it, the other sees it waiting. */
  retryMail: (async ({ db, actor, now, newId, requestId }, { params: { mail_id: id }, body: { reason } }) => {
    const row = await selectMail(db, id);
    if (!row) throw notFound('e-mail');
    const state = show(templates, row, now).retry;
    const refused = REFUSED[state];
    if (refused) return refuse('CONFLICT', refused, { reason: state });
    if (await requeueMail(db, id, now)) {
      await recordAudit(db, actor, newId(), now, {
        action: 'mail.retry',
        subject: encodeId('mail', id),
        operatorId: row.operatorId,
        before: { status: row.status, attempts: row.attempts, last_error: row.answer },
        after: { status: 'queued' },
        reason,
        requestId,
      });
    }
    const after = await selectMail(db, id);
    if (!after) throw notFound('e-mail');
    return { data: show(templates, after, now) };
  }) satisfies Handler<typeof retryEndpoint>,
});
