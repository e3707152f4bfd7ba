/** Deciding one operation of a batch: its key first, then who and which operator, then what its kind says. */
import { type Refusal, refuse } from '@predictu/contract/errors';
import { adjustmentKind } from './adjustment.rules.ts';
import { payOutstanding } from './early-payout.rules.ts';
import { fillKind, releaseKind } from './finish-trade.rules.ts';
import type { About, Decided, FinishingKind, Kind } from './kind.rules.ts';
import { limitOrderKind } from './limit-order.rules.ts';
import { cancelKind, matchKind } from './match-order.rules.ts';
import type { Answer, FinishingOperation, KeyedOperation, Operation, Order } from './operation.rules.ts';
import { TRADING_STATUSES } from './order.rules.ts';
import { tradeKind, tradesKind } from './trade.rules.ts';
import { addKey, answerKey, nextId, playerKey, type World } from './world.rules.ts';
import type { KeptAnswer } from './world-rows.rules.ts';

/** Every kind of operation that has a key. */
const KINDS: { [K in KeyedOperation['kind']]: Kind<Extract<KeyedOperation, { kind: K }>> } = {
  trade: tradeKind,
  trades: tradesKind,
  adjustment: adjustmentKind,
  limit_order: limitOrderKind,
};
/** Every kind that ends what another began. */
const FINISHING: { [K in FinishingOperation['kind']]: FinishingKind<Extract<FinishingOperation, { kind: K }>> } = {
  fill: fillKind,
  release: releaseKind,
  match: matchKind,
  cancel: cancelKind,
};
const kindOf = (operation: KeyedOperation): Kind<KeyedOperation> => KINDS[operation.kind] as Kind<KeyedOperation>;
const finishingOf = (operation: FinishingOperation): FinishingKind<FinishingOperation> =>
  FINISHING[operation.kind] as FinishingKind<FinishingOperation>;

export const isFinishing = (operation: Operation): operation is FinishingOperation => Object.hasOwn(FINISHING, operation.kind);
export const ordersOf = (operation: Operation): readonly Order[] => (isFinishing(operation) ? [] : kindOf(operation).orders(operation));
export const ownerOf = (operation: Operation): bigint =>
  isFinishing(operation) ? operation.playerId : kindOf(operation).ownerId(operation);
/** The pending trade or limit order an operation ends. */
export const aboutOf = (operation: FinishingOperation): About => finishingOf(operation).about(operation);
/** The name of an operation: the same name twice is the same operation, or a mistake of the client. */
export const nameOf = (operation: Operation): string => answerKey(operation.operatorId, ownerOf(operation), operation.key);

/** Answers one operation and changes the world accordingly. Its player's row must have been read, if there is one. */
export function decide(world: World, operation: Operation): Answer {
  if (isFinishing(operation)) return finishingOf(operation).finish(world, operation);
  const kept = world.keys.get(nameOf(operation));
  if (kept) return again(operation, kept);
  const decided = attempt(world, operation);
  const { operatorId, key, bodyHash } = operation;
  const ownerId = ownerOf(operation);
  if (!('refusal' in decided)) {
    addKey(world, { operatorId, ownerId, key, bodyHash, tradeId: decided.tradeId, answer: decided.kept });
    const { outcome } = decided;
    // The common answer field by field: objects made by spreading are slow to make and to read.
    return 'trade' in outcome ? { replayed: false, trade: outcome.trade } : { replayed: false, ...outcome };
  }
  if (decided.event) world.events.push({ ...decided.event, id: nextId(world) });
  addKey(world, { operatorId, ownerId, key, bodyHash, tradeId: null, answer: JSON.stringify(decided.refusal) });
  return { replayed: false, refusal: decided.refusal };
}

function attempt(world: World, operation: KeyedOperation): Decided {
  const operator = world.settings.operators.get(operation.operatorId);
  const player = world.players.get(playerKey(operation.operatorId, operation.playerId));
  if (!operator || !player) return { refusal: refuse('NOT_FOUND', 'There is no such player') };
  payOutstanding(world, operator, player);
  if (!TRADING_STATUSES.includes(operator.status)) {
    return { refusal: refuse('OPERATOR_NOT_LIVE', 'The operator is not live', { reason: 'status', status: operator.status }) };
  }
  return kindOf(operation).decide(world, operator, player, operation);
}

const REUSED = refuse('IDEMPOTENCY_KEY_REUSED', 'The idempotency key was used before with another body');

function again(operation: KeyedOperation, kept: KeptAnswer): Answer {
  if (kept.bodyHash !== operation.bodyHash) return { replayed: false, refusal: REUSED };
  if ('refused' in kept.answer) return { replayed: true, refusal: kept.answer as Refusal };
  const outcome = kindOf(operation).replay(kept);
  return outcome ? { replayed: true, ...outcome } : { replayed: false, refusal: REUSED };
}
