/** The risk of the whole platform on one page. */
import type { getRisk as endpoint } from '@predictu/contract/admin/risk';
import { cents } from '@predictu/contract/units';
import { readPlatformConfig } from '../config/config.ts';
import type { Handler } from '../platform/http.ts';
import { percentOf } from './exposure.rules.ts';
import { measureRisk, operatorWalls, platformLimits } from './measure-risk.ts';
import { riskStatus } from './risk-score.rules.ts';
import { statusColour } from './status.rules.ts';

export const getRisk: Handler<typeof endpoint> = async ({ db, now }) => {
  const { config } = await readPlatformConfig(db);
  const limits = platformLimits(config);
  const measured = await measureRisk(db, 0n, () => limits, now);
  const { total, tripped, tiers, walls } = measured;
  const trippedIn = (scope: string): number => tripped.filter((breaker) => breaker.scope === scope).length;
  return {
    data: {
      status: riskStatus(statusColour(measured.worst), tripped.length, trippedIn('global') > 0),
      circuit_breakers: {
        global_active: trippedIn('global') > 0,
        market_breakers: trippedIn('market'),
        category_breakers: trippedIn('category'),
        operator_breakers: trippedIn('operator'),
      },
      exposure_summary: { total_usd: cents(total), limit_usd: limits.whole, utilization_pct: percentOf(total, limits.whole) ?? 0 },
      sharp_bettors: {
        flagged_count: tiers.sharp + tiers.restricted + tiers.banned,
        restricted_count: tiers.restricted,
        banned_count: tiers.banned,
      },
      recent_events_count: measured.events,
      risk_score: measured.score,
      risk_level: measured.level,
      walls: { ...operatorWalls(measured), wall_5_global: { status: statusColour(walls.global), violations_24h: measured.violations(5) } },
    },
  };
};
