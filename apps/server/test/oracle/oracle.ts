/**
 * The sequential oracle: a second statement of what trading means, written apart from the rules. It imports nothing of the
 * server, knows nothing of batches, locks or SQL, takes one operation after the other and keeps plain numbers.
 */
import { decideOrder } from './oracle-order.ts';
import type {
  OracleAnswer,
  OracleOperation,
  OracleOperator,
  OracleOutcome,
  OraclePlayer,
  OracleTrade,
  OracleWorld,
} from './oracle-world.ts';

function adjust(world: OracleWorld, player: OraclePlayer, action: 'deposit' | 'withdraw', amount: number): OracleOutcome {
  const before = player.balance;
  if (action === 'deposit') {
    player.balance += amount;
    player.deposited += amount;
    return { adjusted: { amount, fee: 0, before, after: player.balance } };
  }
  const fee = world.platform.withdrawalFee;
  if (before < amount + fee) return { refused: 'INSUFFICIENT_BALANCE' };
  player.balance -= amount + fee;
  player.withdrawn += amount;
  return { adjusted: { amount, fee, before, after: player.balance } };
}

/** All or none: on the first refusal the world is put back as a whole. */
function tradeAll(
  world: OracleWorld,
  operator: OracleOperator,
  player: OraclePlayer,
  operation: OracleOperation & { kind: 'trades' },
): OracleOutcome {
  const before = structuredClone({
    players: world.players,
    positions: world.positions,
    exposure: world.exposure,
    breakers: world.breakers,
    usedQuotes: world.usedQuotes,
  });
  const trades: OracleTrade[] = [];
  for (const [index, order] of operation.orders.entries()) {
    const decided = decideOrder(world, operator, player, order);
    if ('refused' in decided) {
      Object.assign(world, before);
      return { ...decided, about: { ...decided.about, order: index } };
    }
    trades.push(decided);
  }
  return { trades };
}

function decide(world: OracleWorld, operation: OracleOperation): OracleOutcome {
  const operator = world.operators.get(operation.operator);
  const player = world.players.get(`${operation.operator}/${operation.player}`);
  if (!operator || !player) return { refused: 'NOT_FOUND' };
  if (operator.status !== 'live' && operator.status !== 'testing') return { refused: 'OPERATOR_NOT_LIVE' };
  if (operation.kind === 'adjustment') return adjust(world, player, operation.action, operation.amount);
  if (operation.kind === 'trades') return tradeAll(world, operator, player, operation);
  const decided = decideOrder(world, operator, player, operation.order);
  return 'refused' in decided ? decided : { trades: [decided] };
}

/** The answer this operation must get after all those before it. */
export function submitToOracle(world: OracleWorld, operation: OracleOperation): OracleAnswer {
  const owner = operation.kind === 'adjustment' ? 0 : operation.player;
  const name = `${operation.operator}/${owner}/${operation.key}`;
  const known = world.answers.get(name);
  if (known && known.hash !== operation.hash) return { replayed: false, outcome: { refused: 'IDEMPOTENCY_KEY_REUSED' } };
  if (known) return { replayed: true, outcome: known.outcome };
  const outcome = decide(world, operation);
  world.answers.set(name, { hash: operation.hash, outcome });
  return { replayed: false, outcome };
}
