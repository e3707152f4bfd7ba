/** A player's tier moved: a risk event that says from where to where and why. */
import type { Db } from '../platform/db.ts';
import { insertSharpDetections } from './sharp-detection.sql.ts';
import type { RiskTier } from './walls.rules.ts';

export type Detected = {
  /** From the sequencer, which the caller has locked. */
  id: bigint;
  operatorId: bigint;
  playerId: bigint;
  from: RiskTier;
  to: RiskTier;
  cause: string;
  score: number;
  reason: string;
};

const SEVERITY: Record<RiskTier, string> = { normal: 'info', sharp: 'warning', restricted: 'critical', banned: 'critical' };

export const recordSharpDetections = (db: Db, detected: readonly Detected[], now: Date): Promise<unknown> =>
  insertSharpDetections(
    db,
    detected.map(({ from, to, cause, score, reason, ...event }) => ({
      ...event,
      severity: SEVERITY[to],
      // Who it is stands beside it, by name for whoever may know names.
      message: `Tier from ${from} to ${to}: ${reason}`,
      scope: JSON.stringify({ from_tier: from, to_tier: to, cause, score }),
    })),
    now,
  );
