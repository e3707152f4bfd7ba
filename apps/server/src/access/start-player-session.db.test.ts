import { createSecretKey } from 'node:crypto';
import { decodeJwt, SignJWT } from 'jose';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { basic, openScene, type Scene } from '../../test/access-scene.ts';
import { forgetExpired } from './access.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());
afterEach(async () => {
  await scene.db.owner.query(`update operators set status = 'live'`);
  scene.clock.set(new Date('2026-03-19T12:00:00.000Z'));
});

const init = (token: unknown, headers: Record<string, string> = {}) =>
  scene.send({ method: 'POST', url: '/api/auth/embed-init', payload: { token }, headers });
const count = async (table: string): Promise<number> => Number((await scene.db.owner.query(`select count(*) from ${table}`)).rows[0].count);

test('a launch token becomes a session of 24 hours', async () => {
  const headers = { origin: 'https://casino.example', 'user-agent': 'Browser/1' };
  const { status, body } = await init(
    await scene.launchToken({ sub: 'gbn_player_42', username: 'player_42', email: 'p@casino.example' }),
    headers,
  );
  expect(status).toBe(200);
  expect(body.data).toEqual({
    token: expect.any(String),
    expires_at: '2026-03-20T12:00:00.000Z',
    user: {
      id: expect.stringMatching(/^usr_/),
      external_id: 'gbn_player_42',
      username: 'player_42',
      operator_slug: 'example-casino',
      balance_usd: 0,
      limit_tier: 'new',
      tier: 'normal',
    },
  });
  const claims = decodeJwt(body.data.token);
  expect(claims).toMatchObject({
    sub: body.data.user.id,
    role: 'player',
    aud: 'player',
    exp: scene.seconds() + 86_400,
    sid: expect.stringMatching(/^\d+$/),
  });
  const { rows } = await scene.db.owner.query('select * from player_sessions where id = $1', [claims['sid']]);
  expect(rows[0]).toMatchObject({
    origin: 'https://casino.example',
    user_agent: 'Browser/1',
    expires_at: new Date('2026-03-20T12:00:00Z'),
  });
  expect((await scene.get('/api/probe/player', `Bearer ${body.data.token}`)).body).toEqual({
    kind: 'player',
    operator: String(scene.operator.id),
  });
});

test('of a token used in parallel exactly one use succeeds, and no later one', async () => {
  const token = await scene.launchToken({ sub: 'replayed' });
  const sessions = await count('player_sessions');
  const answers = await Promise.all(Array.from({ length: 12 }, () => init(token)));
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  for (const { status, body } of answers) {
    if (status !== 200) expect(body.error).toMatchObject({ code: 'UNAUTHORIZED', message: 'The launch token was already used' });
  }
  expect((await init(token)).status).toBe(401);
  expect(await count('player_sessions')).toBe(sessions + 1);
});

test('the same player is one player, even when first seen twelve times at once', async () => {
  const tokens = await Promise.all(Array.from({ length: 12 }, () => scene.launchToken({ sub: 'crowded' })));
  const ids = (await Promise.all(tokens.map((token) => init(token)))).map(({ body }) => body.data.user.id);
  expect(new Set(ids).size).toBe(1);
  const { rows } = await scene.db.owner.query(`select count(*) from players where external_id = 'crowded'`);
  expect(Number(rows[0].count)).toBe(1);
});

test('a name that changed is taken over, one that is missing is kept', async () => {
  const seen = async (claims: Record<string, unknown>) =>
    (await init(await scene.launchToken({ sub: 'renamed', ...claims }))).body.data.user.username;
  expect(await seen({})).toBeNull();
  expect(await seen({ username: 'first' })).toBe('first');
  expect(await seen({ username: null })).toBe('first');
  expect(await seen({ username: 'second' })).toBe('second');
});

test('the same id and jti at another operator is another player and another token', async () => {
  const rival = await scene.addOperator({ slug: 'rival', name: 'Rival', contactEmail: 'a@rival.test', status: 'testing' });
  const key = await scene.db.database.as({ kind: 'access' }, 'write', (db) =>
    scene.access.createKeyPair(db, { operatorId: rival.id, name: 'rival' }, scene.clock.now()),
  );
  const claims = { sub: 'shared', jti: 'the-same-jti' };
  const [ours, theirs] = [await init(await scene.launchToken(claims)), await init(await scene.launchToken(claims, key))];
  expect([ours.status, theirs.status]).toEqual([200, 200]);
  expect(theirs.body.data.user.operator_slug).toBe('rival');
  expect(theirs.body.data.user.id).not.toBe(ours.body.data.user.id);
});

test('no bad launch token gets in, and none leaves a trace', async () => {
  const now = scene.seconds();
  const { apiKey, apiSecret } = scene.key;
  const sign = (header: { alg: string; kid?: string }, secret: string, claims: object = {}) =>
    new SignJWT({ sub: 'x', iat: now, exp: now + 60, jti: 'bad', ...claims })
      .setProtectedHeader(header)
      .sign(createSecretKey(Buffer.from(secret)));
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const other = await scene.addKey();
  const bad: Record<string, string> = {
    'alg none': `${part({ alg: 'none', kid: apiKey })}.${part({ sub: 'x', iat: now, exp: now + 60, jti: 'bad' })}.`,
    'no kid': await sign({ alg: 'HS256' }, apiSecret),
    'unknown kid': await sign({ alg: 'HS256', kid: `pk_live_${'A'.repeat(43)}` }, apiSecret),
    "another pair's secret": await sign({ alg: 'HS256', kid: apiKey }, other.apiSecret),
    'the public key as secret': await sign({ alg: 'HS256', kid: apiKey }, apiKey),
    'another algorithm': await sign({ alg: 'HS512', kid: apiKey }, apiSecret),
    expired: await scene.launchToken({ iat: now - 60, exp: now }),
    'too long': await scene.launchToken({ exp: now + 301 }),
    'dated in the future': await scene.launchToken({ iat: now + 31, exp: now + 60 }),
    'no jti': await scene.launchToken({ jti: undefined }),
    'no sub': await scene.launchToken({ sub: undefined }),
    'no exp': await scene.launchToken({ exp: undefined }),
    'no iat': await scene.launchToken({ iat: undefined }),
    'empty sub': await scene.launchToken({ sub: '' }),
    'sub too long': await scene.launchToken({ sub: 'x'.repeat(129) }),
    'control characters in sub': await scene.launchToken({ sub: 'a\u0000b' }),
    'half a surrogate pair in sub': await scene.launchToken({ sub: 'a\ud800' }),
    'a player session': (await init(await scene.launchToken())).body.data.token,
    nonsense: 'not-a-token',
    'a revoked pair': await revoked(),
  };
  const before = [await count('players'), await count('player_sessions'), await count('launch_tokens')];
  for (const [how, token] of Object.entries(bad)) {
    const { status, body } = await init(token);
    expect([status, body.error.code], how).toEqual([401, 'UNAUTHORIZED']);
  }
  expect([await count('players'), await count('player_sessions'), await count('launch_tokens')]).toEqual(before);
  expect((await init('')).status).toBe(422);
  expect((await init('x'.repeat(5_000))).status).toBe(422);
});

async function revoked(): Promise<string> {
  const pair = await scene.addKey();
  await scene.db.owner.query(`update api_keys set status = 'revoked' where id = $1`, [pair.id]);
  return scene.launchToken({}, pair);
}

test('the longest player id and odd but honest ones are kept as they are', async () => {
  for (const sub of ['x'.repeat(128), 'Ünïcødé 🎲', " o'hara; drop table players --", 'a/b?c=d&e']) {
    expect((await init(await scene.launchToken({ sub }))).body.data.user.external_id).toBe(sub);
  }
});

test('which pairs may sign: any but those that only read', async () => {
  expect((await init(await scene.launchToken({}, await scene.addKey(['s2s_callback'])))).status).toBe(200);
  expect((await init(await scene.launchToken({}, await scene.addKey(['server_api'])))).status).toBe(200);
  const { status, body } = await init(await scene.launchToken({}, await scene.addKey(['read_only'])));
  expect([status, body.error.code]).toEqual([403, 'FORBIDDEN']);
});

test.each([
  ['pending', 422],
  ['configuring', 422],
  ['testing', 200],
  ['live', 200],
  ['suspended', 422],
])('an operator that is %s: %i', async (status, expected) => {
  await scene.db.owner.query('update operators set status = $1', [status]);
  const answer = await init(await scene.launchToken());
  expect(answer.status).toBe(expected);
  if (expected === 422) expect(answer.body.error).toMatchObject({ code: 'OPERATOR_NOT_LIVE', details: { status } });
});

test('the embed can be switched off for everybody', async () => {
  const set = (on: boolean) =>
    scene.db.owner.query(`update platform_config set document = jsonb_set(document, '{features,embed_enabled}', '${on}')`);
  await set(false);
  expect((await init(await scene.launchToken())).body.error.details).toEqual({ reason: 'embed_disabled' });
  await set(true);
  expect((await init(await scene.launchToken())).status).toBe(200);
});

test('a use of the pair is noted', async () => {
  const pair = await scene.addKey();
  await init(await scene.launchToken({}, pair));
  const { rows } = await scene.db.owner.query('select last_used_at from api_keys where id = $1', [pair.id]);
  expect(rows[0].last_used_at).toEqual(scene.clock.now());
  expect((await scene.get('/api/probe/operator', basic(pair))).status).toBe(200);
});

test('used tokens are forgotten once they have expired, in bounded batches, and stay refused', async () => {
  await scene.db.owner.query('delete from launch_tokens');
  const token = await scene.launchToken();
  for (const each of [token, await scene.launchToken(), await scene.launchToken(), await scene.launchToken({ exp: scene.seconds() + 120 })])
    await init(each);
  const forget = (mostBatches: number) =>
    scene.db.database.as({ kind: 'worker', name: 'housekeeping' }, 'write', (db) => forgetExpired(db, scene.clock.now(), 1, mostBatches));
  expect(await forget(9)).toBe(0);
  scene.clock.advance(60_000);
  expect([await forget(2), await forget(9), await forget(9)]).toEqual([2, 1, 0]);
  expect(await count('launch_tokens')).toBe(1);
  expect((await init(token)).status).toBe(401);
});

test('no launch token, session or secret reached the log', async () => {
  const token = await scene.launchToken();
  const session = (await init(token)).body.data.token;
  await scene.db.owner.query('alter table player_sessions rename to hidden_sessions');
  expect((await init(await scene.launchToken({ sub: 'logged' }))).status).toBe(500);
  await scene.db.owner.query('alter table hidden_sessions rename to player_sessions');
  const log = scene.lines.join('');
  expect(log).toContain('request failed');
  for (const secret of [token, session, scene.key.apiSecret, 'sk_live_']) expect(log).not.toContain(secret);
});
