/** The workspace under another operator's session: its pages and endpoints show nothing and change nothing, and neither does plain SQL as the tenant's role. */
import { encodeId, type Id } from '@predictu/contract/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { suggestDecisions } from '../src/copilot/copilot.ts';
import type { Actor } from '../src/platform/actor.ts';
import { chat, DRAFT, deploy } from './copilot-scene.ts';
import { openTestServer, type TestServer } from './server.ts';

/** What belongs to a workspace and names its operator. */
const TABLES = [
  'agent_looks',
  'agent_suggestions',
  'api_keys',
  'copilot_answers',
  'credit_accounts',
  'embed_origins',
  'markets',
  'operator_config',
  'operator_invitations',
  'operator_members',
  'own_markets',
  'price_ticks',
] as const;
const DENIED = '42501';

let server: TestServer;
let theirs: { market: string; suggestion: string; key: string; answer: string };
beforeAll(async () => {
  server = await openTestServer();
  for (const tenant of [0, 1] as const) {
    const { token, operatorId, players } = server.tenants[tenant];
    const market = await deploy(server, tenant, {}, 500);
    const trade = { market_id: market.id, outcome: 'yes', side: 'buy', amount_usd: 300, limit_price: 0.99 };
    const bought = await server.send('POST', '/api/casino/trades', players[0].token, trade, { 'idempotency-key': `walls-${tenant}` });
    expect(bought.status, JSON.stringify(bought.body)).toBe(201);
    await chat(server, 'Will it rain in Rome on July 1, 2026?', { token, idempotencyKey: 'the-same-key' });
    await server.send('POST', '/api/developer/api-keys', token, { name: 'Build', permissions: ['read_only'] });
    await server.send('POST', '/api/operator/embed/origins', token, { origin: `https://walls-${tenant}.example` });
    await server.db.owner.query(
      `insert into agent_looks (operator_id, looked_at, facts_digest, model, tokens, queued, refused) values ($1, now(), 'x', 'claude-test', 1, 0, 0)`,
      [operatorId],
    );
    await server.send('POST', '/api/operator/config', token, { trading: { allow_limit_orders: true } });
    const member = { email: `colleague@walls-${tenant}.example`, permissions: ['read'] };
    const slug = tenant === 0 ? 'first-casino' : 'second-casino';
    const invited = await server.send('POST', `/api/internal/operators/${slug}/members`, server.admin, member);
    expect(invited.status, JSON.stringify(invited.body)).toBeLessThan(300);
  }
  await suggestDecisions(server.db.database, server.clock.now(), server.newId);
  const { token, operatorId } = server.tenants[1];
  const [suggestion] = (await server.send('GET', '/api/copilot/agent/decisions?status=open', token)).body.data;
  const [market] = (await server.send('GET', '/api/copilot/markets', token)).body.data;
  const [key] = (await server.send('GET', '/api/developer/api-keys', token)).body.data;
  const { rows } = await server.db.owner.query('select id from copilot_answers where operator_id = $1', [operatorId]);
  theirs = { market: market.id, suggestion: suggestion.id, key: key.id, answer: encodeId('answer', BigInt(rows[0].id) as Id<'answer'>) };
});
afterAll(() => server?.close());

const member = (): Actor => ({
  kind: 'operator',
  operatorId: server.tenants[0].operatorId,
  slug: '',
  memberId: 1n,
  email: '',
  permissions: [],
});
const player = (): Actor => ({
  kind: 'player',
  operatorId: server.tenants[0].operatorId,
  playerId: server.tenants[0].players[0].id,
  sessionId: 1n,
});

/** Every row of the other operator, as text. */
async function everything(): Promise<string> {
  const parts = await Promise.all(
    TABLES.map(async (table) => {
      const { rows } = await server.db.owner.query(`select t::text as row from ${table} t where operator_id = $1 order by 1`, [
        server.tenants[1].operatorId,
      ]);
      return [table, rows.map(({ row }) => row)];
    }),
  );
  return JSON.stringify(parts);
}

test('every one of these tables holds something of both operators, or the rest would prove nothing', async () => {
  for (const table of TABLES)
    for (const { operatorId } of server.tenants) {
      const { rows } = await server.db.owner.query(`select count(*)::int as n from ${table} where operator_id = $1`, [operatorId]);
      expect([table, rows[0].n > 0]).toEqual([table, true]);
    }
});

const READ = [
  '/api/operator/settings',
  '/api/developer/api-keys',
  '/api/operator/embed/origins',
  '/api/copilot/credits',
  '/api/copilot/markets',
  '/api/copilot/agent/decisions',
  '/api/operator/markets?limit=200',
  '/api/operator/onboarding',
  '/api/operator/wallet',
  '/api/operator/activity?limit=100',
  '/api/operator/dashboard',
];
test.each(READ)('GET %s shows nothing of the other workspace', async (url) => {
  const answer = await server.send('GET', url, server.tenants[0].token);
  expect(answer.status).toBe(200);
  const text = JSON.stringify(answer.body);
  for (const id of [...Object.values(theirs), 'second-casino', 'walls-1.example']) expect(text).not.toContain(id);
});

test('what the other workspace has is not there: 404, and nothing of it changes', async () => {
  const before = await everything();
  const { token } = server.tenants[0];
  const asked: readonly (readonly ['GET' | 'POST' | 'PATCH' | 'DELETE', string, object?])[] = [
    ['POST', '/api/copilot/agent/decisions', { suggestion_id: theirs.suggestion, decision: 'accept', reason: 'x' }],
    ['POST', '/api/copilot/agent/decisions', { suggestion_id: theirs.suggestion, decision: 'reject', reason: 'x' }],
    ['PATCH', `/api/copilot/markets/${theirs.market}`, { status: 'paused', reason: 'x' }],
    ['PATCH', `/api/copilot/markets/${theirs.market}`, { anchor_price: 0.9, reason: 'x' }],
    ['POST', `/api/copilot/markets/${theirs.market}/resolve`, { resolution: 'yes', evidence: 'x' }],
    ['POST', `/api/copilot/markets/${theirs.market}/approve`],
    ['PATCH', '/api/developer/api-keys', { key_id: theirs.key, status: 'revoked' }],
    ['GET', `/api/operator/markets/${theirs.market}`],
  ];
  for (const [method, url, body] of asked) {
    const answer = await server.send(method, url, token, body);
    expect([method, url, answer.status, answer.body.error?.code]).toEqual([method, url, 404, 'NOT_FOUND']);
  }
  expect(await everything()).toBe(before);
});

test('the same idempotency key of another workspace is another answer, paid by whoever asked', async () => {
  const before = await everything();
  const mine = await chat(server, 'Will it snow in Oslo on July 2, 2026?', { idempotencyKey: 'the-same-key' });
  expect(mine.status).toBe(422);
  const [, foreign] = server.tenants;
  const replayed = await chat(server, 'Will it rain in Rome on July 1, 2026?', { token: foreign.token, idempotencyKey: 'the-same-key' });
  expect(replayed.done).toMatchObject({ replayed: true, answer_id: theirs.answer });
  expect(await everything()).toBe(before);
});

async function attempt(actor: Actor, text: string, values: unknown[]): Promise<unknown> {
  try {
    return (await server.db.database.as(actor, 'write', (tx) => tx.query(text, values))).length;
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

test.each(TABLES)(
  'plain SQL as the tenant’s role: %s of the other workspace can be neither read, changed, removed nor taken over',
  async (table) => {
    const before = await everything();
    const [own, foreign] = server.tenants.map(({ operatorId }) => operatorId);
    for (const actor of [member(), player()]) {
      for (const text of [
        `select 1 from ${table} where operator_id = $1`,
        `update ${table} set operator_id = operator_id where operator_id = $1 returning 1`,
        `delete from ${table} where operator_id = $1 returning 1`,
      ])
        expect([text, actor.kind, await attempt(actor, text, [foreign])]).toEqual([
          text,
          actor.kind,
          expect.toSatisfy((x) => x === 0 || x === DENIED),
        ]);
      // Neither given away nor taken over.
      const give = `update ${table} set operator_id = $1 where operator_id = $2 returning 1`;
      expect([give, await attempt(actor, give, [foreign, own])]).toEqual([give, expect.toSatisfy((x) => x === 0 || x === DENIED)]);
    }
    expect(await everything()).toBe(before);
  },
);

test('a row cannot be written in the name of the other workspace', async () => {
  const before = await everything();
  const foreign = server.tenants[1].operatorId;
  const at = server.clock.now();
  for (const [text, values] of [
    [
      `insert into own_markets (operator_id, market_id, draft, anchor, resolver, created_by, created_at, updated_at) values ($1, 1, $2, 5000, 'operator', 'x', $3, $3)`,
      [foreign, DRAFT, at],
    ],
    [
      `insert into agent_suggestions (operator_id, id, kind, fingerprint, severity, title, reason, evidence, action, created_at, expires_at) values ($1, 1, 'pause', 'x', 'info', 'x', 'x', '[]', '{}', $2, $2)`,
      [foreign, at],
    ],
    [`insert into credit_accounts (operator_id, balance_cents, opened_at, updated_at) values ($1, 1000000, $2, $2)`, [foreign, at]],
    [
      `insert into copilot_answers (operator_id, id, key, body_hash, status, engine, price_cents, asked_by, created_at) values ($1, 1, 'x', gen_random_uuid(), 'pending', 'rules', 0, 'x', $2)`,
      [foreign, at],
    ],
    [`insert into agent_looks (operator_id, looked_at, model, tokens, queued, refused) values ($1, $2, 'x', 0, 0, 0)`, [foreign, at]],
  ] as const)
    expect([text, await attempt(member(), text, [...values])]).toEqual([text, DENIED]);
  expect(await everything()).toBe(before);
});
