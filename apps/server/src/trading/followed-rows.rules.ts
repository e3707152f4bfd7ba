/** A player's trades and ledger rows as one sequence. */

/** A player who is listened to; `after` is the last row its listener has. */
export type FollowedPlayer = {
  operatorId: bigint;
  playerId: bigint;
  after: bigint;
  /** When an outside wallet answered the balance its listener has; null while none has. */
  walletAt: Date | null;
};

type Numbered = { id: bigint; player_id: bigint };
export type MergedRow<T, E> = { id: bigint } & ({ trade: T; entry?: never } | { trade?: never; entry: E });

/**
 * One player's rows by id, up to `end`: where both lists are complete. A list that is as long as was asked for (`atMost` a
 * player) may have left out what comes after its last row.
 */
export function mergeRows<T extends Numbered, E extends Numbered>(
  playerId: bigint,
  trades: readonly T[],
  entries: readonly E[],
  upTo: bigint,
  atMost: number,
): { end: bigint; rows: MergedRow<T, E>[] } {
  const ownTrades = trades.filter((row) => row.player_id === playerId && row.id <= upTo);
  const ownEntries = entries.filter((row) => row.player_id === playerId && row.id <= upTo);
  let end = upTo;
  for (const own of [ownTrades, ownEntries]) {
    const last = own.at(-1);
    if (own.length >= atMost && last && last.id < end) end = last.id;
  }
  const rows: MergedRow<T, E>[] = [
    ...ownTrades.map((trade) => ({ id: trade.id, trade })),
    ...ownEntries.map((entry) => ({ id: entry.id, entry })),
  ];
  return { end, rows: rows.filter(({ id }) => id <= end).sort((a, b) => (a.id < b.id ? -1 : 1)) };
}
