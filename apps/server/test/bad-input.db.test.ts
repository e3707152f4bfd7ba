/** Everything a caller can get wrong: each with its own code, and nothing changed. */
import { encodeId, type Id } from '@predictu/contract/ids';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { forgeries } from './access-scene.ts';
import { changeSlowly, makeMarket, START } from './factories.ts';
import { openTestServer, type TestServer } from './server.ts';

let server: TestServer;
let token: string;
let keys = 0;
const markets: Record<string, string> = {};
const wire = (id: bigint): string => encodeId('market', id as Id<'market'>);
const MINUTE = 60_000;

beforeAll(async () => {
  server = await openTestServer();
  token = server.tenants[0].players[0].token;
  const { owner } = server.db;
  const kinds: Record<string, Record<string, unknown>> = {
    open: {},
    paused: { status: 'paused' },
    resolved: { status: 'resolved', resolution: 'yes', resolved_at: START },
    cancelled: { status: 'cancelled' },
    expired: { end_at: new Date(START.getTime() - 1) },
    stale: { priced_at: new Date(START.getTime() - 3 * MINUTE) },
    'without a price': { mid: null, priced_at: null, snapshot_id: null },
    'out of bounds': { mid: 9_950 },
    illiquid: { liquidity_cents: 1n },
    'of a hidden category': { category: 'other' },
  };
  for (const [name, columns] of Object.entries(kinds)) markets[name] = wire(await makeMarket(owner, columns));
  await changeSlowly(owner, async () => {
    await owner.query(`update operators set allowed_categories = '{sports}' where id = $1`, [server.tenants[0].operatorId]);
  });
});
afterAll(() => server?.close());

/** Every row that money or shares live in. Keys and risk events may be added by a refusal: they are its record. */
async function books(): Promise<unknown> {
  const tables = ['trades', 'ledger_entries', 'positions', 'exposure', 'platform_audit_log', 'circuit_breakers', 'platform_config'];
  const counts = await Promise.all(
    tables.map(async (table) => (await server.db.owner.query(`select count(*)::int as n from ${table}`)).rows[0].n),
  );
  const { rows } = await server.db.owner.query(
    `select id::text, balance_cents::text, open_shares::text, volume_cents::text, trade_count from players order by id`,
  );
  const { rows: exposure } = await server.db.owner.query(
    'select sum(yes_shares + no_shares)::text as open, sum(cost_cents)::text as cost from exposure',
  );
  return { counts, rows, exposure };
}

type Headers = Record<string, string>;
const order = (changes: object = {}) => ({
  market_id: markets['open'],
  outcome: 'yes',
  side: 'buy',
  amount_usd: 10,
  limit_price: 0.99,
  ...changes,
});
const without = (name: string) => Object.fromEntries(Object.entries(order()).filter(([key]) => key !== name));
const place = (body: unknown, headers: Headers = {}) =>
  server.send('POST', '/api/casino/trades', token, body, { 'idempotency-key': `bad-${(keys += 1)}`, ...headers });

async function expectRefused(
  request: () => Promise<{ status: number; body: unknown; headers: Record<string, unknown> }>,
  status: number,
  code: string,
  details: object = {},
) {
  const before = await books();
  const answer = await request();
  expect(answer.body).toMatchObject({
    error: {
      code,
      message: expect.any(String),
      request_id: expect.any(String),
      doc_url: expect.stringContaining(code),
      retryable: expect.any(Boolean),
    },
  });
  expect(answer.status).toBe(status);
  expect(answer.headers['x-request-id']).toBeTruthy();
  expect((answer.body as { error: { details: object | null } }).error.details ?? {}).toMatchObject(details);
  expect(await books()).toEqual(before);
}

const field = (name: string) => ({ fields: [expect.objectContaining({ field: name, expected: expect.any(String) })] });

describe('a body that breaks the schema', () => {
  test.each([
    ['a negative amount', () => order({ amount_usd: -5 }), 'amount_usd'],
    ['an amount of zero', () => order({ amount_usd: 0 }), 'amount_usd'],
    ['three decimals', () => order({ amount_usd: 1.005 }), 'amount_usd'],
    ['a huge amount', () => order({ amount_usd: 1e300 }), 'amount_usd'],
    ['an amount beyond every cent', () => order({ amount_usd: 999_999_999_999.999 }), 'amount_usd'],
    ['an amount as text', () => order({ amount_usd: '10' }), 'amount_usd'],
    ['an amount of null', () => order({ amount_usd: null }), 'amount_usd'],
    ['a wrong outcome', () => order({ outcome: 'maybe' }), 'outcome'],
    ['a wrong side', () => order({ side: 'hold' }), 'side'],
    ['an unknown field', () => order({ price: 0.5 }), 'price'],
    ['a client’s own mid', () => order({ mid: 0.5 }), 'mid'],
    ['an id of another kind', () => order({ market_id: 'usr_0000000000001' }), 'market_id'],
    ['a price above one', () => order({ limit_price: 1.5 }), 'limit_price'],
    ['a price of five decimals', () => order({ limit_price: 0.12345 }), 'limit_price'],
    ['a buy of shares', () => order({ quantity: 5 }), 'quantity'],
    ['a buy without an amount', () => without('amount_usd'), 'amount_usd'],
    ['a sale of dollars', () => order({ side: 'sell', quantity: 5 }), 'amount_usd'],
    ['neither quote nor limit', () => without('limit_price'), 'quote'],
    ['quote and limit', () => order({ quote: 'x' }), 'limit_price'],
    ['no market', () => without('market_id'), 'market_id'],
  ])('%s', async (_, body, name) => {
    await expectRefused(() => place(body()), 422, 'VALIDATION_ERROR', field(name));
  });
  test('a list where an object belongs', () => expectRefused(() => place([]), 422, 'VALIDATION_ERROR'));
  test('no body at all', () => expectRefused(() => place(undefined), 422, 'VALIDATION_ERROR'));
  test('twenty-one trades at once', () =>
    expectRefused(
      () =>
        server.send(
          'POST',
          '/api/casino/trades/batch',
          token,
          { trades: Array.from({ length: 21 }, () => order()) },
          { 'idempotency-key': 'many' },
        ),
      422,
      'VALIDATION_ERROR',
      field('trades'),
    ));
  test('an adjustment of nothing', () =>
    expectRefused(
      () =>
        server.send(
          'POST',
          `/api/operator/users/${encodeId('user', server.tenants[0].players[0].id as Id<'user'>)}/balance`,
          server.tenants[0].token,
          {
            action: 'deposit',
            amount_usd: -1,
            reason: 'x',
            idempotency_key: 'k',
          },
        ),
      422,
      'VALIDATION_ERROR',
      field('amount_usd'),
    ));
});

describe('what cannot be read', () => {
  const raw =
    (payload: string, type: string, extra: Headers = {}) =>
    () =>
      server.inject({
        method: 'POST',
        url: '/api/casino/trades',
        payload,
        headers: { authorization: `Bearer ${token}`, 'content-type': type, 'idempotency-key': `raw-${(keys += 1)}`, ...extra },
      });
  test('NaN', () => expectRefused(raw('{"amount_usd": NaN}', 'application/json'), 400, 'BAD_REQUEST'));
  test('half an object', () => expectRefused(raw('{"market_id": ', 'application/json'), 400, 'BAD_REQUEST'));
  test('a form', () => expectRefused(raw('a=b', 'application/x-www-form-urlencoded'), 415, 'UNSUPPORTED_MEDIA_TYPE'));
  test('text', () => expectRefused(raw('{}', 'text/plain'), 415, 'UNSUPPORTED_MEDIA_TYPE'));
  test('more than 1 MB', () =>
    expectRefused(raw(JSON.stringify({ x: 'y'.repeat(1_048_577) }), 'application/json'), 413, 'PAYLOAD_TOO_LARGE'));
  test('no idempotency key', () =>
    expectRefused(() => server.send('POST', '/api/casino/trades', token, order()), 400, 'BAD_REQUEST', field('Idempotency-Key')));
  test('a malformed idempotency key', () => expectRefused(() => place(order(), { 'idempotency-key': 'with spaces' }), 400, 'BAD_REQUEST'));
  test.each([
    '/api/casino/trades?limit=0',
    '/api/casino/trades?limit=201',
    '/api/casino/trades?page=x',
    '/api/casino/trades?side=hold',
    '/api/casino/trades?from=yesterday',
    '/api/casino/trades?colour=red',
    '/api/casino/markets?sort=best',
    '/api/casino/ledger?type=bribe',
    '/api/casino/stream?markets=one,two',
  ])('%s', (url) => expectRefused(() => server.send('GET', url, token), 400, 'BAD_REQUEST'));
  test('a Last-Event-ID that is none', () =>
    expectRefused(() => server.send('GET', '/api/casino/stream', token, undefined, { 'last-event-id': 'abc' }), 400, 'BAD_REQUEST'));
});

describe('markets that cannot be traded', () => {
  test('one that is not there', () => expectRefused(() => place(order({ market_id: wire(12_345n) })), 404, 'NOT_FOUND'));
  test.each([
    ['paused', 'paused'],
    ['resolved', 'resolved'],
    ['cancelled', 'cancelled'],
    ['expired', 'expired'],
    ['stale', 'stale'],
    ['without a price', 'no_price'],
    ['out of bounds', 'out_of_bounds'],
    ['illiquid', 'illiquid'],
    ['of a hidden category', 'category'],
  ])('one that is %s', async (name, reason) => {
    await expectRefused(() => place(order({ market_id: markets[name] })), 422, 'MARKET_NOT_TRADEABLE', { reason });
  });
});

describe('what the rules refuse', () => {
  test('selling more than is held', () =>
    expectRefused(
      () => place({ market_id: markets['open'], outcome: 'no', side: 'sell', quantity: 1, limit_price: 0 }),
      422,
      'INSUFFICIENT_SHARES',
      { held: 0 },
    ));
  test('more than the balance', () => expectRefused(() => place(order({ amount_usd: 999.99 })), 422, 'INSUFFICIENT_BALANCE'));
  test('more than one trade may cost', () => expectRefused(() => place(order({ amount_usd: 100_000 })), 422, 'RISK_LIMIT', { wall: 1 }));
  test('less than the smallest bet', () => expectRefused(() => place(order({ amount_usd: 0.01 })), 422, 'AMOUNT_TOO_SMALL'));
  test('a price that is worse than accepted', () => expectRefused(() => place(order({ limit_price: 0.3 })), 422, 'PRICE_CHANGED'));
  test('a withdrawal of more than there is, with the documented details', () =>
    expectRefused(
      () =>
        server.send(
          'POST',
          `/api/operator/users/${encodeId('user', server.tenants[0].players[0].id as Id<'user'>)}/balance`,
          server.tenants[0].token,
          {
            action: 'withdraw',
            amount_usd: 2_000,
            reason: 'too much',
            idempotency_key: 'too-much',
          },
        ),
      422,
      'INSUFFICIENT_BALANCE',
      { current_balance_usd: 1_000, requested_amount_usd: 2_000, available_usd: 1_000 },
    ));
});

describe('quotes', () => {
  const quoted = { outcome: 'yes', side: 'buy', amount_usd: 10 };
  const ask = async (): Promise<string> =>
    (await server.send('POST', '/api/casino/quotes', token, { market_id: markets['open'], ...quoted })).body.data.quote;
  const take = (quote: string, changes: object = {}) => place({ market_id: markets['open'], ...quoted, quote, ...changes });

  test('an altered one', async () => {
    const quote = await ask();
    await expectRefused(() => take(`${quote.slice(0, -2)}${quote.endsWith('AA') ? 'BB' : 'AA'}`), 422, 'QUOTE_INVALID');
    await expectRefused(() => take(`x${quote}`), 422, 'QUOTE_INVALID');
    await expectRefused(() => take('nonsense'), 422, 'QUOTE_INVALID');
  });
  test('one for another amount, outcome or player', async () => {
    const quote = await ask();
    await expectRefused(() => take(quote, { amount_usd: 11 }), 422, 'QUOTE_INVALID', { field: 'amount_usd' });
    await expectRefused(() => take(quote, { outcome: 'no' }), 422, 'QUOTE_INVALID', { field: 'outcome' });
    const other = server.tenants[0].players[1].token;
    const body = { market_id: markets['open'], ...quoted, quote };
    await expectRefused(
      () => server.send('POST', '/api/casino/trades', other, body, { 'idempotency-key': 'theirs' }),
      422,
      'QUOTE_INVALID',
      { field: 'player' },
    );
  });
  test('an expired one', async () => {
    const quote = await ask();
    server.clock.advance(5_000);
    await expectRefused(() => take(quote), 422, 'QUOTE_EXPIRED');
    server.clock.set(START);
  });
});

test('a key that was used with another body', async () => {
  const placed = await place(order({ amount_usd: 3 }), { 'idempotency-key': 'mine' });
  expect(placed.status).toBe(201);
  await expectRefused(() => place(order({ amount_usd: 4 }), { 'idempotency-key': 'mine' }), 422, 'IDEMPOTENCY_KEY_REUSED');
});

describe('tokens', () => {
  const read = (bearer: string) => server.send('GET', '/api/casino/balance', bearer);
  test('forged ones', async () => {
    for (const forged of Object.values(await forgeries(token))) await expectRefused(() => read(forged), 401, 'UNAUTHORIZED');
  });
  test('one without an algorithm, made from nothing', async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const claims = { sub: 'usr_0000000000001', role: 'player', aud: 'player', iss: 'predictu', exp: 9_999_999_999 };
    await expectRefused(() => read(`${part({ alg: 'none' })}.${part(claims)}.`), 401, 'UNAUTHORIZED');
    const made = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.alloc(32, 7));
    await expectRefused(() => read(made), 401, 'UNAUTHORIZED');
  });
  test('an expired one', async () => {
    server.clock.advance(25 * 3_600_000);
    await expectRefused(() => read(token), 401, 'UNAUTHORIZED');
    server.clock.set(START);
  });
});

test('every request has an id of its own, or the caller’s where that is harmless', async () => {
  const idOf = async (headers: Headers): Promise<unknown> =>
    (await server.send('GET', '/api/casino/balance', token, undefined, headers)).headers['x-request-id'];
  const [one, other] = [await idOf({}), await idOf({})];
  expect([one, other]).toEqual([expect.stringMatching(/^req_[0-9a-z_]+$/), expect.stringMatching(/^req_[0-9a-z_]+$/)]);
  expect(one).not.toBe(other);
  expect(await idOf({ 'x-request-id': 'from-the-caller-1' })).toBe('from-the-caller-1');
  expect(await idOf({ 'x-request-id': 'not harmless <b>' })).toMatch(/^req_/);
});
