/** The rows of messages as the deliverer takes and leaves them. */
import type { Db } from './db.ts';
import { MAIL_LEASE_MS } from './mail-retry.ts';
import type { MailAttachment } from './queue-mail.ts';

export type WaitingMail = {
  id: bigint;
  operatorId: bigint | null;
  template: string;
  recipient: string;
  data: object;
  sealed: string | null;
  attachments: MailAttachment[];
  key: string;
  /** This one included. */
  attempts: number;
  createdAt: Date;
};

/** Takes what is due, oldest first, for as long as an attempt may last. */
export const takeDueMails = (db: Db, now: Date, most: number): Promise<WaitingMail[]> =>
  db.query<WaitingMail>(
    `update mails m set attempts = m.attempts + 1, due_at = $2 from (
       select id from mails where status = 'queued' and due_at <= $1 order by due_at, id limit $3 for update skip locked) due
     where m.id = due.id
     returning m.id, m.operator_id as "operatorId", m.template, m.recipient, m.data, m.sealed, m.attachments, m.dedupe_key as key, m.attempts,
       m.created_at as "createdAt"`,
    [now, new Date(now.getTime() + MAIL_LEASE_MS), most],
    'mail_take',
  );

/** Nothing secret stays behind of a message that has left. */
export const markMailSent = (db: Db, id: bigint, sent: { transport: 'smtp' | 'outbox'; answer: string; at: Date }): Promise<unknown> =>
  db.query(
    `update mails set status = 'sent', transport = $2, answer = $3, sent_at = $4, sealed = null where id = $1 and status = 'queued'`,
    [id, sent.transport, sent.answer, sent.at],
    'mail_sent',
  );

/** Without a next time it has failed for good. */
export const markMailUnsent = (db: Db, id: bigint, { answer, next }: { answer: string; next: Date | null }): Promise<unknown> =>
  db.query(
    `update mails set status = case when $3::timestamptz is null then 'failed' else 'queued' end, due_at = coalesce($3, due_at), answer = $2
     where id = $1 and status = 'queued'`,
    [id, answer, next],
    'mail_unsent',
  );

/** Begins a new round of attempts, at once; false when it has not failed. As an admin. */
export async function requeueMail(db: Db, id: bigint, now: Date): Promise<boolean> {
  const rows = await db.query<{ id: bigint }>(
    `update mails set status = 'queued', attempts = 0, due_at = $2 where id = $1 and status = 'failed' returning id`,
    [id, now],
    'mail_requeue',
  );
  return rows.length > 0;
}
