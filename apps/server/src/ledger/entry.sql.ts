/** Posting rows to the ledger: the only insert into `ledger_entries`. */
import { int8s, type Statement, texts } from '../platform/arrays.ts';
import type { Entry } from './entry.rules.ts';

/** An entry and what it belongs to. `metadata` is JSON text. */
export type PostedEntry = Entry & { operatorId: bigint; id: bigint; playerId: bigint; tradeId: bigint | null; metadata: string | null };

const INTO = `insert into ledger_entries (operator_id, id, player_id, type, from_account, to_account, amount_cents, balance_before_cents,
  balance_after_cents, trade_id, description, metadata, created_at)`;
const POST = `
${INTO}
select operator_id, id, player_id, type, from_account, to_account, amount, before, after, trade_id, description, metadata::jsonb, $13::timestamptz
from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[],
  $11::text[], $12::text[])
  as e(operator_id, id, player_id, type, from_account, to_account, amount, before, after, trade_id, description, metadata)`;

/** One statement that posts these entries, in order. */
export const postEntries = (entries: readonly PostedEntry[], at: Date): Statement => ({
  name: 'post_entries',
  text: POST,
  values: [
    int8s(entries, (entry) => entry.operatorId),
    int8s(entries, (entry) => entry.id),
    int8s(entries, (entry) => entry.playerId),
    texts(entries, (entry) => entry.type),
    texts(entries, (entry) => entry.from),
    texts(entries, (entry) => entry.to),
    int8s(entries, (entry) => entry.amount),
    int8s(entries, (entry) => entry.balanceBefore),
    int8s(entries, (entry) => entry.balanceAfter),
    int8s(entries, (entry) => entry.tradeId),
    texts(entries, (entry) => entry.description),
    texts(entries, (entry) => entry.metadata),
    at.toISOString(),
  ],
});

/**
 * The text that posts what a query finds, for a caller with too many entries to carry them: `source` has the columns of the table by name, without
 * created_at, which is the parameter `at`. They must chain as `entry.rules.ts` chains them.
 */
export const postEntriesFrom = (source: string, at: string): string => `${INTO}
select operator_id, id, player_id, type, from_account, to_account, amount_cents, balance_before_cents, balance_after_cents, null, description, metadata, ${at}
from (${source}) as entries`;
