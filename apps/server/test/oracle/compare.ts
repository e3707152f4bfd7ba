/** The oracle's operations in the engine's terms, and the engine's answers in the oracle's. */
import type { Refusal } from '@predictu/contract/errors';
import { cents, price, shares } from '@predictu/contract/units';
import type { Answer, Operation, Order, TradeResult } from '../../src/trading/operation.rules.ts';
import type { OracleAnswer, OracleOperation, OracleOrder, OracleTrade } from './oracle-world.ts';

/** Tokens of quotes by their id. */
export type Tokens = ReadonlyMap<string, string>;

const altered = (token: string): string => (token.startsWith('A') ? `B${token.slice(1)}` : `A${token.slice(1)}`);

export function engineOrder(order: OracleOrder, tokens: Tokens): Order {
  const { quote } = order;
  const token = quote === 'forged' ? altered([...tokens.values()].at(-1) ?? 'none.at-all') : quote && tokens.get(quote.id);
  return {
    marketId: BigInt(order.market),
    outcome: order.outcome,
    side: order.side,
    ...(order.amount !== undefined && { amount: cents(BigInt(order.amount)) }),
    ...(order.quantity !== undefined && { quantity: shares(BigInt(order.quantity)) }),
    ...(order.limitPrice !== undefined && { limitPrice: price(BigInt(order.limitPrice)) }),
    ...(token !== undefined && { quote: token }),
  };
}

export function engineOperation(operation: OracleOperation, tokens: Tokens): Operation {
  const who = { operatorId: BigInt(operation.operator), playerId: BigInt(operation.player), key: operation.key, bodyHash: operation.hash };
  switch (operation.kind) {
    case 'trade':
      return { ...who, kind: 'trade', order: engineOrder(operation.order, tokens) };
    case 'trades':
      return { ...who, kind: 'trades', orders: operation.orders.map((order) => engineOrder(order, tokens)) };
    case 'adjustment':
      return {
        ...who,
        kind: 'adjustment',
        action: operation.action,
        amount: cents(BigInt(operation.amount)),
        reason: 'by chance',
        metadata: null,
        actor: 'test',
      };
  }
}

const plainTrade = (trade: TradeResult): OracleTrade => ({
  market: Number(trade.marketId),
  outcome: trade.outcome,
  side: trade.side,
  price: Number(trade.price),
  mid: Number(trade.mid),
  quantity: Number(trade.quantity),
  amount: Number(trade.amount),
  fee: Number(trade.fee),
  spread: Number(trade.spread),
  realized: trade.realizedPnl === null ? null : Number(trade.realizedPnl),
  balance: Number(trade.balanceAfter),
});

/** Of a refusal's details only what the oracle speaks about. */
function plainRefusal({ refused, details }: Refusal, expected: OracleAnswer['outcome']) {
  const about = 'refused' in expected ? expected.about : undefined;
  return about ? { refused, about: Object.fromEntries(Object.keys(about).map((name) => [name, details?.[name]])) } : { refused };
}

/** The engine's answer as the oracle would have put it; `expected` says which details of a refusal matter. */
export function plainAnswer(answer: Answer, expected: OracleAnswer): OracleAnswer {
  const { replayed } = answer;
  if ('refusal' in answer) return { replayed, outcome: plainRefusal(answer.refusal, expected.outcome) };
  if ('trade' in answer) return { replayed, outcome: { trades: [plainTrade(answer.trade)] } };
  if ('trades' in answer) return { replayed, outcome: { trades: answer.trades.map(plainTrade) } };
  if (!('adjustment' in answer)) throw new Error('The oracle knows no limit orders');
  const { amount, fee, balanceBefore, balanceAfter } = answer.adjustment;
  return {
    replayed,
    outcome: { adjusted: { amount: Number(amount), fee: Number(fee), before: Number(balanceBefore), after: Number(balanceAfter) } },
  };
}
