/** What was recorded about an adjustment beside the money. */
import type { Db } from '../platform/db.ts';

/** Its audit row has the id of its ledger row. */
export const isAudited = async (db: Db, ledgerEntryId: bigint): Promise<boolean> =>
  (await db.query('select from platform_audit_log where id = $1', [ledgerEntryId])).length > 0;

/** Who made it, as the ledger row says. */
export async function selectAdjustmentActor(db: Db, operatorId: bigint, ledgerEntryId: bigint): Promise<string> {
  const [row] = await db.query<{ actor: string }>(
    `select metadata ->> 'actor' as actor from ledger_entries where operator_id = $1 and id = $2`,
    [operatorId, ledgerEntryId],
  );
  return row?.actor ?? '';
}
