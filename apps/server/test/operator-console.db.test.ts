/** What an operator reads of itself: settings, configuration, keys, origins, code. From its own rows and nobody else's. */
import { encodeId, type Id } from '@predictu/contract/ids';
import { defaultOperatorConfig } from '@predictu/contract/shapes/operator-config';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { START, testId } from './factories.ts';
import { openTestServer, type Tenant, type TestServer } from './server.ts';

let server: TestServer;
let first: Tenant;
let second: Tenant;
beforeAll(async () => {
  server = await openTestServer();
  [first, second] = server.tenants;
});
afterAll(() => server?.close());

const get = (path: string, token = first.token, headers = {}) => server.send('GET', `/api/operator/${path}`, token, undefined, headers);
const data = async (path: string, token?: string) => (await get(path, token)).body.data;
const owner = (text: string, values: unknown[] = []) => server.db.owner.query(text, values);

test('settings are those of the row, with the other side of the revenue share', async () => {
  expect(await data('settings')).toMatchObject({
    profile: { slug: 'first-casino', name: 'Example Casino', logo_url: null },
    branding: { primary_color: '#00ff88', display_name: 'Example Casino Predictions', custom_css: null },
    s2s: { enabled: false, healthy: null, signing_key_fingerprint: null },
    limits: {
      max_bet_usd: 1_000,
      min_bet_usd: 1,
      exposure_limit_usd: 100_000,
      revenue_share_pct: 70,
      custom_fees_bps: null,
      risk_tier: 'standard',
    },
    categories: { allowed: ['sports', 'crypto', 'politics', 'entertainment', 'economics', 'other'], blocked: [] },
    status: 'live',
    updated_at: START.toISOString(),
  });
  await owner(
    `update operators set branding = '{"primary_color": "#123456", "logo_url": "https://a.test/l.png"}', platform_share_bps = 2550, fee_bps = 150,
       allowed_categories = '{crypto,sports}', contact_name = 'Jo' where id = $1`,
    [second.operatorId],
  );
  const changed = await data('settings', second.token);
  expect(changed).toMatchObject({
    profile: { slug: 'second-casino', contact_name: 'Jo', logo_url: 'https://a.test/l.png' },
    branding: { primary_color: '#123456', secondary_color: '#0a1a0a' },
    limits: { revenue_share_pct: 74.5, custom_fees_bps: 150 },
    categories: { allowed: ['crypto', 'sports'], blocked: ['politics', 'entertainment', 'economics', 'other'] },
  });
});

test('the signing key and its health are the wallet’s', async () => {
  await server.wallet.prepare(first.operatorId);
  const wallet = await data('wallet');
  expect((await data('settings')).s2s.signing_key_fingerprint).toBe(wallet.signing_key_fingerprint);
  expect(wallet.signing_key_fingerprint).toMatch(/./);
});

test('the configuration begins with the documented defaults; what is set stands in their place, for one operator', async () => {
  const { updated_at: at, ...config } = await data('config');
  expect(config).toEqual(defaultOperatorConfig(['sports', 'crypto', 'politics', 'entertainment', 'economics', 'other']));
  expect(at).toBe(START.toISOString());
  await owner(`insert into operator_config (operator_id, document, updated_at, updated_by) values ($1, $2, $3, 'test')`, [
    first.operatorId,
    { ui: { show_orderbook: true }, trading: { default_trade_amount_usd: 2.5 } },
    new Date(START.getTime() + 1_000),
  ]);
  const changed = await data('config');
  expect(changed.ui).toEqual({ ...config.ui, show_orderbook: true });
  expect(changed.trading).toEqual({ ...config.trading, default_trade_amount_usd: 2.5 });
  expect(Date.parse(changed.updated_at)).toBe(START.getTime() + 1_000);
  expect((await data('config', second.token)).ui.show_orderbook).toBe(false);
});

describe('key pairs', () => {
  test('prefix, scopes, uses of the last 24 hours; neither key nor secret', async () => {
    const made = await server.db.database.as({ kind: 'access' }, 'write', (db) =>
      server.access.createKeyPair(db, { operatorId: first.operatorId, name: 'reads', scopes: ['read_only'] }, server.clock.now()),
    );
    const basic = { authorization: `Basic ${Buffer.from(`${made.apiKey}:${made.apiSecret}`).toString('base64')}` };
    for (let i = 0; i < 3; i += 1)
      expect((await server.send('GET', '/api/operator/settings', undefined, undefined, basic)).status).toBe(200);
    const answer = await get('api-keys');
    const [newest, oldest] = answer.body.data;
    expect(answer.body.total).toBe(2);
    expect(newest).toEqual({
      id: encodeId('apiKey', made.id as Id<'apiKey'>),
      name: 'reads',
      prefix: made.apiKey.slice(0, 12),
      status: 'active',
      permissions: ['read_only'],
      last_used_at: START.toISOString(),
      requests_24h: 3,
      created_at: START.toISOString(),
      expires_at: null,
    });
    // Two launch tokens brought its players in.
    expect(oldest).toMatchObject({ name: 'test', requests_24h: 2 });
    expect(JSON.stringify(answer.body)).not.toMatch(new RegExp(`${made.apiKey}|sk_live`));
    await owner(`update api_key_requests set hour = hour - interval '25 hours' where key_id = $1`, [made.id]);
    expect((await data('api-keys'))[0].requests_24h).toBe(0);
    expect((await data('api-keys', second.token)).map(({ name }: { name: string }) => name)).toEqual(['test']);
  });

  test('expired and revoked ones say so; long revoked ones are gone', async () => {
    await owner(`update api_keys set expires_at = $2 where operator_id = $1 and name = 'reads'`, [first.operatorId, START]);
    expect((await data('api-keys'))[0].status).toBe('expired');
    await owner(`update api_keys set status = 'revoked', revoked_at = $2 where operator_id = $1 and name = 'reads'`, [
      first.operatorId,
      START,
    ]);
    expect((await data('api-keys'))[0].status).toBe('revoked');
    await owner(`update api_keys set revoked_at = revoked_at - interval '31 days' where name = 'reads'`);
    expect((await get('api-keys')).body.total).toBe(1);
  });
});

test('origins with the sessions opened from them', async () => {
  const { operatorId } = first;
  const allow = (origin: string) =>
    server.db.database.as({ kind: 'operator', operatorId, slug: '', memberId: 1n, email: '', permissions: [] }, 'write', (db) =>
      server.access.allowOrigin(db, { operatorId, origin }, server.clock.now()),
    );
  await allow('https://a.test');
  await allow('https://b.test');
  await allow('https://b.test');
  const session = (origin: string, hoursAgo: number) => {
    const at = new Date(START.getTime() - hoursAgo * 3_600_000);
    const id = (BigInt(at.getTime() - 1_704_067_200_000) << 22n) + (testId() & 4_194_303n);
    return owner(
      `insert into player_sessions (operator_id, id, player_id, origin, created_at, expires_at) values ($1, $2, $3, $4, $5, $5)`,
      [operatorId, id, first.players[0].id, origin, at],
    );
  };
  for (const hours of [1, 2, 30]) await session('https://a.test', hours);
  await session('https://b.test', 50);
  await session('https://elsewhere.test', 1);
  const { body } = await get('embed/origins');
  expect(body.total).toBe(2);
  const hour = (ago: number) => new Date(START.getTime() - ago * 3_600_000).toISOString();
  expect(body.data).toMatchObject([
    { id: expect.stringMatching(/^org_/), origin: 'https://a.test', status: 'verified', request_count_24h: 2, last_seen_at: hour(1) },
    { origin: 'https://b.test', request_count_24h: 0, last_seen_at: hour(50), verified_at: START.toISOString() },
  ]);
  expect((await get('embed/origins', second.token)).body).toEqual({ data: [], total: 0 });
});

describe('embed code', () => {
  test.each(['html', 'react', 'vanilla'])('%s, with this operator’s key, at this address', async (format) => {
    const { code, ...rest } = await data(`embed/code?format=${format}&theme=light&width=50%25&height=400px`);
    const { api_key: key } = (await owner(`select api_key from api_keys where operator_id = $1 and status = 'active'`, [first.operatorId]))
      .rows[0];
    expect(rest).toMatchObject({
      format,
      api_key: key,
      embed_url: expect.stringMatching(/^http:\/\/[^/]+\/embed\?operator=first-casino&theme=light$/),
    });
    for (const part of [key, rest.bridge_url, '50%', '400px', 'first-casino']) expect(code).toContain(part);
  });

  test('defaults, what cannot be asked, and an operator without a key', async () => {
    expect(await data('embed/code')).toMatchObject({ format: 'html', code: expect.stringMatching(/width="100%"[\s\S]*height="600px"/) });
    for (const query of ['format=vue', 'theme=pink', 'width=1"onload=', 'height=-3px', 'size=1']) {
      expect([query, (await get(`embed/code?${query}`)).status]).toEqual([query, 400]);
    }
    await owner(`update api_keys set scopes = '{read_only}' where operator_id = $1`, [second.operatorId]);
    expect(await get('embed/code', second.token)).toMatchObject({ status: 409, body: { error: { details: { reason: 'no_api_key' } } } });
  });
});
