import { deserialize, serialize } from 'node:v8';
import { price } from '@predictu/contract/units';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Receipt } from '../pricing/receipt.rules.ts';
import type { Answer, Operation, TradeResult } from './operation.rules.ts';
import { packAnswer, packOperation, unpackAnswer, unpackOperation } from './packed.rules.ts';

const whole = fc.integer();
const money = fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n) as fc.Arbitrary<
  TradeResult['amount'] & TradeResult['price'] & TradeResult['quantity']
>;
const id = fc.bigInt(0n, 2n ** 63n - 1n);
const outcome = fc.constantFrom('yes', 'no');
const side = fc.constantFrom('buy', 'sell');

const receipt: fc.Arbitrary<Receipt> = fc.record({
  formula: fc.constant(1),
  snapshot_id: fc.option(fc.string()),
  age_ms: whole,
  mid: whole,
  outcome,
  side,
  price: whole,
  spread: whole,
  skew: whole,
  components: fc.record({
    base: whole,
    edge: whole,
    liquidity: whole,
    score: whole,
    age: whole,
    utilisation: whole,
    discount: whole,
    bounds: whole,
  }),
  inputs: fc.record({
    base_bps: whole,
    min_bps: whole,
    max_bps: whole,
    risk_multiplier: fc.double({ noNaN: true }),
    discount: fc.option(fc.tuple(whole, whole)),
    override_bps: fc.option(whole),
    liquidity_cents: whole,
    utilisation_bps: whole,
    yes_shares: whole,
    no_shares: whole,
    score: whole,
    volume_cents: whole,
  }),
  walls: fc.array(fc.record({ wall: whole, value_cents: whole, limit_cents: whole }), { maxLength: 6 }),
});
const trade: fc.Arbitrary<TradeResult> = fc.record({
  id,
  operatorId: id,
  playerId: id,
  marketId: id,
  outcome,
  side,
  status: fc.constantFrom('pending', 'filled', 'cancelled'),
  walletMode: fc.constantFrom('internal', 'seamless', 'shadow'),
  price: money,
  mid: money,
  quantity: money,
  amount: money,
  fee: money,
  spread: money,
  realizedPnl: fc.option(money),
  balanceAfter: money,
  receipt,
  createdAt: fc.date({ noInvalidDate: true }),
});
const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({ replayed: fc.boolean(), trade }),
  fc.record({ replayed: fc.boolean(), trades: fc.array(trade, { maxLength: 3 }) }),
  fc.record({
    replayed: fc.boolean(),
    refusal: fc.constant({ refused: 'CONFLICT' as const, message: 'Taken', details: { a: [1n] } }),
  }),
);

const keyed = { operatorId: id, playerId: id, key: fc.string(), bodyHash: fc.string() };
const order = fc.record(
  { marketId: id, outcome, side, amount: money, quantity: money, quote: fc.string(), limitPrice: money },
  { requiredKeys: ['marketId', 'outcome', 'side'] },
);
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ ...keyed, kind: fc.constant('trade' as const), order }),
  fc.record({ ...keyed, kind: fc.constant('trades' as const), orders: fc.array(order, { maxLength: 3 }) }),
  fc.record({ ...keyed, kind: fc.constant('match' as const), orderId: id, marketId: id, outcome }),
);

test('whatever travels arrives as it was', () => {
  fc.assert(
    fc.property(answer, (given) => {
      expect(unpackAnswer(deserialize(serialize(packAnswer(given))))).toEqual(given);
    }),
  );
  fc.assert(
    fc.property(operation, (given) => {
      expect(unpackOperation(deserialize(serialize(packOperation(given))))).toEqual(given);
    }),
  );
});

test('a trade and its answer travel as plain values', () => {
  const asked: Operation = {
    kind: 'trade',
    operatorId: 1n,
    playerId: 2n,
    key: 'k',
    bodyHash: 'h',
    order: { marketId: 3n, outcome: 'no', side: 'buy', limitPrice: price(4n) },
  };
  expect(packOperation(asked)).toEqual(['trade', 1n, 2n, 'k', 'h', 3n, 'no', 'buy', undefined, undefined, undefined, 4n]);
  fc.assert(
    fc.property(trade, (given) => {
      const packed = packAnswer({ replayed: false, trade: given });
      expect(packed.filter((value) => value?.constructor === Object)).toEqual([]);
    }),
  );
});
