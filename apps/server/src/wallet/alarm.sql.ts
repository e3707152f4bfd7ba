/** Calls worth an alarm that have not had one, and the risk event that is it. */
import type { Cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';

export type Alarming = { operatorId: bigint; open: bigint; failed: bigint; amount: Cents };
const ALARMING = `alarmed_at is null and (status = 'failed' or status in ('pending', 'unknown') and created_at <= $1)`;

/** By operator: calls open since before an instant, calls that wait for a person, and what they would move. */
export const selectAlarming = (db: Db, before: Date): Promise<Alarming[]> =>
  db.query<Alarming>(
    `select operator_id as "operatorId", count(*) filter (where status <> 'failed') as open, count(*) filter (where status = 'failed') as failed,
       sum(amount_cents)::bigint as amount
     from wallet_calls where ${ALARMING} group by operator_id order by operator_id`,
    [before],
  );

export const markAlarmed = (db: Db, operatorId: bigint, before: Date, at: Date): Promise<unknown> =>
  db.query(`update wallet_calls set alarmed_at = $3 where operator_id = $2 and ${ALARMING}`, [before, operatorId, at]);

export type Alarm = { id: bigint; operatorId: bigint; message: string; scope: Record<string, unknown>; amount: Cents; at: Date };
export const insertAlarm = (db: Db, alarm: Alarm): Promise<unknown> =>
  db.query(
    `insert into risk_events (id, operator_id, type, severity, message, scope, value_cents, created_at) values ($1, $2, 'anomaly', 'critical', $3, $4, $5, $6)`,
    [alarm.id, alarm.operatorId, alarm.message, JSON.stringify(alarm.scope), alarm.amount, alarm.at],
  );
