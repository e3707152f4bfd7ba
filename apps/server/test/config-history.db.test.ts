/** Changes of configurations and settings over HTTP: their history, taking them back, limits at once, and what may not be changed. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeBreaker } from './factories.ts';
import { openTestServer, type Tenant, type TestServer } from './server.ts';

let server: TestServer;
let own: Tenant;
let other: Tenant;
beforeAll(async () => {
  server = await openTestServer();
  [own, other] = server.tenants;
});
afterAll(() => server?.close());

const admin = (method: 'GET' | 'POST', path: string, body?: object) => server.send(method, `/api/internal/${path}`, server.admin, body);
const operator = (method: 'GET' | 'POST' | 'PATCH', path: string, body?: object, token = own.token) =>
  server.send(method, `/api/operator/${path}`, token, body);

describe('the platform', () => {
  test('each change stands in the history with who, why and the difference, and can be taken back', async () => {
    const changed = await admin('POST', 'config', {
      risk: { per_trade_max_usd: 4_000, category_limits: { sports: null } },
      fees: { trading_fee_bps: 60 },
      reason: 'a busy night',
    });
    const id = changed.body.data.audit_id;
    const history = async (query = '') => (await admin('GET', `config/history${query}`)).body;
    expect((await history()).data[0]).toMatchObject({
      audit_id: id,
      kind: 'change',
      changed_by: { kind: 'admin', name: 'admin@predictu.test' },
      reason: 'a busy night',
      previous_values: { 'risk.per_trade_max_usd': 5_000, 'risk.category_limits.sports': 200_000, 'fees.trading_fee_bps': 50 },
      new_values: { 'risk.per_trade_max_usd': 4_000, 'risk.category_limits.sports': null, 'fees.trading_fee_bps': 60 },
      changed_since: [],
    });
    const reverted = await admin('POST', `config/history/${id}/revert`, { reason: 'quiet again' });
    expect(reverted.body.data.new_values).toEqual({
      'risk.per_trade_max_usd': 5_000,
      'risk.category_limits.sports': 200_000,
      'fees.trading_fee_bps': 50,
    });
    const { risk, fees } = (await admin('GET', 'config')).body.data;
    expect([risk.per_trade_max_usd, risk.category_limits.sports, fees.trading_fee_bps]).toEqual([5_000, 200_000, 50]);
    const { data, pagination } = await history();
    expect(data[0]).toMatchObject({ kind: 'revert', reason: 'quiet again', changed_since: [] });
    expect(data[1].changed_since.sort()).toEqual(['fees.trading_fee_bps', 'risk.category_limits.sports', 'risk.per_trade_max_usd']);
    expect(pagination.total).toBe(2);
    expect((await history('?key=fees.trading_fee_bps')).pagination.total).toBe(2);
    expect((await history('?key=fees.settlement_fee_bps')).pagination.total).toBe(0);
    expect((await history('?page=9')).data).toEqual([]);
    const again = await admin('POST', `config/history/${id}/revert`, {});
    expect(again).toMatchObject({ status: 409, body: { error: { details: { reason: 'changed_since' } } } });
    expect((await admin('POST', 'config/history/aud_0000000000001/revert', {})).status).toBe(404);
  });

  test('what changes nothing is no history', async () => {
    const before = (await admin('GET', 'config/history')).body.pagination.total;
    await admin('POST', 'config', { fees: { trading_fee_bps: 50 }, reason: 'the same' });
    expect((await admin('GET', 'config/history')).body.pagination.total).toBe(before);
  });

  test('a lowered limit trips its breaker in the same commit, a raised one resets it where it may', async () => {
    const order = { market_id: '', outcome: 'yes', side: 'buy', amount_usd: 50, limit_price: 0.99 };
    const [market] = (await server.send('GET', '/api/casino/markets', own.players[0].token)).body.data;
    const bought = await server.send(
      'POST',
      '/api/casino/trades',
      own.players[0].token,
      { ...order, market_id: market.id },
      { 'idempotency-key': 'b' },
    );
    expect(bought.status).toBe(201);
    await makeBreaker(server.db.owner, { scope: 'global', trigger_threshold: 80, cooldown_minutes: 0 });
    const status = async () => (await admin('GET', 'risk/circuit-breakers')).body.data.map((one: { status: string }) => one.status);
    expect(await status()).toEqual(['armed']);
    await admin('POST', 'config', { risk: { global_exposure_limit_usd: 100 }, reason: 'lower' });
    expect(await status()).toEqual(['tripped']);
    const events = (await admin('GET', 'risk/events?type=circuit_breaker')).body.data;
    expect(events[0]).toMatchObject({ severity: 'critical', auto_resolved: false });
    await admin('POST', 'config', { risk: { global_exposure_limit_usd: 500_000 }, reason: 'raise' });
    expect(await status()).toEqual(['armed']);
    expect((await admin('GET', 'risk/events?type=circuit_breaker')).body.data[0]).toMatchObject({ severity: 'info', auto_resolved: true });
  });
});

describe('an operator', () => {
  test('the documented example: the keys sent, what they were, and the rest as it was', async () => {
    const sent = {
      trading: { default_trade_amount_usd: 5, quick_amounts: [1, 5, 10, 25, 50], confirm_trades_above_usd: 50 },
      ui: { show_orderbook: true, default_market_sort: 'trade_count' },
      features: { social_feed: true, leaderboard: true },
    };
    const { data } = (await operator('POST', 'config', sent)).body;
    expect(data.updated_keys).toEqual([
      'trading.default_trade_amount_usd',
      'trading.quick_amounts',
      'trading.confirm_trades_above_usd',
      'ui.show_orderbook',
      'ui.default_market_sort',
      'features.social_feed',
      'features.leaderboard',
    ]);
    expect(data.previous_values).toMatchObject({ 'trading.quick_amounts': [5, 10, 25, 50, 100], 'features.leaderboard': true });
    const config = (await operator('GET', 'config')).body.data;
    expect(config).toMatchObject(sent);
    expect(config.ui.markets_per_page).toBe(20);
    const [change] = (await operator('GET', 'config/history')).body.data;
    expect(change).toMatchObject({ audit_id: data.audit_id, changed_by: { kind: 'operator_member', name: 'member@first-casino.test' } });
    expect(change.updated_keys).not.toContain('features.leaderboard');
    expect((await operator('GET', 'config/history', undefined, other.token)).body.data).toEqual([]);
    const revert = `config/history/${data.audit_id}/revert`;
    expect((await operator('POST', revert, {}, other.token)).status).toBe(404);
    expect((await operator('POST', revert, {})).status).toBe(200);
    expect((await operator('GET', 'config')).body.data.trading.quick_amounts).toEqual([5, 10, 25, 50, 100]);
  });

  test.each([
    [{ trading: { default_trade_amount_usd: 0 } }],
    [{ trading: { quick_amounts: [] } }],
    [{ trading: { quick_amounts: [5, 5] } }],
    [{ ui: { markets_per_page: 201 } }],
    [{ ui: { theme_override: 'pink' } }],
    [{ categories: { enabled: ['weather'] } }],
    [{ categories: { hidden: ['sports', 'sports'] } }],
    [{ features: { nothing: true } }],
    [{ updated_at: '2026-03-18T09:00:00Z' }],
  ])('%j is refused and nothing is changed', async (body) => {
    const before = (await operator('GET', 'config')).body.data;
    expect(await operator('POST', 'config', body)).toMatchObject({ status: 422, body: { error: { code: 'VALIDATION_ERROR' } } });
    expect((await operator('GET', 'config')).body.data).toEqual(before);
  });

  test('a category that the platform has not opened to it cannot be enabled', async () => {
    await server.db.owner.query(`update operators set allowed_categories = '{sports}' where id = $1`, [other.operatorId]);
    const answer = await operator('POST', 'config', { categories: { enabled: ['sports', 'crypto'] } }, other.token);
    expect(answer.body.error.details.fields).toMatchObject([{ field: 'categories.enabled', expected: 'only of: sports' }]);
  });

  test('of a footer the harmless part stays', async () => {
    const footer = `<p onclick="x()">Play <b>safe</b> <a href="https://example.com" style="position:fixed">18+</a> <a href="javascript:alert(1)">x</a></p>
      <script>alert(1)</script><img src=x onerror=alert(1)><style>@import url(//evil)</style><svg><image href="//evil"/></svg><iframe src="//evil"></iframe>`;
    const { data } = (await operator('POST', 'config', { ui: { custom_footer_html: footer } })).body;
    const clean = data.new_values['ui.custom_footer_html'];
    expect(clean).toContain('Play <b>safe</b>');
    expect(clean).toContain('href="https://example.com"');
    expect(clean).not.toMatch(/script|onclick|onerror|style|svg|img|iframe|evil/);
    expect((await server.send('GET', '/api/embed/config?operator=first-casino')).body.data.config.ui.custom_footer_html).toBe(clean);
  });
});

describe('settings', () => {
  test('the documented example; the embed shows it at once', async () => {
    const sent = {
      profile: { contact_email: 'newtech@example-casino.com', contact_name: 'Alex Chen' },
      branding: { primary_color: '#00E676', display_name: 'Example Casino Bets' },
      s2s: { callback_url: 'https://api-v2.example-casino.com/predictu/callback' },
    };
    const { status, body } = await operator('PATCH', 'settings', sent);
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body.data.updated_fields).toEqual([
      'profile.contact_email',
      'profile.contact_name',
      'branding.primary_color',
      'branding.display_name',
      's2s.callback_url',
    ]);
    expect(body.data.previous_values).toMatchObject({
      'profile.contact_name': null,
      'branding.primary_color': '#00ff88',
      'branding.display_name': 'Example Casino Predictions',
      's2s.callback_url': null,
    });
    for (const { our_ratio, least } of body.data.contrast) expect(our_ratio).toBeGreaterThanOrEqual(least);
    expect(body.data.contrast.find(({ theme, use }: { theme: string; use: string }) => theme === 'light' && use === 'text')).toMatchObject({
      yours: '#00e676',
      your_ratio: 1.6,
    });
    const embed = (await server.send('GET', '/api/embed/config?operator=first-casino')).body.data;
    expect([embed.display_name, embed.themes.dark.fill]).toEqual(['Example Casino Bets', '#00e676']);
    const preview = await operator('GET', 'settings/branding-preview?primary_color=%2300e676');
    expect(preview.body.data).toEqual({ themes: embed.themes, contrast: body.data.contrast });
  });

  test.each([
    [{ limits: { max_bet_usd: 5 } }, ['limits']],
    [{ profile: { name: 'X', contact_name: 'Y' } }, ['profile.name']],
    [{ profile: { logo_url: 'https://a.test/x.png' } }, ['profile.logo_url']],
    [{ s2s: { enabled: true } }, ['s2s.enabled']],
    [{ categories: { allowed: [] }, status: 'live' }, ['categories', 'status']],
  ])('%j is the platform’s: 403, nothing changed', async (body, fields) => {
    const before = (await operator('GET', 'settings')).body.data;
    const answer = await operator('PATCH', 'settings', body);
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN', details: { reason: 'read_only', fields } } } });
    expect((await operator('GET', 'settings')).body.data).toEqual(before);
  });

  test.each([
    [{ branding: { primary_color: 'green' } }],
    [{ branding: { custom_css: 'body { display: none }' } }],
    [{ branding: { custom_css: '--op-x: url(https://evil.test)' } }],
    [{ branding: { custom_css: '--other: 1px' } }],
    [{ profile: { contact_email: 'nobody' } }],
    [{ profile: { website_url: 'javascript:alert(1)' } }],
    [{ s2s: { callback_url: 'ftp://example.com' } }],
    [{ s2s: { callback_url: 'https://10.0.0.1/' } }],
    [{ nothing: 1 }],
  ])('%j is refused', async (body) => {
    expect(await operator('PATCH', 'settings', body)).toMatchObject({ status: 422, body: { error: { code: 'VALIDATION_ERROR' } } });
  });

  test('variables of its own reach the embed', async () => {
    const css = '--op-radius: 4px; --op-font: "Inter", sans-serif;';
    expect((await operator('PATCH', 'settings', { branding: { custom_css: css } })).status).toBe(200);
    expect((await server.send('GET', '/api/embed/config?operator=first-casino')).body.data.custom_css).toBe(css);
  });
});
