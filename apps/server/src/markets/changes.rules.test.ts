import { cents, price } from '@predictu/contract/units';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { type CarriedMarket, planChanges } from './changes.rules.ts';
import { type MarketEvent, type PriceEvent, type ResolutionEvent, type SourceEvent, setAside } from './source.rules.ts';

vi.setConfig({ testTimeout: 30_000 });

const T = new Date('2026-06-01T12:00:00Z').getTime();
const at = (seconds: number): Date => new Date(T + seconds * 1_000);
const ids = () => {
  let id = 100n;
  return () => ++id;
};

const market = (changes: Partial<MarketEvent> = {}): MarketEvent => ({
  kind: 'market',
  sourceId: 'm',
  title: 'Will it?',
  description: '',
  category: 'other',
  tags: [],
  imageUrl: null,
  endAt: at(1e6),
  state: 'open',
  liquidity: cents(100n),
  volume: cents(5n),
  at: at(0),
  details: {
    tokens: ['1', '2'],
    outcomes: ['Yes', 'No'],
    slug: null,
    eventTitle: null,
    resolutionSource: null,
    resolutionStatus: null,
    disputes: 0,
    endIsDate: false,
  },
  ...changes,
});
const quote = (mid: number, seconds: number): PriceEvent => ({
  kind: 'price',
  sourceId: 'm',
  mid: price(BigInt(mid)),
  bestBid: null,
  bestAsk: null,
  at: at(seconds),
});
const result = (said: ResolutionEvent['result'], seconds = 9): ResolutionEvent => ({
  kind: 'resolution',
  sourceId: 'm',
  result: said,
  evidence: 'x',
  at: at(seconds),
});

/** What is carried after these batches, one after the other. */
function after(...batches: SourceEvent[][]): CarriedMarket {
  let carried: CarriedMarket[] = [];
  const newId = ids();
  for (const batch of batches) {
    const { added, altered, priced } = planChanges(carried, batch, newId);
    const changed = new Map([...carried, ...priced, ...altered, ...added].map((row) => [row.id, row]));
    carried = [...changed.values()];
  }
  return carried[0] as CarriedMarket;
}

describe('what events change', () => {
  test('a market follows its source to another category until it is traded, and then keeps its own', () => {
    const [carried] = planChanges([], [market({ category: 'sports' })], ids()).added as [CarriedMarket];
    const moved = [market({ category: 'crypto', tags: ['bitcoin'], at: at(1) })];
    expect(planChanges([carried], moved, ids()).altered).toMatchObject([{ category: 'crypto', tags: ['bitcoin'] }]);
    const [again] = planChanges([], [market({ category: 'sports' })], ids()).added as [CarriedMarket];
    expect(planChanges([{ ...again, traded: true }], moved, ids()).altered).toMatchObject([{ category: 'sports', tags: ['bitcoin'] }]);
  });

  test('a market is taken on once, with its price, and only while open', () => {
    const plan = planChanges([], [market(), quote(5_000, 1), market()], ids());
    expect(plan.added).toMatchObject([{ id: 101n, mid: 5_000n, status: 'active' }]);
    expect(plan.priced).toEqual([]);
    expect(plan.ticks).toHaveLength(1);
    expect(plan.setAsides).toMatchObject([{ reason: 'duplicate', sourceId: '*', count: 1 }]);
    expect(planChanges([], [market({ state: 'closed' }), market({ state: 'past_end' }), result('yes')], ids())).toMatchObject({
      added: [],
      counts: { not_carried: 3 },
    });
  });

  test('an older price or row never replaces a newer one', () => {
    const carried = after([market({ at: at(10), title: 'New' }), quote(6_000, 10)], [market({ title: 'Old' }), quote(5_000, 9)]);
    expect(carried).toMatchObject({ mid: 6_000n, title: 'New', pricedAt: at(10) });
  });

  test('the same price at a later time confirms it without a new tick; another at the same time is a new one', () => {
    const known = after([market(), quote(5_000, 1)]);
    const confirmed = planChanges([known], [quote(5_000, 5)], ids());
    expect(confirmed).toMatchObject({
      ticks: [],
      counts: { confirmations: 1 },
      priced: [{ pricedAt: at(5), snapshotId: known.snapshotId }],
    });
    const [tick, next] = planChanges([known], [quote(5_100, 1), quote(5_200, 1)], ids()).ticks;
    expect(tick?.id).toBe((known.snapshotId as bigint) + 1n);
    expect(next?.id).toBe((known.snapshotId as bigint) + 2n);
  });

  test('a closed market stops, takes no more prices, and remembers the result; a second opinion is kept apart', () => {
    const closed = after([market(), quote(5_000, 1)], [market({ state: 'closed', at: at(8) }), result('yes')], [quote(9_000, 20)]);
    expect(closed).toMatchObject({
      status: 'paused',
      statusReason: 'source_closed',
      mid: 5_000n,
      sourceState: { closed: true, resolution: { result: 'yes' } },
    });
    const plan = planChanges([closed], [result('yes', 30), result('no', 31), result('no', 32)], ids());
    expect(plan.altered).toMatchObject([{ sourceState: { resolution: { result: 'yes' }, conflict: { result: 'no' } } }]);
    expect(plan.setAsides.map(({ reason, count }) => [reason, count])).toEqual([
      ['duplicate', 2],
      ['resolution_conflict', 1],
    ]);
  });

  test('a market that reopens stays paused until a person looks', () => {
    const closed = after([market()], [market({ state: 'closed', at: at(5) })]);
    const plan = planChanges([closed], [market({ at: at(9), title: 'Open again' })], ids());
    expect(plan.altered).toMatchObject([{ status: 'paused', statusReason: 'source_closed' }]);
    expect(plan.setAsides).toMatchObject([{ reason: 'reopened', sourceId: 'm' }]);
  });

  test('doubt about a market takes it off offer and its return brings it back; what an admin paused stays paused', () => {
    const doubtful = after([market(), quote(5_000, 1)], [setAside('m', 'not_binary', '', at(2)), quote(7_000, 3)]);
    expect(doubtful).toMatchObject({ status: 'paused', statusReason: 'set_aside_not_binary', mid: 5_000n });
    expect(planChanges([doubtful], [market({ at: at(4) })], ids()).altered).toMatchObject([{ status: 'active', statusReason: null }]);
    const paused = { ...after([market()]), status: 'paused' as const, statusReason: 'by hand' };
    const [kept] = planChanges([paused], [setAside('m', 'not_binary', '', at(2)), market({ at: at(4), title: 'New' })], ids()).altered;
    expect(kept).toMatchObject({ status: 'paused', statusReason: 'by hand', title: 'New' });
  });

  test('what a row does not say stays as it was', () => {
    expect(after([market({ liquidity: null })])).toMatchObject({ liquidity: 0n, volume: 5n });
    expect(after([market()], [market({ liquidity: null, volume: null, title: 'New', at: at(1) })])).toMatchObject({
      title: 'New',
      liquidity: 100n,
      volume: 5n,
    });
  });

  test('a resolved market is history: nothing of the source changes it', () => {
    const resolved = { ...after([market(), quote(5_000, 1)]), status: 'resolved' as const };
    const plan = planChanges([resolved], [market({ at: at(50), title: 'New' }), quote(6_000, 50)], ids());
    expect([plan.altered, plan.priced, plan.ticks]).toEqual([[], [], []]);
  });

  test('in whatever order prices arrive, the newest is kept, ticks have unique ids, and a second pass changes nothing', () => {
    const prices = fc.array(fc.tuple(fc.integer({ min: 1, max: 9_999 }), fc.integer({ min: 0, max: 30 })), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(prices, (list) => {
        const events = list.map(([mid, seconds]) => quote(mid, seconds));
        const known = after([market()]);
        const plan = planChanges([known], events, ids());
        const [now] = plan.priced as [CarriedMarket];
        const newest = Math.max(...list.map(([, seconds]) => seconds));
        expect(now.pricedAt).toEqual(at(newest));
        expect(now.mid).toBe(events.findLast((event) => event.at.getTime() === at(newest).getTime())?.mid);
        expect(plan.ticks.every((tick, index) => index === 0 || tick.id > (plan.ticks[index - 1]?.id ?? 0n))).toBe(true);
        expect(planChanges([now], [quote(Number(now.mid), newest)], ids()).priced).toEqual([]);
      }),
    );
  });
});
