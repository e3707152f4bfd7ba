/** Every endpoint of the workspace's document, with a model and without one: 401, 403, 422 and 429 as they are due, and what health says of the model. */
import { encodeId, type Id } from '@predictu/contract/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ClaudeOptions, claudeEngine } from '../src/copilot/claude-engine.ts';
import { openCopilot } from '../src/copilot/copilot.ts';
import { rulesEngine } from '../src/copilot/rules-engine.ts';
import { checkHealth, NOT_CONFIGURED, type Probe } from '../src/platform/health.ts';
import { DRAFT } from './copilot-scene.ts';
import { type FakeAnthropic, openFakeAnthropic } from './fake-anthropic.ts';
import { type Answer, openTestServer, type TestServer, unlimited } from './server.ts';

type Method = 'GET' | 'POST' | 'PATCH';
/** `who`: whose session it takes; `body` one that is carried out, `unfit` one that can be read and does not fit, with the field it names. */
type Documented = {
  method: Method;
  url: string;
  who: 'operator' | 'anybody';
  body?: object;
  unfit?: readonly [body: object, field: string];
  mayBe?: number;
};
const suggestion = encodeId('suggestion', 1n as Id<'suggestion'>);
const ENDPOINTS: readonly Documented[] = [
  { method: 'GET', url: '/api/health', who: 'anybody' },
  { method: 'GET', url: '/api/auth/callback?token_hash=none&type=invite', who: 'anybody' },
  { method: 'POST', url: '/api/operators/apply', who: 'anybody', unfit: [{ company: '' }, 'company'] },
  {
    method: 'PATCH',
    url: '/api/dashboard/settings',
    who: 'operator',
    body: { branding: { display_name: 'One' } },
    unfit: [{ branding: { primary_color: 'red' } }, 'branding.primary_color'],
  },
  { method: 'GET', url: '/api/developer/api-keys', who: 'operator' },
  {
    method: 'POST',
    url: '/api/developer/api-keys',
    who: 'operator',
    body: { name: 'Build', permissions: ['read_only'] },
    unfit: [{ name: '' }, 'name'],
  },
  { method: 'PATCH', url: '/api/developer/api-keys', who: 'operator', unfit: [{ key_id: 7, status: 'revoked' }, 'key_id'] },
  {
    method: 'POST',
    url: '/api/copilot/chat',
    who: 'operator',
    body: { messages: [{ role: 'user', text: 'Will it rain in Rome on July 1?' }] },
    unfit: [{ messages: [] }, 'messages'],
  },
  { method: 'GET', url: '/api/copilot/credits', who: 'operator' },
  {
    method: 'POST',
    url: '/api/copilot/markets/deploy',
    who: 'operator',
    body: { draft: DRAFT, liquidity_usd: 500, resolver: 'operator' },
    unfit: [{ draft: DRAFT, liquidity_usd: 5, resolver: 'operator' }, 'liquidity_usd'],
  },
  { method: 'GET', url: '/api/copilot/agent/decisions', who: 'operator' },
  {
    method: 'POST',
    url: '/api/copilot/agent/decisions',
    who: 'operator',
    unfit: [{ suggestion_id: suggestion, decision: 'perhaps', reason: 'x' }, 'decision'],
  },
  {
    method: 'POST',
    url: '/api/ai-copilot',
    who: 'anybody',
    body: { question: 'Will it rain in Zurich on June 3, 2026?' },
    unfit: [{ question: 'Will' }, 'question'],
  },
  {
    method: 'POST',
    url: '/api/ai-copilot/feedback',
    who: 'anybody',
    unfit: [{ id: 'none', feedback_token: 'x', outcome: 'perhaps' }, 'outcome'],
  },
  { method: 'GET', url: '/api/ai-copilot/metrics', who: 'anybody' },
];
const named = (which: (endpoint: Documented) => boolean) =>
  ENDPOINTS.filter(which).map((endpoint) => [`${endpoint.method} ${endpoint.url.replace(/\?.*/, '')}`, endpoint] as const);

let fake: FakeAnthropic;
beforeAll(async () => {
  fake = await openFakeAnthropic();
  fake.say({ blocks: [{ text: 'Here.' }] });
});
afterAll(() => fake?.close());
const options = (): ClaudeOptions => ({
  apiKey: 'sk-ant-test',
  baseUrl: fake.url,
  model: 'claude-test',
  budget: 10_000,
  timeoutMs: 20_000,
});

describe.each(['rules', 'claude'] as const)('answered by %s', (name) => {
  let server: TestServer;
  const perMinute = unlimited();
  let key = 0;
  beforeAll(async () => {
    server = await openTestServer({ engine: name === 'claude' ? claudeEngine(options()) : rulesEngine, perMinute });
  });
  afterAll(() => server?.close());
  const ask = ({ method, url }: Documented, token: string | undefined, body?: object): Promise<Answer> =>
    server.send(method, url, token, method === 'GET' ? undefined : (body ?? {}), { 'idempotency-key': `refusals-${++key}` });
  const member = () => server.tenants[0].token;
  const codeOf = ({ status, body }: Answer) => [status, body?.error?.code];

  test.each(named(({ body, method, url }) => body !== undefined || (method === 'GET' && !url.includes('callback'))))(
    '%s works',
    async (_, endpoint) => {
      const answer = await ask(endpoint, endpoint.who === 'operator' ? member() : undefined, endpoint.body);
      expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
      if (endpoint.url.endsWith('/chat')) expect(answer.body).toContain(`"engine":"${name}"`);
    },
  );

  test.each(named(({ who }) => who === 'operator'))('%s answers 401 without a session and to one that is none', async (_, endpoint) => {
    for (const token of [undefined, 'not-a-token', `${member()}x`])
      expect(codeOf(await ask(endpoint, token, endpoint.body))).toEqual([401, 'UNAUTHORIZED']);
  });

  test.each(named(({ who }) => who === 'operator'))(
    '%s answers 403 to an admin, to a player, and to a member who may not',
    async (_, endpoint) => {
      for (const token of [server.admin, server.tenants[0].players[0].token])
        expect(codeOf(await ask(endpoint, token, endpoint.body))).toEqual([403, 'FORBIDDEN']);
      await server.db.owner.query(`update operator_members set permissions = '{}' where operator_id = $1`, [server.tenants[0].operatorId]);
      const answer = await ask(endpoint, member(), endpoint.body);
      await server.db.owner.query(`update operator_members set permissions = '{read,write,users,config,billing}' where operator_id = $1`, [
        server.tenants[0].operatorId,
      ]);
      expect(codeOf(answer)).toEqual([403, 'FORBIDDEN']);
    },
  );

  test.each(named(({ unfit }) => unfit !== undefined))(
    '%s answers 422 with the field, what came and what was expected',
    async (_, endpoint) => {
      const [body, field] = endpoint.unfit ?? [{}, ''];
      const answer = await ask(endpoint, endpoint.who === 'operator' ? member() : undefined, body);
      expect(codeOf(answer), JSON.stringify(answer.body)).toEqual([422, 'VALIDATION_ERROR']);
      const { fields } = answer.body.error.details as { fields: { field: string }[] };
      expect(fields.find((one) => one.field.startsWith(field))).toMatchObject({
        received: expect.anything(),
        expected: expect.any(String),
      });
    },
  );

  test.each(named(() => true))('%s answers 429 beyond its limit, says when to come back, and does nothing', async (_, endpoint) => {
    const before = { ...perMinute };
    const credits = async () =>
      (await server.db.owner.query('select coalesce(sum(balance_cents), 0)::int as left from credit_accounts')).rows[0].left;
    const left = await credits();
    Object.assign(perMinute, { operator: 0, public: 0, form: 0, login: 0 });
    const answer = await ask(endpoint, endpoint.who === 'operator' ? member() : undefined, endpoint.body);
    Object.assign(perMinute, before);
    expect(codeOf(answer)).toEqual([429, 'RATE_LIMITED']);
    expect(answer.body.error).toMatchObject({ retryable: true, request_id: expect.any(String) });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(await credits()).toBe(left);
  });
});

describe('what health says of the model', () => {
  const log = { warn: () => {} };
  /** As the process opens it: whether there is a key decides. */
  const probeOf = async (claude: ClaudeOptions | undefined): Promise<Probe> =>
    (await openCopilot({ claude, database: {} as never, clock: { now: () => new Date() }, log })).probe;
  const health = async (claude: ClaudeOptions | undefined): Promise<object> => {
    const fine = async () => ({ state: 'ok', latency_ms: 1, detail: null }) as const;
    const { status, downstreams } = await checkHealth({
      supabase: fine,
      redis: NOT_CONFIGURED,
      worker: fine,
      market_feed: fine,
      anthropic: await probeOf(claude),
    });
    return { status, ...downstreams.anthropic };
  };

  test.each([
    ['the model answers', 200, 'there', 'ok', 'ok', 'claude-test'],
    ['the key is refused', 401, 'there', 'degraded', 'down', 'the key is refused'],
    ['there is no such model', 404, 'there', 'degraded', 'down', 'there is no model claude-test'],
    ['it is overloaded', 529, 'there', 'degraded', 'degraded', 'answers 529'],
    ['it cannot be reached', 200, 'away', 'degraded', 'down', 'cannot be reached'],
    ['there is no key', 200, 'none', 'ok', 'not_configured', null],
  ] as const)('%s', async (_, modelStatus, provider, status, state, detail) => {
    fake.modelStatus = modelStatus;
    const away = { ...options(), baseUrl: 'http://127.0.0.1:1' };
    expect(await health({ there: options(), away, none: undefined }[provider])).toMatchObject({ status, state, detail });
    fake.modelStatus = 200;
  });

  test('the provider is asked once in thirty seconds, however often health is', async () => {
    const probe = await probeOf(options());
    fake.modelStatus = 200;
    expect((await probe()).state).toBe('ok');
    fake.modelStatus = 401;
    expect((await probe()).state).toBe('ok');
    const another = await probeOf(options());
    expect((await another()).state).toBe('down');
    fake.modelStatus = 200;
  });
});
