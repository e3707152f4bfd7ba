import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type FakeAnswer, type FakePolymarket, fakePolymarket, json } from '../../test/fake-polymarket.ts';
import { systemClock } from '../platform/clock.ts';
import { polymarketSource } from './follow-polymarket.ts';
import type { PriceEvent, SourceEvent } from './source.rules.ts';
import type { Carried, MarketSource } from './source.ts';

// A busy machine is slow; what is awaited here always comes.
vi.setConfig({ testTimeout: 30_000 });

let fake: FakePolymarket;
let source: MarketSource;
let events: SourceEvent[];
let troubles: string[];

beforeEach(async () => {
  fake = await fakePolymarket();
  [events, troubles] = [[], []];
  fake.answers = { events: json([event('m1', '11'), event('m2', '21')]), books: books('0.40', '0.42') };
});
afterEach(async () => {
  await source.stop();
  await fake.close();
});

const event = (id: string, token: string) => ({
  id: `event-${id}`,
  title: 'An event',
  tags: [{ label: 'Crypto' }],
  markets: [
    {
      conditionId: id,
      question: `Will ${id}?`,
      outcomes: '["Yes", "No"]',
      clobTokenIds: JSON.stringify([token, `${token}0`]),
      outcomePrices: '["0.5", "0.5"]',
      endDate: '2199-01-01T00:00:00Z',
      updatedAt: '2026-01-01T00:00:00Z',
      active: true,
      closed: false,
      bestBid: 0.49,
      bestAsk: 0.51,
      volume: '10',
      liquidity: '10',
    },
  ],
});
const books =
  (bid: string, ask: string): FakeAnswer =>
  (response, body, query) =>
    json(
      (JSON.parse(body) as { token_id: string }[]).map(({ token_id }) => ({
        asset_id: token_id,
        bids: [{ price: bid, size: '5' }],
        asks: [{ price: ask, size: '5' }],
        timestamp: '1',
      })),
    )(response, body, query);
const tops = (asset_id: string, best_bid: string, best_ask: string) =>
  JSON.stringify({
    event_type: 'price_change',
    market: 'm',
    price_changes: [{ asset_id, best_bid, best_ask, price: '0.1', size: '1', side: 'BUY' }],
    timestamp: String(systemClock.now().getTime()),
  });

async function follow(carried: Partial<Carried> = {}, options = {}): Promise<void> {
  source = polymarketSource({
    gammaUrl: fake.gammaUrl,
    clobUrl: fake.clobUrl,
    wsUrl: fake.wsUrl,
    clock: systemClock,
    catalogueMs: 30,
    confirmMs: 30,
    timeoutMs: 10_000,
    pingMs: 10_000,
    retryMs: 5,
    ...options,
  });
  await source.start(
    {
      events: (heard) => {
        events.push(...heard);
      },
      trouble: (message) => {
        troubles.push(message);
      },
    },
    { lastHeard: null, open: [], ...carried },
  );
}
const prices = (mid: bigint): PriceEvent[] => events.filter((heard): heard is PriceEvent => heard.kind === 'price' && heard.mid === mid);
const soon = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 5 });
const connected = (count: number) => soon(() => expect(fake.said.filter((said) => said.includes('"type":"market"'))).toHaveLength(count));

describe('following Polymarket', () => {
  test('markets come from the catalogue, books confirm prices by our time, the channel moves them', async () => {
    await follow();
    await soon(() => expect(prices(4_100n).map(({ sourceId }) => sourceId)).toEqual(expect.arrayContaining(['m1', 'm2'])));
    expect(events.find(({ kind }) => kind === 'market')).toMatchObject({ sourceId: 'm1', category: 'crypto' });
    expect(systemClock.now().getTime() - (prices(4_100n)[0]?.at.getTime() ?? 0)).toBeLessThan(60_000);
    await connected(1);
    expect(fake.said[0]).toBe(JSON.stringify({ type: 'market', assets_ids: ['11', '21'] }));
    fake.connections[0]?.send(tops('11', '0.60', '0.62'));
    fake.connections[0]?.send(tops('110', '0.30', '0.32'));
    await soon(() => expect([prices(6_100n).length, prices(6_900n).length]).toEqual([1, 1]));
  });

  test('pages until the catalogue is done or enough is followed', async () => {
    const page = (from: number, count: number) => Array.from({ length: count }, (_, i) => event(`p${from + i}`, `${from + i + 1}`));
    fake.answers['events'] = (response, body, query) =>
      json(query.get('offset') === '0' ? page(0, 100) : page(100, 20))(response, body, query);
    await follow({}, { mostMarkets: 110 });
    await soon(() => expect(new Set(prices(4_100n).map(({ sourceId }) => sourceId)).size).toBe(110));
    expect(fake.asked.filter(({ path }) => path.includes('offset=200'))).toEqual([]);
    expect(Math.max(...fake.asked.filter(({ path }) => path === '/books').map(({ body }) => (JSON.parse(body) as unknown[]).length))).toBe(
      100,
    );
  });

  test('a market added to the catalogue is subscribed on the open connection', async () => {
    await follow();
    await connected(1);
    fake.answers['events'] = json([event('m1', '11'), event('m2', '21'), event('m3', '31')]);
    await soon(() => expect(fake.said).toContain(JSON.stringify({ assets_ids: ['31'], operation: 'subscribe' })));
  });

  test('a market that leaves the listing, or was open at the last start, is asked for and its winner heard; its price is not', async () => {
    fake.answers['markets'] = (response, body, query) =>
      json({
        condition_id: fake.asked.at(-1)?.path.split('/')[2],
        question: 'Will it?',
        end_date_iso: '2199-01-01T00:00:00Z',
        active: true,
        closed: true,
        tokens: [
          { token_id: '91', outcome: 'Yes', price: 1, winner: true },
          { token_id: '92', outcome: 'No', price: 0, winner: false },
        ],
      })(response, body, query);
    await follow({ open: ['old'] });
    await soon(() =>
      expect(events.find((heard) => heard.kind === 'resolution' && heard.sourceId === 'old')).toMatchObject({
        result: 'yes',
        evidence: 'named by the exchange',
      }),
    );
    fake.answers['events'] = json([event('m1', '11')]);
    await soon(() => expect(events.some((heard) => heard.kind === 'resolution' && heard.sourceId === 'm2')).toBe(true));
    const asked = fake.asked.filter(({ path }) => path === '/markets/old').length;
    expect(asked).toBe(1);
  });
});

describe('when the source misbehaves', () => {
  const faults: [string, FakeAnswer, RegExp | undefined][] = [
    ['an error', (response) => response.writeHead(500).end('oops'), /HTTP 500/],
    ['a page of HTML that claims success', (response) => response.writeHead(200).end('<html>maintenance</html>'), undefined],
    ['half a document', (response) => response.writeHead(200).end('[{"id": "1", "markets": [{"cond'), undefined],
    [
      'an answer cut off',
      (response) => {
        response.writeHead(200, { 'content-length': '1000' });
        response.write('[{');
        setImmediate(() => response.destroy());
      },
      /events/,
    ],
    ['silence', () => {}, /events/],
    [
      'a trickle',
      (response) => {
        response.writeHead(200);
        response.write('[');
      },
      /events/,
    ],
    ['a redirect', (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), /HTTP 302/],
    ['another shape', json({ error: 'no', data: 3 }), undefined],
    ['a list of nonsense', json([null, 1, 'x', [], { markets: [null, 7] }]), undefined],
  ];
  test.each(faults)('%s: it goes on, yields no price, and recovers', async (_, fault, trouble) => {
    const good = fake.answers['events'] as FakeAnswer;
    fake.answers['events'] = fault;
    await follow({}, { timeoutMs: 250 });
    await soon(() => {
      if (trouble) expect(troubles.join()).toMatch(trouble);
      else expect(events.some(({ kind }) => kind === 'set_aside')).toBe(true);
    });
    expect(events.filter(({ kind }) => kind !== 'set_aside')).toEqual([]);
    fake.answers['events'] = good;
    await soon(() => expect(prices(4_100n).length).toBeGreaterThan(0));
  });

  test('asked to wait, it waits', async () => {
    fake.answers['events'] = (response) => response.writeHead(429, { 'retry-after': '600' }).end('slow down');
    await follow();
    await soon(() => expect(troubles.join()).toMatch(/HTTP 429/));
    // Longer than many rounds of the shortest retry.
    await soon(() => expect(fake.asked.length).toBe(1));
    fake.answers['events'] = json([event('m1', '11')]);
    await new Promise((resolve) => {
      setTimeout(resolve, 150);
    });
    expect(fake.asked.length).toBe(1);
  });

  test('a crossed, empty or unreadable book is no price', async () => {
    fake.answers['books'] = books('0.60', '0.40');
    await follow();
    await soon(() => expect(events.some((heard) => heard.kind === 'set_aside' && heard.reason === 'crossed_book')).toBe(true));
    expect(prices(5_000n).every(({ at }) => at.toISOString() === '2026-01-01T00:00:00.000Z')).toBe(true);
  });

  test('garbage on the channel is set aside and the channel goes on', async () => {
    await follow();
    await connected(1);
    const [socket] = fake.connections;
    for (const garbage of ['', 'null', '<html>', '{"event_type":"surprise"}', '[1,{"event_type":"book"}]', '{"price_changes":[null]}'])
      socket?.send(garbage);
    socket?.send(Buffer.from([0xff, 0x00, 0xfe]));
    socket?.send(tops('11', '0.70', '0.72'));
    await soon(() => expect(prices(7_100n)).toHaveLength(1));
    expect(fake.connections).toHaveLength(1);
  });

  test('a closed connection is opened again, subscribed again, and all prices asked for', async () => {
    await follow({}, { confirmMs: 3_600_000 });
    await connected(1);
    const asked = fake.asked.filter(({ path }) => path === '/books').length;
    fake.connections[0]?.terminate();
    await connected(2);
    await soon(() => expect(fake.asked.filter(({ path }) => path === '/books').length).toBeGreaterThan(asked));
    fake.connections[1]?.send(tops('21', '0.80', '0.82'));
    await soon(() => expect(prices(8_100n)).toHaveLength(1));
    expect(troubles.join()).toMatch(/websocket closed/);
  });

  test('a dead line that looks open is dropped and replaced', async () => {
    fake.alive = false;
    await follow({}, { pingMs: 20 });
    await connected(2);
    expect(fake.said).toContain('PING');
  });

  test('a stopped source asks nothing more and leaves nothing running', async () => {
    await follow();
    await connected(1);
    await source.stop();
    await soon(() => expect(fake.connections.every(({ readyState }) => readyState >= 2)).toBe(true));
    const asked = fake.asked.length;
    await new Promise((resolve) => {
      setTimeout(resolve, 120);
    });
    expect(fake.asked.length).toBe(asked);
  });
});
