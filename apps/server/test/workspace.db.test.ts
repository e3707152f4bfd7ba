/** The workspace's document names settings and keys in its own way: the same handlers, the same isolation. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestServer, type TestServer } from './server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server?.close());

const KEYS = '/api/developer/api-keys';

test('PATCH /api/dashboard/settings changes the branding of the caller and of nobody else', async () => {
  const [own, foreign] = server.tenants;
  const settings = async (token: string) => (await server.send('GET', '/api/operator/settings', token)).body.data;
  const before = await settings(foreign.token);
  const branding = { display_name: 'Halcyon Predictions', primary_color: '#b3122f' };
  expect((await server.send('PATCH', '/api/dashboard/settings', own.token, { branding })).status).toBe(200);
  expect((await settings(own.token)).branding).toMatchObject(branding);
  expect(await settings(foreign.token)).toEqual(before);
  expect((await server.send('PATCH', '/api/dashboard/settings', own.token, { limits: { max_bet_usd: 1 } })).status).toBe(403);
  expect((await server.send('PATCH', '/api/dashboard/settings', undefined, { branding })).status).toBe(401);
});

test('a key made here works until it is revoked here; another operator cannot see or revoke it', async () => {
  const [own, foreign] = server.tenants;
  const { status, body } = await server.send('POST', KEYS, own.token, { name: 'Build', permissions: ['read_only'] });
  expect(status).toBe(201);
  const { id, api_key: key, api_secret: secret } = body.data;
  const basic = { authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}` };
  const use = async () => (await server.send('GET', '/api/operator/settings', undefined, undefined, basic)).status;
  const listed = async (token: string) => (await server.send('GET', KEYS, token)).body.data.map((row: { id: string }) => row.id);
  expect(await use()).toBe(200);
  expect(await listed(own.token)).toContain(id);
  expect(await listed(foreign.token)).not.toContain(id);
  expect(JSON.stringify((await server.send('GET', KEYS, own.token)).body)).not.toContain(secret);
  expect((await server.send('PATCH', KEYS, foreign.token, { key_id: id, status: 'revoked' })).status).toBe(404);
  expect(await use()).toBe(200);
  expect((await server.send('PATCH', KEYS, own.token, { key_id: id, status: 'active' })).status).toBe(422);
  expect((await server.send('PATCH', KEYS, own.token, { key_id: id, status: 'revoked' })).body.data).toMatchObject({
    id,
    status: 'revoked',
  });
  expect(await use()).toBe(401);
});
