/** A player's tier and score as stored on the player, and the record of every change of the tier. */
import { booleans, int8s, jsonTexts, texts } from '../platform/arrays.ts';
import type { Db } from '../platform/db.ts';
import type { Tier } from './tier.rules.ts';

export type TierRow = {
  operator_id: bigint;
  id: bigint;
  tier: Tier;
  score: number;
  tier_overridden_at: Date | null;
  tier_overridden_by: string | null;
  tier_override_reason: string | null;
};
const COLUMNS = 'p.operator_id, p.id, p.tier, p.score, p.tier_overridden_at, p.tier_overridden_by, p.tier_override_reason';

/** Locks these players, in the order of their key, until the transaction ends. */
export const lockTiers = (db: Db, players: readonly { operatorId: bigint; playerId: bigint }[]): Promise<TierRow[]> =>
  db.query<TierRow>(
    `select ${COLUMNS} from players p
     where (p.operator_id, p.id) in (select * from unnest($1::bigint[], $2::bigint[])) order by p.operator_id, p.id for no key update`,
    [int8s(players, ({ operatorId }) => operatorId), int8s(players, ({ playerId }) => playerId)],
  );

export type ScoreWrite = { operatorId: bigint; playerId: bigint; score: number; tier: Tier };

export const updateScores = (db: Db, writes: readonly ScoreWrite[]): Promise<unknown> =>
  db.query(
    `update players p set score = w.score, tier = w.tier
     from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[]) as w(operator_id, id, score, tier)
     where p.operator_id = w.operator_id and p.id = w.id`,
    [
      int8s(writes, ({ operatorId }) => operatorId),
      int8s(writes, ({ playerId }) => playerId),
      int8s(writes, ({ score }) => score),
      texts(writes, ({ tier }) => tier),
    ],
  );

export const updateOverride = (
  db: Db,
  { operator_id, id }: Pick<TierRow, 'operator_id' | 'id'>,
  tier: Tier,
  override: { at: Date; by: string; reason: string } | null,
): Promise<unknown> =>
  db.query(
    `update players set tier = $3, tier_overridden_at = $4, tier_overridden_by = $5, tier_override_reason = $6
     where operator_id = $1 and id = $2`,
    [operator_id, id, tier, override?.at ?? null, override?.by ?? null, override?.reason ?? null],
  );

export type TierChange = {
  operatorId: bigint;
  id: bigint;
  playerId: bigint;
  from: Tier;
  to: Tier;
  cause: 'score' | 'override' | 'release';
  score: number;
  reason: string;
  /** What the score was made of, and the thresholds; null for what a person decided. */
  evidence: object | null;
  actor: string;
};

export const insertTierChanges = (db: Db, changes: readonly TierChange[], at: Date): Promise<unknown> =>
  db.query(
    `insert into player_tier_changes (operator_id, id, player_id, from_tier, to_tier, cause, score, reason, actor, evidence, created_at)
     select operator_id, id, player_id, from_tier, to_tier, cause, score, reason, actor, case when by_score then evidence end, $12
     from rows from (unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::text[], $10::boolean[]),
       jsonb_array_elements($11::jsonb)) as c(operator_id, id, player_id, from_tier, to_tier, cause, score, reason, actor, by_score, evidence)`,
    [
      int8s(changes, ({ operatorId }) => operatorId),
      int8s(changes, ({ id }) => id),
      int8s(changes, ({ playerId }) => playerId),
      texts(changes, ({ from }) => from),
      texts(changes, ({ to }) => to),
      texts(changes, ({ cause }) => cause),
      int8s(changes, ({ score }) => score),
      texts(changes, ({ reason }) => reason),
      texts(changes, ({ actor }) => actor),
      booleans(changes, ({ evidence }) => evidence !== null),
      jsonTexts(changes, ({ evidence }) => JSON.stringify(evidence)),
      at,
    ],
  );
