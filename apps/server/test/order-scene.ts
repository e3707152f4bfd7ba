/** Limit orders in a trading scene: switched on for its operator, placed and matched through engines on the database. */
import { cents, price, shares } from '@predictu/contract/units';
import { reportOf } from '../src/insights/books-report.ts';
import { verifyBooks } from '../src/insights/verify-books.ts';
import type { LimitOrder, RestingFields } from '../src/trading/operation.rules.ts';
import { type Answer, type OrderMatcher, openOrderMatcher, type Trading } from '../src/trading/trading.ts';
import { changeSlowly, START } from './factories.ts';
import { freshKey, hashOf, type Scene } from './trading-scene.ts';

/** Switches limit orders and the order book of an operator. */
export const allowOrders = (scene: Scene, operatorId: bigint, allowed = true): Promise<void> =>
  changeSlowly(scene.owner, async () => {
    await scene.owner.query(
      `insert into operator_config (operator_id, document, updated_at, updated_by) values ($1, $2, $3, 'test')
       on conflict (operator_id) do update set document = excluded.document`,
      [operatorId, { trading: { allow_limit_orders: allowed }, ui: { show_orderbook: true } }, START],
    );
  });

export const matcherOf = (
  scene: Scene,
  trading: Trading,
  payments: Parameters<typeof openOrderMatcher>[0]['payments'] = { pay: async () => [] },
): OrderMatcher =>
  openOrderMatcher({
    database: scene.database,
    clock: scene.clock,
    trading,
    payments,
    log: { warn: (fields, message) => void scene.alarms.push({ fields: { ...fields }, message }) },
  });

export const buyAt = (marketId: bigint, amount: bigint, limit: bigint, changes: Partial<RestingFields> = {}): RestingFields => ({
  marketId,
  outcome: 'yes',
  side: 'buy',
  amount: cents(amount),
  limitPrice: price(limit),
  expiresAt: null,
  ...changes,
});
export const sellAt = (marketId: bigint, quantity: bigint, limit: bigint): RestingFields => ({
  marketId,
  outcome: 'yes',
  side: 'sell',
  quantity: shares(quantity),
  limitPrice: price(limit),
  expiresAt: null,
});

export const placing = (operatorId: bigint, playerId: bigint, order: RestingFields) =>
  ({ kind: 'limit_order', operatorId, playerId, key: freshKey(), bodyHash: hashOf(order), order }) as const;

export function orderOf(answer: Answer): LimitOrder {
  if (!('limitOrder' in answer))
    throw new Error(`Not an order: ${JSON.stringify(answer, (_, value) => (typeof value === 'bigint' ? String(value) : value))}`);
  return answer.limitOrder;
}

/** A price as the feed writes it; returns what its listeners are told. */
export async function movePrice(scene: Scene, marketId: bigint, mid: bigint) {
  await scene.owner.query('update markets set mid = $2, priced_at = $3, received_at = $3 where id = $1', [
    marketId,
    mid,
    scene.clock.now(),
  ]);
  return [{ marketId, mid: price(mid), at: scene.clock.now() }];
}

/** Throws what `predictu verify` complains about. */
export async function expectRightBooks({ database }: Pick<Scene, 'database'>): Promise<void> {
  const report = await verifyBooks(database);
  const wrong = report.checks.filter(({ ok }) => !ok);
  if (wrong.length > 0) throw new Error(wrong.map(reportOf).join('\n'));
}
