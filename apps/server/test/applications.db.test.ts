/** A company applies through the public form; a reviewer decides; every step stands in the audit log. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestServer, type TestServer } from './server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server?.close());

const APPLY = '/api/operators/apply';
const QUEUE = '/api/internal/applications';
const asked = {
  company: 'Halcyon Resorts Ltd',
  website_url: 'https://www.halcyonresorts.com/casino',
  jurisdiction: 'Malta',
  licence_authority: 'Malta Gaming Authority',
  licence_number: 'MGA/B2C/214/2018',
  categories: ['sports', 'politics'],
  expected_monthly_volume: '1m_to_10m',
  monthly_players: '25k_to_100k',
  wallet_mode: 'seamless',
  contact_name: 'Ines Borg',
  contact_email: 'ines@halcyonresorts.com',
  message: 'Two hotels and an online casino.',
  consent: true,
};
let turn = 0;
/** An address of its own for each test: nobody is counted for somebody else. */
beforeEach(() => {
  turn += 1;
});
const from = () => ({ remoteAddress: `203.0.113.${turn}` });

async function openForm(waitMs = 5_000): Promise<string> {
  const { body } = await server.send('GET', APPLY);
  server.clock.advance(waitMs);
  return body.data.form_token;
}
async function apply(changes: Record<string, unknown> = {}, token?: string) {
  const payload = { ...asked, form_token: token ?? (await openForm()), ...changes };
  return server.inject({ method: 'POST', url: APPLY, payload, ...from() });
}
const admin = (method: 'GET' | 'POST', url: string, body?: unknown) => server.send(method, url, server.admin, body);
const problemOf = (answer: { body: { error: { details: { fields: { field: string; expected: string }[] } } } }) =>
  answer.body.error.details.fields[0];

describe('the form', () => {
  test('lands in the queue with everything that was said, and in the audit log', async () => {
    const { status, body } = await apply();
    expect(status).toBe(201);
    expect(body.data).toEqual({ id: expect.stringMatching(/^app_/), status: 'received', submitted_at: server.clock.now().toISOString() });
    const { data } = (await admin('GET', `${QUEUE}/${body.data.id}`)).body;
    const { consent: _, ...said } = asked;
    expect(data).toMatchObject({ ...said, status: 'received', operator: null, contact_phone: null });
    expect(data.next_statuses).toContain('approved');
    expect(data.history).toMatchObject([{ action: 'application.submit', by: { kind: 'public', name: null }, to: 'received' }]);
  });

  test.each([
    ['company', { company: 'x' }],
    ['website_url', { website_url: 'halcyon' }],
    ['contact_email', { contact_email: 'ines@halcyon' }],
    ['categories', { categories: [] }],
    ['consent', { consent: false }],
    ['licence_authority', { licence_authority: '' }],
    ['wallet_mode', { wallet_mode: 'piggy bank' }],
  ])('422 names %s', async (field, changes) => {
    const answer = await apply(changes);
    expect(answer.status).toBe(422);
    expect(problemOf(answer)?.field).toContain(field);
  });

  test('a form that was not opened, opened too lately, or sent before is refused', async () => {
    const { body } = await server.send('GET', APPLY);
    for (const [token, expected] of [
      ['made-up', 'of ours'],
      [`${body.data.form_token}x`, 'of ours'],
      [body.data.form_token, 'three seconds'],
    ]) {
      expect(problemOf(await apply({}, token))).toMatchObject({ field: 'form_token', expected: expect.stringContaining(expected) });
    }
    const token = await openForm();
    expect((await apply({ contact_email: 'once@used.example' }, token)).status).toBe(201);
    expect(problemOf(await apply({ contact_email: 'twice@used.example' }, token))?.expected).toContain('not used before');
  });

  test('what fills the hidden field is answered like anybody and waits among the spam', async () => {
    const { status, body } = await apply({ fax: '+356 21 000 000', contact_email: 'bot@spam.example' });
    expect(status).toBe(201);
    expect(body.data.status).toBe('received');
    const listed = async (query: string) => (await admin('GET', `${QUEUE}?${query}`)).body.data.map(({ id }: { id: string }) => id);
    expect(await listed('')).not.toContain(body.data.id);
    expect(await listed('status=spam')).toEqual([body.data.id]);
  });

  test('sent again by the same person for the same site it is answered alike and joined to the first', async () => {
    const first = (await apply({ contact_email: 'again@halcyon.example', website_url: 'https://again.example' })).body.data;
    const { status, body } = await apply({ contact_email: 'AGAIN@halcyon.example', website_url: 'http://www.again.example/x' });
    expect(status).toBe(201);
    expect(Object.keys(body.data)).toEqual(Object.keys(first));
    expect(body.data.status).toBe('received');
    expect((await admin('GET', `${QUEUE}/${body.data.id}`)).body.data).toMatchObject({ status: 'duplicate', duplicate_of: first.id });
    const related = (await admin('GET', `${QUEUE}/${first.id}`)).body.data.related;
    expect(related).toMatchObject([{ id: body.data.id, status: 'duplicate' }]);
  });

  test('somebody else who names the same site is nobody’s duplicate: a stranger cannot hide an application', async () => {
    await apply({ contact_email: 'stranger@evil.example', website_url: 'https://victim.example' });
    const { body } = await apply({ contact_email: 'owner@victim.example', website_url: 'https://victim.example' });
    expect((await admin('GET', `${QUEUE}/${body.data.id}`)).body.data).toMatchObject({ status: 'received', duplicate_of: null });
  });

  test('the twenty-first of a day from one address is refused; another address is not', async () => {
    for (let sent = 0; sent < 20; sent += 1) expect((await apply({ contact_email: `n${sent}@many.example` })).status).toBe(201);
    const answer = await apply({ contact_email: 'n21@many.example' });
    expect(answer).toMatchObject({ status: 429, body: { error: { code: 'RATE_LIMITED' } } });
    expect(answer.headers['retry-after']).toBe('86400');
    turn += 1;
    expect((await apply({ contact_email: 'n22@many.example' })).status).toBe(201);
  });
});

describe('the review', () => {
  const decide = (id: string, status: string, reason = 'Looked into it') => admin('POST', `${QUEUE}/${id}/status`, { status, reason });
  const fresh = async (email: string) =>
    (await apply({ contact_email: email, website_url: `https://${email.split('@')[1]}` })).body.data.id;

  test('walks along the statuses; what cannot follow is a conflict', async () => {
    const id = await fresh('walk@walk.example');
    expect((await decide(id, 'in_review')).body.data).toMatchObject({ id, status: 'in_review', audit_id: expect.stringMatching(/^aud_/) });
    expect(await decide(id, 'in_review')).toMatchObject({
      status: 409,
      body: { error: { code: 'CONFLICT', details: { status: 'in_review' } } },
    });
    expect((await decide(id, 'rejected', 'No licence')).status).toBe(200);
    expect((await decide(id, 'approved')).status).toBe(409);
    const { history } = (await admin('GET', `${QUEUE}/${id}`)).body.data;
    expect(history.slice(1)).toMatchObject([
      { action: 'application.status', by: { kind: 'admin', name: 'admin@predictu.test' }, from: 'received', to: 'in_review' },
      { from: 'in_review', to: 'rejected', reason: 'No licence' },
    ]);
  });

  test('a reason is asked for, and a status nobody may set is refused', async () => {
    const id = await fresh('reason@reason.example');
    expect((await admin('POST', `${QUEUE}/${id}/status`, { status: 'approved' })).status).toBe(422);
    expect((await decide(id, 'provisioned')).status).toBe(422);
    expect((await decide('app_0000000000001', 'approved')).status).toBe(404);
  });

  test('notes stay, in order', async () => {
    const id = await fresh('note@note.example');
    for (const note of ['Called them', 'Licence checked']) expect((await admin('POST', `${QUEUE}/${id}/notes`, { note })).status).toBe(201);
    const { history } = (await admin('GET', `${QUEUE}/${id}`)).body.data;
    expect(history.map(({ note }: { note: string | null }) => note)).toEqual([null, 'Called them', 'Licence checked']);
  });

  test('is searched, filtered and continued by cursor without gaps', async () => {
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c']) ids.unshift(await fresh(`${name}@cursor.example`));
    const found: string[] = [];
    let next = '';
    do {
      const { body } = await admin('GET', `${QUEUE}?search=CURSOR.example&limit=2${next && `&cursor=${next}`}`);
      expect(body.pagination.total).toBe(3);
      found.push(...body.data.map(({ id }: { id: string }) => id));
      next = body.next_cursor ?? '';
    } while (next);
    expect(found).toEqual(ids);
    expect((await admin('GET', `${QUEUE}?search=cursor&category=crypto`)).body.data).toEqual([]);
    expect((await admin('GET', `${QUEUE}?status=unheard`)).status).toBe(400);
  });
});

describe('the audit log', () => {
  const LOG = '/api/internal/audit-log';

  test('shows who, what from what to what, why and by which request', async () => {
    const { body } = await server.inject({
      method: 'POST',
      url: '/api/internal/operators/first-casino/suspend',
      headers: { authorization: `Bearer ${server.admin}`, 'x-request-id': 'audit-log-test-1' },
      payload: { reason: 'Licence lapsed' },
    });
    const { data } = (await admin('GET', `${LOG}?request_id=audit-log-test-1`)).body;
    expect(data).toMatchObject([
      {
        actor: { kind: 'admin', id: expect.stringMatching(/^adm_/), name: 'admin@predictu.test' },
        action: 'operator.suspend',
        subject: 'operator:first-casino',
        operator: { id: body.data.id, slug: 'first-casino' },
        reason: 'Licence lapsed',
        changes: [{ field: 'status', after: 'suspended' }],
      },
    ]);
    await admin('POST', '/api/internal/operators/first-casino/reinstate', { reason: 'Renewed' });
    const [entry] = data;
    for (const query of [
      `subject=operator:first-casino`,
      `operator=first-casino`,
      `action=operator.`,
      `actor=admin@predictu.test`,
      `actor=${entry.actor.id}`,
      `audit_id=${entry.audit_id}`,
      `from=${entry.at}`,
    ]) {
      const found = (await admin('GET', `${LOG}?limit=200&${query}`)).body.data.map(({ audit_id }: { audit_id: string }) => audit_id);
      expect(found, query).toContain(entry.audit_id);
    }
    expect((await admin('GET', `${LOG}?actor_kind=worker&request_id=audit-log-test-1`)).body.data).toEqual([]);
    expect((await admin('GET', `${LOG}?to=${entry.at}&request_id=audit-log-test-1`)).body.data).toEqual([]);
  });

  test('is continued by cursor without gaps or repetitions', async () => {
    const total = (await admin('GET', `${LOG}?action=application.&limit=1`)).body.pagination.total;
    const seen: string[] = [];
    let next = '';
    do {
      const { body } = await admin('GET', `${LOG}?action=application.&limit=7${next && `&cursor=${next}`}`);
      seen.push(...body.data.map(({ audit_id }: { audit_id: string }) => audit_id));
      next = body.next_cursor ?? '';
    } while (next);
    expect(new Set(seen).size).toBe(total);
    expect(seen).toHaveLength(total);
    expect([...seen].sort().reverse()).toEqual(seen);
  });
});

test('a form that was opened yesterday is refused', async () => {
  expect(problemOf(await apply({}, await openForm(24 * 3_600_000 + 1)))?.expected).toContain('24 hours');
});
