/** How risky one operator stands, in one word. */
import type { Db } from '../platform/db.ts';
import { categoryLimit } from './exposure.rules.ts';
import { selectOperatorScopes } from './exposure.sql.ts';
import { measureRisk } from './measure-risk.ts';
import type { RiskLevel } from './risk-score.rules.ts';

/** As that operator: row level security leaves only its own scopes, players and events. */
export async function riskLevelOf(db: Db, operatorId: bigint, now: Date): Promise<RiskLevel> {
  const [own] = await selectOperatorScopes(db);
  if (!own) throw new Error('An operator cannot read its own row');
  const limits = {
    whole: own.limit,
    category: (name: Parameters<typeof categoryLimit>[1]) => categoryLimit(own.category_limits, name),
    market: null,
  };
  return (await measureRisk(db, operatorId, limits, now)).level;
}
