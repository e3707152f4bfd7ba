/** Puts a message into the caller's transaction: it leaves when, and only when, what it announces is committed. */
import { int8s, jsonTexts, texts } from './arrays.ts';
import type { Context } from './http.ts';
import type { MailText } from './mail-text.ts';

/** Named, because a message waits as its data and is put into words when it leaves. */
export type MailTemplate<Data extends object> = {
  name: string;
  /** Who speaks: the platform, or the operator to its own players and members. */
  brand: 'platform' | 'operator';
  /** How long what it links to works, from when it was queued; after that it is sent no more. Nothing of it runs out when absent. */
  lifeMs?: number;
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

type Write = Pick<Context, 'db' | 'now' | 'newId'>;
type Recipient = Omit<MailMessage<object>, 'to'> & { to: string };

/** As any role: an operator's or a player's transaction for its own operator only. */
export const queueMail = <Data extends object>(write: Write, template: MailTemplate<Data>, message: MailMessage<Data>): Promise<void> =>
  queueMails(write, template, [message]);

/** Many messages of one template by one statement. */
export async function queueMails<Data extends object>(
  { db, now, newId }: Write,
  template: MailTemplate<Data>,
  messages: readonly MailMessage<Data>[],
): Promise<void> {
  const rows = messages.flatMap(({ to, ...message }): Recipient[] =>
    [...new Set(typeof to === 'string' ? [to] : to)].map((one) => ({ ...message, to: one })),
  );
  if (rows.length === 0) return;
  await db.query(
    `insert into mails (id, operator_id, template, recipient, data, sealed, attachments, dedupe_key, due_at, created_at)
     select id, operator_id, $8, recipient, data, sealed, attachments, dedupe_key, $9::timestamptz, $9::timestamptz
     from rows from (unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[]), jsonb_array_elements($6::jsonb), jsonb_array_elements($7::jsonb))
       as m(id, operator_id, recipient, sealed, dedupe_key, data, attachments)
     on conflict do nothing`,
    [
      int8s(rows, () => newId()),
      int8s(rows, ({ operatorId }) => operatorId),
      texts(rows, ({ to }) => to),
      texts(rows, ({ sealed }) => sealed ?? null),
      texts(rows, ({ key }) => key),
      jsonTexts(rows, ({ data }) => JSON.stringify(data)),
      jsonTexts(rows, ({ attachments }) => JSON.stringify(attachments ?? [])),
      template.name,
      now,
    ],
    'mail_insert',
  );
}
