/** Risk events of players whose tier has changed. */
import { int8s, jsonTexts, texts } from '../platform/arrays.ts';
import type { Db } from '../platform/db.ts';

export type SharpDetectionRow = { id: bigint; operatorId: bigint; playerId: bigint; severity: string; message: string; scope: string };

export const insertSharpDetections = (db: Db, rows: readonly SharpDetectionRow[], at: Date): Promise<unknown> =>
  db.query(
    `insert into risk_events (id, operator_id, type, severity, message, scope, player_id, created_at)
     select id, operator_id, 'sharp_detection', severity, message, scope, player_id, $7
     from rows from (unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[]), jsonb_array_elements($6::jsonb))
       as e(id, operator_id, player_id, severity, message, scope)`,
    [
      int8s(rows, ({ id }) => id),
      int8s(rows, ({ operatorId }) => operatorId),
      int8s(rows, ({ playerId }) => playerId),
      texts(rows, ({ severity }) => severity),
      texts(rows, ({ message }) => message),
      jsonTexts(rows, ({ scope }) => scope),
      at,
    ],
  );

/** Everybody is scored anew as soon as a worker has time, in the transaction that changed what is sharp. */
export const requestEvaluation = (db: Db): Promise<unknown> => db.query('select evaluate_players_soon()');
