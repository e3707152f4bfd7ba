/** The log of e-mails: what waits, what has left, what has failed for good. Never what only the recipient may read. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { inOrder, periodQuery } from '../filters.ts';
import { mailId, operatorId } from '../ids.ts';
import { cursorQuery, paged, pageQuery, single } from '../page.ts';
import { instant } from '../units.ts';

const common = { audience: 'admin', tag: 'E-mails' } as const;

export const MAIL_STATUSES = ['queued', 'sent', 'failed'] as const;
const status = z.enum(MAIL_STATUSES).meta({
  description: 'queued: waits for its first or next attempt. sent: handed over. failed: given up for good.',
});
const retry = z.enum(['possible', 'queued', 'sent', 'link_expired', 'link_replaced']).meta({
  description:
    'Whether it can be sent again, or why not: it is about to be, it has left, its link works no longer, or a later e-mail brought another link.',
});

const mail = z
  .object({
    id: mailId,
    template: z.string(),
    subject: z.string().nullable().meta({ description: 'Null when it cannot be put into words any more.' }),
    recipient: z.string(),
    operator: z
      .object({ id: operatorId, slug: z.string(), name: z.string() })
      .nullable()
      .meta({ description: 'Null for the platform’s own.' }),
    status,
    attempts: z.number().int().meta({ description: 'Of this round; sending it again begins a new one.' }),
    attachments: z.array(z.string()).meta({ description: 'Names of the files that go with it.' }),
    last_error: z
      .string()
      .nullable()
      .meta({ description: 'What the mail server, or the way to it, said last; null when nothing went wrong.' }),
    next_attempt_at: instant.nullable(),
    transport: z.enum(['smtp', 'outbox']).nullable().meta({ description: 'How it left: a mail server, or the outbox folder.' }),
    sent_at: instant.nullable(),
    created_at: instant,
    link_expires_at: instant.nullable().meta({ description: 'When the link it brings works no longer; null when none runs out.' }),
    retry,
  })
  .meta({ id: 'Mail' });

export const listMails = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/mails',
  summary: 'List e-mails',
  description: 'Newest first. Neither texts nor links: those are for their recipients alone.',
  query: z
    .strictObject({
      ...pageQuery,
      ...cursorQuery,
      status: status.optional(),
      template: z
        .string()
        .regex(/^[a-z0-9-]{1,60}$/)
        .optional()
        .meta({ description: 'The whole name: `invoice-sent`.' }),
      recipient: z.string().trim().min(3).max(254).optional().meta({ description: 'A part of the address, three characters at least.' }),
      operator: z.string().min(1).max(100).optional().meta({ description: 'Slug or id.' }),
      ...periodQuery,
    })
    .check(inOrder('from', 'to')),
  answer: paged(mail),
});

const ofMail = z.strictObject({ mail_id: mailId });
export const getMail = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/mails/{mail_id}',
  summary: 'Get an e-mail',
  params: ofMail,
  answer: single(mail),
});

export const retryMail = endpoint({
  ...common,
  method: 'POST',
  path: '/api/internal/mails/{mail_id}/retry',
  summary: 'Send a failed e-mail again',
  description:
    'A new round of attempts, the first at once, as the same message. Asking again while it waits changes nothing. ' +
    '409 with `details.reason` `sent`, `link_expired` or `link_replaced` when there is nothing left to send.',
  params: ofMail,
  body: z.strictObject({ reason: z.string().trim().min(1).max(500).meta({ description: 'Why; kept in the audit log.' }) }),
  status: 202,
  answer: single(mail),
  refusals: ['CONFLICT'],
});
