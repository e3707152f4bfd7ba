/** Attacks every endpoint of the registry: without a token, with the wrong one, with another operator's ids; then the tables themselves. */
import { contract, type OperationId } from '@predictu/contract';
import type { Endpoint } from '@predictu/contract/endpoint';
import { encodeId, type Id, type IdKind } from '@predictu/contract/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issueInvoices } from '../src/billing/billing.ts';
import type { Actor } from '../src/platform/actor.ts';
import { makeBreaker, makeMarket, START, testId } from './factories.ts';
import { openTestServer, type Person, type Tenant, type TestServer } from './server.ts';
import { makeWalletCall } from './wallet-scene.ts';

const operations = Object.entries(contract) as [OperationId, Endpoint][];
const guarded = operations.filter(([, { audience }]) => audience !== 'public');
const AUDIENCES = ['admin', 'operator', 'player'] as const;

let server: TestServer;
let own: Tenant;
let foreign: Tenant;
/** Every id of the foreign operator, as it would stand in an answer. */
let foreignIds: string[];
/** A callback, a key pair and an origin of each operator. */
const calls = new Map<bigint, bigint>();
const keys = new Map<bigint, bigint>();
const origins = new Map<bigint, bigint>();
/** A price alert of each one's first player. */
const alerts = new Map<bigint, string>();
/** A limit order of each player. */
const orders = new Map<bigint, bigint>();
/** A settlement of a market that only this operator's players held. */
const settlements = new Map<bigint, bigint>();
/** A report of each, and its schedule. */
const reports = new Map<bigint, { report: string; schedule: string }>();
/** An invoice of each, taken back. */
const invoices = new Map<bigint, bigint>();
const wire = <K extends IdKind>(kind: K, id: bigint): string => encodeId(kind, id as Id<K>);

beforeAll(async () => {
  server = await openTestServer();
  [own, foreign] = server.tenants;
  const order = { market_id: wire('market', server.marketId), outcome: 'yes', side: 'buy', amount_usd: 20, limit_price: 0.99 };
  for (const { players, token: member } of server.tenants) {
    await server.send('POST', '/api/operator/config', member, { trading: { allow_limit_orders: true }, ui: { show_orderbook: true } });
    for (const { token } of players) {
      await server.send('POST', '/api/casino/trades', token, order, { 'idempotency-key': 'sweep' });
      await server.send('POST', '/api/casino/orders', token, { ...order, limit_price: 0.2 }, { 'idempotency-key': 'sweep-order' });
      await server.send('POST', '/api/casino/trades', token, { ...order, amount_usd: 900_000 }, { 'idempotency-key': 'too-much' });
    }
  }
  for (const {
    operatorId,
    players: [{ id }],
    token,
  } of server.tenants) {
    const url = `/api/operator/users/${wire('user', id)}/balance`;
    await server.send('POST', url, token, { action: 'deposit', amount_usd: 1, reason: 'sweep', idempotency_key: 'sweep' });
    await server.send('POST', '/api/operator/config', token, { features: { social_feed: true, referral_program: true } });
    await server.send('POST', '/api/operator/embed/origins', token, { origin: `https://sweep-${operatorId}.example` });
    const { rows: made } = await server.db.owner.query(
      `select (select id from embed_origins where operator_id = $1 limit 1) as origin, (select id from api_keys where operator_id = $1 limit 1) as key`,
      [operatorId],
    );
    origins.set(operatorId, BigInt(made[0].origin));
    keys.set(operatorId, BigInt(made[0].key));
    const report = await server.send('POST', '/api/operator/reports/export', token, { type: 'trades', format: 'csv' });
    const weekly = {
      name: 'sweep',
      type: 'trades',
      format: 'csv',
      frequency: 'daily',
      time_utc: '08:00',
      recipients: ['sweep@example.com'],
    };
    const schedule = await server.send('POST', '/api/operator/reports/scheduled', token, weekly);
    reports.set(operatorId, { report: report.body.data.report_id, schedule: schedule.body.data.id });
    await makeBreaker(server.db.owner, { scope: 'operator', operator_id: operatorId });
    const settlement = testId();
    await server.db.owner.query(
      `with settled as (insert into market_settlements (id, market_id, outcome, status, evidence, proposed_by, proposed_at, needs_approval, decided_at, decision_id)
         values ($1, $2, 'void', 'decided', 'sweep', 'sweep', now(), false, now(), $1))
       insert into settlement_records (operator_id, settlement_id, market_id, wallet_mode, claw_back, positions, winners, losers, payout_cents, fee_cents,
         loss_cents, cost_cents, decided_at, credited_at) values ($3, $1, $2, 'internal', 'to_zero', 0, 0, 0, 0, 0, 0, 0, now(), now())`,
      [settlement, await makeMarket(server.db.owner), operatorId],
    );
    settlements.set(operatorId, settlement);
    calls.set(operatorId, await makeWalletCall(server.db.database, { operatorId, playerId: id, marketId: server.marketId }));
  }
  for (const { operatorId, players } of server.tenants) {
    const alert = { market_id: wire('market', server.marketId), direction: 'above', price: 0.9 };
    for (const { token } of players) {
      const made = await server.send('POST', '/api/casino/price-alerts', token, alert);
      if (!alerts.has(operatorId)) alerts.set(operatorId, made.body.data.id);
      await server.send('PUT', `/api/casino/watchlist/${alert.market_id}`, token);
      await server.send('PUT', '/api/casino/limits', token, { kind: 'stake_month', amount_usd: 900 });
      await server.send('PUT', '/api/casino/profile', token, {
        display_name: `Player ${token.slice(-6)}`,
        show_name: true,
        digest: 'weekly',
      });
    }
  }
  await issueInvoices(server.db.database, new Date('2026-07-01T00:20:00Z'), server.newId);
  for (const { operator_id: operatorId, id } of (await server.db.owner.query('select operator_id, id from invoices')).rows) {
    invoices.set(BigInt(operatorId), BigInt(id));
    await server.send('POST', `/api/internal/invoices/${wire('invoice', BigInt(id))}/void`, server.admin, { reason: 'sweep' });
  }
  for (const { player_id: player, id } of (await server.db.owner.query('select player_id, id from limit_orders')).rows)
    orders.set(BigInt(player), BigInt(id));
  const { rows } = await server.db.owner.query(
    `select 'usr' as kind, id from players where operator_id = $1 union all select 'trd', id from trades where operator_id = $1
     union all select 'ord', id from limit_orders where operator_id = $1
     union all select 'pos', id from positions where operator_id = $1 union all select 'ldg', id from ledger_entries where operator_id = $1
     union all select 'evt', id from risk_events where operator_id = $1 union all select 'cb', id from circuit_breakers where operator_id = $1
     union all select 'stl', settlement_id from settlement_records where operator_id = $1
     union all select 'txn', id from wallet_calls where operator_id = $1 union all select 'inv', id from invoices where operator_id = $1
     union all select 'key', id from api_keys where operator_id = $1 union all select 'org', id from embed_origins where operator_id = $1
     union all select 'rpt', id from report_files where operator_id = $1 union all select 'sched', id from report_schedules where operator_id = $1
     union all select 'op', id from operators where id = $1`,
    [foreign.operatorId],
  );
  const kinds: Record<string, IdKind> = {
    usr: 'user',
    trd: 'trade',
    ord: 'order',
    pos: 'position',
    ldg: 'ledger',
    evt: 'event',
    cb: 'breaker',
    stl: 'settlement',
    txn: 'transaction',
    inv: 'invoice',
    key: 'apiKey',
    org: 'origin',
    rpt: 'report',
    sched: 'schedule',
    op: 'operator',
  };
  foreignIds = [...rows.map((row) => wire(kinds[row.kind] as IdKind, BigInt(row.id))), 'second-casino'];
});
afterAll(() => server?.close());

/** An id for each parameter there is; a new parameter needs one here. */
const paramsOf = (person: Person): Record<string, string> => ({
  order_id: wire('order', orders.get(person.id) ?? 1n),
  user_id: wire('user', person.id),
  market_id: wire('market', server.marketId),
  breaker_id: wire('breaker', 1n),
  call_id: wire('transaction', calls.get(person.operatorId) ?? 1n),
  settlement_id: wire('settlement', settlements.get(person.operatorId) ?? 1n),
  audit_id: wire('audit', 1n),
  invoice_id: wire('invoice', invoices.get(person.operatorId) ?? 1n),
  operator_id: wire('operator', person.operatorId),
  key_id: wire('apiKey', keys.get(person.operatorId) ?? 1n),
  alert_id: alerts.get(person.operatorId) ?? '',
  origin_id: wire('origin', origins.get(person.operatorId) ?? 1n),
  application_id: wire('application', 1n),
  invitation_id: wire('invitation', 1n),
  mail_id: wire('mail', 1n),
  report_id: reports.get(person.operatorId)?.report ?? wire('report', 1n),
  schedule_id: reports.get(person.operatorId)?.schedule ?? wire('schedule', 1n),
  export_id: wire('export', 1n),
  type: 'trades',
  slug: person.operatorId === own.operatorId ? 'first-casino' : 'second-casino',
});
function urlOf({ path }: Endpoint, values: Record<string, string>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The sweep knows no value for {${name}} of ${path}`);
    return value;
  });
}
const tokenOf = (audience: (typeof AUDIENCES)[number], tenant = own): string =>
  audience === 'admin' ? server.admin : audience === 'operator' ? tenant.token : tenant.players[0].token;
const ask = ({ method }: Endpoint, url: string, token?: string, body: unknown = {}) =>
  server.send(method as 'GET' | 'POST', url, token, method === 'GET' ? undefined : body, { 'idempotency-key': `sweep-${testId()}` });

test.each(guarded)('%s answers 401 without a token and to one that is none', async (_, endpoint) => {
  const url = urlOf(endpoint, paramsOf(own.players[0]));
  for (const token of [undefined, 'not-a-token', `${own.token}x`]) {
    expect(await ask(endpoint, url, token)).toMatchObject({ status: 401, body: { error: { code: 'UNAUTHORIZED' } } });
  }
});

test.each(guarded)('%s answers 403 to the tokens of other audiences', async (_, endpoint) => {
  const url = urlOf(endpoint, paramsOf(own.players[0]));
  for (const audience of AUDIENCES.filter((name) => name !== endpoint.audience)) {
    expect(await ask(endpoint, url, tokenOf(audience))).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
  }
});

test.each(guarded.filter(([, { method, needs, audience }]) => audience !== 'player' && (needs ?? (method === 'GET' ? 'read' : 'write'))))(
  '%s answers 403 to a person without the permission',
  async (_, endpoint) => {
    const table = endpoint.audience === 'admin' ? 'admin_users' : 'operator_members';
    await server.db.owner.query(`update ${table} set permissions = '{}'`);
    const answer = await ask(endpoint, urlOf(endpoint, paramsOf(own.players[0])), tokenOf(endpoint.audience as 'admin' | 'operator'));
    await server.db.owner.query(`update ${table} set permissions = '{read,write,users,config,billing}'`);
    expect(answer).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } });
  },
);

describe('another operator’s ids', () => {
  /** Bodies that would be carried out if the id were ours. */
  const BODIES: Partial<Record<OperationId, object>> = {
    adjustBalance: { action: 'deposit', amount_usd: 1, reason: 'sweep', idempotency_key: 'foreign' },
    replayOwnWalletCall: { reason: 'sweep' },
    handleOwnWalletCall: { reason: 'sweep' },
    rotateApiKey: {},
    hideOwnPlayerName: { hidden: true, reason: 'sweep' },
    changeOwnSchedule: { enabled: false },
    changeDeployedMarket: { status: 'paused', reason: 'sweep' },
    resolveDeployedMarket: { resolution: 'yes', evidence: 'sweep' },
    revertOperatorConfigChange: {},
    checkEmbedOrigin: {},
    restrictOwnPlayer: { max_bet_usd: 1, reason: 'sweep' },
    suspendOwnPlayer: { reason: 'sweep' },
    reinstateOwnPlayer: { reason: 'sweep' },
    changeOwnPlayerLimitTier: { limit_tier: 'vip', reason: 'sweep' },
  };
  test.each(guarded.filter(([, { audience, params }]) => audience !== 'admin' && params))('%s answers 404', async (name, endpoint) => {
    const hidden = await makeMarket(server.db.owner, { category: 'other' });
    await server.db.owner.query(`update operators set allowed_categories = '{sports}' where id = $1`, [own.operatorId]);
    if (endpoint.body) expect(BODIES[name]).toBeDefined();
    const url = urlOf(endpoint, { ...paramsOf(foreign.players[0]), market_id: wire('market', hidden) });
    expect(await ask(endpoint, url, tokenOf(endpoint.audience as 'operator' | 'player'), BODIES[name])).toMatchObject({
      status: 404,
      body: { error: { code: 'NOT_FOUND' } },
    });
  });

  test.each(guarded.filter(([, { method, stream, audience }]) => audience !== 'admin' && method === 'GET' && !stream))(
    '%s never shows one',
    async (_, endpoint) => {
      const answer = await ask(endpoint, urlOf(endpoint, paramsOf(own.players[0])), tokenOf(endpoint.audience as 'operator' | 'player'));
      expect(answer.status).toBe(200);
      const text = JSON.stringify(answer.body);
      expect(foreignIds.filter((id) => text.includes(`"${id}"`))).toEqual([]);
    },
  );

  test('one player never sees the other of the same operator', async () => {
    const [one, two] = own.players;
    for (const path of ['trades', 'orders', 'ledger', 'positions']) {
      const ids = async (token: string) =>
        (await server.send('GET', `/api/casino/${path}`, token)).body.data.map(({ id }: { id: string }) => id);
      const [mine, theirs] = [await ids(one.token), await ids(two.token)];
      expect(mine.length).toBeGreaterThan(0);
      expect(theirs.length).toBeGreaterThan(0);
      expect(mine.filter((id: string) => theirs.includes(id))).toEqual([]);
    }
  });
});

describe('row level security by itself, with the roles of requests and plain SQL', () => {
  const member = (): Actor => ({ kind: 'operator', operatorId: own.operatorId, slug: '', memberId: 1n, email: '', permissions: [] });
  const player = (): Actor => ({ kind: 'player', operatorId: own.operatorId, playerId: own.players[0].id, sessionId: 1n });
  const tenantTables = async (): Promise<string[]> =>
    (
      await server.db.owner.query(
        `select table_name from information_schema.columns where table_schema = 'public' and column_name = 'operator_id' order by 1`,
      )
    ).rows.map(({ table_name }) => table_name);

  async function attempt(actor: Actor, text: string): Promise<unknown> {
    try {
      return (await server.db.database.as(actor, 'write', (tx) => tx.query(text, [foreign.operatorId]))).length;
    } catch (error) {
      return (error as { code?: string }).code;
    }
  }
  const DENIED = '42501';

  test('no row of the other operator can be read, changed or removed', async () => {
    const seen: string[] = [];
    for (const table of await tenantTables()) {
      const { rows } = await server.db.owner.query(`select count(*)::int as n from ${table} where operator_id = $1`, [foreign.operatorId]);
      if (rows[0].n > 0) seen.push(table);
      for (const actor of [member(), player()]) {
        expect([table, actor.kind, await attempt(actor, `select 1 from ${table} where operator_id = $1`)]).toEqual([
          table,
          actor.kind,
          expect.toSatisfy((x) => x === 0 || x === DENIED),
        ]);
        for (const change of [
          `update ${table} set operator_id = operator_id where operator_id = $1 returning 1`,
          `delete from ${table} where operator_id = $1 returning 1`,
        ]) {
          expect([change, await attempt(actor, change)]).toEqual([change, expect.toSatisfy((x) => x === 0 || x === DENIED)]);
        }
      }
    }
    // Otherwise the attempts above prove nothing.
    expect(seen).toEqual(
      expect.arrayContaining([
        'api_keys',
        'circuit_breakers',
        'exposure',
        'idempotency_keys',
        'invoices',
        'ledger_entries',
        'limit_order_events',
        'limit_orders',
        'operator_members',
        'platform_audit_log',
        'player_sessions',
        'players',
        'positions',
        'risk_events',
        'trades',
      ]),
    );
  });

  test('our own rows are there', async () => {
    for (const table of ['trades', 'limit_orders', 'limit_order_events', 'ledger_entries', 'players', 'positions']) {
      const rows = await server.db.database.as(member(), 'read', (tx) => tx.query(`select 1 from ${table}`));
      expect([table, rows.length > 0]).toEqual([table, true]);
    }
  });

  test('a row cannot be given to the other operator, nor written in its name', async () => {
    const at = START.toISOString();
    expect(
      await attempt(
        member(),
        `insert into platform_audit_log (id, operator_id, actor_kind, actor_id, action, subject, at) values (1, $1, 'x', 'x', 'x', 'x', '${at}') returning 1`,
      ),
    ).toBe(DENIED);
    expect(
      await attempt(member(), `insert into players (operator_id, id, external_id, created_at) values ($1, 1, 'x', '${at}') returning 1`),
    ).toBe(DENIED);
    expect(await attempt(member(), `update operators set name = 'ours now' where id = $1 returning 1`)).toBe(0);
  });

  test('a player sees its own rows only', async () => {
    for (const [table, column] of [
      ['trades', 'player_id'],
      ['limit_orders', 'player_id'],
      ['limit_order_events', 'player_id'],
      ['ledger_entries', 'player_id'],
      ['positions', 'player_id'],
      ['players', 'id'],
    ] as const) {
      const rows = await server.db.database.as(player(), 'read', (tx) =>
        tx.query<{ owner: bigint }>(`select ${column} as owner from ${table}`),
      );
      expect(rows.length).toBeGreaterThan(0);
      expect(new Set(rows.map(({ owner }) => owner))).toEqual(new Set([own.players[0].id]));
    }
  });
});
