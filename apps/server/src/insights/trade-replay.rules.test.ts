import { cents, price, type Shares, shares } from '@predictu/contract/units';
import { describe, expect, test } from 'vitest';
import { costOf, proceedsOf, spreadRevenue } from '../pricing/fees.rules.ts';
import { makeReceipt } from '../pricing/receipt.rules.ts';
import { executionPrice, midOf, type PricingInputs, priceMarket } from '../pricing/spread.rules.ts';
import { type BookTrade, emptyReplay, replayTrade } from './trade-replay.rules.ts';

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
