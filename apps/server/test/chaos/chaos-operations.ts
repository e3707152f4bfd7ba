/** Random operations of the chaos run. The driver knows what its players hold only roughly: it learns it from the answers. */
import { cents, shares } from '@predictu/contract/units';
import type { Answer, Operation, Order, TradeResult } from '../../src/trading/trading.ts';
import type { Random } from '../random.ts';
import { MARKETS, PLAYERS } from './chaos-scene.ts';

export type Holdings = Map<string, { marketId: bigint; outcome: 'yes' | 'no'; quantity: bigint }[]>;

const hash = (number: number): string => number.toString(16).padStart(32, '0');

const buyOrder = (random: Random): Order => ({
  marketId: BigInt(random.pick(MARKETS)),
  outcome: random.pick(['yes', 'no']),
  side: 'buy',
  amount: cents(BigInt(random.oneIn(20) ? random.between(1, 99) : random.between(100, 4_000))),
});

function orderFor(holdings: Holdings, player: number, random: Random): Order {
  const held = holdings.get(String(player)) ?? [];
  if (held.length === 0 || random.between(1, 100) > 60) return buyOrder(random);
  const index = random.between(0, held.length - 1);
  const lot = held[index] as (typeof held)[number];
  const whole = !random.oneIn(3);
  const quantity = whole ? lot.quantity : BigInt(random.between(1, Number(lot.quantity)));
  if (whole) held.splice(index, 1);
  else lot.quantity -= quantity;
  return { marketId: lot.marketId, outcome: lot.outcome, side: 'sell', quantity: shares(quantity > 0n ? quantity : 1n) };
}

/** The operation with this number: its key is the number. */
export function chaosOperation(number: number, holdings: Holdings, random: Random): Operation {
  const { operator, id } = random.pick(PLAYERS);
  const who = { operatorId: BigInt(operator), playerId: BigInt(id), key: `chaos-${number}`, bodyHash: hash(number) };
  const kind = random.between(1, 100);
  if (number < PLAYERS.length * 2 || kind <= 5) {
    const action = kind === 5 ? 'withdraw' : 'deposit';
    return {
      ...who,
      kind: 'adjustment',
      action,
      amount: cents(BigInt(random.between(1, 40_000))),
      reason: 'by chance',
      metadata: null,
      actor: 'chaos',
    };
  }
  if (kind <= 9)
    return { ...who, kind: 'trades', orders: Array.from({ length: random.between(1, 5) }, () => orderFor(holdings, id, random)) };
  return { ...who, kind: 'trade', order: orderFor(holdings, id, random) };
}

const tradesOf = (answer: Answer): TradeResult[] => ('trade' in answer ? [answer.trade] : 'trades' in answer ? answer.trades : []);

export function learn(holdings: Holdings, answer: Answer): void {
  for (const { side, playerId, marketId, outcome, quantity } of tradesOf(answer)) {
    if (side !== 'buy') continue;
    const held = holdings.get(String(playerId)) ?? [];
    holdings.set(String(playerId), held);
    held.push({ marketId, outcome, quantity });
  }
}
