/** From an approved application to a session: the invitation, the trigger that makes the operator, links, codes and passwords. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestServer, PASSWORD, type TestServer } from './server.ts';
import { lettersTo, linkTo, openBrowserOf, pressed } from './sign-in-scene.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server?.close());

const admin = (method: 'GET' | 'POST', url: string, body?: unknown) => server.send(method, url, server.admin, body);
const rowsOf = async (text: string, values: unknown[] = []) => (await server.db.owner.query(text, values)).rows;
const NEW_PASSWORD = 'a sunny walk along the quay';

/** Applies and is approved; answers the application's id. */
async function approve(email: string, company = 'Halcyon Resorts Ltd'): Promise<string> {
  const { body: form } = await server.send('GET', '/api/operators/apply');
  server.clock.advance(5_000);
  const { body } = await server.send('POST', '/api/operators/apply', undefined, {
    company,
    website_url: `https://${email.split('@')[1]}`,
    jurisdiction: 'Malta',
    licence_authority: 'Malta Gaming Authority',
    categories: ['sports', 'politics'],
    expected_monthly_volume: '1m_to_10m',
    monthly_players: '25k_to_100k',
    wallet_mode: 'seamless',
    contact_name: 'Ines Borg',
    contact_email: email,
    consent: true,
    form_token: form.data.form_token,
  });
  const { status } = await admin('POST', `/api/internal/applications/${body.data.id}/status`, {
    status: 'approved',
    reason: 'Licence checked',
  });
  expect(status).toBe(200);
  return body.data.id;
}

/** Accepts the invitation and chooses a password; answers the session. */
async function accept(email: string, password = NEW_PASSWORD) {
  const browser = openBrowserOf(server);
  expect(await browser.open(await linkTo(server, email))).toBe('/auth/continue');
  const { status, body } = await browser.ask('POST', '/api/auth/sign-in', { password });
  expect(status).toBe(200);
  return body.data as { token: string; user: { id: string; operator_slug: string; operator_id: string } };
}

describe('an invitation', () => {
  test('accepted, it makes the person, the operator on trial and its member: by the trigger', async () => {
    const application = await approve('ines@halcyon.example');
    expect((await lettersTo(server, 'ines@halcyon.example')).map(({ template }) => template)).toEqual([
      'application-received',
      'invitation',
    ]);
    expect(await rowsOf(`select 1 from operators where slug = 'halcyon-resorts-ltd'`)).toEqual([]);
    expect(await rowsOf(`select 1 from auth.users where email = 'ines@halcyon.example'`)).toEqual([]);
    const session = await accept('Ines@halcyon.example'.toLowerCase());
    const [operator] = await rowsOf(`select * from operators where slug = 'halcyon-resorts-ltd'`);
    const days = (new Date(operator.trial_ends_at).getTime() - server.clock.now().getTime()) / 86_400_000;
    expect(operator).toMatchObject({
      name: 'Halcyon Resorts Ltd',
      status: 'pending',
      tier: 'trial',
      wallet_mode: 'seamless',
      s2s_enabled: true,
      allowed_categories: ['sports', 'politics'],
      read_only_since: null,
    });
    expect(days).toBeCloseTo(14, 3);
    expect(await rowsOf('select document from operator_config where operator_id = $1', [operator.id])).toEqual([{ document: {} }]);
    const [user] = await rowsOf(`select * from auth.users where email = 'ines@halcyon.example'`);
    expect(user).toMatchObject({ aud: 'authenticated', role: 'authenticated', encrypted_password: expect.stringMatching(/^\$argon2id\$/) });
    expect(await rowsOf('select provider from auth.identities where user_id = $1', [user.id])).toEqual([{ provider: 'email' }]);
    const members = (await admin('GET', '/api/internal/operators/halcyon-resorts-ltd/members')).body.data;
    expect(members).toMatchObject({
      members: [{ id: session.user.id, email: 'ines@halcyon.example', name: 'Ines Borg' }],
      invitations: [],
    });
    const detail = (await admin('GET', `/api/internal/applications/${application}`)).body.data;
    expect(detail).toMatchObject({ status: 'provisioned', operator: { slug: 'halcyon-resorts-ltd' } });
    expect((await server.send('GET', '/api/operator/settings', session.token)).body.data.profile.slug).toBe('halcyon-resorts-ltd');
    const log = (await admin('GET', '/api/internal/audit-log?subject=operator:halcyon-resorts-ltd')).body.data;
    expect(log).toMatchObject([{ action: 'operator.create', actor: { kind: 'worker', id: 'on_pms_auth_user_created' } }]);
    const login = { email: 'ines@halcyon.example', password: NEW_PASSWORD };
    expect((await server.send('POST', '/api/auth/operator/login', undefined, login)).status).toBe(200);
  });

  test('opened twice, in parallel or again, it counts once', async () => {
    await approve('once@once.example', 'Once Ltd');
    const link = await linkTo(server, 'once@once.example');
    const pages = await Promise.all([1, 2, 3, 4].map(() => openBrowserOf(server).open(link)));
    expect(pages.sort()).toEqual(['/auth/continue', ...Array(3).fill('/auth/login?problem=link')]);
    expect(await openBrowserOf(server).open(link)).toBe('/auth/login?problem=link');
    expect(await rowsOf(`select count(*)::int as n from operators where slug like 'once-ltd%'`)).toEqual([{ n: 1 }]);
  });

  test('sent again the link before works no longer; a scanner that opens one, however often, uses nothing up', async () => {
    const id = await approve('again@again.example', 'Again Ltd');
    const first = await linkTo(server, 'again@again.example');
    expect((await admin('POST', `/api/internal/applications/${id}/invitation`, {})).status).toBe(200);
    const second = await linkTo(server, 'again@again.example');
    expect(await openBrowserOf(server).open(first)).toBe('/auth/login?problem=link');
    for (const method of ['HEAD', 'GET', 'GET', 'GET'] as const) {
      const { status, headers } = await server.inject({ method: method as 'GET', url: second });
      expect([status, headers['referrer-policy'], headers['cache-control']]).toEqual([200, 'no-referrer', 'no-store']);
      expect(headers['set-cookie']).toBeUndefined();
    }
    const callback = pressed((await server.inject({ method: 'GET', url: second })).body);
    expect((await server.inject({ method: 'HEAD' as 'GET', url: callback })).status).toBe(404);
    expect(await openBrowserOf(server).open(second)).toBe('/auth/continue');
  });

  test('seven days later it has run out; taken back it never counts', async () => {
    await approve('late@late.example', 'Late Ltd');
    const back = await approve('back@back.example', 'Back Ltd');
    const [late, taken] = [await linkTo(server, 'late@late.example'), await linkTo(server, 'back@back.example')];
    await admin('POST', `/api/internal/applications/${back}/status`, { status: 'rejected', reason: 'Licence lapsed' });
    expect(await openBrowserOf(server).open(taken)).toBe('/auth/login?problem=no_workspace');
    const now = server.clock.now();
    server.clock.advance(7 * 86_400_000 + 1);
    expect(await openBrowserOf(server).open(late)).toBe('/auth/login?problem=link');
    server.clock.set(now);
    expect(await rowsOf(`select slug from operators where slug in ('late-ltd', 'back-ltd')`)).toEqual([]);
  });

  test('the callback of its page is the documented one: GET with token_hash leads on', async () => {
    await approve('plain@plain.example', 'Plain Ltd');
    const words = new URL(await linkTo(server, 'plain@plain.example'), 'http://x').searchParams;
    const browser = openBrowserOf(server);
    const answer = await browser.ask('GET', `/api/auth/callback?${words}`);
    expect([answer.status, answer.headers['location']]).toEqual([303, '/auth/continue']);
  });

  test('its page says nothing that was not written by us, and without a link leads to the way in', async () => {
    const hostile = `"><script>alert(1)</script>`;
    const query = new URLSearchParams({ token_hash: hostile, type: 'invite', next: hostile, other: 'never-shown' });
    const { body } = await server.inject({ method: 'GET', url: `/auth/confirm?${query}` });
    expect(body).not.toContain('<script');
    expect(body).not.toContain('never-shown');
    expect(new URLSearchParams(pressed(body).split('?')[1]).get('token_hash')).toBe(hostile);
    const lost = await server.inject({ method: 'GET', url: '/auth/confirm' });
    expect([lost.status, lost.headers['location']]).toEqual([303, '/auth/login?problem=link']);
  });

  test('two companies of one name get two slugs', async () => {
    await approve('one@twin-one.example', 'Twin Ltd');
    await approve('two@twin-two.example', 'Twin Ltd');
    const slugs = [(await accept('one@twin-one.example')).user.operator_slug, (await accept('two@twin-two.example')).user.operator_slug];
    expect(slugs).toEqual(['twin-ltd', 'twin-ltd-2']);
  });

  test('somebody who was never invited gets a person and nothing else', async () => {
    const before = await rowsOf('select (select count(*) from operators) as operators, (select count(*) from operator_members) as members');
    await server.db.owner.query(
      `insert into auth.users (id, email, email_confirmed_at, raw_user_meta_data, created_at) values ($1, 'stranger@evil.example', $2, '{"operator": "mine"}', $2)`,
      [randomUUID(), server.clock.now()],
    );
    expect(
      await rowsOf('select (select count(*) from operators) as operators, (select count(*) from operator_members) as members'),
    ).toEqual(before);
  });

  test('where the identity store confirms later, the trigger waits for it', async () => {
    await approve('slow@slow.example', 'Slow Ltd');
    const id = randomUUID();
    await server.db.owner.query(`insert into auth.users (id, email, invited_at, created_at) values ($1, 'slow@slow.example', $2, $2)`, [
      id,
      server.clock.now(),
    ]);
    expect(await rowsOf(`select 1 from operators where slug = 'slow-ltd'`)).toEqual([]);
    await server.db.owner.query('update auth.users set email_confirmed_at = $2 where id = $1', [id, server.clock.now()]);
    expect(await rowsOf(`select tier from operators where slug = 'slow-ltd'`)).toEqual([{ tier: 'trial' }]);
  });
});

describe('a member of an operator that an admin made', () => {
  test('the contact is invited with it and comes in', async () => {
    const { body } = await admin('POST', '/api/internal/operators', {
      name: 'Northern Lights',
      slug: 'northern-lights',
      contact_email: 'ida@nordlys.example',
      contact_name: 'Ida',
    });
    expect(body.data.invitation).toMatchObject({ email: 'ida@nordlys.example', sent_at: null });
    const session = await accept('ida@nordlys.example');
    expect(session.user.operator_slug).toBe('northern-lights');
    expect(await rowsOf(`select tier from operators where slug = 'northern-lights'`)).toEqual([{ tier: 'standard' }]);
  });

  test('colleagues are invited with the permissions named; who is at home elsewhere is refused', async () => {
    const url = '/api/internal/operators/northern-lights/members';
    const { status, body } = await admin('POST', url, { email: 'ola@nordlys.example', permissions: ['read'] });
    expect(status).toBe(201);
    const { token } = await accept('ola@nordlys.example');
    expect((await server.send('PATCH', '/api/operator/settings', token, { profile: { contact_name: 'Ola' } })).status).toBe(403);
    expect(await admin('POST', url, { email: 'ola@nordlys.example' })).toMatchObject({
      status: 409,
      body: { error: { details: { reason: 'member' } } },
    });
    expect((await admin('POST', `${url}/${body.data.id}/revoke`, { reason: 'Left' })).status).toBe(409);
    const other = await admin('POST', '/api/internal/operators/first-casino/members', { email: 'per@nordlys.example' });
    expect((await admin('POST', `${url}/${other.body.data.id}/revoke`, { reason: 'Not ours' })).status).toBe(404);
    expect((await admin('POST', url, { email: 'per@nordlys.example' })).body.error.details.reason).toBe('invited_elsewhere');
  });
});

describe('links to sign in', () => {
  const MEMBER = 'member@first-casino.test';
  const ask = (browser: ReturnType<typeof openBrowserOf>, email: string, purpose = 'magiclink', next?: string) =>
    browser.ask('POST', '/api/auth/operator/link', { email, purpose, next });

  test('the answer and its cookie are the same whoever has the address', async () => {
    for (const purpose of ['magiclink', 'recovery']) {
      const answers: object[] = [];
      for (const email of [MEMBER, 'nobody@nowhere.example']) {
        const answer = await ask(openBrowserOf(server), email, purpose);
        answers.push({
          status: answer.status,
          body: answer.body,
          cookies: String(answer.headers['set-cookie'] ?? '').replace(/=[^;]+/, '='),
        });
      }
      expect(answers[0]).toEqual(answers[1]);
      expect(answers[0]).toMatchObject({ status: 202, body: { data: { accepted: true } } });
    }
    expect(await lettersTo(server, 'nobody@nowhere.example')).toEqual([]);
    expect((await lettersTo(server, MEMBER)).length).toBe(2);
  });

  test('a link to sign in counts in the browser that asked for it, and leads to the page asked for', async () => {
    const browser = openBrowserOf(server);
    await ask(browser, MEMBER, 'magiclink', '/dashboard/markets?tab=mine');
    expect(await browser.open(await linkTo(server, MEMBER))).toBe(
      `/auth/continue?next=${encodeURIComponent('/dashboard/markets?tab=mine')}`,
    );
    expect((await browser.ask('GET', '/api/auth/sign-in')).body.data).toMatchObject({
      purpose: 'signin',
      email: MEMBER,
      sets_password: false,
    });
    const { body } = await browser.ask('POST', '/api/auth/sign-in', {});
    expect(body.data.user.operator_slug).toBe('first-casino');
    expect((await browser.ask('POST', '/api/auth/sign-in', {})).status).toBe(401);
  });

  test('in another browser the verifier is missing or another: the code is refused and used up', async () => {
    for (const verifier of [undefined, 'somebody-elses']) {
      const browser = openBrowserOf(server);
      await ask(browser, MEMBER);
      const thief = openBrowserOf(server);
      if (verifier) thief.cookies.set('predictu-code-verifier', verifier);
      const link = await linkTo(server, MEMBER);
      expect(await thief.open(link)).toBe('/auth/login?problem=browser');
      expect((await thief.ask('POST', '/api/auth/sign-in', {})).status).toBe(401);
      expect(await browser.open(link)).toBe('/auth/login?problem=link');
    }
  });

  test('a code is good for five minutes, a link for an hour, what was opened for ten minutes', async () => {
    const browser = openBrowserOf(server);
    await ask(browser, MEMBER);
    const page = await browser.ask('GET', await linkTo(server, MEMBER));
    const { headers } = await browser.ask('GET', pressed(page.body));
    server.clock.advance(5 * 60_000 + 1);
    expect(await browser.open(String(headers['location']))).toBe('/auth/login?problem=browser');
    server.clock.advance(3_600_000);
    await ask(browser, MEMBER);
    const old = await linkTo(server, MEMBER);
    server.clock.advance(3_600_001);
    expect(await browser.open(old)).toBe('/auth/login?problem=link');
    await ask(browser, MEMBER);
    await browser.open(await linkTo(server, MEMBER));
    server.clock.advance(10 * 60_000 + 1);
    expect((await browser.ask('GET', '/api/auth/sign-in')).status).toBe(401);
  });

  test('a new password ends the sessions before it, and the old password', async () => {
    const login = (password: string) => server.send('POST', '/api/auth/operator/login', undefined, { email: MEMBER, password });
    const before = (await login(PASSWORD)).body.data.token;
    server.clock.advance(2_000);
    const browser = openBrowserOf(server);
    await ask(browser, MEMBER, 'recovery');
    await browser.open(await linkTo(server, MEMBER));
    const weak = await browser.ask('POST', '/api/auth/sign-in', { password: 'short' });
    expect(weak.body.error).toMatchObject({ code: 'VALIDATION_ERROR', details: { fields: [{ field: 'password', received: 'hidden' }] } });
    const { status, body } = await browser.ask('POST', '/api/auth/sign-in', { password: NEW_PASSWORD });
    expect(status).toBe(200);
    expect((await server.send('GET', '/api/operator/settings', before)).status).toBe(401);
    expect((await server.send('GET', '/api/operator/settings', body.data.token)).status).toBe(200);
    expect((await login(PASSWORD)).status).toBe(401);
    expect((await login(NEW_PASSWORD)).status).toBe(200);
  });

  test('a link that signs in sets no password, and an opened link leads nowhere but to the workspace', async () => {
    const browser = openBrowserOf(server);
    server.clock.advance(3_600_000);
    await ask(browser, MEMBER);
    await browser.open(await linkTo(server, MEMBER));
    expect((await browser.ask('POST', '/api/auth/sign-in', { password: 'another good password' })).status).toBe(409);
    for (const next of ['https://evil.example', '//evil.example', '/dashboard//evil', '/dashboard/..%2f', '/admin']) {
      const { status } = await browser.ask('GET', `/api/auth/callback?token_hash=x&type=recovery&next=${encodeURIComponent(next)}`);
      expect([next, status]).toEqual([next, next === '/dashboard//evil' ? 303 : 400]);
    }
  });

  test('the seventh link of an hour is not sent', async () => {
    server.clock.advance(3_600_001);
    const email = 'member@second-casino.test';
    for (let asked = 0; asked < 9; asked += 1) await ask(openBrowserOf(server), email, 'recovery');
    expect((await lettersTo(server, email)).length).toBe(6);
  });
});

test('what is secret of a link stands nowhere: not in tables, not in the log', async () => {
  await approve('quiet@quiet.example', 'Quiet Ltd');
  const link = await linkTo(server, 'quiet@quiet.example');
  const secret = new URL(link, 'http://x').searchParams.get('token_hash') ?? '';
  expect(secret.length).toBeGreaterThan(40);
  for (const table of [
    'invitation_links',
    'link_requests',
    'operator_invitations',
    'mails',
    'platform_audit_log',
    'auth.one_time_tokens',
  ]) {
    const rows = await rowsOf(`select t::text as row from ${table} t`);
    expect(rows.some(({ row }) => row.includes(secret))).toBe(false);
  }
  await openBrowserOf(server).open(link);
  expect(server.lines.join('\n')).not.toContain(secret);
});

test('an operator sees its own invitations and nobody else’s, by direct SQL too', async () => {
  const actor = {
    kind: 'operator',
    operatorId: server.tenants[1].operatorId,
    slug: 'second-casino',
    memberId: 1n,
    email: '',
    permissions: [],
  } as const;
  const count = (table: string) =>
    server.db.database.as(actor, 'read', (db) => db.query<{ n: bigint }>(`select count(*) as n from ${table}`));
  expect(await count('operator_invitations')).toEqual([{ n: 0n }]);
  for (const table of [
    'operator_applications',
    'link_requests',
    'sign_in_handovers',
    'invitation_links',
    'auth.users',
    'auth.one_time_tokens',
  ]) {
    await expect(count(table)).rejects.toThrow(/permission denied/);
  }
});
