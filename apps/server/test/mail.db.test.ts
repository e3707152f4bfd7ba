/** Messages from the transaction that announces them to a real SMTP server, with everything that fails on the way. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openSecret, sealSecret } from '../src/access/access.ts';
import { migrateJobs } from '../src/jobs.ts';
import { mailParts } from '../src/mails.ts';
import type { Actor } from '../src/platform/actor.ts';
import { virtualClock } from '../src/platform/clock.ts';
import type { Database } from '../src/platform/db.ts';
import { idMaker } from '../src/platform/ids.ts';
import { logTo } from '../src/platform/log.ts';
import { type Mail, type MailOptions, openMail } from '../src/platform/mail.ts';
import { MAIL_ATTEMPTS } from '../src/platform/mail-retry.ts';
import { type MailMessage, type MailTemplate, mailSeal, queueMail } from '../src/platform/queue-mail.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { makeOperator, START } from './factories.ts';
import { MAIL_LOGIN, type MailServer, openDeafServer, openMailServer } from './mail-server.ts';

type Greeting = { name: string };
const greeting: MailTemplate<Greeting> = {
  name: 'test-greeting',
  brand: 'platform',
  write: ({ name }) => ({ subject: `Hello ${name}`, heading: 'Hello', parts: [{ kind: 'text', text: `Dear ${name}` }] }),
};
const invitation: MailTemplate<Greeting> = {
  name: 'test-invitation',
  brand: 'operator',
  write: ({ name }, secret) => ({
    subject: `Come in, ${name}`,
    heading: 'You are invited',
    parts: [{ kind: 'link', label: 'Accept', href: `/invitations?token=${secret}` }],
  }),
};
const KEY = Buffer.alloc(32, 7);
const ADMIN: Actor = { kind: 'admin', adminId: 1n, email: 'a@predictu.local', permissions: [] };

let db: TestDatabase;
let server: MailServer;
let dataFolder: string;
const clock = virtualClock(START);
const newId = idMaker(clock);
let lines: string[];
let opened: Mail[];

const open = (options: Partial<MailOptions> = {}): Mail => {
  const mail = openMail({
    ...mailParts({ secrets: KEY, unsubscribe: KEY }, ''),
    templates: [greeting, invitation],
    attachments: { note: async (_db, operatorId, reference) => Buffer.from(`${operatorId} ${reference}`) },
    database: db.database,
    clock,
    log: logTo((line) => lines.push(line)),
    from: { name: 'Predictu', address: 'no-reply@predictu.example' },
    publicUrl: 'https://predictu.example',
    smtpUrl: server.url,
    dataFolder,
    timeoutMs: 20_000,
    ...options,
  });
  opened.push(mail);
  return mail;
};
const queue = <D extends object>(template: MailTemplate<D>, message: Partial<MailMessage<D>> & { data: D }, actor: Actor = ADMIN) =>
  db.database.as(actor, 'write', (tx) =>
    queueMail({ db: tx, now: clock.now(), newId }, template, {
      operatorId: null,
      to: 'ada@example.com',
      key: `key-${newId()}`,
      ...message,
    } as never),
  );
const rows = async (): Promise<Record<string, unknown>[]> =>
  (await db.owner.query('select status, attempts, answer, transport, sealed, recipient, due_at from mails order by id')).rows;

beforeAll(async () => {
  db = await testDatabase();
  await migrateJobs(db.ownerUrl);
});
afterAll(() => db?.drop());
beforeEach(async () => {
  clock.set(START);
  lines = [];
  opened = [];
  dataFolder = mkdtempSync(join(tmpdir(), 'predictu-mail-'));
  server = await openMailServer({ hideSTARTTLS: true });
  await db.owner.query('truncate mails');
});
afterEach(async () => {
  for (const mail of opened) await mail.close();
  await server.close();
  rmSync(dataFolder, { recursive: true });
});

describe('a message', () => {
  test('leaves as text and HTML when its transaction is committed, and never when it is not', async () => {
    await queue(greeting, { data: { name: 'Ada' } });
    const undone = db.database.as(ADMIN, 'write', async (tx) => {
      await queueMail({ db: tx, now: START, newId }, greeting, {
        operatorId: null,
        to: 'ada@example.com',
        data: { name: 'Nobody' },
        key: 'undone',
      });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await open().deliver()).toBe(1);
    expect(server.taken).toHaveLength(1);
    const [{ mail, from, to }] = server.taken as [MailServer['taken'][0]];
    expect([mail.subject, from, to]).toEqual(['Hello Ada', 'no-reply@predictu.example', ['ada@example.com']]);
    expect(mail.text).toContain('Dear Ada');
    expect(mail.html).toContain('Dear Ada');
    expect(mail.messageId).toMatch(/^<mail_[0-9a-z]{13}@predictu\.example>$/);
    expect(await rows()).toMatchObject([{ status: 'sent', attempts: 1, transport: 'smtp', answer: expect.stringMatching(/^250/) }]);
  });

  test('wakes a worker by a job of the same transaction', async () => {
    await db.owner.query('delete from graphile_worker._private_jobs');
    await queue(greeting, { data: { name: 'Ada' } });
    const { rows: jobs } = await db.owner.query('select task_identifier, max_attempts from graphile_worker.jobs');
    expect(jobs).toEqual([{ task_identifier: 'deliver-mail', max_attempts: 1 }]);
  });

  test('about one fact reaches each recipient once, whoever asks again; another operator has the same key for itself', async () => {
    const [one, other] = [await makeOperator(db.owner), await makeOperator(db.owner)];
    const again = { data: { name: 'Ada' }, key: 'invoice-1', to: ['ada@example.com', 'bob@example.com', 'ada@example.com'] };
    await Promise.all([queue(greeting, { ...again, operatorId: one }), queue(greeting, { ...again, operatorId: one })]);
    await queue(greeting, { ...again, operatorId: other, to: 'ada@example.com' });
    await open().deliver();
    expect(server.taken.map(({ to }) => to[0]).sort()).toEqual(['ada@example.com', 'ada@example.com', 'bob@example.com']);
  });

  test.each(['operator', 'player'] as const)('is queued by an %s for its own operator only', async (kind) => {
    const [own, other] = [await makeOperator(db.owner), await makeOperator(db.owner)];
    const actor = {
      kind,
      operatorId: own,
      playerId: 1n,
      sessionId: 1n,
      slug: '',
      memberId: 1n,
      email: '',
      permissions: [],
    } as unknown as Actor;
    await queue(greeting, { data: { name: 'Ada' }, operatorId: own }, actor);
    await expect(queue(greeting, { data: { name: 'Ada' }, operatorId: other }, actor)).rejects.toThrow('row-level security');
    await expect(queue(greeting, { data: { name: 'Ada' }, operatorId: null }, actor)).rejects.toThrow('row-level security');
    expect(await rows()).toHaveLength(1);
  });

  test('of an operator wears its name, answers go to it, and its secret is gone when it has left', async () => {
    const operatorId = await makeOperator(db.owner, {
      name: 'Lucky "Spins"\r\nBcc: everybody@example.com',
      branding: JSON.stringify({ primary_color: '#ff0066', logo_url: 'https://cdn.example/l.png' }),
      contact_email: 'help@lucky.example',
    });
    const sealed = sealSecret(KEY, 'only-for-ada', mailSeal('invitation-1'));
    await queue(invitation, { operatorId, data: { name: 'Ada' }, key: 'invitation-1', sealed });
    expect(openSecret(KEY, (await rows())[0]?.['sealed'] as string, mailSeal('invitation-1'))).toBe('only-for-ada');
    await open().deliver();
    const [{ mail, to, raw }] = server.taken as [MailServer['taken'][0]];
    expect(mail.from).toMatchObject({ name: 'Lucky "Spins" Bcc: everybody@example.com Predictions', address: 'no-reply@predictu.example' });
    expect(mail.replyTo).toMatchObject([{ address: 'help@lucky.example' }]);
    expect([to, mail.bcc, raw.split('\r\n\r\n')[0]?.match(/^bcc:/im)]).toEqual([['ada@example.com'], undefined, null]);
    expect(mail.text).toContain('https://predictu.example/invitations?token=only-for-ada');
    expect(mail.html).toContain('#ff0066');
    expect(mail.html).toContain('src="https://cdn.example/l.png"');
    expect(JSON.stringify(await rows())).not.toContain('only-for-ada');
    expect((await rows())[0]?.['sealed']).toBeNull();
    expect(lines.join()).not.toContain('only-for-ada');
  });

  test('carries files made when it leaves', async () => {
    await queue(greeting, { data: { name: 'Ada' }, attachments: [{ source: 'note', reference: 'n-1', name: 'note.txt' }] });
    await open().deliver();
    const [file] = server.taken[0]?.mail.attachments ?? [];
    expect([file?.filename, Buffer.from(file?.content as ArrayBuffer).toString()]).toEqual(['note.txt', 'null n-1']);
  });

  test.each(['ada@example.com\r\nRCPT TO:<eve@example.com>', 'ada@example.com, eve@example.com', 'Ada <eve@example.com>'])(
    'goes to one address, not to what is hidden in %j',
    async (to) => {
      await queue(greeting, { data: { name: 'Ada' }, to });
      await open().deliver();
      expect(server.taken.flatMap((taken) => taken.to)).not.toContain('eve@example.com');
    },
  );
});

describe('what fails on the way', () => {
  const LATER: [name: string, fail: MailServer['fail']][] = [
    ['a busy server (421)', { stage: 'recipient', code: 421 }],
    ['greylisting (451)', { stage: 'recipient', code: 451 }],
    ['a full mailbox for now (452)', { stage: 'data', code: 452 }],
    ['a refused login (535): ours to mend', { stage: 'login', code: 535 }],
    ['a refused sender (550): ours to mend', { stage: 'sender', code: 550 }],
    ['a line cut in the middle of the message', 'hang up'],
  ];
  test.each(LATER)('%s is tried again, and leaves once when it works', async (_, fail) => {
    server.fail = fail;
    await queue(greeting, { data: { name: 'Ada' } });
    const mail = open();
    await mail.deliver();
    expect(await rows()).toMatchObject([{ status: 'queued', attempts: 1, transport: null }]);
    expect(await mail.deliver()).toBe(0);
    server.fail = null;
    clock.advance(80_000);
    expect(await mail.deliver()).toBe(1);
    expect(await rows()).toMatchObject([{ status: 'sent', attempts: 2 }]);
    expect(server.taken).toHaveLength(1);
  });

  test.each([
    ['an unknown recipient', { stage: 'recipient', code: 550 }],
    ['a message it will not have', { stage: 'data', code: 554 }],
  ] as const)('%s fails at once and for good, with what the server said', async (_, fail) => {
    server.fail = fail;
    await queue(greeting, { data: { name: 'Ada' } });
    await open().deliver();
    expect(await rows()).toMatchObject([{ status: 'failed', attempts: 1, answer: expect.stringContaining(`${fail.code} told to fail`) }]);
    expect(lines.join()).toContain('failed for good');
  });

  test('is given up after three days, not before', async () => {
    server.fail = { stage: 'recipient', code: 450 };
    await queue(greeting, { data: { name: 'Ada' } });
    const mail = open();
    for (let attempt = 1; attempt <= MAIL_ATTEMPTS; attempt += 1) {
      expect(await mail.deliver()).toBe(1);
      const [row] = await rows();
      expect([row?.['attempts'], row?.['status']]).toEqual([attempt, attempt === MAIL_ATTEMPTS ? 'failed' : 'queued']);
      if (attempt < MAIL_ATTEMPTS) clock.set(row?.['due_at'] as Date);
    }
    const days = (clock.now().getTime() - START.getTime()) / 86_400_000;
    expect(days).toBeGreaterThan(3);
    expect(days).toBeLessThan(4);
    clock.advance(30 * 86_400_000);
    expect(await mail.deliver()).toBe(0);
  });

  test.each(['silent', 'closing'] as const)(
    'a %s server is waited for as long as is set, and the message stays queued',
    async (behaviour) => {
      const deaf = await openDeafServer(behaviour);
      await queue(greeting, { data: { name: 'Ada' } });
      await open({ smtpUrl: deaf.url, timeoutMs: 400 }).deliver();
      expect(await rows()).toMatchObject([{ status: 'queued', attempts: 1 }]);
      await deaf.close();
    },
  );

  test('no server at all is tried again; the password is in no log line and no row', async () => {
    const { url } = server;
    await server.close();
    await queue(greeting, { data: { name: 'Ada' } });
    await open({ smtpUrl: url }).deliver();
    expect(await rows()).toMatchObject([{ status: 'queued', answer: expect.stringContaining('ECONNREFUSED') }]);
    expect(lines.join() + JSON.stringify(await rows())).not.toContain(MAIL_LOGIN.pass);
  });

  test('a wrong password is told by the server and kept from the log', async () => {
    await queue(greeting, { data: { name: 'Ada' } });
    await open({ smtpUrl: server.url.replace(/:[^:@]+@/, ':wrong-secret@') }).deliver();
    expect(await rows()).toMatchObject([{ status: 'queued' }]);
    expect(lines.join() + JSON.stringify(await rows())).not.toContain('wrong-secret');
  });

  test('one that cannot be put into words waits and says why, and holds up no other', async () => {
    await queue({ ...greeting, name: 'unheard-of' }, { data: { name: 'Ada' } });
    await queue(greeting, { data: { name: 'Bob' }, attachments: [{ source: 'nowhere', reference: '', name: 'x' }] });
    await queue(greeting, { data: { name: 'Cy' } });
    await open().deliver();
    expect(server.taken.map(({ mail }) => mail.subject)).toEqual(['Hello Cy']);
    expect((await rows()).map(({ answer }) => answer)).toEqual([
      'There is no template unheard-of',
      'There is no source nowhere of attachments',
      expect.stringMatching(/^250/),
    ]);
  });

  test('a crash after the server took it sends it again as the same message', async () => {
    await queue(greeting, { data: { name: 'Ada' } });
    let crashed = false;
    const dying: Database = {
      ...db.database,
      as: (actor, mode, work) => {
        if (server.taken.length > 0 && !crashed) {
          crashed = true;
          throw new Error('crashed');
        }
        return db.database.as(actor, mode, work);
      },
    };
    await expect(open({ database: dying }).deliver()).rejects.toThrow('crashed');
    const next = open();
    expect(await next.deliver()).toBe(0);
    clock.advance(11 * 60_000);
    expect(await next.deliver()).toBe(1);
    expect(new Set(server.taken.map(({ mail }) => mail.messageId)).size).toBe(1);
    expect(server.taken).toHaveLength(2);
    expect(await rows()).toMatchObject([{ status: 'sent', attempts: 2 }]);
  });

  test('three workers at once send each of forty once', async () => {
    for (let n = 0; n < 40; n += 1) await queue(greeting, { data: { name: `N${n}` } });
    const tried = await Promise.all([open(), open(), open()].map((mail) => mail.deliver()));
    expect(tried.reduce((sum, count) => sum + count, 0)).toBe(40);
    expect(new Set(server.taken.map(({ mail }) => mail.subject)).size).toBe(40);
    expect(server.taken).toHaveLength(40);
  });
});

describe('encryption', () => {
  /** Its certificate is nobody's. */
  const send = async (options: Parameters<typeof openMailServer>[0], question: string) => {
    const other = await openMailServer(options);
    await queue(greeting, { data: { name: 'Ada' } });
    await open({ smtpUrl: other.url + question }).deliver();
    await other.close();
    return { row: (await rows())[0], taken: other.taken };
  };
  test.each([{}, { secure: true }])('a certificate that cannot be trusted gets no message: %o', async (options) => {
    const { row, taken } = await send(options, '');
    expect(row).toMatchObject({ status: 'queued', answer: expect.stringMatching(/certificate/i) });
    expect(taken).toHaveLength(0);
  });
  test.each([{}, { secure: true }])('is used wherever the server offers it: %o', async (options) => {
    const { row, taken } = await send(options, '?tls.rejectUnauthorized=false');
    expect(row).toMatchObject({ status: 'sent' });
    expect(taken).toMatchObject([{ secure: true }]);
  });
  test('a server without it gets nothing when it is required', async () => {
    const { row, taken } = await send({ disabledCommands: ['STARTTLS'] }, '?requireTLS=true');
    expect(row).toMatchObject({ status: 'queued', answer: expect.stringMatching(/^500/) });
    expect(taken).toHaveLength(0);
  });
});

describe('without a mail server', () => {
  test('messages are laid into the outbox, whole, for the owner alone', async () => {
    await queue(greeting, { data: { name: 'Ada' } });
    await open({ smtpUrl: undefined }).deliver();
    const folder = join(dataFolder, 'outbox');
    const [name = '', ...others] = readdirSync(folder);
    expect(others).toEqual([]);
    expect([statSync(folder).mode & 0o777, statSync(join(folder, name)).mode & 0o777]).toEqual([0o700, 0o600]);
    const mail = await PostalMime.parse(readFileSync(join(folder, name)));
    expect([mail.subject, mail.to?.[0]?.address]).toEqual(['Hello Ada', 'ada@example.com']);
    expect(await rows()).toMatchObject([{ status: 'sent', transport: 'outbox', answer: `outbox/${name}` }]);
  });
});
