/** What a batch has to read, each row named once. */
import type { EndedCall } from '../wallet/trade-port.rules.ts';
import { aboutOf, isFinishing, nameOf, ordersOf, ownerOf } from './decide.rules.ts';
import { type FinishingOperation, type Operation, type Order, type Outcome, quoteKey, type ReadOrder } from './operation.rules.ts';
import { answerKey, exposureKey, playerKey, positionKey } from './world.rules.ts';

export type Wants = {
  operators: Set<bigint>;
  players: Map<string, [operatorId: bigint, id: bigint]>;
  markets: Set<bigint>;
  marketExposures: Map<string, [operatorId: bigint, marketId: bigint]>;
  positions: Map<string, [operatorId: bigint, marketId: bigint, playerId: bigint, outcome: Outcome]>;
  keys: Map<string, [operatorId: bigint, ownerId: bigint, key: string]>;
  reserved: Map<bigint, [operatorId: bigint, tradeId: bigint]>;
  /** Players and markets that outside wallets may be told of. */
  named: { players: Map<string, [operatorId: bigint, id: bigint]>; markets: Set<bigint> };
  /** Calls of wallets that end with their trades. */
  calls: Map<bigint, EndedCall>;
  limitOrders: Map<bigint, [operatorId: bigint, orderId: bigint]>;
  /** Players who place a limit order: how many they have open is counted. */
  placing: Map<string, [operatorId: bigint, playerId: bigint]>;
};

type Place = Pick<Order, 'marketId' | 'outcome'>;

function wantPlace(wants: Wants, { operatorId, playerId }: Operation, { marketId, outcome }: Place): void {
  wants.markets.add(marketId);
  wants.marketExposures.set(exposureKey(0n, 2, marketId), [0n, marketId]);
  wants.marketExposures.set(exposureKey(operatorId, 2, marketId), [operatorId, marketId]);
  wants.positions.set(positionKey(operatorId, playerId, marketId, outcome), [operatorId, marketId, playerId, outcome]);
}

function wantAbout(wants: Wants, operation: FinishingOperation): void {
  const about = aboutOf(operation);
  if ('tradeId' in about) wants.reserved.set(about.tradeId, [operation.operatorId, about.tradeId]);
  else wants.limitOrders.set(about.orderId, [operation.operatorId, about.orderId]);
  if ('ended' in operation && operation.ended) wants.calls.set(operation.ended.id, operation.ended);
  wantPlace(wants, operation, about);
}

function wantOrder(wants: Wants, operation: Operation, order: Order): void {
  const { operatorId, playerId } = operation;
  wantPlace(wants, operation, order);
  const { claims } = order as ReadOrder;
  if (claims) wants.keys.set(answerKey(operatorId, playerId, quoteKey(claims.id)), [operatorId, playerId, quoteKey(claims.id)]);
}

function wantNames(wants: Wants, { operatorId, playerId }: Operation, orders: readonly Order[]): void {
  for (const { side, marketId } of orders) {
    if (side !== 'buy') continue;
    wants.named.players.set(playerKey(operatorId, playerId), [operatorId, playerId]);
    wants.named.markets.add(marketId);
  }
}

/** `keyed: false` for previews, which have no key; `outside` says whose players have their money in a wallet of their operator's. */
export function wantsOf(
  operations: readonly Operation[],
  { keyed, outside = () => false }: { keyed: boolean; outside?: (operatorId: bigint) => boolean },
): Wants {
  const wants: Wants = {
    operators: new Set([0n]),
    players: new Map(),
    markets: new Set(),
    marketExposures: new Map(),
    positions: new Map(),
    keys: new Map(),
    reserved: new Map(),
    named: { players: new Map(), markets: new Set() },
    calls: new Map(),
    limitOrders: new Map(),
    placing: new Map(),
  };
  for (const operation of operations) {
    const { operatorId, playerId, key } = operation;
    wants.operators.add(operatorId);
    wants.players.set(playerKey(operatorId, playerId), [operatorId, playerId]);
    if (operation.kind === 'limit_order') wants.placing.set(playerKey(operatorId, playerId), [operatorId, playerId]);
    if (isFinishing(operation)) wantAbout(wants, operation);
    else if (keyed) wants.keys.set(nameOf(operation), [operatorId, ownerOf(operation), key]);
    const orders = ordersOf(operation);
    for (const order of orders) wantOrder(wants, operation, order);
    if (outside(operatorId)) wantNames(wants, operation, orders);
  }
  return wants;
}
