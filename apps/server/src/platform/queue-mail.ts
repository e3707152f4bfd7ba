/** Puts a message into the caller's transaction: it leaves when, and only when, what it announces is committed. */
import type { Context } from './http.ts';
import type { MailText } from './mail-text.ts';

/** Named, because a message waits as its data and is put into words when it leaves. */
export type MailTemplate<Data extends object> = {
  name: string;
  /** Who speaks: the platform, or the operator to its own players and members. */
  brand: 'platform' | 'operator';
  /** `secret` is the sealed part opened, when the message has one. */
  write(data: Data, secret: string): MailText;
};

/** A file made when the message leaves, by the source of that name (mails.ts). */
export type MailAttachment = { source: string; reference: string; name: string };

export type MailMessage<Data extends object> = {
  /** Whose mail it is: its brand and who may see it. Null for the platform's own. */
  operatorId: bigint | null;
  to: string | readonly string[];
  data: NoInfer<Data>;
  /** Names the fact: the same one is announced to the same recipient once. */
  key: string;
  /** Made with `mailSeal` and the caller's key for secrets; opened only to send it. */
  sealed?: string | undefined;
  attachments?: readonly MailAttachment[];
};

/** What a sealed part of a message is bound to. */
export const mailSeal = (key: string): string => `mail:${key}`;

/** As any role: an operator's or a player's transaction for its own operator only. */
export async function queueMail<Data extends object>(
  { db, now, newId }: Pick<Context, 'db' | 'now' | 'newId'>,
  template: MailTemplate<Data>,
  message: MailMessage<Data>,
): Promise<void> {
  const recipients = [...new Set(typeof message.to === 'string' ? [message.to] : message.to)];
  if (recipients.length === 0) return;
  await db.query(
    `insert into mails (id, operator_id, template, recipient, data, sealed, attachments, dedupe_key, due_at, created_at)
     select m.id, $3, $4, m.recipient, $5, $6, $7, $8, $9, $9 from unnest($1::bigint[], $2::text[]) as m(id, recipient)
     on conflict do nothing`,
    [
      recipients.map(() => String(newId())),
      recipients,
      message.operatorId,
      template.name,
      JSON.stringify(message.data),
      message.sealed ?? null,
      JSON.stringify(message.attachments ?? []),
      message.key,
      now,
    ],
    'mail_insert',
  );
}
