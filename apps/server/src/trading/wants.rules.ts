/** What a batch has to read, each row named once. */
import { nameOf, ordersOf, ownerOf } from './decide.rules.ts';
import { type Operation, type Order, type Outcome, quoteKey, type ReadOrder } from './operation.rules.ts';
import { answerKey, exposureKey, playerKey, positionKey } from './world.rules.ts';

export type Wants = {
  operators: Set<bigint>;
  players: Map<string, [operatorId: bigint, id: bigint]>;
  markets: Set<bigint>;
  marketExposures: Map<string, [operatorId: bigint, marketId: bigint]>;
  positions: Map<string, [operatorId: bigint, marketId: bigint, playerId: bigint, outcome: Outcome]>;
  keys: Map<string, [operatorId: bigint, ownerId: bigint, key: string]>;
};

function wantOrder(wants: Wants, { operatorId, playerId }: Operation, order: Order): void {
  const { marketId, outcome } = order;
  wants.markets.add(marketId);
  wants.marketExposures.set(exposureKey(0n, 2, marketId), [0n, marketId]);
  wants.marketExposures.set(exposureKey(operatorId, 2, marketId), [operatorId, marketId]);
  wants.positions.set(positionKey(operatorId, playerId, marketId, outcome), [operatorId, marketId, playerId, outcome]);
  const { claims } = order as ReadOrder;
  if (claims) wants.keys.set(answerKey(operatorId, playerId, quoteKey(claims.id)), [operatorId, playerId, quoteKey(claims.id)]);
}

/** `keyed: false` for previews, which have no key. */
export function wantsOf(operations: readonly Operation[], { keyed }: { keyed: boolean }): Wants {
  const wants: Wants = {
    operators: new Set([0n]),
    players: new Map(),
    markets: new Set(),
    marketExposures: new Map(),
    positions: new Map(),
    keys: new Map(),
  };
  for (const operation of operations) {
    const { operatorId, playerId, key } = operation;
    wants.operators.add(operatorId);
    wants.players.set(playerKey(operatorId, playerId), [operatorId, playerId]);
    if (keyed) wants.keys.set(nameOf(operation), [operatorId, ownerOf(operation), key]);
    for (const order of ordersOf(operation)) wantOrder(wants, operation, order);
  }
  return wants;
}
