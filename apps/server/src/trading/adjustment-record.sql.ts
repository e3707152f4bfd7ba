/** What was recorded about an adjustment beside the money. */
import type { Db } from '../platform/db.ts';

/** Who made it, as the ledger row says. */
export async function selectAdjustmentActor(db: Db, operatorId: bigint, ledgerEntryId: bigint): Promise<string> {
  const [row] = await db.query<{ actor: string }>(
    `select metadata ->> 'actor' as actor from ledger_entries where operator_id = $1 and id = $2`,
    [operatorId, ledgerEntryId],
  );
  return row?.actor ?? '';
}
