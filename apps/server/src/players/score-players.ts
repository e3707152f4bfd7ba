/** An evaluation's scores reach the players: prices read them from the next trade on, and the tier follows where it may. */
import type { Db } from '../platform/db.ts';
import { type Tier, tierAfterScore } from './tier.rules.ts';
import { insertTierChanges, lockTiers, type TierChange, updateScores } from './tier.sql.ts';

export type ScoredPlayer = {
  operatorId: bigint;
  playerId: bigint;
  score: number;
  /** The tier the score makes; undefined leaves the tier as it is. */
  tier: Exclude<Tier, 'banned'> | undefined;
  reason: string;
  evidence: object;
};

/**
 * Writes the scores and what they do to the tiers, with reason and evidence. `changeIds` come from the sequencer, which the caller locks before
 * calling when any tier is about to change; a change beyond them waits for the next evaluation. Returns the tier of every player found.
 */
export async function scorePlayers(
  db: Db,
  scored: readonly ScoredPlayer[],
  changeIds: readonly bigint[],
  now: Date,
  actor: string,
): Promise<{ tiers: Map<bigint, Tier>; changes: TierChange[] }> {
  const byId = new Map(scored.map((player) => [player.playerId, player]));
  const tiers = new Map<bigint, Tier>();
  const changes: TierChange[] = [];
  const writes = (await lockTiers(db, scored)).flatMap((row) => {
    const player = byId.get(row.id);
    if (!player) return [];
    let tier =
      player.tier === undefined ? row.tier : tierAfterScore({ tier: row.tier, overridden: row.tier_overridden_at !== null }, player.tier);
    if (tier !== row.tier) {
      const id = changeIds[changes.length];
      if (id === undefined) tier = row.tier;
      else changes.push({ ...player, id, from: row.tier, to: tier, cause: 'score', actor });
    }
    tiers.set(row.id, tier);
    return tier === row.tier && player.score === row.score ? [] : [{ ...player, tier }];
  });
  if (writes.length > 0) await updateScores(db, writes);
  if (changes.length > 0) await insertTierChanges(db, changes, now);
  return { tiers, changes };
}
