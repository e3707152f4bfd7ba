/** New calls, many at once: the statement the batch and settlement put beside the facts the calls announce. */
import { instants, int8s, type Statement, texts } from '../platform/arrays.ts';
import type { NewCall } from './call.rules.ts';

const CALLS = `
insert into wallet_calls (operator_id, id, method, player_id, market_id, trade_id, position_id, settlement_id, reference_id, amount_cents,
  created_at, started_at, next_attempt_at, claimed_until)
select operator_id, id, method, player_id, market_id, trade_id, position_id, settlement_id, reference_id, amount, created_at, created_at, due_at, claimed_until
from unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[],
  $11::timestamptz[], $12::timestamptz[], $13::timestamptz[])
  as c(operator_id, id, method, player_id, market_id, trade_id, position_id, settlement_id, reference_id, amount, created_at, claimed_until, due_at)`;

/** Writes calls as pending; as the worker. */
export const insertCalls = (rows: readonly NewCall[]): Statement => ({
  name: 'insert_wallet_calls',
  text: CALLS,
  values: [
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
  ],
});
