import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ADMIN_PASSWORD, basic, forgeries, MEMBER_PASSWORD, openScene, type Scene } from '../../test/access-scene.ts';

let scene: Scene;
let tokens: { admin: string; operator: string; player: string };
beforeAll(async () => {
  scene = await openScene();
  const login = async (realm: string, email: string, password: string) =>
    (await scene.post(`/api/auth/${realm}/login`, { email, password })).body.data.token as string;
  tokens = {
    admin: await login('admin', 'ada@predictu.local', ADMIN_PASSWORD),
    operator: await login('operator', 'bo@example.test', MEMBER_PASSWORD),
    player: await startSession('player-42'),
  };
});
afterAll(() => scene.close());
afterEach(async () => {
  await scene.db.owner.query(`update admin_users set revoked_at = null;
    update operator_members set revoked_at = null, permissions = '{read,write}'; update operators set status = 'live'`);
  scene.clock.set(new Date('2026-03-19T12:00:00.000Z'));
});

const startSession = async (sub: string) =>
  (await scene.post('/api/auth/embed-init', { token: await scene.launchToken({ sub }) })).body.data.token as string;
const probe = (name: string, token: string) => scene.get(`/api/probe/${name}`, `Bearer ${token}`);
const AUDIENCES = ['admin', 'operator', 'player'] as const;

test.each(AUDIENCES)('%s: own door open, other doors 403, no token 401', async (audience) => {
  for (const door of AUDIENCES) {
    const answer = await probe(door, tokens[audience]);
    expect(answer.status, door).toBe(door === audience ? 200 : 403);
  }
  expect((await scene.get(`/api/probe/${audience}`)).status).toBe(401);
});

test.each([
  ['Bearer TOKEN', 200],
  ['bearer TOKEN', 200],
  ['BEARER   TOKEN', 200],
  ['Bearer', 401],
  ['Bearer ', 401],
  ['BearerTOKEN', 401],
  ['Bearer TOKEN TOKEN', 401],
  ['Bearer TOKEN ,', 401],
  ['Bearer\tTOKEN', 401],
  ['Token TOKEN', 401],
])('an authorization header of %j is answered %i', async (header, status) => {
  expect((await scene.get('/api/probe/player', header.replaceAll('TOKEN', tokens.player))).status).toBe(status);
});

test.each(AUDIENCES)('%s: nothing forged passes', async (audience) => {
  for (const [how, token] of Object.entries(await forgeries(tokens[audience]))) {
    const answer = await probe(audience, token);
    expect(answer.status, how).toBe(401);
    expect(answer.body.error, how).toMatchObject({ code: 'UNAUTHORIZED', message: 'Invalid token' });
  }
  expect((await probe(audience, tokens[audience])).status).toBe(200);
});

test.each([
  ['admin', 8],
  ['operator', 8],
  ['player', 24],
] as const)('%s: the token is good to its last second and not a moment longer, seen before or not', async (audience, hours) => {
  scene.clock.advance(hours * 3_600_000 - 1);
  expect((await probe(audience, tokens[audience])).status).toBe(200);
  scene.clock.advance(1);
  for (let i = 0; i < 2; i += 1) {
    expect((await probe(audience, tokens[audience])).body.error).toMatchObject({ code: 'UNAUTHORIZED', message: 'Token expired' });
  }
});

test('a token both processes have seen is refused by both at the next request, beside one that still stands', async () => {
  const other = scene.anotherProcess();
  const enter = (token: string) => other.authenticate({ scheme: 'bearer', token });
  try {
    for (let n = 0; n < 2; n += 1) {
      expect((await probe('admin', tokens.admin)).status).toBe(200);
      expect(await enter(tokens.admin)).toMatchObject({ kind: 'admin', email: 'Ada@predictu.local' });
    }
    await scene.db.owner.query('update admin_users set revoked_at = now()');
    const asked = [enter(tokens.admin), enter(tokens.operator), enter(tokens.admin), enter(tokens.operator)];
    const [admin, member, again] = await Promise.allSettled(asked);
    for (const refused of [admin, again])
      expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'FORBIDDEN', details: { reason: 'role_revoked' } } });
    expect(member).toMatchObject({ status: 'fulfilled', value: { kind: 'operator', operatorId: scene.operator.id } });
    expect((await probe('admin', tokens.admin)).status).toBe(403);
  } finally {
    await other.close();
  }
});

test('a revoked role is refused at the next request, and permissions are those of now', async () => {
  const { owner } = scene.db;
  await owner.query('update admin_users set revoked_at = now(); update operator_members set revoked_at = now()');
  for (const audience of ['admin', 'operator'] as const) {
    expect((await probe(audience, tokens[audience])).body.error).toMatchObject({ code: 'FORBIDDEN', details: { reason: 'role_revoked' } });
  }
  await owner.query(`update operator_members set revoked_at = null, permissions = '{read}'`);
  const write = { method: 'POST' as const, url: '/api/probe/operator-write', headers: { authorization: `Bearer ${tokens.operator}` } };
  expect((await scene.send(write)).body.error.details).toEqual({ needed: 'write' });
  expect((await probe('operator-billing', tokens.operator)).body.error.details).toEqual({ needed: 'billing' });
  await owner.query('delete from admin_users');
  expect((await probe('admin', tokens.admin)).status).toBe(403);
});

test('a shorter session timeout and a new password end the sessions seen before', async () => {
  const { owner } = scene.db;
  const hours = (n: number) =>
    owner.query(`update platform_config set document = jsonb_set(document, '{defaults,session_timeout_hours}', '${n}')`);
  expect((await probe('operator', tokens.operator)).status).toBe(200);
  scene.clock.advance(3_600_000);
  await hours(1);
  expect((await probe('operator', tokens.operator)).body.error).toMatchObject({ code: 'UNAUTHORIZED', message: 'Token expired' });
  await hours(8);
  await owner.query('update operator_members set sessions_from = $1', [scene.clock.now()]);
  expect((await probe('operator', tokens.operator)).status).toBe(401);
  await owner.query('update operator_members set sessions_from = null');
  expect((await probe('operator', tokens.operator)).status).toBe(200);
});

test('a suspended operator shuts out members and keys at once, players within seconds', async () => {
  const key = `Basic ${Buffer.from(`${scene.key.apiKey}:${scene.key.apiSecret}`).toString('base64')}`;
  expect((await probe('player', tokens.player)).status).toBe(200);
  await scene.db.owner.query(`update operators set status = 'suspended'`);
  expect((await probe('operator', tokens.operator)).body.error.details).toEqual({ reason: 'operator_suspended' });
  expect((await scene.get('/api/probe/operator', key)).body.error.details).toEqual({ reason: 'operator_suspended' });
  scene.clock.advance(3_000);
  expect((await probe('player', tokens.player)).body.error.details).toEqual({ reason: 'operator_suspended' });
});

test("a player's sessions can be ended, and no other player's", async () => {
  const [first, second, other] = [await startSession('leaver'), await startSession('leaver'), await startSession('stayer')];
  for (const token of [first, second, other]) expect((await probe('player', token)).status).toBe(200);
  const {
    rows: [leaver],
  } = await scene.db.owner.query(`select id::text from players where external_id = 'leaver'`);
  const actor = { kind: 'access' } as const;
  const end = () =>
    scene.db.database.as(actor, 'write', (db) =>
      scene.access.endSessionsOf(db, { operatorId: scene.operator.id, playerId: BigInt(leaver.id) }, scene.clock.now()),
    );
  expect(await end()).toBe(2);
  expect(await end()).toBe(0);
  scene.clock.advance(3_000);
  for (const token of [first, second])
    expect((await probe('player', token)).body.error).toMatchObject({ code: 'UNAUTHORIZED', message: 'The session has ended' });
  expect((await probe('player', other)).status).toBe(200);
});

test('a token whose session is unknown does not pass, even if signed by us', async () => {
  const token = await startSession('ghost');
  await scene.db.owner.query(`delete from player_sessions using players p where p.id = player_id and p.external_id = 'ghost'`);
  expect((await probe('player', token)).status).toBe(401);
});

test('the tenant comes from the token: two operators see their own', async () => {
  const rival = await scene.addOperator({ slug: 'rival-casino', name: 'Rival', contactEmail: 'a@rival.test', status: 'live' });
  const key = await scene.db.database.as({ kind: 'access' }, 'write', (db) =>
    scene.access.createKeyPair(db, { operatorId: rival.id, name: 'rival' }, scene.clock.now()),
  );
  expect((await scene.get('/api/probe/operator', basic(key))).body).toEqual({ kind: 'apiKey', operator: String(rival.id) });
  expect((await probe('operator', tokens.operator)).body).toEqual({ kind: 'operator', operator: String(scene.operator.id) });
});

test('no token reached the log', () => {
  for (const token of Object.values(tokens)) expect(scene.lines.join('')).not.toContain(token);
});
