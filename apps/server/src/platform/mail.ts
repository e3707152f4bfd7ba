/**
 * Delivers queued messages. Each is taken for a while in one transaction, handed over outside of any, and marked in another: a crash between
 * the two sends it again under the same Message-ID, never loses it.
 */
import { encodeId } from '@predictu/contract/ids';
import type { Logger } from 'pino';
import type { Actor } from './actor.ts';
import type { Clock } from './clock.ts';
import type { Database, Db } from './db.ts';
import { nextMailAttempt } from './mail-retry.ts';
import { markMailSent, markMailUnsent, takeDueMails, type WaitingMail } from './mail-rows.ts';
import type { MailSender } from './mail-sender.ts';
import { type MailBrand, oneLine, PLATFORM_BRAND, renderMail } from './mail-text.ts';
import { type MailOutcome, type MailServer, openMailTransport } from './mail-transport.ts';
import { type MailTemplate, mailSeal } from './queue-mail.ts';

export type MailParts = {
  templates: readonly MailTemplate<never>[];
  /** Files by the name of their source; read as the worker. */
  attachments: Record<string, (db: Db, operatorId: bigint | null, reference: string) => Promise<Uint8Array>>;
  brandOf(db: Db, operatorId: bigint): Promise<MailBrand>;
  /** Of templates that are a series: the path where one press ends it for whoever got the message. */
  unsubscribe: Record<string, (operatorId: bigint | null, data: object) => string | null>;
  /** Opens what was sealed with `mailSeal`. */
  unseal(sealed: string, belongsTo: string): string;
};
export type MailOptions = MailServer &
  MailParts & {
    database: Database;
    clock: Clock;
    log: Pick<Logger, 'warn' | 'error'>;
    from: MailSender;
    /** What links of messages begin with. */
    publicUrl: string;
  };
export type Mail = {
  /** Begins to deliver what is due, unless it is at it; ends at once, so that a slow mail server holds no place of a job. */
  wake(): void;
  /** Delivers what is due and returns how many were tried. */
  deliver(): Promise<number>;
  close(): Promise<void>;
};

type Composed = { headers: Record<string, string>; unsubscribe: string | null };

/** One press in the mail program ends the series (RFC 8058). */
function headersOf({ unsubscribe, publicUrl }: MailOptions, { template, operatorId, data }: WaitingMail): Composed {
  const path = unsubscribe[template]?.(operatorId, data) ?? null;
  const headers = { 'auto-submitted': 'auto-generated' };
  if (path === null) return { headers, unsubscribe: null };
  const url = new URL(path, publicUrl).href;
  return {
    headers: { ...headers, 'list-unsubscribe': `<${url}>`, 'list-unsubscribe-post': 'List-Unsubscribe=One-Click' },
    unsubscribe: url,
  };
}

const WORKER: Actor = { kind: 'worker', name: 'mail' };
const AT_ONCE = 8;

/** The message as it leaves. @throws when it cannot be put into words or a file of it cannot be made. */
async function compose(options: MailOptions, mail: WaitingMail) {
  const template = options.templates.find(({ name }) => name === mail.template) as MailTemplate<object> | undefined;
  if (!template) throw new Error(`There is no template ${mail.template}`);
  const secret = mail.sealed === null ? '' : options.unseal(mail.sealed, mailSeal(mail.key));
  const { operatorId } = mail;
  const made = await options.database.as(WORKER, 'read', async (db) => {
    const brand = template.brand === 'operator' && operatorId !== null ? await options.brandOf(db, operatorId) : PLATFORM_BRAND;
    const attachments: { filename: string; content: Buffer }[] = [];
    for (const { source, reference, name } of mail.attachments) {
      const make = options.attachments[source];
      if (!make) throw new Error(`There is no source ${source} of attachments`);
      attachments.push({ filename: name, content: Buffer.from(await make(db, operatorId, reference)) });
    }
    return { brand, attachments };
  });
  const { brand, attachments } = made;
  const name = template.brand === 'operator' ? oneLine(brand.name) : options.from.name;
  const { headers, unsubscribe } = headersOf(options, mail);
  return {
    ...renderMail(template.write(mail.data, secret), brand, options.publicUrl, unsubscribe),
    from: { name, address: options.from.address },
    to: { name: '', address: mail.recipient },
    ...(brand.replyTo && { replyTo: { name, address: brand.replyTo } }),
    messageId: `<${encodeId('mail', mail.id)}@${options.from.address.slice(options.from.address.indexOf('@') + 1)}>`,
    date: options.clock.now(),
    headers,
    attachments,
  };
}

/** Whether what it links to works no longer. */
function hasRunOut(
  templates: MailParts['templates'],
  { template, createdAt }: Pick<WaitingMail, 'template' | 'createdAt'>,
  now: Date,
): boolean {
  const lifeMs = templates.find(({ name }) => name === template)?.lifeMs;
  return lifeMs !== undefined && now.getTime() - createdAt.getTime() >= lifeMs;
}

const spreadOf = (id: bigint): number => Number(id % 101n) / 100;

export function openMail(options: MailOptions): Mail {
  const { database, clock, log } = options;
  const transport = openMailTransport(options);
  let running: Promise<number> | undefined;
  let again = false;
  let closed = false;

  async function outcomeOf(mail: WaitingMail): Promise<MailOutcome> {
    if (hasRunOut(options.templates, mail, clock.now())) return { kind: 'unsent', final: true, answer: 'What it links to has run out' };
    try {
      return await transport.send(await compose(options, mail));
    } catch (error) {
      return { kind: 'unsent', final: false, answer: oneLine((error as Error).message).slice(0, 300) };
    }
  }

  async function deliverOne(mail: WaitingMail): Promise<void> {
    const outcome = await outcomeOf(mail);
    const at = clock.now();
    const next = outcome.kind === 'sent' || outcome.final ? null : nextMailAttempt(mail.attempts, at, spreadOf(mail.id));
    await database.as(WORKER, 'write', (db) =>
      outcome.kind === 'sent'
        ? markMailSent(db, mail.id, { ...outcome, at })
        : markMailUnsent(db, mail.id, { answer: outcome.answer, next }),
    );
    if (outcome.kind === 'sent') return;
    const told = { mail: encodeId('mail', mail.id), template: mail.template, attempts: mail.attempts, answer: outcome.answer };
    if (next) log.warn(told, 'a message could not be handed over; it is tried again');
    else log.error(told, 'a message has failed for good');
  }

  async function run(): Promise<number> {
    let tried = 0;
    do {
      again = false;
      for (;;) {
        const due = closed ? [] : await database.as(WORKER, 'write', (db) => takeDueMails(db, clock.now(), AT_ONCE));
        if (due.length === 0) break;
        await Promise.all(due.map(deliverOne));
        tried += due.length;
      }
    } while (again);
    return tried;
  }

  function start(): Promise<number> {
    running = run().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    wake() {
      if (running) again = true;
      else if (!closed) start().catch((error: unknown) => log.error({ err: error }, 'Delivering mail failed; the next run tries again'));
    },
    async deliver() {
      await running;
      return start();
    },
    async close() {
      closed = true;
      await running?.catch(() => {});
      transport.close();
    },
  };
}
