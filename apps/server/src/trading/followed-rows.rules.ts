/** A player's trades, limit orders and ledger rows as one sequence. */

/** A player who is listened to; `after` is the last row its listener has. */
export type FollowedPlayer = {
  operatorId: bigint;
  playerId: bigint;
  after: bigint;
  /** The last row of a changed order book its listener may know. */
  booksAfter: bigint;
  /** When an outside wallet answered the balance its listener has; null while none has. */
  walletAt: Date | null;
};

type Numbered = { id: bigint; player_id: bigint };
export type MergedRow<T, E, O> = { id: bigint } & (
  | { trade: T; entry?: never; order?: never }
  | { trade?: never; entry: E; order?: never }
  | { trade?: never; entry?: never; order: O }
);

/**
 * One player's rows by id, up to `end`: where all lists are complete. A list that is as long as was asked for (`atMost` a
 * player) may have left out what comes after its last row.
 */
export function mergeRows<T extends Numbered, E extends Numbered, O extends Numbered>(
  playerId: bigint,
  { trades, entries, orders }: { trades: readonly T[]; entries: readonly E[]; orders: readonly O[] },
  upTo: bigint,
  atMost: number,
): { end: bigint; rows: MergedRow<T, E, O>[] } {
  const own = <R extends Numbered>(rows: readonly R[]): R[] => rows.filter((row) => row.player_id === playerId && row.id <= upTo);
  const [ownTrades, ownEntries, ownOrders] = [own(trades), own(entries), own(orders)];
  let end = upTo;
  for (const rows of [ownTrades, ownEntries, ownOrders]) {
    const last = rows.at(-1);
    if (rows.length >= atMost && last && last.id < end) end = last.id;
  }
  const rows: MergedRow<T, E, O>[] = [
    ...ownTrades.map((trade) => ({ id: trade.id, trade })),
    ...ownEntries.map((entry) => ({ id: entry.id, entry })),
    ...ownOrders.map((order) => ({ id: order.id, order })),
  ];
  return { end, rows: rows.filter(({ id }) => id <= end).sort((a, b) => (a.id < b.id ? -1 : 1)) };
}
