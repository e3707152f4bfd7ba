/** How risky one operator stands, in one word, and what the word comes from. */
import { type Cents, cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import { measureRisk, ownLimits } from './measure-risk.ts';
import type { RiskLevel } from './risk-score.rules.ts';

export type OwnRisk = { level: RiskLevel; exposure: Cents; tripped: number; flagged: number; events: number };

/** As that operator: row level security leaves only its own scopes, players and events. */
export async function riskOf(db: Db, operatorId: bigint, now: Date): Promise<OwnRisk> {
  const { level, total, tripped, tiers, events } = await measureRisk(db, operatorId, ownLimits, now);
  return { level, exposure: cents(total), tripped: tripped.length, flagged: tiers.sharp + tiers.restricted + tiers.banned, events };
}
