import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ADMIN_PASSWORD, type Answer, MEMBER_PASSWORD, openScene, type Scene } from '../../test/access-scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const PEOPLE = {
  admin: { email: 'ada@predictu.local', password: ADMIN_PASSWORD },
  operator: { email: 'bo@example.test', password: MEMBER_PASSWORD },
} as const;
type Realm = keyof typeof PEOPLE;
const call = (realm: Realm, path: string, more: Record<string, unknown> = {}, from = scene) =>
  from.post(`/api/auth/${realm}/${path}`, { ...PEOPLE[realm], ...more });

/** The code of the step `steps` away from now. */
const codeOf = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: scene.clock.now().getTime() + steps * 30_000 });
const wrongCode = (secret: string) => {
  const near = [-1, 0, 1].map((steps) => codeOf(secret, steps));
  return ['000000', '111111', '222222', '333333'].find((code) => !near.includes(code)) ?? '';
};

async function enrol(realm: Realm): Promise<string> {
  const { secret } = (await call(realm, 'totp/begin')).body.data;
  expect((await call(realm, 'totp/confirm', { totp: codeOf(secret) })).status).toBe(200);
  scene.clock.advance(60_000);
  return secret;
}
const reason = ({ status, body }: Answer) => [status, body.error?.details?.reason];

test.each(['admin', 'operator'] as const)('an %s enrols, and from then on needs a code', async (realm) => {
  const begun = await call(realm, 'totp/begin');
  expect(begun.body.data.otpauth_url).toContain(`secret=${begun.body.data.secret}`);
  expect((await call(realm, 'login')).status).toBe(200);
  const { secret } = begun.body.data;
  expect(reason(await call(realm, 'totp/confirm', { totp: wrongCode(secret) }))).toEqual([401, 'totp_invalid']);
  expect((await call(realm, 'login')).status).toBe(200);
  expect((await call(realm, 'totp/confirm', { totp: codeOf(secret) })).body).toEqual({ data: { totp_enrolled: true } });

  scene.clock.advance(60_000);
  expect(reason(await call(realm, 'login'))).toEqual([401, 'totp_required']);
  expect(reason(await call(realm, 'login', { password: 'wrong horse battery' }))).toEqual([401, undefined]);
  expect(reason(await call(realm, 'login', { password: 'wrong horse battery', totp: codeOf(secret) }))).toEqual([401, undefined]);
  expect(reason(await call(realm, 'login', { totp: wrongCode(secret) }))).toEqual([401, 'totp_invalid']);
  const passed = await call(realm, 'login', { totp: codeOf(secret) });
  expect(passed.status).toBe(200);
  expect(passed.body.data.user.totp_enrolled).toBe(true);
});

test('a code works once, however many try it at once, and never after a later one', async () => {
  const secret = await enrol('admin');
  const same = await Promise.all(Array.from({ length: 6 }, () => call('admin', 'login', { totp: codeOf(secret) })));
  expect(same.filter(({ status }) => status === 200)).toHaveLength(1);
  scene.clock.advance(90_000);
  expect((await call('admin', 'login', { totp: codeOf(secret, 1) })).status).toBe(200);
  expect(reason(await call('admin', 'login', { totp: codeOf(secret) }))).toEqual([401, 'totp_invalid']);
});

test('a neighbouring step is accepted, a further one is not', async () => {
  const secret = await enrol('operator');
  expect(reason(await call('operator', 'login', { totp: codeOf(secret, -2) }))).toEqual([401, 'totp_invalid']);
  expect(reason(await call('operator', 'login', { totp: codeOf(secret, 2) }))).toEqual([401, 'totp_invalid']);
  expect((await call('operator', 'login', { totp: codeOf(secret, -1) })).status).toBe(200);
  expect((await call('operator', 'login', { totp: codeOf(secret, 1) })).status).toBe(200);
});

test('codes are not guessed: after ten wrong ones even the right one waits', async () => {
  const secret = await enrol('admin');
  for (let i = 0; i < 10; i += 1) {
    const answer = await scene.post('/api/auth/admin/login', { ...PEOPLE.admin, totp: wrongCode(secret) }, `198.51.100.${i}`);
    expect(reason(answer)).toEqual([401, 'totp_invalid']);
  }
  expect((await scene.post('/api/auth/admin/login', { ...PEOPLE.admin, totp: codeOf(secret) }, '198.51.100.99')).status).toBe(429);
});

test('replacing an authenticator takes a code of the old one; the old one then stops', async () => {
  const old = await enrol('admin');
  expect(reason(await call('admin', 'totp/begin'))).toEqual([401, 'totp_required']);
  const { secret } = (await call('admin', 'totp/begin', { totp: codeOf(old) })).body.data;
  scene.clock.advance(60_000);
  expect((await call('admin', 'totp/confirm', { totp: codeOf(secret) })).status).toBe(200);
  scene.clock.advance(60_000);
  expect(reason(await call('admin', 'login', { totp: codeOf(old) }))).toEqual([401, 'totp_invalid']);
  expect((await call('admin', 'login', { totp: codeOf(secret) })).status).toBe(200);
});

test('there is nothing to confirm before it is begun', async () => {
  expect(reason(await call('admin', 'totp/confirm', { totp: '123456' }))).toEqual([409, 'totp_not_begun']);
  expect((await call('admin', 'totp/begin', { password: 'wrong horse battery' })).status).toBe(401);
});

test('secrets rest encrypted and stay out of the log', async () => {
  const secret = await enrol('admin');
  const { rows } = await scene.db.owner.query('select totp_secret, totp_pending from admin_users');
  expect(rows[0]).toEqual({ totp_secret: expect.stringMatching(/^v1\./), totp_pending: null });
  const audit = await scene.db.owner.query('select row_to_json(a)::text as line from platform_audit_log a');
  for (const text of [scene.lines.join(''), JSON.stringify(audit.rows), JSON.stringify(rows)]) expect(text).not.toContain(secret);
});

test('where it is demanded, an admin without an authenticator must enrol first; members need not', async () => {
  const strict = await openScene({ adminTotpRequired: true });
  try {
    expect(reason(await call('admin', 'login', {}, strict))).toEqual([403, 'totp_enrolment_required']);
    expect(reason(await call('admin', 'login', { password: 'wrong horse battery' }, strict))).toEqual([401, undefined]);
    const { secret } = (await call('admin', 'totp/begin', {}, strict)).body.data;
    expect((await call('admin', 'totp/confirm', { totp: codeOf(secret) }, strict)).status).toBe(200);
    strict.clock.advance(60_000);
    scene.clock.advance(60_000);
    expect((await call('admin', 'login', { totp: codeOf(secret) }, strict)).status).toBe(200);
    expect((await call('operator', 'login', {}, strict)).status).toBe(200);
  } finally {
    await strict.close();
  }
});
