import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { prefixQuery } from './market-page.rules.ts';
import { readPayload } from './payload.rules.ts';
import type { SourceEvent, TokenLookup } from './source.rules.ts';

vi.setConfig({ testTimeout: 30_000 });

const HEARD = new Date('2026-06-01T12:00:00.000Z');
const TOKENS: TokenLookup = (token) =>
  token === '11' ? { sourceId: 'm', side: 'yes' } : token === '12' ? { sourceId: 'm', side: 'no' } : undefined;
const read = (body: unknown, more: { key?: string; confirms?: boolean } = {}): SourceEvent[] =>
  readPayload({ body, at: HEARD, ...more }, TOKENS);

const ROW = {
  conditionId: 'm',
  question: 'Will it?',
  outcomes: '["Yes", "No"]',
  clobTokenIds: '["11", "12"]',
  outcomePrices: '["0.4", "0.6"]',
  endDate: '2026-07-01T00:00:00Z',
  updatedAt: '2026-06-01T11:00:00Z',
  active: true,
  closed: false,
  archived: false,
  bestBid: 0.39,
  bestAsk: 0.41,
  liquidity: '12.349',
  volume: '7',
};
/** What a row with these changes comes to: its price, state and reason in one word each. */
function verdict(changes: Record<string, unknown>): string {
  return read({ ...ROW, ...changes })
    .map((event) =>
      event.kind === 'market'
        ? event.state
        : event.kind === 'price'
          ? String(event.mid)
          : event.kind === 'resolution'
            ? event.result
            : event.reason,
    )
    .join(' ');
}

describe('a row of the catalogue', () => {
  test('comes to a market with a price, or says why not', () => {
    const cases: [Record<string, unknown>, string][] = [
      [{}, 'open 4000'],
      [{ bestBid: undefined, bestAsk: undefined }, 'open empty_book'],
      [{ bestBid: undefined }, 'open one_sided_book'],
      [{ bestBid: 0, bestAsk: 1 }, 'open empty_book'],
      [{ bestBid: 0.1, bestAsk: 0.9 }, 'open wide_book'],
      [{ acceptingOrders: false }, 'open not_accepting_orders'],
      [{ outcomes: '["No", "Yes"]' }, 'open 6000'],
      [{ outcomes: '["No", "Yes"]', outcomePrices: '["0.4", "0.5"]' }, 'open bad_price'],
      [{ outcomes: '["A", "B", "C"]' }, 'not_binary'],
      [{ outcomes: '["A", "A"]' }, 'not_binary'],
      [{ outcomes: '["A", ' }, 'not_binary'],
      [{ outcomes: undefined }, 'not_binary'],
      [{ clobTokenIds: undefined }, 'no_token_ids'],
      [{ clobTokenIds: '["11"]' }, 'no_token_ids'],
      [{ clobTokenIds: '["11", "11"]' }, 'no_token_ids'],
      [{ clobTokenIds: '["11", "a b"]' }, 'no_token_ids'],
      [{ question: ' \u200b ' }, 'missing_title'],
      [{ endDate: undefined }, 'missing_end_date'],
      [{ endDate: 'soon' }, 'bad_end_date'],
      [{ endDate: HEARD.toISOString() }, 'past_end past_end'],
      [{ endDate: '2026-06-01T12:00:00.001Z' }, 'open 4000'],
      [{ updatedAt: 'today' }, 'bad_time'],
      [{ updatedAt: '2026-06-01T12:01:00.000Z' }, 'open 4000'],
      [{ updatedAt: '2026-06-01T12:01:00.001Z' }, 'from_the_future'],
      [{ closed: 'perhaps' }, 'unknown_state'],
      [{ active: undefined }, 'unknown_state'],
      [{ active: false }, 'inactive'],
      [{ archived: true }, 'inactive'],
      [{ conditionId: '' }, 'missing_id'],
    ];
    for (const [changes, expected] of cases) expect(verdict(changes), JSON.stringify(changes)).toBe(expected);
  });

  test('once closed names a result only when it is one', () => {
    const cases: [Record<string, unknown>, string][] = [
      [{ outcomePrices: '["1", "0"]' }, 'yes'],
      [{ outcomePrices: '["0", "1"]' }, 'no'],
      [{ outcomePrices: '["0", "1"]', outcomes: '["No", "Yes"]' }, 'yes'],
      [{ outcomePrices: '["0.99", "0.01"]' }, 'yes'],
      [{ outcomePrices: '["0.9899", "0.01"]' }, 'closed_without_winner'],
      [{ outcomePrices: '["0.99", "0.0101"]' }, 'closed_without_winner'],
      [{ outcomePrices: '["0.5", "0.5"]' }, 'split'],
      [{ outcomePrices: '["0", "0"]' }, 'closed_without_winner'],
      [{ outcomePrices: undefined }, 'closed_without_winner'],
      [{ outcomePrices: '["1", "0"]', umaResolutionStatus: 'proposed' }, 'resolution_pending'],
      [{ outcomePrices: '["1", "0"]', umaResolutionStatus: 'disputed' }, 'resolution_pending'],
    ];
    for (const [changes, expected] of cases)
      expect(verdict({ closed: true, ...changes }), JSON.stringify(changes)).toBe(`closed ${expected}`);
  });

  test('keeps what is worth keeping: tags of its event, amounts, disputes, and what YES means', () => {
    const [market] = read({
      id: '1',
      title: 'An event',
      tags: [{ label: 'Crypto' }, { slug: 'weekly' }, 7],
      markets: [
        {
          ...ROW,
          outcomes: '["Up", "Down"]',
          umaResolutionStatuses: '["proposed","disputed","proposed","disputed"]',
          umaResolutionStatus: 'disputed',
          slug: 'x',
          image: 'javascript:alert(1)',
          resolutionSource: 'https://example.com',
        },
      ],
    });
    expect(market).toMatchObject({
      title: 'Will it? (YES: Up)',
      category: 'crypto',
      tags: ['Crypto', 'weekly'],
      liquidity: 1_234n,
      volume: 700n,
      imageUrl: null,
      details: {
        tokens: ['11', '12'],
        outcomes: ['Up', 'Down'],
        eventTitle: 'An event',
        disputes: 2,
        resolutionStatus: 'disputed',
        endIsDate: true,
        slug: 'x',
      },
    });
    expect(read({ ...ROW, liquidity: '-5', volume: 'much' })[0]).toMatchObject({ liquidity: null, volume: null });
  });
});

describe('the exchange', () => {
  const book = (bids: unknown, asks: unknown, asset_id = '11') => ({ asset_id, bids, asks, timestamp: '1780315100000' });
  const level = (price: string) => [{ price, size: '1' }];

  test('names winners by token, whatever the prices', () => {
    const market = (winners: [unknown, unknown], more = {}) =>
      read({
        condition_id: 'm',
        question: 'Will it?',
        end_date_iso: '2026-07-01T00:00:00Z',
        active: true,
        closed: true,
        tokens: [
          { token_id: '11', outcome: 'Yes', price: 0.5, winner: winners[0] },
          { token_id: '12', outcome: 'No', price: 0.5, winner: winners[1] },
        ],
        ...more,
      })[1];
    expect(market([true, false])).toMatchObject({ kind: 'resolution', result: 'yes' });
    expect(market([false, true])).toMatchObject({ kind: 'resolution', result: 'no' });
    expect(market([false, false])).toMatchObject({ reason: 'closed_without_winner' });
    expect(market([true, true])).toMatchObject({ reason: 'closed_without_winner' });
    expect(market([false, false], { is_50_50_outcome: true })).toMatchObject({ result: 'split' });
  });

  test('prices YES from the book of either token, at the time of the message or of a fresh answer', () => {
    expect(read(book(level('0.3'), level('0.32')))).toEqual([
      { kind: 'price', sourceId: 'm', mid: 3_100n, bestBid: 3_000n, bestAsk: 3_200n, at: new Date(1_780_315_100_000) },
    ]);
    expect(read(book(level('0.3'), level('0.32'), '12'))).toMatchObject([{ mid: 6_900n, bestBid: 6_800n, bestAsk: 7_000n }]);
    expect(read([book(level('0.3'), level('0.32'))], { confirms: true })).toMatchObject([{ at: HEARD }]);
    expect(read(book(level('0.3'), level('0.32'), '99'))).toMatchObject([{ reason: 'unknown_market', sourceId: 'token:99' }]);
    expect(read({ ...book(level('0.3'), level('0.32')), timestamp: 'x' })).toMatchObject([{ reason: 'bad_time' }]);
    expect(read({ ...book(level('0.3'), level('0.32')), timestamp: String(HEARD.getTime() + 60_001) })).toMatchObject([
      { reason: 'from_the_future' },
    ]);
    expect(read({ ...book(level('0.3'), 'x'), event_type: 'book' })).toMatchObject([{ reason: 'unknown_message' }]);
  });

  test('the last change of a token in a message counts, without a top it is no price', () => {
    const change = (top: object, asset_id = '11') => ({ asset_id, price: '0.1', size: '1', side: 'BUY', ...top });
    const message = (...price_changes: object[]) => ({ event_type: 'price_change', price_changes, timestamp: '1780315100000' });
    expect(read(message(change({ best_bid: '0.2', best_ask: '0.22' }), change({ best_bid: '0.3', best_ask: '0.32' })))).toMatchObject([
      { mid: 3_100n },
    ]);
    expect(read(message(change({})))).toMatchObject([{ reason: 'depth_only' }]);
    expect(read({ event_type: 'price_change', asset_id: '12', changes: [] })).toMatchObject([{ reason: 'depth_only', sourceId: 'm' }]);
    expect(read({ event_type: 'price_change', asset_id: 'zz' })).toMatchObject([{ reason: 'unknown_market' }]);
    expect(read({ event_type: 'market_resolved', market: 'm', winning_asset_id: '12', timestamp: '1780315100000' })).toMatchObject([
      { result: 'no' },
    ]);
    expect(read({ event_type: 'market_resolved', market: 'other', winning_asset_id: '99' })).toMatchObject([
      { reason: 'unknown_market', sourceId: 'other' },
    ]);
    expect(read({ event_type: 'surprise' })).toMatchObject([{ reason: 'unknown_message' }]);
  });

  test('a history is of the token that was asked for', () => {
    expect(read({ history: [{ t: 1_780_315_100, p: 0.3 }, { t: 1_780_315_160, p: 1 }, { p: 0.3 }, null] }, { key: '12' })).toMatchObject([
      { kind: 'price', mid: 7_000n, bestBid: null },
      { reason: 'bad_price' },
      { reason: 'bad_time' },
      { reason: 'bad_time' },
    ]);
    expect(read({ history: [] }, { key: '11' })).toMatchObject([{ reason: 'empty_history' }]);
    expect(read({ history: [{ t: 1_780_315_100, p: 0.3 }] })).toMatchObject([{ reason: 'unknown_market' }]);
  });
});

describe('anything else', () => {
  test('is set aside as what it is', () => {
    for (const text of ['', '<html>', '[{"conditionId":', 'null', '42', '"text"'])
      expect(read(text), text).toMatchObject([{ reason: 'unparseable' }]);
    expect(read([null, 7, 'x', []]).map((event) => event.kind === 'set_aside' && event.reason)).toEqual(Array(4).fill('unknown_message'));
    expect(read([{ proxyWallet: 'w', conditionId: 'm' }])).toMatchObject([{ reason: 'not_market_data' }]);
    expect(read([{ some: 'thing' }])).toMatchObject([{ reason: 'unknown_message', detail: 'some' }]);
    expect(read({ conditionId: 'm', settled_price: 0.5, uma_resolution_status: '', question: 'x' })).not.toMatchObject([
      { kind: 'resolution' },
    ]);
    expect(read([])).toEqual([]);
  });

  test('never throws and never makes a price outside (0, 1), whatever JSON it is', () => {
    const keys = [
      'conditionId',
      'condition_id',
      'question',
      'outcomes',
      'tokens',
      'markets',
      'history',
      'event_type',
      'price_changes',
      'bids',
      'asks',
      'asset_id',
      't',
      'p',
      'slug',
      'bid',
      'ask',
      '__proto__',
      'toString',
      'valueOf',
      'toJSON',
      'timestamp',
      'conditionId',
      'question',
      'end_date_iso',
      'outcomePrices',
      'constructor',
    ];
    const { tree } = fc.letrec((tie) => ({
      leaf: fc.oneof(
        fc.constantFrom('m', '11', '12', 'book', 'price_change', '0.5', '1', '0', '-1', '2026-07-01', true, false, null),
        fc.double(),
        fc.string(),
      ),
      object: fc.dictionary(fc.constantFrom(...keys), tie('tree'), { maxKeys: 8 }),
      array: fc.array(tie('tree'), { maxLength: 4 }),
      tree: fc.oneof({ depthSize: 'small', withCrossShrink: true }, tie('leaf'), tie('object'), tie('array')),
    }));
    fc.assert(
      fc.property(tree, fc.boolean(), (body, asText) => {
        for (const event of read(asText ? JSON.stringify(body) : body, { key: '11' })) {
          if (event.kind === 'price') expect(event.mid > 0n && event.mid < 10_000n).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('a row changed anywhere never yields a price outside (0, 1) nor one for another market', () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('-1', '1.5', 'NaN', '1e309', '[]', -0, '["0.7", "0.3"]'));
    fc.assert(
      fc.property(fc.constantFrom(...(Object.keys(ROW) as (keyof typeof ROW)[])), value, (key, changed) => {
        for (const event of read({ ...ROW, [key]: changed })) {
          if (event.kind === 'price')
            expect(event.mid > 0n && event.mid < 10_000n && (key === 'conditionId' || event.sourceId === 'm')).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

test('a search is a prefix query of at most eight words', () => {
  expect(prefixQuery('will jose win')).toBe('will:* & jose:* & win:*');
  expect(prefixQuery('')).toBe('');
  expect(prefixQuery('a b c d e f g h i j').split('&')).toHaveLength(8);
});
