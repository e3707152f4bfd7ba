/** The scoring demo over HTTP: a score, its outcome, the figures; and the job that scores markets when they are new. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scoreMarkets } from '../src/copilot/copilot.ts';
import { makeMarket, START } from './factories.ts';
import { openTestServer, type TestServer } from './server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server?.close());

const post = (url: string, body: unknown) => server.send('POST', url, undefined, body);
const metrics = async (window = '90d') => (await server.send('GET', `/api/ai-copilot/metrics?window=${window}`)).body.data;
const decide = async (title: string, resolution: 'yes' | 'no', columns = {}) =>
  makeMarket(server.db.owner, {
    title,
    search_title: title.toLowerCase(),
    status: 'resolved',
    resolution,
    resolved_at: new Date(START.getTime() - 1_000),
    ...columns,
  });

test('a question is scored with reasons and comparable decided markets, and those of one operator stay its own', async () => {
  const id = await decide('Will Example FC qualify for the Champions League?', 'yes');
  await decide('Will Example FC qualify for the Champions League this year?', 'no', {
    source: 'operator',
    operator_id: server.tenants[0].operatorId,
  });
  const { status, body } = await post('/api/ai-copilot', {
    question: 'Will Other FC qualify for the Champions League?',
    market_price: 0.4,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  expect(body.data).toMatchObject({ model: 'kinds-1', market_price: 0.4, confidence_level: expect.any(String) });
  expect(body.data.probability).toBeGreaterThan(0);
  expect(body.data.reasons.length).toBeGreaterThan(1);
  expect(body.data.comparables).toHaveLength(1);
  expect(body.data.comparables[0]).toMatchObject({ title: 'Will Example FC qualify for the Champions League?', resolution: 'yes' });
  expect(id).toBeDefined();
});

test('an outcome is told once, by whoever holds the token, and counts as reported', async () => {
  const { data } = (await post('/api/ai-copilot', { question: 'Will it rain in Zurich on June 3, 2026?', market_price: 0.5 })).body;
  const before = await metrics();
  const told = { id: data.id, feedback_token: data.feedback_token, outcome: 'no' };
  expect((await post('/api/ai-copilot/feedback', { ...told, feedback_token: 'x'.repeat(24) })).status).toBe(404);
  const answer = await post('/api/ai-copilot/feedback', told);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  expect(answer.body.data.brier).toBeCloseTo(data.probability ** 2, 3);
  expect((await post('/api/ai-copilot/feedback', told)).status).toBe(409);
  const after = await metrics();
  expect(after.reported.count).toBe(before.reported.count + 1);
  expect(after.verified.count).toBe(before.verified.count);
});

test.each([
  ['too short', { question: 'Will' }],
  ['a price of certainty', { question: 'Will it rain in Zurich?', market_price: 1 }],
  ['no price at all', { question: 'Will it rain in Zurich?', market_price: 'half' }],
  ['a field that is none', { question: 'Will it rain in Zurich?', mood: 1 }],
])('%s is refused', async (_, body) => {
  expect((await post('/api/ai-copilot', body)).status).toBe(422);
});

test('a question of nothing but signs and words of tsquery is scored all the same', async () => {
  for (const question of ["!!! & | ( ) <-> ':* ???", 'the of and or in on at', 'a & b | c <-> d ! e', '你好你好你好你好']) {
    expect([question, (await post('/api/ai-copilot', { question })).status]).toEqual([question, 201]);
  }
});

test('an unknown window is a bad request', async () => {
  expect((await server.send('GET', '/api/ai-copilot/metrics?window=1y')).status).toBe(400);
});

test('new markets are scored once with their price, and their settlement is the verified outcome', async () => {
  const fresh = await makeMarket(server.db.owner, { title: 'Will Alpha beat Beta?', search_title: 'will alpha beat beta', mid: 8_000 });
  const own = await makeMarket(server.db.owner, { source: 'operator', operator_id: server.tenants[0].operatorId });
  const old = await makeMarket(server.db.owner, { created_at: new Date(START.getTime() - 5 * 86_400_000) });
  const run = () => scoreMarkets(server.db.database, server.clock.now(), server.newId);
  expect((await run()).scored).toBeGreaterThan(0);
  expect((await run()).scored).toBe(0);
  const { rows } = await server.db.owner.query('select market_id, market_price from question_scores where market_id = any($1)', [
    [fresh, own, old],
  ]);
  expect(rows).toEqual([{ market_id: String(fresh), market_price: 8_000 }].map((row) => ({ ...row, market_id: expect.anything() })));
  const before = await metrics();
  await server.db.owner.query(`update markets set status = 'resolved', resolution = 'yes', resolved_at = $2 where id = $1`, [fresh, START]);
  expect((await run()).decided).toBe(1);
  const { verified, verdict } = await metrics('all');
  expect(verified.count).toBe(before.verified.count + 1);
  expect(verified.market_brier).toBeCloseTo(0.04, 4);
  expect(verdict).toMatch(/too few/);
});

test('operators and players cannot read or write scores by SQL', async () => {
  const [{ operatorId, players }] = server.tenants;
  for (const actor of [
    { kind: 'operator', operatorId, slug: '', memberId: 1n, email: '', permissions: [] },
    { kind: 'player', operatorId, playerId: players[0].id, sessionId: 1n },
  ] as const)
    await expect(server.db.database.as(actor, 'write', (tx) => tx.query('select 1 from question_scores'))).rejects.toThrow(
      'permission denied',
    );
});

test('a member has a draft looked over', async () => {
  const draft = {
    question: 'Will Bitcoin crash soon?',
    description: '',
    category: null,
    outcomes: { yes: '', no: '' },
    source: { name: '', url: null },
    cut_off_at: null,
    time_zone: '',
    clauses: { tie: '', postponement: '', cancellation: '' },
    initial_price: null,
    price_reasons: [],
  };
  const { status, body } = await server.send('POST', '/api/copilot/lint', server.tenants[0].token, { draft });
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body.data).toMatchObject({ score: 0, deployable: false });
  expect(body.data.findings[0].severity).toBe('error');
});
