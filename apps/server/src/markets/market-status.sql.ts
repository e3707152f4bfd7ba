/** Pausing and resuming, under the sequencer as every change of trading state. */
import type { Db } from '../platform/db.ts';
import type { MarketStatus, SourceState } from './changes.rules.ts';

export async function lockMarket(
  db: Db,
  id: bigint,
): Promise<{ status: MarketStatus; statusReason: string | null; sourceState: SourceState } | undefined> {
  const [market] = await db.query<{ status: MarketStatus; statusReason: string | null; sourceState: SourceState }>(
    `select status, status_reason as "statusReason", source_state as "sourceState" from markets where id = $1 for no key update`,
    [id],
  );
  return market;
}

export const writeStatus = (db: Db, id: bigint, status: MarketStatus, reason: string | null, now: Date): Promise<unknown> =>
  db.query('update markets set status = $2, status_reason = $3, updated_at = $4 where id = $1', [id, status, reason, now]);
