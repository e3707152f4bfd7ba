/**
 * What the trades of one position came to (docs/glossary.md, "trade P&L"). A sale has its realised part at once. What the settlement then
 * paid less the cost still held is the buys': of the payout by their quantity, of the cost by their amount, in both cases over the buys since
 * the position was last opened. Of a position that was sold out nothing is left for its buys. The sum is the position's realised P&L, to the cent.
 */
import { type Cents, cents } from '@predictu/contract/units';
import type { Outcome, Side } from './operation.rules.ts';

/** A filled trade of the position. */
export type PositionTrade = { id: bigint; side: Side; quantity: bigint; amount: bigint; realizedPnl: bigint | null };
export type TradedPosition = {
  /** Shares held now. */
  quantity: bigint;
  realizedPnl: bigint;
  voided: boolean;
};
export type PositionKey = { operatorId: bigint; playerId: bigint; marketId: bigint; outcome: Outcome };

/** The same text for the trades of one position. */
export const positionName = ({ operatorId, playerId, marketId, outcome }: PositionKey): string =>
  `${operatorId} ${playerId} ${marketId} ${outcome}`;

/** Cents of `total` for each part, proportional to it; together exactly the total. */
function divide(total: bigint, parts: readonly bigint[]): bigint[] {
  const whole = parts.reduce((sum, part) => sum + part, 0n);
  let before = 0n;
  return parts.map((part) => {
    const from = whole === 0n ? 0n : (total * before) / whole;
    before += part;
    return (whole === 0n ? 0n : (total * before) / whole) - from;
  });
}

/** The share of each buy, in cents, by its id; buys of a position that is open have none yet. `trades` in the order they were filled. */
export function sharesOfBuys(trades: readonly PositionTrade[], position: TradedPosition): Map<bigint, Cents> {
  const shares = new Map<bigint, Cents>();
  let held: PositionTrade[] = [];
  let quantity = 0n;
  let cost = 0n;
  let realized = 0n;
  for (const trade of trades) {
    if (trade.side === 'buy') {
      held.push(trade);
      quantity += trade.quantity;
      cost += trade.amount;
      continue;
    }
    const gain = trade.realizedPnl ?? 0n;
    quantity -= trade.quantity;
    cost -= trade.amount - gain;
    realized += gain;
    if (quantity > 0n) continue;
    for (const { id } of held) shares.set(id, cents(0n));
    held = [];
  }
  if (position.quantity > 0n || held.length === 0) return shares;
  const amounts = held.map(({ amount }) => amount);
  const weights = position.voided ? amounts : held.map((trade) => trade.quantity);
  const payouts = divide(position.realizedPnl - realized + cost, weights);
  const costs = divide(cost, amounts);
  for (const [index, { id }] of held.entries()) shares.set(id, cents((payouts[index] ?? 0n) - (costs[index] ?? 0n)));
  return shares;
}
