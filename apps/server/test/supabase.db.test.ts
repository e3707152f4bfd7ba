/** The same way in with a Supabase project as the identity store: only the adapter differs. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FakeSupabase, openFakeSupabase } from './fake-supabase.ts';
import { openTestServer, type TestServer } from './server.ts';
import { lettersTo, linkTo, openBrowserOf } from './sign-in-scene.ts';

let supabase: FakeSupabase;
let server: TestServer;
beforeAll(async () => {
  supabase = await openFakeSupabase();
  server = await openTestServer({ supabase: supabase.settings });
});
afterAll(async () => {
  await server?.close();
  await supabase?.close();
});

const EMAIL = 'ida@nordlys.example';
const PHRASE = 'a sunny walk along the quay';
const login = (phrase: string) => server.send('POST', '/api/auth/operator/login', undefined, { email: EMAIL, password: phrase });
const rowsOf = async (text: string) => (await server.db.owner.query(text)).rows;
/** As a mail client follows it: the project answers with a redirect to the callback. */
const followed = async (link: string): Promise<string> => {
  const to = new URL((await fetch(link, { redirect: 'manual' })).headers.get('location') ?? '');
  return to.pathname + to.search;
};

test('an invitation is a link of the project in a mail of ours; accepting it makes the member here', async () => {
  const made = await server.send('POST', '/api/internal/operators', server.admin, {
    name: 'Nordlys',
    slug: 'nordlys',
    contact_email: EMAIL,
  });
  expect(made.status).toBe(201);
  const link = await linkTo(server, EMAIL);
  expect(supabase.asked).toEqual(['POST /admin/generate_link']);
  expect(await rowsOf(`select 1 from auth.users where email = '${EMAIL}'`)).toEqual([]);
  const browser = openBrowserOf(server);
  expect(await browser.open(link)).toBe('/auth/continue');
  expect(await openBrowserOf(server).open(link)).toBe('/auth/login?problem=link');
  const weak = await browser.ask('POST', '/api/auth/sign-in', { password: 'a password known to be weak' });
  expect(weak.body.error).toMatchObject({
    code: 'VALIDATION_ERROR',
    details: { fields: [{ field: 'password', expected: 'Password is known to be weak' }] },
  });
  const { status, body } = await browser.ask('POST', '/api/auth/sign-in', { password: PHRASE });
  expect(status).toBe(200);
  expect(body.data.user.operator_slug).toBe('nordlys');
  const [user] = await rowsOf(`select id, encrypted_password from auth.users where email = '${EMAIL}'`);
  expect(user).toEqual({ id: supabase.users.get(EMAIL)?.id, encrypted_password: null });
  expect(await rowsOf(`select auth_user_id from operator_members where email = '${EMAIL}'`)).toEqual([{ auth_user_id: user.id }]);
});

test('passwords are the project’s: right, wrong, unknown', async () => {
  expect((await login(PHRASE)).status).toBe(200);
  expect(await login('another phrase altogether')).toMatchObject({ status: 401, body: { error: { code: 'UNAUTHORIZED' } } });
  const stranger = await server.send('POST', '/api/auth/operator/login', undefined, { email: 'nobody@nowhere.example', password: PHRASE });
  expect(stranger.status).toBe(401);
  expect(stranger.body.error.message).toBe((await login('wrong')).body.error.message);
});

test('a sign-in by link is mailed by the project and ends in the browser that began it', async () => {
  const browser = openBrowserOf(server);
  const asked = await browser.ask('POST', '/api/auth/operator/link', { email: EMAIL, purpose: 'magiclink' });
  expect(asked.status).toBe(202);
  expect([...browser.cookies.keys()]).toEqual([expect.stringMatching(/-code-verifier$/)]);
  expect(String(asked.headers['set-cookie'])).toMatch(/HttpOnly/i);
  const first = await followed(supabase.mails.at(-1)?.link ?? '');
  expect(first).toMatch(/^\/api\/auth\/callback\?code=/);
  expect(await openBrowserOf(server).open(first)).toBe('/auth/login?problem=browser');
  await browser.ask('POST', '/api/auth/operator/link', { email: EMAIL, purpose: 'magiclink' });
  expect(await browser.open(await followed(supabase.mails.at(-1)?.link ?? ''))).toBe('/auth/continue');
  expect((await browser.ask('POST', '/api/auth/sign-in', {})).body.data.user.email).toBe(EMAIL);
  // What the project keeps in a browser is not kept: the session is ours.
  expect([...browser.cookies.keys()].filter((name) => /auth-token$/.test(name))).toEqual([]);
});

test('a verifier of another browser is refused', async () => {
  const [mine, thief] = [openBrowserOf(server), openBrowserOf(server)];
  await mine.ask('POST', '/api/auth/operator/link', { email: EMAIL, purpose: 'magiclink' });
  const link = supabase.mails.at(-1)?.link ?? '';
  await thief.ask('POST', '/api/auth/operator/link', { email: EMAIL, purpose: 'magiclink' });
  expect(await thief.open(await followed(link))).toMatch(/problem=(browser|link)/);
  expect((await thief.ask('POST', '/api/auth/sign-in', {})).status).toBe(401);
});

test('who asks learns nothing about who has an account', async () => {
  for (const purpose of ['magiclink', 'recovery']) {
    const answers = await Promise.all(
      [EMAIL, 'nobody@nowhere.example'].map((email) => openBrowserOf(server).ask('POST', '/api/auth/operator/link', { email, purpose })),
    );
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
  }
  expect(await lettersTo(server, 'nobody@nowhere.example')).toEqual([]);
  expect(supabase.users.has('nobody@nowhere.example')).toBe(false);
});

test('a new password is set in the project', async () => {
  const browser = openBrowserOf(server);
  await browser.ask('POST', '/api/auth/operator/link', { email: EMAIL, purpose: 'recovery' });
  expect(await browser.open(await linkTo(server, EMAIL))).toBe('/auth/continue');
  expect((await browser.ask('POST', '/api/auth/sign-in', { password: 'rain on a tin roof' })).status).toBe(200);
  expect((await login(PHRASE)).status).toBe(401);
  expect((await login('rain on a tin roof')).status).toBe(200);
});

test('while the project does not answer, nobody is told they were wrong, and a link waits', async () => {
  supabase.broken.status = 500;
  expect(await login('rain on a tin roof')).toMatchObject({ status: 503, body: { error: { code: 'UNAVAILABLE' } } });
  await openBrowserOf(server).ask('POST', '/api/auth/operator/link', { email: EMAIL, purpose: 'recovery' });
  const before = await rowsOf('select count(*)::int as n from mails');
  await expect(server.access.sendLinks()).rejects.toThrow();
  expect(await rowsOf('select count(*)::int as n from mails')).toEqual(before);
  supabase.broken.status = undefined;
  server.clock.advance(10 * 60_000);
  await server.access.sendLinks();
  expect((await rowsOf('select count(*)::int as n from mails'))[0].n).toBe(before[0].n + 1);
});
