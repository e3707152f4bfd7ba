/** Money whose state nobody knows for too long, and calls that wait for a person, become a critical risk event: one per operator and sweep. */
import { encodeId, type Id } from '@predictu/contract/ids';
import type { Actor } from '../platform/actor.ts';
import type { Database } from '../platform/db.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { insertAlarm, markAlarmed, selectAlarming } from './alarm.sql.ts';
import { ALARM_AFTER_MS } from './delivery.rules.ts';

const WORKER: Actor = { kind: 'worker', name: 'wallet' };

/** Returns how many operators were alarmed about. */
export function raiseAlarms(database: Database, now: Date): Promise<number> {
  const before = new Date(now.getTime() - ALARM_AFTER_MS);
  return database.as(WORKER, 'write', async (db) => {
    const alarming = await selectAlarming(db, before);
    for (const { operatorId, open, failed, amount } of alarming) {
      const parts = [
        open > 0n ? `${open} open for more than five minutes` : '',
        failed > 0n ? `${failed} waiting for a person` : '',
      ].filter(Boolean);
      await insertAlarm(db, {
        id: await takeTurn(db, now),
        operatorId,
        message: `Wallet callbacks: ${parts.join(', ')}`,
        scope: { operator_id: encodeId('operator', operatorId as Id<'operator'>), open: Number(open), failed: Number(failed) },
        amount,
        at: now,
      });
      await markAlarmed(db, operatorId, before, now);
    }
    return alarming.length;
  });
}
