/**
 * The one row that orders all writers. Whoever writes what the batch keeps in memory (configuration, operators, breakers)
 * or what it decides by locks it before anything else, so no two lock orders can meet.
 */
import { firstIdAt } from '@predictu/contract/ids';
import type { Db } from './db.ts';

/** Locks the sequencer until the transaction ends and lets every batch after it read anew. Returns an id in commit order. */
export async function takeTurn(db: Db, now: Date): Promise<bigint> {
  const [row] = await db.query<{ last_id: bigint | null }>('select take_turn($1) as last_id', [firstIdAt(now)], 'take_turn');
  if (row?.last_id == null) throw new Error('The sequencer row is missing');
  return row.last_id;
}
