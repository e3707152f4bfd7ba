/** Real payloads, recorded by others, through the one parser. The data is not part of the repository. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CarriedMarket, planChanges } from './changes.rules.ts';
import { readPayload } from './payload.rules.ts';
import { framesOfFile } from './recording.rules.ts';
import { SET_ASIDE_REASONS, type SourceEvent, type TokenLookup } from './source.rules.ts';
import { frameReader } from './source.ts';

const REPOSITORY = fileURLToPath(new URL('../../../..', import.meta.url));
const FOLDER = process.env['PREDICTU_RECORDED_DATA'] ?? join(REPOSITORY, '../shared/data/polymarket');
const present = existsSync(FOLDER);
if (!present) process.stdout.write(`Recorded data not found at ${FOLDER}: its tests are skipped (set PREDICTU_RECORDED_DATA).\n`);

const NEVER = new Date('2026-06-01T00:00:00Z');
const EVERYTHING: TokenLookup = (tokenId) => ({ sourceId: tokenId, side: 'yes' });
const NOTHING: TokenLookup = () => undefined;

const files = (): string[] =>
  readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'README.md' && entry.name !== 'sealed.bin')
    .map((entry) => relative(FOLDER, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith('wallet'))
    .sort();

function framesOf(path: string) {
  const bytes = readFileSync(join(FOLDER, path));
  return framesOfFile(path.replace(/\.gz$/, ''), (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'), NEVER);
}
const read = (path: string, lookup: TokenLookup): SourceEvent[] => framesOf(path).flatMap((frame) => readPayload(frame, lookup));

function tally(events: readonly SourceEvent[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const event of events) {
    const key =
      event.kind === 'set_aside'
        ? event.reason
        : event.kind === 'market'
          ? event.state
          : event.kind === 'resolution'
            ? event.result
            : 'price';
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** Counted by hand and by another program, not copied from the parser. Tokens unknown unless the file names its markets. */
const EXPECTED: Record<string, Record<string, number>> = {
  'gamma/markets_mixed_2026-02-07.json.gz': {
    closed: 224,
    yes: 80,
    no: 142,
    closed_without_winner: 1,
    resolution_pending: 1,
    missing_end_date: 5,
    past_end: 34,
    open: 215,
    price: 168,
    wide_book: 30,
    one_sided_book: 16,
    empty_book: 1,
  },
  'gamma/markets_legacy_2018-2021.json.gz': {
    not_binary: 25,
    no_token_ids: 2,
    missing_end_date: 1,
    closed: 372,
    yes: 172,
    no: 184,
    closed_without_winner: 16,
  },
  'gamma/markets_active_2026-02-10T2213_wrapped.json.gz': { past_end: 28, open: 124, price: 123, one_sided_book: 1 },
  'gamma/markets_active_2026-02-13T0003.json.gz': { past_end: 48, open: 75, price: 68, one_sided_book: 7, missing_end_date: 1 },
  'gamma/events_legacy_10.json': { closed: 10, no: 8, yes: 2 },
  'gamma/sports_metadata_129.json': { not_market_data: 129 },
  'gamma/single/gamma_market_closed_binary_accepting_true.json': { closed: 1, yes: 1 },
  'gamma/single/gamma_market_closed_nonbinary_legacy.json': { closed: 1, closed_without_winner: 1 },
  'gamma/single/gamma_market_closed_zero_zero_legacy.json': { closed: 1, closed_without_winner: 1 },
  'gamma/single/gamma_market_sports_market_money_line.json': { closed: 1, yes: 1 },
  'gamma/single/gamma_tags.json': { not_market_data: 5 },
  'clob/sampling_markets_1000.json.gz': { open: 851, price: 851, missing_end_date: 147, past_end: 4 },
  'resolutions/uma_resolutions_6001.json.gz': { no: 4_867, yes: 1_122, split: 5, resolution_pending: 5, closed_without_winner: 2 },
  'prices/prices_history_empty.json': { empty_history: 1 },
  'prices/prices_history_404.txt': { unparseable: 1 },
  'prices/quotes_markets_outcomes.csv.gz': { not_market_data: 1_698 },
  'trades/data_api_trades_page_100.json': { not_market_data: 100 },
  'trades/one_wallet_3500.json.gz': { not_market_data: 3_500 },
  'trades/nobel_2025_5000.csv.gz': { not_market_data: 5_000 },
  'trades/one_wallet_clob_markets_59.json.gz': { closed: 58, no: 34, yes: 24, missing_end_date: 1 },
  'positions/wallet_positions_politics_50.json.gz': { not_market_data: 1 },
  'ws/new_market.json': { missing_end_date: 1 },
  'ws/last_trade_price.json': {},
  'ws/tick_size_change.json': {},
};
/** With every token known: what the messages and archives of prices say. */
const EXPECTED_PRICES: Record<string, Record<string, number>> = {
  'ws/array_frame_book.json': { wide_book: 1, price: 1 },
  'ws/best_bid_ask.json': { price: 1 },
  'ws/book_snapshot.json': { price: 1 },
  'ws/market_resolved.json': { yes: 1 },
  'ws/price_change_batch.json': { price: 1 },
  'ws/price_change_handwritten.json': { price: 1 },
  'ws/price_change_legacy_a.json': { depth_only: 1 },
  'ws/price_change_legacy_b.json': { depth_only: 1 },
  'ws/price_changes_short.json': { price: 2 },
  'prices/clob_daily_2022-12_2024-01.csv.gz': { price: 14_172, bad_price: 12 },
};

describe.skipIf(!present)('recorded data', () => {
  test('every file goes through: nothing crashes, nothing is a price outside (0, 1), everything set aside has a known reason', () => {
    const wrong = (event: SourceEvent): boolean =>
      event.kind === 'price'
        ? event.mid <= 0n || event.mid >= 10_000n
        : event.kind === 'set_aside' && !SET_ASIDE_REASONS.includes(event.reason);
    expect(files().length).toBeGreaterThan(40);
    for (const path of files()) expect(read(path, EVERYTHING).filter(wrong), path).toEqual([]);
  }, 120_000);

  test.each(Object.entries(EXPECTED))('%s', (path, expected) => expect(tally(read(path, NOTHING))).toEqual(expected));
  test.each(Object.entries(EXPECTED_PRICES))('%s, tokens known', (path, expected) =>
    expect(tally(read(path, EVERYTHING))).toEqual(expected),
  );

  test('crossed and empty sides of recorded quotes never make a price', () => {
    const counts = tally(read('prices/quotes_2026-07-08.csv.gz', EVERYTHING));
    expect(counts['crossed_book']).toBe(18);
    expect((counts['empty_book'] ?? 0) + (counts['one_sided_book'] ?? 0)).toBeGreaterThanOrEqual(26_641);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(224_533);
  }, 120_000);

  test('a history says a time twice without becoming two prices, and its three resolutions agree', () => {
    const key = 'one-token';
    const polls = ['1h', '1m_f10', '1d'].map((name) => framesOf(`prices/prices_history_${name}.json`)[0]);
    const events = polls.flatMap((frame) => (frame ? readPayload({ ...frame, key }, EVERYTHING) : []));
    const plan = planChanges(
      [{ ...BLANK, sourceId: key }],
      events.sort((a, b) => a.at.getTime() - b.at.getTime()),
      () => 1n,
    );
    const times = events.map(({ at }) => at.getTime());
    expect(events).toHaveLength(5_958);
    expect(plan.setAsides.every(({ reason }) => reason === 'duplicate')).toBe(true);
    expect(plan.counts.prices + plan.counts.confirmations).toBe(new Set(times).size);
    expect(new Set(plan.ticks.map(({ id }) => id)).size).toBe(plan.ticks.length);
  });

  test('the same markets polled ten times: 334 once each, prices in order, older polls change nothing', () => {
    const polls = files().filter((path) => path.startsWith('topvolume'));
    const reader = frameReader();
    const events = polls.flatMap((path) => framesOf(path).flatMap((frame) => reader.read(frame)));
    let id = 0n;
    const plan = planChanges([], events, () => ++id);
    const distinct = new Set(events.flatMap((event) => (event.kind === 'market' && event.state === 'open' ? [event.sourceId] : [])));
    expect(polls).toHaveLength(10);
    expect(tally(events)['past_end']).toBe(2 * 108);
    expect(new Set(events.filter(({ kind }) => kind === 'market').map(({ sourceId }) => sourceId)).size).toBe(334);
    expect(plan.added).toHaveLength(distinct.size);
    expect(new Set(plan.added.map(({ sourceId }) => sourceId)).size).toBe(distinct.size);

    const first = framesOf(polls[0] as string).flatMap((frame) => reader.read(frame));
    const carried = first.filter((event) => event.kind !== 'set_aside' && distinct.has(event.sourceId)).length;
    const late = planChanges(plan.added, first, () => ++id);
    const refused = late.setAsides.filter(({ reason }) => reason === 'older_than_known' || reason === 'duplicate');
    expect([late.added, late.altered, late.priced, late.ticks]).toEqual([[], [], [], []]);
    expect(carried).toBeGreaterThanOrEqual(2 * 139);
    expect(refused.reduce((sum, { count }) => sum + count, 0)).toBe(carried);
  });

  test('the four markets a paged dump holds twice are counted once', () => {
    const events = read('gamma/markets_mixed_2026-02-07.json.gz', NOTHING).filter(({ kind }) => kind === 'market');
    const twice = read('gamma/markets_mixed_2026-02-07.json.gz', NOTHING);
    expect(new Set([...events, ...twice].map(({ sourceId }) => sourceId)).size).toBe(457);
    let id = 0n;
    const once = planChanges([], twice, () => ++id);
    const again = planChanges(once.added, twice, () => ++id);
    expect([again.added, again.altered, again.ticks]).toEqual([[], [], []]);
  });

  test('a payload changed anywhere never throws and never yields a price outside (0, 1)', () => {
    const paths = files().filter((path) => /^(gamma\/single|ws)\//.test(path));
    const bodies = paths.map((path) => framesOf(path)[0]?.body);
    const junk = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('-1', '2', '1e309', 'NaN', '[]', '["1","0"]', '[0.5]', 'null', -0, 1e308, '0x10', '\u0000'),
    );
    fc.assert(
      fc.property(fc.constantFrom(...bodies), fc.array(fc.tuple(fc.nat(), junk), { minLength: 1, maxLength: 6 }), (body, changes) => {
        let changed = structuredClone(body);
        for (const [place, value] of changes) changed = changeAt(changed, place, value);
        for (const event of readPayload({ body: changed, at: NEVER }, EVERYTHING)) {
          if (event.kind === 'price')
            expect(event.mid > 0n && event.mid < 10_000n && event.at <= new Date(NEVER.getTime() + 60_000)).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  }, 120_000);
});

/** Replaces (or, for null, removes) the value at the `place`-th spot of a JSON tree. */
function changeAt(body: unknown, place: number, value: unknown): unknown {
  const spots: [Record<string, unknown>, string][] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const key of Object.keys(node)) {
      spots.push([node as Record<string, unknown>, key]);
      visit((node as Record<string, unknown>)[key]);
    }
  };
  visit(body);
  const spot = spots[place % Math.max(1, spots.length)];
  if (!spot) return value;
  if (value === null) delete spot[0][spot[1]];
  else spot[0][spot[1]] = value;
  return body;
}

const BLANK: CarriedMarket = {
  id: 1n,
  sourceId: '',
  title: '',
  description: '',
  category: 'other',
  tags: [],
  imageUrl: null,
  status: 'active',
  statusReason: null,
  endAt: null,
  liquidity: 0n as never,
  volume: 0n as never,
  mid: null,
  bestBid: null,
  bestAsk: null,
  snapshotId: null,
  pricedAt: null,
  traded: false,
  sourceState: {},
};
