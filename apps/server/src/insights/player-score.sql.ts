/** Evaluations: the latest of each player, and one a day. */
import { int8s, jsonTexts, texts } from '../platform/arrays.ts';
import type { Db } from '../platform/db.ts';
import type { PlayerScore, ScoreTier } from './score.rules.ts';
import type { ScoreEvidence } from './score-evidence.rules.ts';

export type EvaluatedRow = PlayerScore & {
  operatorId: bigint;
  playerId: bigint;
  /** After the evaluation. */
  tier: ScoreTier | 'banned';
  clvEdge: number | null;
  evidence: ScoreEvidence;
  flags: readonly string[];
};

const keys = (rows: readonly EvaluatedRow[]) => [int8s(rows, ({ operatorId }) => operatorId), int8s(rows, ({ playerId }) => playerId)];

/** Replaces the latest evaluation of these players. */
export const upsertScores = (db: Db, rows: readonly EvaluatedRow[], now: Date): Promise<unknown> =>
  db.query(
    `insert into player_scores (operator_id, player_id, score, win_rate_score, edge_detection_score, timing_score, volume_pattern_score,
       correlation_score, clv_edge, evidence, flags, evaluated_at)
     select operator_id, player_id, score, win_rate, edge, timing, volume, correlation, (row -> 'clv_edge')::double precision, row -> 'evidence',
       array(select jsonb_array_elements_text(row -> 'flags')), $10
     from rows from (unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[]),
       jsonb_array_elements($9::jsonb)) as s(operator_id, player_id, score, win_rate, edge, timing, volume, correlation, row)
     on conflict (operator_id, player_id) do update set score = excluded.score, win_rate_score = excluded.win_rate_score,
       edge_detection_score = excluded.edge_detection_score, timing_score = excluded.timing_score,
       volume_pattern_score = excluded.volume_pattern_score, correlation_score = excluded.correlation_score, clv_edge = excluded.clv_edge,
       evidence = excluded.evidence, flags = excluded.flags, evaluated_at = excluded.evaluated_at
     where player_scores.evaluated_at <= excluded.evaluated_at`,
    [
      ...keys(rows),
      int8s(rows, ({ score }) => score),
      int8s(rows, ({ components }) => components.win_rate),
      int8s(rows, ({ components }) => components.edge_detection),
      int8s(rows, ({ components }) => components.timing),
      int8s(rows, ({ components }) => components.volume_pattern),
      int8s(rows, ({ components }) => components.correlation),
      jsonTexts(rows, ({ clvEdge, evidence, flags }) => JSON.stringify({ clv_edge: clvEdge, evidence, flags })),
      now,
    ],
  );

/** Writes the day's score; a later one of the same day takes its place. */
export const upsertHistory = (db: Db, rows: readonly EvaluatedRow[], now: Date): Promise<unknown> =>
  db.query(
    `insert into player_score_history (operator_id, player_id, date, score, tier, evaluated_at)
     select operator_id, player_id, ($5::timestamptz at time zone 'UTC')::date, score, tier, $5
     from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[]) as h(operator_id, player_id, score, tier)
     on conflict (operator_id, player_id, date) do update set score = excluded.score, tier = excluded.tier, evaluated_at = excluded.evaluated_at
     where player_score_history.evaluated_at <= excluded.evaluated_at`,
    [...keys(rows), int8s(rows, ({ score }) => score), texts(rows, ({ tier }) => tier), now],
  );
