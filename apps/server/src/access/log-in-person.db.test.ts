import { decodeJwt, decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { ADMIN_PASSWORD, MEMBER_PASSWORD, openScene, type Scene } from '../../test/access-scene.ts';
import { openPasswords } from './hash-password.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());
let ip = '';
let address = 0;
beforeEach(() => {
  address += 1;
  ip = `198.51.100.${address}`;
});

const adminLogin = (body: Record<string, unknown> = {}, from = ip) =>
  scene.post('/api/auth/admin/login', { email: 'ada@predictu.local', password: ADMIN_PASSWORD, ...body }, from);
const memberLogin = (body: Record<string, unknown> = {}, from = ip) =>
  scene.post('/api/auth/operator/login', { email: 'bo@example.test', password: MEMBER_PASSWORD, ...body }, from);

test('an admin gets the documented token for 8 hours', async () => {
  const { status, body } = await adminLogin();
  expect(status).toBe(200);
  expect(body.data).toMatchObject({
    token_type: 'Bearer',
    expires_at: '2026-03-19T20:00:00.000Z',
    user: { email: 'Ada@predictu.local', name: 'Ada' },
  });
  expect(decodeProtectedHeader(body.data.token).alg).toBe('HS256');
  expect(decodeJwt(body.data.token)).toEqual({
    sub: body.data.user.id,
    role: 'predictu_admin',
    permissions: ['read', 'write', 'users', 'config', 'billing'],
    iss: 'predictu',
    aud: 'admin',
    iat: scene.seconds(),
    exp: scene.seconds() + 8 * 3_600,
    jti: expect.any(String),
  });
  expect(body.data.user.id).toMatch(/^adm_/);
});

test("a member's token names the operator", async () => {
  const { status, body } = await memberLogin();
  expect(status).toBe(200);
  expect(decodeJwt(body.data.token)).toMatchObject({
    sub: expect.stringMatching(/^opu_/),
    role: 'operator_admin',
    operator_slug: 'example-casino',
    operator_id: expect.stringMatching(/^op_/),
    permissions: ['read', 'write'],
    exp: scene.seconds() + 8 * 3_600,
  });
  expect(body.data.user).toMatchObject({ operator_slug: 'example-casino', totp_enrolled: false });
});

test('a wrong password, a wrong e-mail and the other door get the same answer', async () => {
  const answers = [
    await adminLogin({ password: 'wrong horse battery' }),
    await adminLogin({ email: 'nobody@predictu.local' }),
    await adminLogin({ email: 'bo@example.test', password: MEMBER_PASSWORD }),
    await memberLogin({ email: 'ada@predictu.local', password: ADMIN_PASSWORD }),
  ];
  for (const { status, body } of answers) {
    expect(status).toBe(401);
    expect({ ...body.error, request_id: '' }).toEqual({ ...answers[0]?.body.error, request_id: '' });
  }
});

test('a password is verified whether or not there is anybody', async () => {
  const real = openPasswords();
  const verify = vi.fn(real.verify);
  const watched = await openScene({ passwords: { hash: real.hash, verify } });
  try {
    await watched.post('/api/auth/admin/login', { email: 'ada@predictu.local', password: 'wrong horse battery' });
    await watched.post('/api/auth/admin/login', { email: 'nobody@predictu.local', password: 'wrong horse battery' });
    expect(verify.mock.calls).toEqual([
      [expect.stringMatching(/^\$argon2id/), 'wrong horse battery'],
      [undefined, 'wrong horse battery'],
    ]);
  } finally {
    await watched.close();
  }
});

test('what cannot be a login is refused field by field, and never echoed', async () => {
  for (const body of [
    { email: 'x', password: 'hunter2hunter2' },
    { email: 'a@b.c' },
    { email: 'a@b.c', password: 1 },
    { email: 'a\u0000@b.c', password: 'x' },
    { email: 'a@b.c', password: 'x', admin: true },
  ]) {
    const answer = await scene.post('/api/auth/admin/login', body, ip);
    expect(answer.status).toBe(422);
    expect(JSON.stringify(answer.body)).not.toContain('hunter2');
  }
});

test('ten failures lock out one address for one e-mail, not the account', async () => {
  const guesses = await Promise.all(Array.from({ length: 14 }, () => adminLogin({ password: 'wrong horse battery' })));
  expect(guesses.filter(({ status }) => status === 401)).toHaveLength(10);
  const refused = guesses.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(4);
  expect(Number(refused[0]?.headers['retry-after'])).toBeGreaterThan(0);
  expect(refused[0]?.body.error).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
  expect((await adminLogin()).status).toBe(429);
  expect((await adminLogin({ email: 'ADA@predictu.local' })).status).toBe(429);
  expect((await memberLogin()).status).toBe(200);
  expect((await adminLogin({}, '203.0.113.9')).status).toBe(200);
});

test('logging in often is no failure', async () => {
  for (let i = 0; i < 12; i += 1) expect((await memberLogin()).status).toBe(200);
});

test('a revoked role and a suspended operator are told so, but only with the right password', async () => {
  const { owner } = scene.db;
  await owner.query('update operator_members set revoked_at = now()');
  expect((await memberLogin()).body.error).toMatchObject({ code: 'FORBIDDEN', details: { reason: 'role_revoked' } });
  expect((await memberLogin({ password: 'wrong horse battery' })).status).toBe(401);
  await owner.query("update operator_members set revoked_at = null; update operators set status = 'suspended'");
  expect((await memberLogin()).body.error).toMatchObject({ code: 'FORBIDDEN', details: { reason: 'operator_suspended' } });
  await owner.query("update operators set status = 'live'");
  expect((await memberLogin()).status).toBe(200);
});

test('the configured session length holds', async () => {
  const set = (hours: number) =>
    scene.db.owner.query(`update platform_config set document = jsonb_set(document, '{defaults,session_timeout_hours}', '${hours}')`);
  await set(2);
  expect((await adminLogin()).body.data.expires_at).toBe('2026-03-19T14:00:00.000Z');
  await set(8);
});

test('a login is remembered and audited', async () => {
  await adminLogin();
  const { rows } = await scene.db.owner.query(
    `select actor_kind, subject, after from platform_audit_log where action = 'admin.login' order by id desc limit 1`,
  );
  expect(rows[0]).toMatchObject({ actor_kind: 'admin', subject: 'admin:Ada@predictu.local', after: { ip, second_factor: false } });
  const {
    rows: [ada],
  } = await scene.db.owner.query('select last_login_at from admin_users');
  expect(ada.last_login_at).toEqual(scene.clock.now());
});

test('the bucket of logins counts by address', async () => {
  const narrow = await openScene({ loginsPerMinute: 3 });
  try {
    const login = () => narrow.post('/api/auth/admin/login', { email: 'ada@predictu.local', password: ADMIN_PASSWORD }, ip);
    for (let i = 0; i < 3; i += 1) expect((await login()).status).toBe(200);
    expect((await login()).status).toBe(429);
  } finally {
    await narrow.close();
  }
});

test('no password, token or hash reaches the log, not even when the database fails', async () => {
  const token: string = (await adminLogin()).body.data.token;
  await scene.db.owner.query('alter table admin_users rename to hidden_users');
  const answer = await adminLogin();
  await scene.db.owner.query('alter table hidden_users rename to admin_users');
  expect(answer.status).toBe(500);
  const log = scene.lines.join('');
  expect(log).toContain('request failed');
  for (const secret of [ADMIN_PASSWORD, MEMBER_PASSWORD, 'wrong horse', token, '$argon2id']) expect(log).not.toContain(secret);
  expect(JSON.stringify(answer.body)).not.toContain('admin_users');
});
