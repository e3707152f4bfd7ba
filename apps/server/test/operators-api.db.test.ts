/** The platform makes operators, takes them through onboarding on proof, changes their terms, stops them: through HTTP. */
import { randomUUID } from 'node:crypto';
import { decodeId, encodeId, type Id } from '@predictu/contract/ids';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DnsServer, openDnsServer } from './dns-server.ts';
import { type OutsideWallet, outsideWallet } from './outside-wallet.ts';
import { openTestServer, type TestServer } from './server.ts';

let dns: DnsServer;
let wallet: OutsideWallet;
let server: TestServer;
beforeAll(async () => {
  dns = await openDnsServer();
  wallet = await outsideWallet();
  server = await openTestServer({ dnsServers: [dns.address] });
});
afterAll(async () => {
  await server?.close();
  await wallet?.close();
  await dns?.close();
});

const OPERATORS = '/api/internal/operators';
const admin = (method: 'GET' | 'POST' | 'PATCH', url: string, body?: unknown) => server.send(method, url, server.admin, body);
const audited = async (action: string, slug: string) =>
  (
    await server.db.owner.query('select * from platform_audit_log where action = $1 and subject = $2 order by id', [
      action,
      `operator:${slug}`,
    ])
  ).rows;
type Pair = { api_key: string; api_secret: string };
const withPair = ({ api_key, api_secret }: Pair) => ({
  authorization: `Basic ${Buffer.from(`${api_key}:${api_secret}`).toString('base64')}`,
});

async function play({ api_key, api_secret }: Pair, amount = 5) {
  const seconds = Math.floor(server.clock.now().getTime() / 1_000);
  const token = await new SignJWT({ sub: 'tester', iat: seconds, exp: seconds + 60, jti: randomUUID() })
    .setProtectedHeader({ alg: 'HS256', kid: api_key })
    .sign(Buffer.from(api_secret));
  const session = await server.send('POST', '/api/auth/embed-init', undefined, { token });
  if (session.status !== 200) return session;
  const order = {
    market_id: encodeId('market', server.marketId as Id<'market'>),
    outcome: 'yes',
    side: 'buy',
    amount_usd: amount,
    limit_price: 0.99,
  };
  return server.send('POST', '/api/casino/trades', session.body.data.token, order, { 'idempotency-key': randomUUID() });
}

const DOCUMENTED = {
  name: 'Lucky Spins Casino',
  slug: 'lucky-spins',
  contact_email: 'integrations@luckyspins.com',
  contact_name: 'Alex Morgan',
  website_url: 'https://luckyspins.com',
  callback_url: 'https://api.luckyspins.com/predictu/callback',
  s2s_enabled: true,
  branding: {
    primary_color: '#ff6b00',
    secondary_color: '#1a1a2e',
    logo_url: null,
    favicon_url: null,
    display_name: 'Lucky Spins Predictions',
  },
  embed_origins: ['https://luckyspins.com'],
  config: {
    max_bet_usd: 500,
    min_bet_usd: 1,
    default_currency: 'USD',
    allowed_categories: ['sports', 'politics', 'entertainment'],
    risk_tier: 'standard',
  },
};

describe('making one', () => {
  test('the documented request makes what it says, with a pair that works', async () => {
    const { status, body } = await admin('POST', OPERATORS, DOCUMENTED);
    expect(status).toBe(201);
    expect(body.data).toMatchObject({ slug: 'lucky-spins', name: 'Lucky Spins Casino', status: 'pending' });
    const detail = (await admin('GET', `${OPERATORS}/lucky-spins`)).body.data;
    expect(detail).toMatchObject({
      id: body.data.id,
      wallet_mode: 'seamless',
      s2s_enabled: true,
      callback_url: DOCUMENTED.callback_url,
      branding: DOCUMENTED.branding,
      embed_origins: ['https://luckyspins.com'],
      config: DOCUMENTED.config,
      onboarding: { stage: 'pending', completed_steps: [], onboarded_at: null },
    });
    expect((await server.send('GET', '/api/operator/settings', undefined, undefined, withPair(body.data))).status).toBe(200);
    expect(await server.access.framingOrigins('lucky-spins')).toEqual([]);
    const [audit] = await audited('operator.create', 'lucky-spins');
    expect(audit).toMatchObject({ actor_kind: 'admin', request_id: expect.any(String) });
    expect(JSON.stringify(audit.after)).not.toContain('sk_live');
  });

  test.each([
    ['a slug that is taken', { ...DOCUMENTED }, 409, 'CONFLICT', undefined],
    ['no slug', { ...DOCUMENTED, slug: 'Not A Slug' }, 422, 'VALIDATION_ERROR', 'slug'],
    ['its own wallet without an address', { ...DOCUMENTED, slug: 'other', callback_url: null }, 422, 'VALIDATION_ERROR', 'callback_url'],
    [
      'a callback to a private network',
      { ...DOCUMENTED, slug: 'other', callback_url: 'https://10.0.0.1/x' },
      422,
      'VALIDATION_ERROR',
      'callback_url',
    ],
    [
      'an origin that is none',
      { ...DOCUMENTED, slug: 'other', embed_origins: ['luckyspins.com'] },
      422,
      'VALIDATION_ERROR',
      'embed_origins.0',
    ],
    [
      'bets that cross',
      { ...DOCUMENTED, slug: 'other', config: { min_bet_usd: 9, max_bet_usd: 3 } },
      422,
      'VALIDATION_ERROR',
      'config.max_bet_usd',
    ],
    ['a field that is not there', { ...DOCUMENTED, slug: 'other', plan: 'gold' }, 422, 'VALIDATION_ERROR', 'plan'],
  ])('%s is refused, and nothing is made', async (_, request, status, code, field) => {
    const answer = await admin('POST', OPERATORS, request);
    expect(answer).toMatchObject({ status, body: { error: { code } } });
    if (field) expect(answer.body.error.details.fields.map((one: { field: string }) => one.field)).toContain(field);
    expect((await admin('GET', `${OPERATORS}/other`)).status).toBe(404);
  });
});

test('terms change at once, only what differs, with the values before', async () => {
  const url = `${OPERATORS}/first-casino`;
  const { body } = await admin('PATCH', url, {
    name: 'First',
    config: { max_bet_usd: 20, revenue_share_pct: 32.5, risk_tier: 'standard' },
    reason: 'New contract',
  });
  expect(body.data).toMatchObject({
    updated_fields: ['name', 'config.max_bet_usd', 'config.revenue_share_pct'],
    previous_values: { name: 'Example Casino', 'config.max_bet_usd': 1_000, 'config.revenue_share_pct': 30 },
    new_values: { name: 'First', 'config.max_bet_usd': 20, 'config.revenue_share_pct': 32.5 },
  });
  expect((await audited('operator.update', 'first-casino'))[0]).toMatchObject({
    reason: 'New contract',
    before: body.data.previous_values,
  });
  const [player] = server.tenants[0].players;
  const buy = (amount: number) =>
    server.send(
      'POST',
      '/api/casino/trades',
      player.token,
      {
        market_id: encodeId('market', server.marketId as Id<'market'>),
        outcome: 'yes',
        side: 'buy',
        amount_usd: amount,
        limit_price: 0.99,
      },
      { 'idempotency-key': randomUUID() },
    );
  expect(await buy(21)).toMatchObject({ status: 422, body: { error: { code: 'RISK_LIMIT' } } });
  expect((await buy(19)).status).toBeLessThan(300);
  expect((await admin('PATCH', url, { config: { max_bet_usd: 20 } })).body.data).toMatchObject({ updated_fields: [], audit_id: null });
  expect(await admin('PATCH', url, { config: { min_bet_usd: 21 } })).toMatchObject({ status: 422 });
  expect((await admin('PATCH', `${OPERATORS}/nobody`, { name: 'X' })).status).toBe(404);
});

describe('suspension', () => {
  test('stops trades, players, members and keys at once, and leaves where it came from', async () => {
    const tenant = server.tenants[1];
    const url = `${OPERATORS}/second-casino`;
    expect((await admin('POST', `${url}/suspend`, {})).status).toBe(422);
    expect((await admin('POST', `${url}/suspend`, { reason: 'Unpaid' })).body.data).toMatchObject({
      slug: 'second-casino',
      status: 'suspended',
    });
    const [player] = tenant.players;
    const operation = {
      kind: 'adjustment',
      operatorId: tenant.operatorId,
      playerId: player.id,
      key: randomUUID(),
      bodyHash: '1'.repeat(32),
    } as const;
    const answer = await server.trading.submit({
      ...operation,
      action: 'deposit',
      amount: 100n as never,
      reason: 'x',
      metadata: null,
      actor: 'test',
    });
    expect(answer).toMatchObject({ refusal: { refused: 'OPERATOR_NOT_LIVE' } });
    expect((await server.send('GET', '/api/operator/settings', tenant.token)).status).toBe(403);
    server.clock.set(new Date(server.clock.now().getTime() + 3_000));
    expect((await server.send('GET', '/api/casino/balance', player.token)).status).toBe(403);
    expect((await admin('POST', `${url}/suspend`, { reason: 'Again' })).status).toBe(409);
    expect((await admin('POST', `${url}/reinstate`, { reason: 'Paid' })).body.data.status).toBe('live');
    expect((await admin('POST', `${url}/reinstate`, { reason: 'Again' })).status).toBe(409);
    expect((await server.send('GET', '/api/operator/settings', tenant.token)).status).toBe(200);
    server.clock.set(new Date(server.clock.now().getTime() + 3_000));
    expect((await server.send('GET', '/api/casino/balance', player.token)).status).toBe(200);
    expect((await audited('operator.suspend', 'second-casino'))[0]).toMatchObject({ reason: 'Unpaid', before: { status: 'live' } });
  });
});

describe('onboarding', () => {
  const made = async (slug: string, more: object = {}): Promise<Pair & { id: string }> =>
    (await admin('POST', OPERATORS, { name: slug, slug, contact_email: 'a@b.test', ...more })).body.data;
  const step = (id: string, action: string, name: string, more: object = {}) =>
    admin('POST', `/api/internal/onboarding/${id}`, { action, step: name, ...more });
  const unmet = (answer: Awaited<ReturnType<typeof step>>): string[] =>
    answer.body.error.details.unmet.map(({ requirement }: { requirement: string }) => requirement);

  const standing = async (slug: string) => (await server.send('GET', `/api/embed/config?operator=${slug}`)).body.data.standing;

  test('an operator with its own wallet goes live on proof, whatever is claimed', async () => {
    const operator = await made('proud', { s2s_enabled: true, callback_url: `${wallet.url}/` });
    const { id } = operator;
    expect(await standing('proud')).toBe('closed');
    const early = await step(id, 'advance', 'go_live');
    expect(early).toMatchObject({ status: 422, body: { error: { code: 'REQUIREMENTS_UNMET' } } });
    expect(unmet(early)).toEqual(['display_name', 'colours', 'origin_verified', 'test_trade', 'earlier_steps']);
    expect(unmet(await step(id, 'advance', 'branding'))).toEqual(['display_name', 'colours']);
    const look = { primary_color: '#ff6b00', secondary_color: '#1a1a2e', display_name: 'Proud' };
    expect((await step(id, 'advance', 'branding', { data: look, notes: 'Logo follows' })).body.data).toMatchObject({
      operator_id: id,
      current_step: 's2s_config',
      previous_step: 'branding',
      completed_steps: ['branding'],
      remaining_steps: ['s2s_config', 'embed_setup', 'test_trades', 'go_live'],
      status: 'configuring',
      progress_pct: 20,
      notes: 'Logo follows',
      updated_by: expect.stringMatching(/^adm_/),
    });
    wallet.faults.set('PING', ['break']);
    const claims = { signing_key_confirmed: true, test_callback_success: true };
    expect(unmet(await step(id, 'advance', 's2s_config', { data: claims }))).toEqual(['ping_answered']);
    expect((await step(id, 'advance', 's2s_config', { data: claims })).body.data).toMatchObject({
      current_step: 'embed_setup',
      progress_pct: 40,
    });
    const origin = 'https://proud.example';
    expect(unmet(await step(id, 'advance', 'embed_setup', { data: { embed_origins: [origin] } }))).toEqual(['origin_verified']);
    const { data: origins } = (await server.send('GET', '/api/operator/embed/origins', undefined, undefined, withPair(operator))).body;
    expect(await play(operator)).toMatchObject({ body: { error: { code: 'OPERATOR_NOT_LIVE' } } });
    dns.txt.set('proud.example', [`predictu-verify=${origins[0].verification_token}`]);
    expect((await step(id, 'advance', 'embed_setup')).body.data).toMatchObject({ current_step: 'test_trades', status: 'testing' });
    expect(await standing('proud')).toBe('testing');
    expect((await step(id, 'skip', 'test_trades')).status).toBe(409);
    wallet.faults.set('BET_MAKE', ['refuse']);
    await play(operator);
    expect(unmet(await step(id, 'advance', 'test_trades'))).toEqual(['test_trade']);
    expect((await play(operator)).status).toBeLessThan(300);
    expect((await step(id, 'advance', 'test_trades')).body.data.current_step).toBe('go_live');
    wallet.faults.set('PING', ['break']);
    expect(unmet(await step(id, 'advance', 'go_live'))).toEqual(['ping_answered']);
    const live = await step(id, 'advance', 'go_live');
    expect(live.body.data).toMatchObject({ current_step: 'complete', status: 'live', progress_pct: 100, remaining_steps: [] });
    expect((await admin('GET', `${OPERATORS}/proud`)).body.data).toMatchObject({
      status: 'live',
      onboarding: { stage: 'complete', onboarded_at: server.clock.now().toISOString() },
    });
    expect(await standing('proud')).toBe('live');
    await admin('POST', `${OPERATORS}/proud/suspend`, { reason: 'Unpaid' });
    expect(await standing('proud')).toBe('closed');
    await admin('POST', `${OPERATORS}/proud/reinstate`, { reason: 'Paid' });
    expect(await audited('onboarding.advance', 'proud')).toHaveLength(5);
    const own = await server.send('GET', '/api/operator/onboarding', undefined, undefined, withPair(operator));
    expect(own.body.data.requirements.every(({ met }: { met: boolean }) => met)).toBe(true);
  });

  test('without a wallet of its own that step is skipped; a rollback goes back one step; a suspended one stands still', async () => {
    const branding = { primary_color: '#ff6b00', secondary_color: '#1a1a2e', display_name: 'Plain' };
    const { id } = await made('plain', { branding });
    expect(await step(id, 'advance', 'branding', { data: { callback_url: 'https://a.test' } })).toMatchObject({ status: 422 });
    const waits = async () =>
      (await admin('GET', `${OPERATORS}?search=plain`)).body.data.map(
        (one: { onboarding_step: string; onboarding_waits: string | null }) => [one.onboarding_step, one.onboarding_waits],
      );
    expect(await waits()).toEqual([['branding', 'pass']]);
    await step(id, 'advance', 'branding', { data: {} });
    expect(await waits()).toEqual([['s2s_config', 'skip']]);
    expect((await step(id, 'skip', 's2s_config')).body.data).toMatchObject({ current_step: 'embed_setup', skipped_steps: ['s2s_config'] });
    expect((await step(id, 'rollback', 'embed_setup')).body.data).toMatchObject({ current_step: 's2s_config', skipped_steps: [] });
    expect((await step(id, 'rollback', 's2s_config')).body.data).toMatchObject({ current_step: 'branding', status: 'pending' });
    expect((await step(id, 'rollback', 'branding')).status).toBe(409);
    await admin('POST', `${OPERATORS}/plain/suspend`, { reason: 'Wait' });
    expect(await waits()).toEqual([['branding', null]]);
    expect(await step(id, 'advance', 'branding')).toMatchObject({ status: 409 });
    expect((await step(encodeId('operator', 1n as Id<'operator'>), 'advance', 'branding')).status).toBe(404);
    expect(decodeId('operator', id)).toBeDefined();
  });
});
