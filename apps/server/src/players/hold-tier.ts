/** A person holds a player's tier against the score, or releases it again. */
import { type Refusal, refuse } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import type { Actor } from '../platform/actor.ts';
import { auditNameOf, recordAudit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import { notFound } from '../platform/http.ts';
import type { NewId } from '../platform/ids.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { findPlayer } from './find-player.ts';
import type { Tier } from './tier.rules.ts';
import { insertTierChanges, lockTiers, type TierChange, type TierRow, updateOverride } from './tier.sql.ts';

export type TierDecision = {
  playerId: Id<'user'>;
  reason: string;
  actor: Actor;
  now: Date;
  newId: NewId;
  requestId: string;
};

const shown = (row: Pick<TierRow, 'tier' | 'tier_override_reason'>) => ({ tier: row.tier, override_reason: row.tier_override_reason });

/** Takes the sequencer, then the player. @throws NOT_FOUND for no such player. */
async function lockPlayer(db: Db, playerId: Id<'user'>, now: Date): Promise<{ row: TierRow; changeId: bigint }> {
  const found = await findPlayer(db, playerId);
  const changeId = await takeTurn(db, now);
  const [row] = await lockTiers(db, [found]);
  if (!row) throw notFound('user');
  return { row, changeId };
}

async function decide(
  db: Db,
  row: TierRow,
  changeId: bigint,
  to: Tier,
  cause: 'override' | 'release',
  { reason, actor, now, newId, requestId }: TierDecision,
): Promise<TierChange | null> {
  const override = cause === 'override' ? { at: now, by: auditNameOf(actor).join(':'), reason } : null;
  await updateOverride(db, row, to, override);
  await recordAudit(db, actor, newId(), now, {
    action: cause === 'override' ? 'player.tier_held' : 'player.tier_released',
    subject: encodeId('user', row.id as Id<'user'>),
    operatorId: row.operator_id,
    before: shown(row),
    after: shown({ tier: to, tier_override_reason: override?.reason ?? null }),
    reason,
    requestId,
  });
  if (to === row.tier) return null;
  const change: TierChange = {
    operatorId: row.operator_id,
    id: changeId,
    playerId: row.id,
    from: row.tier,
    to,
    cause,
    score: row.score,
    reason,
    evidence: null,
    actor: auditNameOf(actor).join(':'),
  };
  await insertTierChanges(db, [change], now);
  return change;
}

/** From now on the player has this tier, whatever its score. Returns the change, or null when the tier was the same already. Audited. */
export async function holdTier(db: Db, tier: Tier, decision: TierDecision): Promise<TierChange | null> {
  const { row, changeId } = await lockPlayer(db, decision.playerId, decision.now);
  return decide(db, row, changeId, tier, 'override', decision);
}

/** The tier follows the score again: at once that of `tierOf(score)`. Audited. Refuses CONFLICT when nobody holds it. */
export async function releaseTier(db: Db, tierOf: (score: number) => Tier, decision: TierDecision): Promise<TierChange | Refusal | null> {
  const { row, changeId } = await lockPlayer(db, decision.playerId, decision.now);
  if (row.tier_overridden_at === null) return refuse('CONFLICT', 'Nobody holds the tier of this user');
  return decide(db, row, changeId, tierOf(row.score), 'release', decision);
}
