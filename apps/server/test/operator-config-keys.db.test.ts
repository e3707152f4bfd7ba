/** Every key of an operator's configuration does what it says: on the server at once, in the embed by what it reads. A key without a case fails. */
import { readdirSync, readFileSync } from 'node:fs';
import { encodeId, type Id } from '@predictu/contract/ids';
import { CATEGORIES, type Category } from '@predictu/contract/shapes/category';
import { defaultOperatorConfig } from '@predictu/contract/shapes/operator-config';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type OperatorFeature, requireFeature } from '../src/config/config.ts';
import { flatten, unflatten } from '../src/config/config-change.rules.ts';
import type { Actor } from '../src/platform/actor.ts';
import { makeMarket, testId } from './factories.ts';
import { openTestServer, type Tenant, type TestServer } from './server.ts';

const DEFAULTS = flatten(defaultOperatorConfig(CATEGORIES));
let server: TestServer;
let own: Tenant;
const markets: Partial<Record<Category, string>> = {};
beforeAll(async () => {
  server = await openTestServer();
  [own] = server.tenants;
  for (const category of ['crypto', 'politics'] as const) {
    markets[category] = encodeId('market', (await makeMarket(server.db.owner, { category })) as Id<'market'>);
  }
});
afterAll(() => server?.close());

async function set(values: Record<string, unknown>): Promise<void> {
  const answer = await server.send('POST', '/api/operator/config', own.token, unflatten(values));
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
}
afterEach(() => set(Object.fromEntries([...DEFAULTS].filter(([, value]) => value !== undefined))));

/** What open embeds read every 30 seconds, and a program that reads it there. */
const SOURCES = new URL('../../widget/src/', import.meta.url);
const widget = readdirSync(SOURCES, { recursive: true })
  .map(String)
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(new URL(name, SOURCES), 'utf8'))
  .join('\n');

type Case = { measure: () => Promise<unknown>; values: Record<string, unknown>; before: unknown; after: unknown };
const embed = (key: string, after: unknown): Record<string, Case> => ({
  [key]: {
    measure: async () => {
      expect(widget).toContain(`config.${key}`);
      const { config } = (await server.send('GET', '/api/embed/config?operator=first-casino')).body.data;
      return flatten(config).get(key);
    },
    values: { [key]: after },
    before: DEFAULTS.get(key),
    after,
  },
});

const member = (): Actor => ({ kind: 'operator', operatorId: own.operatorId, slug: '', memberId: 1n, email: '', permissions: [] });
/** What an endpoint behind this switch answers. */
const gate = (key: OperatorFeature): Record<string, Case> => {
  const byDefault = DEFAULTS.get(key) === true;
  const said = (on: boolean) => (on ? 'open' : { reason: 'feature_disabled', feature: key });
  return {
    [key]: {
      measure: () =>
        server.db.database
          .as(member(), 'read', (db) => requireFeature(db, own.operatorId, key))
          .then(
            () => 'open',
            (error: { details?: unknown }) => error.details,
          ),
      values: { [key]: !byDefault },
      before: said(byDefault),
      after: said(!byDefault),
    },
  };
};

const player = (): string => own.players[0].token;
const order = (category: 'crypto' | 'politics') => ({
  market_id: markets[category],
  outcome: 'yes',
  side: 'buy',
  amount_usd: 5,
  limit_price: 0.99,
});
const post = (path: string, body: object) =>
  server.send('POST', `/api/casino/${path}`, player(), body, { 'idempotency-key': `key-${testId()}` });
/** Which categories are listed to players and to visitors, and whether politics can be bought. */
async function open(): Promise<unknown> {
  const listed = async (url: string, token?: string) => {
    const categories = (await server.send('GET', url, token)).body.data.map(({ category }: { category: string }) => category);
    return [...new Set(categories)].sort();
  };
  const bought = await post('trades', { ...order('politics'), dry_run: true });
  return {
    players: await listed('/api/casino/markets', player()),
    visitors: await listed('/api/embed/markets?operator=first-casino'),
    bought: bought.status === 201 || bought.body.error.details.reason,
  };
}
/** The categories of the first page as a player and a visitor get it who ask for nothing in particular. */
async function firstPages(): Promise<string[][]> {
  const pages = [
    await server.send('GET', '/api/casino/markets', player()),
    await server.send('GET', '/api/embed/markets?operator=first-casino'),
  ];
  return pages.map(({ body }) => body.data.map(({ category }: { category: string }) => category));
}
const EVERYTHING = { players: ['crypto', 'politics', 'sports'], visitors: ['crypto', 'politics', 'sports'], bought: true };

const CASES: Record<string, Case> = {
  ...embed('trading.default_trade_amount_usd', 2.5),
  ...embed('trading.quick_amounts', [1, 5]),
  ...embed('trading.show_advanced_trading', true),
  ...embed('trading.confirm_trades_above_usd', 50),
  ...embed('trading.auto_close_positions_on_settlement', false),
  'trading.allow_limit_orders': {
    measure: async () => {
      const answer = await post('orders', { ...order('crypto'), limit_price: 0.2 });
      return answer.body.error?.details ?? answer.body.data.status;
    },
    values: { 'trading.allow_limit_orders': true },
    before: { reason: 'feature_disabled', feature: 'trading.allow_limit_orders' },
    after: 'open',
  },
  ...embed('ui.show_global_volume', false),
  ...embed('ui.show_market_charts', false),
  'ui.show_orderbook': {
    measure: async () => {
      const { body } = await server.send('GET', `/api/casino/markets/${markets.crypto}/orderbook`, player());
      return body.error?.details ?? body.data.yes.asks.length;
    },
    values: { 'ui.show_orderbook': true },
    before: { reason: 'feature_disabled', feature: 'ui.show_orderbook' },
    after: 1,
  },
  ...embed('ui.show_related_markets', false),
  ...embed('ui.show_user_pnl', false),
  'ui.default_market_sort': {
    measure: async () => {
      for (let n = 0; n < 4; n += 1)
        await post('trades', { ...order('crypto'), market_id: encodeId('market', server.marketId as Id<'market'>) });
      return (await firstPages()).map(([first]) => first);
    },
    values: { 'ui.default_market_sort': 'trade_count' },
    before: ['politics', 'politics'],
    after: ['sports', 'sports'],
  },
  'ui.markets_per_page': {
    measure: async () => (await firstPages()).map(({ length }) => length),
    values: { 'ui.markets_per_page': 2 },
    before: [3, 3],
    after: [2, 2],
  },
  ...embed('ui.theme_override', 'light'),
  ...embed('ui.custom_footer_html', '<p>18+</p>'),
  ...embed('notifications.trade_confirmation', false),
  ...embed('notifications.settlement_notification', false),
  ...gate('notifications.price_alert_enabled'),
  ...gate('notifications.daily_digest'),
  'categories.enabled': {
    measure: open,
    values: { 'categories.enabled': ['sports', 'crypto'] },
    before: EVERYTHING,
    after: { players: ['crypto', 'sports'], visitors: ['crypto', 'sports'], bought: 'category' },
  },
  'categories.hidden': {
    measure: open,
    values: { 'categories.hidden': ['politics'] },
    before: EVERYTHING,
    after: { players: ['crypto', 'sports'], visitors: ['crypto', 'sports'], bought: 'category' },
  },
  ...embed('categories.featured', ['crypto']),
  'features.batch_trading': {
    measure: async () => {
      const answer = await post('trades/batch', { trades: [order('crypto'), order('politics')] });
      return [answer.status, answer.body.error?.details ?? null];
    },
    values: { 'features.batch_trading': false },
    before: [201, null],
    after: [403, { reason: 'feature_disabled', feature: 'features.batch_trading' }],
  },
  ...gate('features.watchlist'),
  ...gate('features.price_alerts'),
  ...gate('features.social_feed'),
  ...gate('features.leaderboard'),
  ...gate('features.referral_program'),
};

test('every key of the schema has a case', () => {
  expect(Object.keys(CASES).sort()).toEqual([...DEFAULTS.keys()].sort());
});

test.each(Object.entries(CASES))('%s', async (key, { measure, values, before, after }) => {
  expect(Object.keys(values)).toContain(key);
  expect(await measure()).toEqual(before);
  await set(values);
  expect(await measure()).toEqual(after);
});

test('whoever holds shares of a closed category still sees the market and gets out', async () => {
  const bought = await post('trades', order('politics'));
  expect(bought.status).toBe(201);
  await set({ 'categories.enabled': ['sports'] });
  const seen = await server.send('GET', `/api/casino/markets/${markets.politics}`, player());
  expect(seen.body.data).toMatchObject({ tradeable: false, untradeable_reason: 'category' });
  const sale = { market_id: markets.politics, outcome: 'yes', side: 'sell', quantity: bought.body.data.quantity, limit_price: 0.01 };
  expect((await post('trades', sale)).status).toBe(201);
});

test('a category is offered to choose from only while it is open: enabled, not hidden, and still given to the operator', async () => {
  const chosen = async (): Promise<unknown> => {
    const { enabled, featured } = (await server.send('GET', '/api/embed/config?operator=first-casino')).body.data.config.categories;
    return { enabled, featured };
  };
  await set({ 'categories.enabled': ['sports', 'crypto'], 'categories.featured': ['politics', 'crypto'] });
  expect(await chosen()).toEqual({ enabled: ['sports', 'crypto'], featured: ['crypto'] });
  await server.db.owner.query(`update operators set allowed_categories = '{sports}' where id = $1`, [own.operatorId]);
  expect(await chosen()).toEqual({ enabled: ['sports'], featured: [] });
  await server.db.owner.query('update operators set allowed_categories = $2 where id = $1', [own.operatorId, CATEGORIES]);
});

test('a batch that was placed is answered again after the switch', async () => {
  const body = { trades: [order('crypto')] };
  const key = { 'idempotency-key': `kept-${testId()}` };
  const first = await server.send('POST', '/api/casino/trades/batch', player(), body, key);
  await set({ 'features.batch_trading': false });
  const again = await server.send('POST', '/api/casino/trades/batch', player(), body, key);
  expect([again.status, again.body]).toEqual([first.status, first.body]);
});

test('the other operator notices nothing', async () => {
  await set({ 'categories.enabled': ['sports'], 'features.batch_trading': false });
  const other = server.tenants[1].players[0].token;
  const batch = await server.send(
    'POST',
    '/api/casino/trades/batch',
    other,
    { trades: [order('politics')] },
    { 'idempotency-key': 'other' },
  );
  expect(batch.status).toBe(201);
});
