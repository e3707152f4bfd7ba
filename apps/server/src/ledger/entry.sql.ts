/** Posting rows to the ledger: the only insert into `ledger_entries`. */
import { formsOf, inForm, int8s, type Statement, texts } from '../platform/arrays.ts';
import type { Entry } from './entry.rules.ts';

/** An entry and what it belongs to. `metadata` is JSON text. */
export type PostedEntry = Entry & { operatorId: bigint; id: bigint; playerId: bigint; tradeId: bigint | null; metadata: string | null };

const INTO = `insert into ledger_entries (operator_id, id, player_id, type, from_account, to_account, amount_cents, balance_before_cents,
  balance_after_cents, trade_id, description, metadata, created_at)`;
const COLUMNS = [
  ...['operator_id bigint', 'id bigint', 'player_id bigint', 'type text', 'from_account text', 'to_account text', 'amount bigint'],
  ...['before bigint', 'after bigint', 'trade_id bigint?', 'description text', 'metadata text?'],
];
const POST = formsOf(
  ({ rows, present }) => `
${INTO}
select operator_id, id, player_id, type, from_account, to_account, amount, before, after, trade_id, description, metadata::jsonb, $13::timestamptz
from ${rows(COLUMNS)} as e ${present('id')}`,
);

/** One statement that posts these entries, in order. */
export const postEntries = (entries: readonly PostedEntry[], at: Date): Statement =>
  inForm('post_entries', POST, entries, [
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
  ]);

/**
 * The text that posts what a query finds, for a caller with too many entries to carry them: `source` has the columns of the table by name, without
 * created_at, which is the parameter `at`. They must chain as `entry.rules.ts` chains them.
 */
export const postEntriesFrom = (source: string, at: string): string => `${INTO}
select operator_id, id, player_id, type, from_account, to_account, amount_cents, balance_before_cents, balance_after_cents, null, description, metadata, ${at}
from (${source}) as entries`;
