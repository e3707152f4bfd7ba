import { price, shares } from '@predictu/contract/units';
import { expect, test } from 'vitest';
import { draws } from './demo-seed.rules.ts';
import { type Intent, type MarketView, nextIntent, type Temperament, temperamentOf } from './temperament.rules.ts';

const named = (name: string): Temperament => {
  for (let draw = 0; draw < 1; draw += 0.001) if (temperamentOf(draw).name === name) return temperamentOf(draw);
  throw new Error(`Nobody is ${name}`);
};
const view = (marketId: bigint, mid: bigint, known: { soon?: bigint; later?: bigint } = {}): MarketView => ({
  marketId,
  mid: price(mid),
  earlier: price(mid),
  ...(known.soon !== undefined && { soon: price(known.soon) }),
  ...(known.later !== undefined && { later: price(known.later) }),
});
function intents(name: string, markets: readonly MarketView[], holdings: Parameters<typeof nextIntent>[2] = []): Intent[] {
  const draw = draws(9);
  return Array.from({ length: 2_000 }, () => nextIntent(named(name), markets, holdings, draw)).flatMap((intent) => intent ?? []);
}
const part = (all: readonly Intent[], wanted: (intent: Intent) => boolean): number => all.filter(wanted).length / all.length;

test('the population has its shares', () => {
  const draw = draws(3);
  const counts = new Map<string, number>();
  for (let index = 0; index < 20_000; index += 1) {
    const { name } = temperamentOf(draw());
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const percent = (name: string): number => Math.round((counts.get(name) ?? 0) / 200);
  expect(['casual', 'regular', 'whale', 'sharp', 'bonus_hunter'].map(percent)).toEqual([62, 22, 3, 2, 11]);
});

test('who knows buys before the move, on the right side', () => {
  const markets = [
    view(1n, 5_000n, { soon: 5_000n, later: 5_050n }),
    view(2n, 6_000n, { soon: 5_600n, later: 6_900n }),
    view(3n, 4_000n, { later: 4_900n }),
  ];
  const bought = intents('sharp', markets);
  expect(part(bought, (intent) => intent.marketId === 2n && intent.outcome === 'no')).toBeGreaterThan(0.8);
  const without = intents('casual', markets);
  expect(part(without, (intent) => intent.marketId === 2n && intent.outcome === 'no')).toBeLessThan(0.3);
});

test('without a coming move who knows buys what will be dearer in hours, or nothing', () => {
  const bought = intents('sharp', [view(1n, 5_000n, { later: 4_300n }), view(2n, 5_000n, { later: 5_100n })]);
  expect(part(bought, (intent) => intent.marketId === 1n && intent.outcome === 'no')).toBeGreaterThan(0.75);
  expect(intents('sharp', [view(1n, 5_000n, { later: 5_100n })]).length).toBeLessThan(500);
});

test('bonus hunters buy what is nearly decided', () => {
  const bought = intents('bonus_hunter', [view(1n, 5_000n), view(2n, 8_800n), view(3n, 1_500n)]);
  const sure = ({ marketId, outcome }: Intent): boolean => (marketId === 2n && outcome === 'yes') || (marketId === 3n && outcome === 'no');
  expect(part(bought, sure)).toBeGreaterThan(0.8);
});

test('nobody keeps crumbs, and nobody sells more than is held', () => {
  const sales = (quantity: bigint) =>
    intents('whale', [view(1n, 5_000n)], [{ marketId: 1n, outcome: 'yes', quantity: shares(quantity) }]).flatMap((intent) =>
      intent.side === 'sell' ? [intent.quantity] : [],
    );
  expect(new Set(sales(150n))).toEqual(new Set([150n]));
  const some = sales(10_000n);
  expect(some.length).toBeGreaterThan(100);
  expect(some.every((quantity) => quantity > 0n && quantity <= 10_000n)).toBe(true);
  expect(new Set(some).size).toBeGreaterThan(10);
});
