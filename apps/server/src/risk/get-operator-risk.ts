/** The risk of one operator on one page. */
import type { getOperatorRisk as endpoint } from '@predictu/contract/operator/risk';
import { cents } from '@predictu/contract/units';
import { readPlatformConfig } from '../config/config.ts';
import type { Handler } from '../platform/http.ts';
import { percentOf } from './exposure.rules.ts';
import { selectOperatorScopes } from './exposure.sql.ts';
import { selectTopFlagged } from './flagged-player.sql.ts';
import { measureRisk, operatorWalls, ownLimits } from './measure-risk.ts';
import { selectRiskEvents } from './risk-event.sql.ts';
import { showBreaker } from './show-breaker.ts';

const SHARPS = 10;
const EVENTS = 20;

export const getOperatorRisk: Handler<typeof endpoint> = async ({ db, actor, now }) => {
  const [[own], { config }] = await Promise.all([selectOperatorScopes(db), readPlatformConfig(db)]);
  if (!own) throw new Error('An operator cannot read its own row');
  const [measured, sharps, events] = await Promise.all([
    measureRisk(db, actor.operatorId, ownLimits, now),
    selectTopFlagged(db, SHARPS),
    selectRiskEvents(db, {}, { limit: EVENTS, offset: 0, after: undefined }),
  ]);
  const { total, tripped, tiers } = measured;
  return {
    data: {
      risk_level: measured.level,
      risk_score: measured.score,
      exposure: { total_usd: cents(total), limit_usd: own.limit, utilization_pct: percentOf(total, own.limit) ?? 0 },
      circuit_breakers: { active_count: tripped.length, breakers: tripped.map((row) => showBreaker(row, config, false)) },
      sharp_bettors: {
        sharp_count: tiers.sharp,
        restricted_count: tiers.restricted,
        banned_count: tiers.banned,
        top_sharps: sharps.map(({ closed_count, won_count, ...row }) => ({
          ...row,
          win_rate: closed_count === 0 ? null : won_count / closed_count,
        })),
      },
      recent_events: events.rows.map(({ id, type, severity, message, player_id, created_at }) => ({
        id,
        type,
        severity,
        message,
        user_id: player_id,
        created_at,
      })),
      walls_status: operatorWalls(measured),
    },
  };
};
