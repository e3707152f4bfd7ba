/** The activity feed: every kind of entry from the fact behind it, pages and stream that miss and repeat nothing while others write. */
import { encodeId, type Id } from '@predictu/contract/ids';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { adoptRestoredActivity } from '../src/insights/insights.ts';
import { makeMarket, START, testId } from './factories.ts';
import { seeded } from './random.ts';
import { openTestServer, type TestServer } from './server.ts';

let server: TestServer;
let base: string;
let market: string;
let key = 0;
const open: AbortController[] = [];
beforeAll(async () => {
  server = await openTestServer();
  base = await server.http.listen({ port: 0, host: '127.0.0.1' });
  market = encodeId('market', server.marketId as Id<'market'>);
});
afterEach(() => {
  for (const controller of open.splice(0)) controller.abort();
});
afterAll(() => server?.close());

// biome-ignore lint/suspicious/noExplicitAny: looked into by assertions.
type Entry = any;
const buy = (tenant: 0 | 1, amount = 5) =>
  server.send(
    'POST',
    '/api/casino/trades',
    server.tenants[tenant].players[0].token,
    { market_id: market, outcome: 'yes', side: 'buy', amount_usd: amount, limit_price: 0.99 },
    { 'idempotency-key': `act-${(key += 1)}` },
  );
const feed = async (query = '', token = server.admin, audience = 'internal') => {
  const answer = await server.send('GET', `/api/${audience}/activity${query}`, token);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
};
/** All pages, from the first. */
async function pages(
  query: string,
  limit: number,
  between: () => Promise<unknown> = async () => {},
  token = server.admin,
  audience = 'internal',
) {
  const entries: Entry[] = [];
  let live: string | undefined;
  for (let cursor = ''; ; ) {
    const body = await feed(`?limit=${limit}${query}${cursor}`, token, audience);
    entries.push(...body.data);
    live ??= body.live_cursor;
    if (body.next_cursor === null) return { entries, live: live as string };
    expect(body.data).toHaveLength(limit);
    cursor = `&cursor=${body.next_cursor}`;
    await between();
  }
}

type Listener = { next(): Promise<{ id: string; entry: Entry }>; stop(): void };
async function listen(query: string, lastEventId = '', token = server.admin, audience = 'internal'): Promise<Listener> {
  const controller = new AbortController();
  open.push(controller);
  const response = await fetch(`${base}/api/${audience}/activity/stream${query}`, {
    headers: { authorization: `Bearer ${token}`, ...(lastEventId && { 'last-event-id': lastEventId }) },
    signal: controller.signal,
  });
  expect(response.status).toBe(200);
  const reader = (response.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream() as never).getReader();
  let text = '';
  async function next(): Promise<{ id: string; entry: Entry }> {
    for (;;) {
      const end = text.indexOf('\n\n');
      if (end < 0) {
        const { value, done } = await reader.read();
        if (done) throw new Error('The stream ended');
        text += value;
        continue;
      }
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const value = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
      if (value('data') !== undefined) return { id: value('id') ?? '', entry: JSON.parse(value('data') ?? '') };
    }
  }
  return { next, stop: () => controller.abort() };
}

describe('entries', () => {
  test('each documented type, from the fact it stands for', async () => {
    const trade = (await buy(0, 120)).body.data;
    await server.send('POST', '/api/internal/config', server.admin, { fees: { trading_fee_bps: 51 }, reason: 'a try' });
    const refused = await buy(0, 900_000);
    expect(refused.body.error.code).toBe('RISK_LIMIT');
    const user = encodeId('user', server.tenants[0].players[0].id as Id<'user'>);
    await server.send('POST', `/api/operator/users/${user}/balance`, server.tenants[0].token, {
      action: 'deposit',
      amount_usd: 3,
      reason: 'a gift',
      idempotency_key: 'gift',
    });
    const settled = await makeMarket(server.db.owner, { title: 'Settled?' });
    const wire = encodeId('market', settled as Id<'market'>);
    await server.send('POST', `/api/internal/markets/${wire}/pause`, server.admin, { reason: 'a look' });
    await server.send('POST', `/api/internal/markets/${wire}/resolve`, server.admin, { resolution: 'yes', evidence: 'seen' });
    await server.settlement.sweep();
    const { entries } = await pages('', 50);
    const of = (type: string, title: string) => entries.find((entry) => entry.type === type && entry.title === title);
    expect(of('trade', 'Large trade executed')).toMatchObject({
      operator_slug: 'first-casino',
      user_id: user,
      market_id: market,
      severity: 'info',
      metadata: { trade_id: trade.id, amount_usd: trade.cost_usd, side: 'buy', outcome: 'yes' },
      created_at: START.toISOString(),
    });
    expect(of('config_change', 'Platform configuration changed')).toMatchObject({
      operator_slug: null,
      description: expect.stringContaining('fees.trading_fee_bps'),
      metadata: { changed_keys: ['fees.trading_fee_bps'] },
    });
    expect(of('risk_event', 'Trade refused by a limit')).toMatchObject({
      operator_slug: 'first-casino',
      user_id: user,
      metadata: { wall: 1 },
    });
    expect(of('risk_event', 'Market paused')).toMatchObject({
      market_id: wire,
      severity: 'warning',
      description: 'Settled?, by a platform admin: a look',
    });
    expect(of('operator_event', 'Balance deposited by hand')).toMatchObject({
      operator_slug: 'first-casino',
      operator_name: 'Example Casino',
      description: expect.stringMatching(/^(?!usr_).+, by an operator member: a gift/),
    });
    expect(of('settlement', 'Result proposed')).toMatchObject({ market_id: wire, description: expect.stringContaining('Settled?') });
    const { body: log } = await server.send('GET', '/api/internal/audit-log?limit=200', server.admin);
    const named = (action: string) => log.data.find((entry: { action: string }) => entry.action === action);
    expect(named('market.pause')).toMatchObject({ subject: wire, subject_name: 'Settled?', operator: null });
    expect(named('settlement.propose')).toMatchObject({ subject_name: 'Settled?' });
    expect(named('config.updated')).toMatchObject({ subject: 'platform_config', subject_name: 'Platform configuration' });
    const gift = named('balance.deposit');
    expect(gift).toMatchObject({ subject: user, operator: { slug: 'first-casino', name: 'Example Casino' } });
    expect(of('operator_event', 'Balance deposited by hand')?.description).toContain(gift.subject_name);
    expect(of('settlement', 'Market settled')).toMatchObject({ market_id: wire, description: "'Settled?' is decided: YES" });
    expect(entries.filter(({ type }) => type === 'user_signup')).toHaveLength(4);
    expect(of('user_signup', 'New player')).toMatchObject({ metadata: { external_id: expect.stringMatching(/one|two/) } });
    expect(entries.some(({ metadata }) => /login/.test(metadata.action ?? ''))).toBe(false);
  });

  test('a filter leaves exactly the entries it names, by the whole feed filtered here', async () => {
    await buy(1);
    const { entries } = await pages('', 200);
    for (const type of ['trade', 'settlement', 'user_signup', 'risk_event', 'operator_event', 'config_change']) {
      const expected = entries.filter((entry) => entry.type === type);
      expect(expected.length).toBeGreaterThan(0);
      expect((await pages(`&type=${type}`, 2)).entries).toEqual(expected);
      const atFirst = expected.filter((entry) => entry.operator_slug === 'first-casino');
      expect((await pages(`&type=${type}&operator=first-casino`, 3)).entries).toEqual(atFirst);
    }
    expect((await feed('?operator=nobody')).data).toEqual([]);
    expect((await feed(`?operator=${encodeId('operator', server.tenants[1].operatorId as Id<'operator'>)}&limit=200`)).data).toEqual(
      entries.filter((entry) => entry.operator_slug === 'second-casino'),
    );
  });

  test('an operator has its own entries, the platform’s feed of it, and nothing else', async () => {
    for (const [index, slug] of ['first-casino', 'second-casino'].entries()) {
      const own = await pages('', 4, undefined, server.tenants[index as 0 | 1].token, 'operator');
      expect(own.entries.length).toBeGreaterThan(3);
      expect(own.entries).toEqual((await pages(`&operator=${slug}`, 200)).entries);
    }
  });

  test('what cannot be a cursor, a type or a limit is refused; a cursor of another feed shows nothing of it', async () => {
    const stolen = (await feed('?limit=1&type=trade&operator=second-casino')).live_cursor;
    const snapshot = (text: string) => Buffer.from(`p/${text}/5/9/0`).toString('base64url');
    for (const query of [
      'cursor=nonsense',
      'cursor=',
      `cursor=${stolen}`,
      `cursor=${snapshot('5:4:')}`,
      `cursor=${snapshot('3:9:12')}`,
      `cursor=${snapshot('3:9:5,5')}`,
      `cursor=${snapshot('99999999999999999999:99999999999999999999:')}`,
      'type=trades',
      'limit=0',
      'limit=201',
      'page=1',
    ]) {
      const answer = await server.send('GET', `/api/internal/activity?${query}`, server.admin);
      expect([query, answer.status, answer.body.error?.code]).toEqual([query, 400, 'BAD_REQUEST']);
    }
    const cursor = (await feed('?limit=1&operator=second-casino')).next_cursor;
    const { data } = await feed(`?limit=200&cursor=${cursor}`, server.tenants[0].token, 'operator');
    expect(data.every((entry: Entry) => entry.operator_slug === 'first-casino')).toBe(true);
    expect((await server.send('GET', '/api/internal/activity/stream?after=x', server.admin)).status).toBe(400);
  });
});

/** Signups that commit in another order than they were written, some never. */
async function openWriters(operatorIds: readonly bigint[], count: number) {
  const clients = await Promise.all(
    Array.from({ length: count }, async () => {
      const client = new pg.Client({ connectionString: server.db.ownerUrl });
      await client.connect();
      return { client, busy: false };
    }),
  );
  const draw = seeded(77);
  const step = async (): Promise<void> => {
    const writer = draw.pick(clients);
    if (!writer.busy) {
      const id = testId();
      await writer.client.query('begin');
      await writer.client.query(`insert into players (operator_id, id, external_id, created_at) values ($1, $2, $3, $4)`, [
        draw.pick(operatorIds),
        id,
        `writer-${id}`,
        new Date(START.getTime() - draw.between(0, 3_600_000)),
      ]);
    } else await writer.client.query(draw.oneIn(7) ? 'rollback' : 'commit');
    writer.busy = !writer.busy;
  };
  return {
    step,
    async end() {
      for (const { client, busy } of clients) {
        if (busy) await client.query('commit');
        await client.end();
      }
    },
  };
}

const COUNT = `select (select count(*) from activity_events) + (select count(*) from trades where status = 'filled') as entries`;
const entriesThere = async (): Promise<number> => Number((await server.db.owner.query(COUNT)).rows[0].entries);

describe('while others write', () => {
  test('pages show what there was at the first, the stream all that came after it: together everything, nothing twice', async () => {
    const writers = await openWriters(
      server.tenants.map(({ operatorId }) => operatorId),
      5,
    );
    const draw = seeded(78);
    const step = async (): Promise<void> => {
      for (let i = 0; i < 4; i += 1) await writers.step();
      if (draw.oneIn(2)) await buy(0, 1);
    };
    for (let i = 0; i < 12; i += 1) await step();
    const before = new Set(
      (await server.db.owner.query('select id from activity_events')).rows.map(({ id }) => encodeId('activity', BigInt(id))),
    );
    const paged = await pages('', 3, step);
    expect(new Set(paged.entries.map(({ id }) => id)).size).toBe(paged.entries.length);
    for (const id of before) expect(paged.entries.some((entry) => entry.id === id)).toBe(true);
    const times = paged.entries.map(({ id }) => id);
    expect(times).toEqual([...times].sort().reverse());
    for (let i = 0; i < 10; i += 1) await step();
    await writers.end();
    const total = await entriesThere();
    const streamed: Entry[] = [];
    // Three readers, each going on where the one before was cut off.
    let lastEventId = '';
    while (paged.entries.length + streamed.length < total) {
      const listener = await listen(`?after=${paged.live}`, lastEventId);
      for (let i = 0; i < 3 && paged.entries.length + streamed.length < total; i += 1) {
        const { id, entry } = await listener.next();
        lastEventId = id;
        streamed.push(entry);
      }
      listener.stop();
    }
    expect(streamed.length).toBeGreaterThan(8);
    const seen = [...paged.entries, ...streamed].map(({ id }) => id);
    expect(new Set(seen).size).toBe(total);
    expect(new Set((await pages('', 200)).entries.map(({ id }) => id))).toEqual(new Set(seen));
  });

  test('a transaction that began first and ends last is told when it ends; an operator hears only its own', async () => {
    const [first, second] = server.tenants;
    const listener = await listen('', '', first.token, 'operator');
    const slow = new pg.Client({ connectionString: server.db.ownerUrl });
    await slow.connect();
    const insert = (client: pg.Client, operatorId: bigint, name: string) =>
      client.query('insert into players (operator_id, id, external_id, created_at) values ($1, $2, $3, $4)', [
        operatorId,
        testId(),
        name,
        START,
      ]);
    await slow.query('begin');
    await insert(slow, first.operatorId, 'slow');
    await insert(server.db.owner, second.operatorId, 'elsewhere');
    await insert(server.db.owner, first.operatorId, 'quick');
    const quick = await listener.next();
    expect(quick.entry).toMatchObject({ type: 'user_signup', metadata: { external_id: 'quick' } });
    await slow.query('commit');
    await slow.end();
    const late = await listener.next();
    expect(late.entry.metadata.external_id).toBe('slow');
    const traded = (await buy(0)).body.data;
    const trade = await listener.next();
    expect(trade.entry).toMatchObject({ type: 'trade', metadata: { trade_id: traded.id } });
    const again = await listen('?type=trade', quick.id, first.token, 'operator');
    expect((await again.next()).entry.id).toBe(trade.entry.id);
  });

  test('rows that another database has counted are shown once they are adopted', async () => {
    const { rows } = await server.db.owner.query(
      `update activity_events set written_by = '99999999999' where number = (select min(number) from activity_events) returning id`,
    );
    const id = encodeId('activity', BigInt(rows[0].id));
    const shown = async () => (await pages('', 200)).entries.some((entry) => entry.id === id);
    expect(await shown()).toBe(false);
    await server.db.database.as({ kind: 'worker', name: 'test' }, 'write', adoptRestoredActivity);
    expect(await shown()).toBe(true);
  });
});
