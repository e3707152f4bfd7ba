/** The log of e-mails for the platform's staff: found by every filter, sent again where that helps, and never what only a recipient may read. */
import { encodeId, type Id } from '@predictu/contract/ids';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { sealSecret } from '../src/access/access.ts';
import { invitationMail } from '../src/access/link-mails.ts';
import { migrateJobs } from '../src/jobs.ts';
import { trialMail } from '../src/operators/trial-mails.ts';
import { type MailMessage, type MailTemplate, mailSeal, queueMail } from '../src/platform/queue-mail.ts';
import { deriveKey } from '../src/platform/secret.ts';
import { openTestServer, type TestServer } from './server.ts';

const SECRETS = deriveKey('a-secret-that-is-at-least-32-characters', 'secrets');
let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
  await migrateJobs(server.db.ownerUrl);
});
afterAll(() => server?.close());
beforeEach(() => server.db.owner.query('truncate mails'));

const get = (query = '') => server.send('GET', `/api/internal/mails${query}`, server.admin);
const again = (id: string, reason = 'The mailbox is there now') =>
  server.send('POST', `/api/internal/mails/${id}/retry`, server.admin, { reason });
let keys = 0;
const queue = async <D extends object>(template: MailTemplate<D>, message: Partial<MailMessage<D>> & { data: D }): Promise<string> => {
  const before = await idsOf();
  keys += 1;
  await server.db.database.as({ kind: 'worker', name: 'test' }, 'write', (db) =>
    queueMail({ db, now: server.clock.now(), newId: server.newId }, template, {
      operatorId: null,
      to: 'ines@halcyon.example',
      key: `log-${keys}`,
      ...message,
    } as never),
  );
  return (await idsOf()).find((id) => !before.includes(id)) ?? '';
};
const idsOf = async (): Promise<string[]> =>
  (await server.db.owner.query('select id from mails order by id')).rows.map(({ id }) => encodeId('mail', BigInt(id) as Id<'mail'>));
const rowOf = async (id: string) => (await get()).body.data.find((row: { id: string }) => row.id === id);
const fail = (id: string, answer = '550 no such mailbox') =>
  server.db.owner.query(
    `update mails set status = 'failed', attempts = 11, answer = $1 where id = (select id from mails order by id offset $2 limit 1)`,
    [answer, keysOf(id)],
  );
let order: string[] = [];
const keysOf = (id: string): number => order.indexOf(id);
const trial = {
  name: 'Halcyon',
  notice: 'grace' as const,
  ends_at: '2026-06-01T00:00:00.000Z',
  read_only_from: '2026-06-08T00:00:00.000Z',
};
const invitation = (link: string, key: string) => ({
  data: { company: 'Halcyon', name: 'Ines', trialDays: 14 },
  key,
  sealed: sealSecret(SECRETS, link, mailSeal(key)),
});
const failed = async (...made: string[]): Promise<void> => {
  order = await idsOf();
  for (const id of made) await fail(id);
};

describe('the list', () => {
  test('shows what a message is about and how it fared; links and sealed parts are nowhere', async () => {
    const id = await queue(invitationMail, invitation('/auth/confirm?token_hash=only-for-ines', 'secret-1'));
    await failed(id);
    const { status, body } = await get();
    expect(status).toBe(200);
    expect(body.data).toEqual([
      {
        id,
        template: 'invitation',
        subject: 'Your invitation to Predictu for Halcyon',
        recipient: 'ines@halcyon.example',
        operator: null,
        status: 'failed',
        attempts: 11,
        attachments: [],
        last_error: '550 no such mailbox',
        next_attempt_at: null,
        transport: null,
        sent_at: null,
        created_at: server.clock.now().toISOString(),
        link_expires_at: new Date(server.clock.now().getTime() + 7 * 86_400_000).toISOString(),
        retry: 'possible',
      },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/only-for-ines|token_hash|sealed/);
    expect((await server.send('GET', `/api/internal/mails/${id}`, server.admin)).body.data).toEqual(body.data[0]);
  });

  test('is filtered by status, template, part of the address, operator and days, and paged by cursor', async () => {
    const { operatorId } = server.tenants[0];
    const one = await queue(trialMail, { data: trial, operatorId, to: 'First_100%@casino.example' });
    const now = server.clock.now();
    server.clock.advance(86_400_000);
    const two = await queue(trialMail, { data: trial, to: 'second@casino.example' });
    const three = await queue(invitationMail, invitation('/x', 'filters'));
    await failed(two);
    const found = async (query: string) => (await get(query)).body.data.map(({ id }: { id: string }) => id);
    const day = server.clock.now().toISOString().slice(0, 10);
    server.clock.set(now);
    expect(await found('')).toEqual([three, two, one]);
    expect(await found('?status=failed')).toEqual([two]);
    expect(await found('?template=trial')).toEqual([two, one]);
    expect(await found('?recipient=CASINO.exa')).toEqual([two, one]);
    expect(await found('?recipient=_100%25')).toEqual([one]);
    expect(await found('?recipient=%25%25%25')).toEqual([]);
    expect(await found('?operator=first-casino')).toEqual([one]);
    expect(await found(`?operator=${encodeId('operator', operatorId as Id<'operator'>)}`)).toEqual([one]);
    expect(await found(`?from=${day}`)).toEqual([three, two]);
    expect(await found(`?to=${day}`)).toEqual([one]);
    const { body } = await get('?limit=2');
    expect(body.pagination).toEqual({ page: 1, limit: 2, total: 3, total_pages: 2 });
    expect(await found(`?limit=2&cursor=${body.next_cursor}`)).toEqual([one]);
    expect((await get('?status=lost')).status).toBe(400);
    expect((await get('?recipient=ab')).status).toBe(400);
  });

  test('is the platform’s alone, and says of what it cannot word that it cannot', async () => {
    const id = await queue({ ...trialMail, name: 'unheard-of' }, { data: trial });
    expect((await rowOf(id)).subject).toBeNull();
    for (const token of [server.tenants[0].token, server.tenants[0].players[0].token]) {
      expect((await server.send('GET', '/api/internal/mails', token)).status).toBe(403);
      expect((await server.send('POST', `/api/internal/mails/${id}/retry`, token, { reason: 'x' })).status).toBe(403);
    }
    expect((await server.send('GET', '/api/internal/mails/mail_0000000000000', server.admin)).status).toBe(404);
    expect((await again('mail_0000000000000')).status).toBe(404);
  });
});

describe('sending again', () => {
  test('begins a new round at once, wakes the worker, is audited once, and asking again changes nothing', async () => {
    const id = await queue(trialMail, { data: trial, operatorId: server.tenants[0].operatorId });
    await failed(id);
    await server.db.owner.query('delete from graphile_worker._private_jobs');
    const answers = await Promise.all([again(id), again(id), again(id)]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect((await again(id)).body.data).toMatchObject({
      status: 'queued',
      attempts: 0,
      retry: 'queued',
      next_attempt_at: server.clock.now().toISOString(),
      last_error: '550 no such mailbox',
    });
    const { rows: jobs } = await server.db.owner.query('select task_identifier from graphile_worker.jobs');
    expect(jobs).toEqual([{ task_identifier: 'deliver-mail' }]);
    const { body } = await server.send('GET', `/api/internal/audit-log?action=mail.retry&subject=${id}`, server.admin);
    expect(body.data).toMatchObject([
      {
        action: 'mail.retry',
        operator: { slug: 'first-casino', name: 'Example Casino' },
        reason: 'The mailbox is there now',
        before: { status: 'failed', attempts: 11, last_error: '550 no such mailbox' },
      },
    ]);
    expect((await again(id, ' ')).status).toBe(422);
  });

  test('is refused with why for what has left, and for links that work no longer', async () => {
    const sent = await queue(trialMail, { data: trial });
    const replaced = await queue(invitationMail, invitation('/a', 'replaced'));
    const latest = await queue(invitationMail, invitation('/b', 'latest'));
    await failed(replaced, latest);
    await server.db.owner.query(`update mails set status = 'sent', sent_at = now(), transport = 'smtp' where template = 'trial'`);
    const refusal = async (id: string) => {
      const { status, body } = await again(id);
      return [status, body.error?.code, body.error?.details?.reason];
    };
    expect(await refusal(sent)).toEqual([409, 'CONFLICT', 'sent']);
    expect(await refusal(replaced)).toEqual([409, 'CONFLICT', 'link_replaced']);
    await server.db.owner.query(`update mails set created_at = created_at - interval '7 days'`);
    expect(await refusal(latest)).toEqual([409, 'CONFLICT', 'link_expired']);
    const { rows } = await server.db.owner.query(`select count(*)::int as n from mails where status = 'queued'`);
    expect(rows).toEqual([{ n: 0 }]);
  });
});
