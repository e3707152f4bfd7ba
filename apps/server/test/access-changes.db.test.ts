/** An operator's key pairs and origins, through HTTP and a DNS server: made, proved, rotated, withdrawn, in force at once. */
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DnsServer, openDnsServer } from './dns-server.ts';
import { START } from './factories.ts';
import { openTestServer, type Tenant, type TestServer } from './server.ts';

let dns: DnsServer;
let server: TestServer;
let first: Tenant;
let second: Tenant;
beforeAll(async () => {
  dns = await openDnsServer();
  server = await openTestServer({ dnsServers: [dns.address] });
  [first, second] = server.tenants;
});
afterAll(async () => {
  await server?.close();
  await dns?.close();
});

const KEYS = '/api/operator/api-keys';
const ORIGINS = '/api/operator/embed/origins';
const post = (url: string, body: unknown, token = first.token) => server.send('POST', url, token, body);
const remove = (url: string, body: unknown, token = first.token) => server.send('DELETE', url, token, body);
const withPair = ({ api_key, api_secret }: { api_key: string; api_secret: string }) =>
  server.send('GET', '/api/operator/settings', undefined, undefined, {
    authorization: `Basic ${Buffer.from(`${api_key}:${api_secret}`).toString('base64')}`,
  });
const audits = async (action: string) =>
  (await server.db.owner.query('select * from platform_audit_log where action = $1 order by id', [action])).rows;
const launch = async (pair: { api_key: string; api_secret: string }, origin?: string) => {
  const seconds = Math.floor(server.clock.now().getTime() / 1_000);
  const token = await new SignJWT({ sub: 'one', iat: seconds, exp: seconds + 60, jti: randomUUID() })
    .setProtectedHeader({ alg: 'HS256', kid: pair.api_key })
    .sign(Buffer.from(pair.api_secret));
  return server.send('POST', '/api/auth/embed-init', undefined, { token, ...(origin && { origin }) });
};

describe('key pairs', () => {
  test('a pair works with what it was made for; the secret is shown once and kept nowhere in the open', async () => {
    const { status, body } = await post(KEYS, { name: 'Reads', permissions: ['read_only'] });
    expect(status).toBe(201);
    expect(body.data).toMatchObject({ name: 'Reads', status: 'active', permissions: ['read_only'], expires_at: null });
    expect(body.data.prefix).toBe(body.data.api_key.slice(0, 12));
    expect((await withPair(body.data)).status).toBe(200);
    expect((await launch(body.data)).status).toBe(403);
    const all = await post(KEYS, { name: 'All' });
    expect(all.body.data.permissions).toEqual(['s2s_callback', 'server_api', 'read_only']);
    const dump = await server.db.owner.query(
      `select (select json_agg(k) from api_keys k)::text || (select json_agg(l) from platform_audit_log l)::text as text`,
    );
    expect(dump.rows[0].text + server.lines.join()).not.toContain(body.data.api_secret);
    expect((await audits('api_key.create'))[0].after).toEqual({ name: 'Reads', permissions: ['read_only'], expires_at: null });
  });

  test('an expiry must lie ahead and ends it', async () => {
    const past = await post(KEYS, { name: 'Past', expires_at: START.toISOString() });
    expect(past).toMatchObject({ status: 422, body: { error: { code: 'VALIDATION_ERROR' } } });
    const soon = new Date(server.clock.now().getTime() + 1_000);
    const { body } = await post(KEYS, { name: 'Short', expires_at: soon.toISOString() });
    expect((await withPair(body.data)).status).toBe(200);
    server.clock.set(soon);
    expect((await withPair(body.data)).status).toBe(401);
  });

  test('deleted, it is refused from the next request; another operator’s is not found', async () => {
    const { data } = (await post(KEYS, { name: 'Gone' })).body;
    expect((await remove(KEYS, { key_id: data.id }, second.token)).status).toBe(404);
    expect((await withPair(data)).status).toBe(200);
    const gone = await remove(KEYS, { key_id: data.id });
    expect(gone.body.data).toEqual({ id: data.id, name: 'Gone', status: 'revoked', revoked_at: server.clock.now().toISOString() });
    expect((await withPair(data)).status).toBe(401);
    expect((await launch(data)).status).toBe(401);
    expect((await remove(KEYS, { key_id: data.id })).status).toBe(409);
  });

  test('rotated, both work for the overlap and then the new one alone', async () => {
    const old = (await post(KEYS, { name: 'Turning', permissions: ['server_api'] })).body.data;
    const url = `${KEYS}/${old.id}/rotate`;
    expect((await post(url, {}, second.token)).status).toBe(404);
    const { status, body } = await post(url, { overlap_hours: 2 });
    expect(status).toBe(201);
    const ends = new Date(server.clock.now().getTime() + 2 * 3_600_000);
    expect(body.data).toMatchObject({ name: 'Turning', permissions: ['server_api'], expires_at: null });
    expect(body.data.predecessor).toEqual({ id: old.id, status: 'active', expires_at: ends.toISOString() });
    for (const pair of [old, body.data]) expect((await withPair(pair)).status).toBe(200);
    server.clock.set(ends);
    expect((await withPair(old)).status).toBe(401);
    expect((await withPair(body.data)).status).toBe(200);
    const again = await post(`${KEYS}/${body.data.id}/rotate`, { overlap_hours: 0 });
    expect(again.body.data.predecessor).toMatchObject({ status: 'revoked' });
    expect((await withPair(body.data)).status).toBe(401);
    expect((await post(url, {})).status).toBe(409);
  });
});

describe('origins', () => {
  const listed = async () => (await server.send('GET', ORIGINS, first.token)).body.data as Record<string, unknown>[];

  test('an origin waits for the record of its domain, found by the job, and then frames the embed', async () => {
    const { status, body } = await post(ORIGINS, { origin: 'https://staging.casino.example' });
    expect(status).toBe(201);
    const { data } = body;
    expect(data).toMatchObject({ origin: 'https://staging.casino.example', status: 'pending_verification' });
    expect(data.verification_instructions).toBe(`Add a DNS TXT record: predictu-verify=${data.verification_token}`);
    expect(await server.access.verifyOrigins()).toBe(0);
    expect(await listed()).toMatchObject([{ status: 'pending_verification', check_detail: 'staging.casino.example has no such record' }]);
    expect(await server.access.framingOrigins('first-casino')).toEqual([]);
    dns.txt.set('staging.casino.example', ['v=spf1 -all', `predictu-verify=${data.verification_token}`]);
    expect(await server.access.verifyOrigins()).toBe(1);
    expect(await listed()).toMatchObject([{ status: 'verified', verified_at: server.clock.now().toISOString(), verification_token: null }]);
    expect(await server.access.framingOrigins('first-casino')).toEqual(['https://staging.casino.example']);
    const asked = dns.asked.length;
    expect(await server.access.verifyOrigins()).toBe(0);
    expect(dns.asked).toHaveLength(asked);
    expect((await audits('embed_origin.verified'))[0]).toMatchObject({ actor_kind: 'worker', operator_id: first.operatorId });
  });

  test('twice is a conflict for one operator and none for two; a name beside the domain counts; checked when asked', async () => {
    const origin = 'https://www.casino.example';
    const { data } = (await post(ORIGINS, { origin })).body;
    expect(await post(ORIGINS, { origin })).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT' } } });
    expect((await post(ORIGINS, { origin }, second.token)).status).toBe(201);
    const url = `${ORIGINS}/${data.id}/check`;
    expect((await post(url, {}, second.token)).status).toBe(404);
    expect((await post(url, {})).body.data.status).toBe('pending_verification');
    dns.txt.set('_predictu-verify.www.casino.example', [`predictu-verify=${data.verification_token}`]);
    expect((await post(url, {})).body.data).toMatchObject({ status: 'verified', check_detail: expect.stringContaining('has the record') });
    // The other operator's token is another one.
    await server.access.verifyOrigins();
    expect(await server.access.framingOrigins('second-casino')).toEqual([]);
  });

  test.each(['http://casino.example', 'https://casino.example/', 'https://203.0.113.7', 'http://localhost:3000'])(
    '%s is refused',
    async (origin) => {
      expect(await post(ORIGINS, { origin })).toMatchObject({
        status: 422,
        body: { error: { code: 'VALIDATION_ERROR', details: { fields: [{ field: 'origin', received: origin }] } } },
      });
    },
  );

  test('removed, it frames nothing, its sessions end and no new one begins there', async () => {
    const pair = (await post(KEYS, { name: 'Launcher' })).body.data;
    const origin = 'https://www.casino.example';
    const { id } = (await listed()).find((row) => row['origin'] === origin) as { id: string };
    const there = (await launch(pair, origin)).body.data.token;
    const elsewhere = (await launch(pair)).body.data.token;
    const balance = (token: string) => server.send('GET', '/api/casino/balance', token);
    for (const token of [there, elsewhere]) expect((await balance(token)).status).toBe(200);
    expect((await remove(ORIGINS, { origin_id: id }, second.token)).status).toBe(404);
    const { body } = await remove(ORIGINS, { origin_id: id });
    expect(body.data).toMatchObject({ id, origin, status: 'removed', ended_sessions: 1 });
    expect(await server.access.framingOrigins('first-casino')).toEqual(['https://staging.casino.example']);
    server.clock.set(new Date(server.clock.now().getTime() + 3_000));
    expect((await balance(there)).status).toBe(401);
    expect((await balance(elsewhere)).status).toBe(200);
    expect(await launch(pair, origin)).toMatchObject({ status: 403, body: { error: { details: { reason: 'origin_not_verified' } } } });
    expect((await remove(ORIGINS, { origin_id: id })).status).toBe(404);
    expect((await post(ORIGINS, { origin })).status).toBe(201);
  });

  test('at most a hundred', async () => {
    await server.db.owner.query(
      `insert into embed_origins (operator_id, id, origin, verification_token, created_at) select $1, n, 'https://n' || n || '.example', 't', $2 from generate_series(1, 100) n`,
      [second.operatorId, START],
    );
    expect(await post(ORIGINS, { origin: 'https://one-more.example' }, second.token)).toMatchObject({
      status: 409,
      body: { error: { details: { reason: 'too_many_origins' } } },
    });
  });
});
