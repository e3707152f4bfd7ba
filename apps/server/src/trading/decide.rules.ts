/** Deciding one operation of a batch: its key first, then who and which operator, then what its kind says. */
import { type Refusal, refuse } from '@predictu/contract/errors';
import { adjustmentKind } from './adjustment.rules.ts';
import type { Decided, Kind } from './kind.rules.ts';
import type { Answer, Operation, Order } from './operation.rules.ts';
import { tradeKind, tradesKind } from './trade.rules.ts';
import { addKey, answerKey, nextId, playerKey, type World } from './world.rules.ts';
import type { KeptAnswer } from './world-rows.rules.ts';

/** Every kind of operation there is. */
const KINDS: { [K in Operation['kind']]: Kind<Extract<Operation, { kind: K }>> } = {
  trade: tradeKind,
  trades: tradesKind,
  adjustment: adjustmentKind,
};
const kindOf = (operation: Operation): Kind<Operation> => KINDS[operation.kind] as Kind<Operation>;

export const ordersOf = (operation: Operation): readonly Order[] => kindOf(operation).orders(operation);
export const ownerOf = (operation: Operation): bigint => kindOf(operation).ownerId(operation);
/** The name of an operation: the same name twice is the same operation, or a mistake of the client. */
export const nameOf = (operation: Operation): string => answerKey(operation.operatorId, ownerOf(operation), operation.key);

const TRADING_STATUSES: readonly string[] = ['live', 'testing'];

/** Answers one operation and changes the world accordingly. Its player's row must have been read, if there is one. */
export function decide(world: World, operation: Operation): Answer {
  const kept = world.keys.get(nameOf(operation));
  if (kept) return again(operation, kept);
  const decided = attempt(world, operation);
  const { operatorId, key, bodyHash } = operation;
  const row = { operatorId, ownerId: ownerOf(operation), key, bodyHash };
  if (!('refusal' in decided)) {
    addKey(world, { ...row, tradeId: decided.tradeId, answer: decided.kept });
    return { replayed: false, ...decided.outcome };
  }
  if (decided.event) world.events.push({ ...decided.event, id: nextId(world) });
  addKey(world, { ...row, tradeId: null, answer: JSON.stringify(decided.refusal) });
  return { replayed: false, refusal: decided.refusal };
}

function attempt(world: World, operation: Operation): Decided {
  const operator = world.settings.operators.get(operation.operatorId);
  const player = world.players.get(playerKey(operation.operatorId, operation.playerId));
  if (!operator || !player) return { refusal: refuse('NOT_FOUND', 'There is no such player') };
  if (!TRADING_STATUSES.includes(operator.status)) {
    return { refusal: refuse('OPERATOR_NOT_LIVE', 'The operator is not live', { reason: 'status', status: operator.status }) };
  }
  if (operator.walletMode !== 'internal') {
    return {
      refusal: refuse('OPERATOR_NOT_LIVE', 'The balance of this operator is kept outside', {
        reason: 'wallet_mode',
        wallet_mode: operator.walletMode,
      }),
    };
  }
  return kindOf(operation).decide(world, operator, player, operation);
}

const REUSED = refuse('IDEMPOTENCY_KEY_REUSED', 'The idempotency key was used before with another body');

function again(operation: Operation, kept: KeptAnswer): Answer {
  if (kept.bodyHash !== operation.bodyHash) return { replayed: false, refusal: REUSED };
  if ('refused' in kept.answer) return { replayed: true, refusal: kept.answer as Refusal };
  const outcome = kindOf(operation).replay(kept);
  return outcome ? { replayed: true, ...outcome } : { replayed: false, refusal: REUSED };
}
