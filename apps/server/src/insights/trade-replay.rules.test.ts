import { cents, price, type Shares, shares } from '@predictu/contract/units';
import { describe, expect, test } from 'vitest';
import { costOf, proceedsOf, spreadRevenue } from '../pricing/fees.rules.ts';
import { makeReceipt } from '../pricing/receipt.rules.ts';
import { executionPrice, midOf, type PricingInputs, priceMarket } from '../pricing/spread.rules.ts';
import { type BookPayout, type BookTrade, emptyReplay, replayPayout, replayTrade } from './trade-replay.rules.ts';

const INPUTS: PricingInputs = {
  mid: price(4_000n),
  settings: { baseBps: 200, minBps: 100, maxBps: 800, riskMultiplier: 1.5, volumeDiscount: null },
  spreadOverrideBps: null,
  liquidity: cents(5_000_000n),
  utilisationBps: 0n,
  yesShares: shares(0n),
  noShares: shares(0n),
  score: 50,
  playerVolume: cents(0n),
  priceAgeMs: 0,
};

/** A trade as the engine would record it; `open` is what its scopes held before it. */
function tradeOf(side: 'buy' | 'sell', quantity: bigint, realized: bigint | null, { open = 0n, id = 1n } = {}): BookTrade {
  const quoted = priceMarket(INPUTS);
  const at = executionPrice(quoted, 'yes', side);
  const mid = midOf(INPUTS.mid, 'yes');
  const amount = side === 'buy' ? costOf(at, quantity as Shares) : proceedsOf(at, quantity as Shares);
  const after = cents(open + quantity);
  const walls = [1, 2, 3, 4, 5].map((wall) => ({ wall, value: wall === 1 ? amount : after, limit: cents(1_000_000n) }));
  return {
    operator_id: 1n,
    id,
    player_id: 2n,
    market_id: 3n,
    category: 'sports',
    outcome: 'yes',
    side,
    price: Number(at),
    mid: Number(mid),
    quantity: shares(quantity),
    amount_cents: amount,
    fee_cents: cents(0n),
    spread_cents: spreadRevenue(at, mid, quantity as Shares),
    realized_pnl_cents: realized === null ? null : cents(realized),
    receipt: makeReceipt({ snapshotId: 1n, inputs: INPUTS, quoted, outcome: 'yes', side, walls: side === 'buy' ? walls : [] }),
  };
}

test('a buy sold in two parts leaves nothing: the remainder of its cost goes with the last share', () => {
  const replay = emptyReplay();
  // 1,000 at 0.4100 cost 410; sold at 0.3900: 333 bring 129, 667 bring 260.
  expect(replayTrade(replay, tradeOf('buy', 1_000n, null))).toEqual([]);
  expect(replayTrade(replay, tradeOf('sell', 333n, 129n - 136n))).toEqual([]);
  expect(replayTrade(replay, tradeOf('sell', 667n, 260n - 274n))).toEqual([]);
  expect([...replay.positions.values()]).toMatchObject([{ quantity: 0n, cost: 0n, realized: -21n, trades: 3 }]);
  expect([...replay.exposure.values()]).toEqual([0n, 0n, 0n, 0n, 0n]);
  expect([...replay.closings.values()]).toMatchObject([{ closed: 1, won: 0 }]);
});

test('a position opened again has a life of its own: the loss before does not count against its gain', () => {
  const replay = emptyReplay();
  replayTrade(replay, tradeOf('buy', 1_000n, null));
  replayTrade(replay, tradeOf('sell', 1_000n, -20n));
  const gift = { ...tradeOf('buy', 1_000n, null), amount_cents: cents(100n) };
  replayTrade(replay, gift);
  expect(replayTrade(replay, tradeOf('sell', 1_000n, 290n))).toEqual([]);
  expect([...replay.closings.values()]).toMatchObject([{ closed: 2, won: 1 }]);
});

test('a buy that waits is held from its decision on, but is a position only once filled', () => {
  const replay = emptyReplay();
  const held: BookTrade = { ...tradeOf('buy', 1_000n, null), moment: 'reserve' };
  expect(replayTrade(replay, held)).toEqual([]);
  expect([...replay.exposure.values()]).toEqual([1_000n, 1_000n, 1_000n, 1_000n, 1_000n]);
  expect(replay.positions.size).toBe(0);
  expect(replayTrade(replay, tradeOf('buy', 500n, null, { open: 1_000n, id: 2n }))).toEqual([]);
  expect(replayTrade(replay, { ...held, moment: 'fill' })).toEqual([]);
  expect([...replay.exposure.values()]).toEqual([1_500n, 1_500n, 1_500n, 1_500n, 1_500n]);
  expect([...replay.positions.values()]).toMatchObject([{ quantity: 1_500n, cost: 615n, trades: 2 }]);
});

test('a buy that came to nothing gives back what it held and leaves no position', () => {
  const replay = emptyReplay();
  const held: BookTrade = { ...tradeOf('buy', 1_000n, null), moment: 'reserve' };
  replayTrade(replay, held);
  replayTrade(replay, { ...held, moment: 'release' });
  expect(replayTrade(replay, tradeOf('buy', 500n, null, { id: 2n }))).toEqual([]);
  expect([...replay.positions.values()]).toMatchObject([{ quantity: 500n, trades: 1 }]);
});

test('a sale of what is only held is not covered', () => {
  const replay = emptyReplay();
  replayTrade(replay, { ...tradeOf('buy', 1_000n, null), moment: 'reserve' });
  expect(replayTrade(replay, tradeOf('sell', 1_000n, -20n, { id: 2n })).map(({ check }) => check)).toEqual(['amounts']);
});

describe('a payout', () => {
  /** Of everything `tradeOf('buy', 1_000n, null)` left: cost 410. */
  const payoutOf = (payout_cents: bigint, more: Partial<BookPayout> = {}): BookPayout => ({
    decision_id: 9n,
    operator_id: 1n,
    settlement_id: 8n,
    n: 1n,
    player_id: 2n,
    market_id: 3n,
    category: 'sports',
    outcome: 'yes',
    quantity: 1_000n,
    cost_cents: 410n,
    payout_cents,
    correction: false,
    paid: true,
    ...more,
  });
  const correctionOf = (difference: bigint): BookPayout => payoutOf(difference, { quantity: 0n, cost_cents: 0n, correction: true });
  const settled = (...payouts: BookPayout[]) => {
    const replay = emptyReplay();
    replayTrade(replay, tradeOf('buy', 1_000n, null));
    for (const payout of payouts) replayPayout(replay, payout);
    return replay;
  };

  test.each<[string, BookPayout[], bigint, { closed: number; won: number }]>([
    ['of a winner', [payoutOf(1_000n)], 590n, { closed: 1, won: 1 }],
    ['of a loser', [payoutOf(0n)], -410n, { closed: 1, won: 0 }],
    ['that only gives the cost back is not won', [payoutOf(410n)], 0n, { closed: 1, won: 0 }],
    ['corrected to a loss', [payoutOf(1_000n), correctionOf(-1_000n)], -410n, { closed: 1, won: 0 }],
    ['corrected to a gain', [payoutOf(0n), correctionOf(1_000n)], 590n, { closed: 1, won: 1 }],
    ['corrected there and back', [payoutOf(1_000n), correctionOf(-1_000n), correctionOf(1_000n)], 590n, { closed: 1, won: 1 }],
  ])('%s closes the position and its exposure', (_what, payouts, realized, closings) => {
    const { positions, exposure, closings: counted } = settled(...payouts);
    expect([...positions.values()]).toMatchObject([{ quantity: 0n, cost: 0n, realized, trades: 1 }]);
    expect([...exposure.values()]).toEqual([0n, 0n, 0n, 0n, 0n]);
    expect([...counted.values()]).toMatchObject([closings]);
  });

  test('that is still to come has closed the position, but counts for its player only when paid', () => {
    const { positions, closings } = settled(payoutOf(1_000n, { paid: false }));
    expect([...positions.values()]).toMatchObject([{ quantity: 0n, realized: 590n }]);
    expect([...closings.values()]).toEqual([]);
  });

  test('and the losses of sales before it count together', () => {
    const replay = emptyReplay();
    replayTrade(replay, tradeOf('buy', 1_000n, null));
    replayTrade(replay, tradeOf('sell', 500n, 195n - 205n));
    replayPayout(replay, payoutOf(210n, { quantity: 500n, cost_cents: 205n }));
    expect([...replay.positions.values()]).toMatchObject([{ quantity: 0n, cost: 0n, realized: -5n }]);
    expect([...replay.closings.values()]).toMatchObject([{ closed: 1, won: 0 }]);
  });
});

describe('what does not follow is said', () => {
  const buy = tradeOf('buy', 1_000n, null);
  const sale = tradeOf('sell', 1_000n, -20n);
  const walls = (change: (walls: BookTrade['receipt']['walls']) => BookTrade['receipt']['walls']): BookTrade => ({
    ...buy,
    receipt: { ...buy.receipt, walls: change(buy.receipt.walls) },
  });
  const raised = (number: number, by: number) =>
    walls((all) => all.map((one) => (one.wall === number ? { ...one, value_cents: one.value_cents + by } : one)));

  test.each<[string, string, BookTrade]>([
    ['prices', 'another price', { ...buy, price: buy.price + 1 }],
    ['prices', 'another mid', { ...buy, mid: buy.mid - 1 }],
    ['prices', 'a receipt of the other outcome', { ...buy, receipt: { ...buy.receipt, outcome: 'no' } }],
    ['prices', 'a receipt that names another price', { ...buy, receipt: { ...buy.receipt, price: buy.receipt.price + 1 } }],
    ['amounts', 'another cost', { ...buy, amount_cents: cents(409n) }],
    ['amounts', 'another spread', { ...buy, spread_cents: cents(0n) }],
    ['amounts', 'profit of a buy', { ...buy, realized_pnl_cents: cents(0n) }],
    ['amounts', 'a sale of what is not held', sale],
    ['walls', 'walls of a sale', { ...sale, receipt: { ...sale.receipt, walls: buy.receipt.walls } }],
    ['walls', 'a wall left out', walls((all) => all.slice(1))],
    ['walls', 'a limit exceeded', walls((all) => all.map((one) => ({ ...one, limit_cents: one.value_cents - 1 })))],
    ...[1, 2, 3, 4, 5].map((wall): [string, string, BookTrade] => ['walls', `another reading of wall ${wall}`, raised(wall, 1)]),
  ])('%s: %s', (check, _what, trade) => {
    expect(replayTrade(emptyReplay(), trade).map((fault) => fault.check)).toContain(check);
  });

  test('a buy that counts what was open before it', () => {
    const replay = emptyReplay();
    replayTrade(replay, buy);
    expect(replayTrade(replay, tradeOf('buy', 500n, null, { open: 1_000n, id: 2n }))).toEqual([]);
    expect(replayTrade(replay, tradeOf('buy', 500n, null, { open: 1_000n, id: 3n })).map(({ check, subject }) => [check, subject])).toEqual(
      [['walls', 'trade:3']],
    );
  });
});
