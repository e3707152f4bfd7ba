import type { ApiKeyScope } from '@predictu/contract/shapes/permission';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { basic, openScene, type Scene } from '../../test/access-scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

const read = (authorization: string) => scene.get('/api/probe/operator', authorization);
const write = (authorization: string) => scene.send({ method: 'POST', url: '/api/probe/operator-write', headers: { authorization } });
const billing = (authorization: string) => scene.get('/api/probe/operator-billing', authorization);

test.each<[ApiKeyScope[], number, number, number]>([
  [['read_only'], 200, 403, 403],
  [['server_api'], 200, 200, 200],
  [['s2s_callback'], 403, 403, 403],
  [['read_only', 's2s_callback'], 200, 403, 403],
  [['s2s_callback', 'server_api', 'read_only'], 200, 200, 200],
])('scopes %j: read %i, write %i, billing %i', async (scopes, reads, writes, bills) => {
  const authorization = basic(await scene.addKey(scopes));
  expect((await read(authorization)).status).toBe(reads);
  expect((await write(authorization)).status).toBe(writes);
  expect((await billing(authorization)).status).toBe(bills);
});

test('a key pair opens the operator door only', async () => {
  const authorization = basic(scene.key);
  expect((await scene.get('/api/probe/admin', authorization)).status).toBe(403);
  expect((await scene.get('/api/probe/player', authorization)).status).toBe(403);
});

test('wrong secret, wrong key, mixed pairs and nonsense: 401, all alike', async () => {
  const { apiKey, apiSecret } = scene.key;
  const other = await scene.addKey();
  const wrong = [
    { apiKey, apiSecret: `${apiSecret}x` },
    { apiKey, apiSecret: apiSecret.slice(0, -1) },
    { apiKey, apiSecret: other.apiSecret },
    { apiKey: other.apiKey, apiSecret },
    { apiKey: `pk_live_${'A'.repeat(43)}`, apiSecret },
    { apiKey: "pk_live_' or 1=1 --", apiSecret },
    { apiKey: 'a\u0000b', apiSecret },
  ];
  for (const pair of wrong) {
    expect((await read(basic(pair))).body.error, JSON.stringify(pair)).toMatchObject({
      code: 'UNAUTHORIZED',
      message: 'Wrong API key or secret',
    });
  }
  expect((await read('Basic !!!!')).status).toBe(401);
  expect((await read(`Basic ${Buffer.from(apiKey).toString('base64')}`)).status).toBe(401);
});

test('a revoked pair stops at the next call, an expired one at its time', async () => {
  const pair = await scene.addKey(['server_api'], new Date(scene.clock.now().getTime() + 60_000));
  expect((await read(basic(pair))).status).toBe(200);
  scene.clock.advance(59_999);
  expect((await read(basic(pair))).status).toBe(200);
  scene.clock.advance(1);
  expect((await read(basic(pair))).status).toBe(401);
  const lasting = await scene.addKey();
  expect((await read(basic(lasting))).status).toBe(200);
  await scene.db.owner.query(`update api_keys set status = 'revoked', revoked_at = now() where id = $1`, [lasting.id]);
  expect((await read(basic(lasting))).status).toBe(401);
});

test('the last use is written at most once a minute', async () => {
  const pair = await scene.addKey();
  const lastUse = async (): Promise<Date> =>
    (await scene.db.owner.query('select last_used_at from api_keys where id = $1', [pair.id])).rows[0].last_used_at;
  const start = scene.clock.now().getTime();
  await read(basic({ ...pair, apiSecret: 'sk_live_wrong' }));
  expect(await lastUse()).toBeNull();
  await Promise.all([read(basic(pair)), read(basic(pair))]);
  expect((await lastUse()).getTime()).toBe(start);
  scene.clock.advance(59_999);
  await read(basic(pair));
  expect((await lastUse()).getTime()).toBe(start);
  scene.clock.advance(1);
  await read(basic(pair));
  expect((await lastUse()).getTime()).toBe(start + 60_000);
});

test('a secret sealed for another row does not open: the call fails and says nothing', async () => {
  const [one, two] = [await scene.addKey(), await scene.addKey()];
  await scene.db.owner.query('update api_keys set secret_encrypted = (select secret_encrypted from api_keys where id = $1) where id = $2', [
    one.id,
    two.id,
  ]);
  const answer = await read(basic({ apiKey: two.apiKey, apiSecret: one.apiSecret }));
  expect(answer.status).toBe(500);
  expect(JSON.stringify(answer.body)).not.toContain('sk_live');
});

test('the secret rests encrypted and appears in no log line', async () => {
  const { rows } = await scene.db.owner.query('select row_to_json(k)::text as line from api_keys k');
  for (const text of [JSON.stringify(rows), scene.lines.join('')]) {
    expect(text).not.toContain('sk_live_');
    expect(text).not.toContain(scene.key.apiSecret);
  }
  expect(scene.key).toMatchObject({
    apiKey: expect.stringMatching(/^pk_live_[\w-]{43}$/),
    apiSecret: expect.stringMatching(/^sk_live_[\w-]{43}$/),
  });
});
