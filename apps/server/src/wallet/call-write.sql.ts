/** New calls, many at once: the statement the batch and settlement put beside the facts the calls announce. */
import { formsOf, inForm, instants, int8s, type Statement, texts } from '../platform/arrays.ts';
import type { NewCall } from './call.rules.ts';

const COLUMNS = [
  ...['operator_id bigint', 'id bigint', 'method text', 'player_id bigint', 'market_id bigint', 'trade_id bigint?', 'position_id bigint?'],
  ...['settlement_id bigint?', 'reference_id bigint?', 'amount bigint', 'created_at timestamptz', 'claimed_until timestamptz?'],
  'due_at timestamptz',
];
const CALLS = formsOf(
  ({ rows, present }) => `
insert into wallet_calls (operator_id, id, method, player_id, market_id, trade_id, position_id, settlement_id, reference_id, amount_cents,
  created_at, started_at, next_attempt_at, claimed_until)
select operator_id, id, method, player_id, market_id, trade_id, position_id, settlement_id, reference_id, amount, created_at, created_at, due_at, claimed_until
from ${rows(COLUMNS)} as c ${present('id')}`,
);

/** Writes calls as pending; as the worker. */
export const insertCalls = (rows: readonly NewCall[]): Statement =>
  inForm('insert_wallet_calls', CALLS, rows, [
    int8s(rows, (c) => c.operatorId),
    int8s(rows, (c) => c.id),
    texts(rows, (c) => c.method),
    int8s(rows, (c) => c.playerId),
    int8s(rows, (c) => c.marketId),
    int8s(rows, (c) => c.tradeId),
    int8s(rows, (c) => c.positionId),
    int8s(rows, (c) => c.settlementId),
    int8s(rows, (c) => c.referenceId),
    int8s(rows, (c) => c.amount),
    instants(rows, (c) => c.createdAt),
    instants(rows, (c) => c.claimedUntil),
    instants(rows, (c) => c.dueAt ?? c.createdAt),
  ]);
