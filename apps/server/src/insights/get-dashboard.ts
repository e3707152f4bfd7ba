/** The dashboards: of the platform or one of its operators, and of an operator itself. */
import type { getDashboard as endpoint } from '@predictu/contract/admin/figures';
import type { getOwnDashboard as own } from '@predictu/contract/operator/figures';
import { readPlatformConfig } from '../config/config.ts';
import { findOperator } from '../operators/operators.ts';
import type { Handler } from '../platform/http.ts';
import { percentOf } from '../risk/exposure.rules.ts';
import { riskOf } from '../risk/risk.ts';
import { perHead } from './figure.rules.ts';
import { selectHoldings } from './holding.sql.ts';
import { measureDashboard, type RecallPeriods } from './measure-dashboard.ts';
import { operatorsInScope } from './measure-period.ts';
import { selectOperators } from './operator-list.sql.ts';
import { selectStanding } from './standing.sql.ts';

export const getDashboard =
  (recall: RecallPeriods): Handler<typeof endpoint> =>
  async ({ db, now }, { query: { period, operator } }) => {
    const [operators, { config }] = await Promise.all([operatorsInScope(db, operator), readPlatformConfig(db)]);
    const operatorId = operator === undefined ? undefined : operators[0]?.id;
    const [{ totals, ...figures }, standing, scoped] = await Promise.all([
      measureDashboard(db, { operators, operatorId, period, now, recall }),
      selectStanding(db, { operatorId, marketLimit: config.risk.per_market_max_usd }),
      operatorId === undefined ? undefined : findOperator(db, { id: operatorId }),
    ]);
    const most = scoped?.exposureLimit ?? config.risk.global_exposure_limit_usd;
    const among = (wanted: (status: string) => boolean): number => operators.filter(({ status }) => wanted(status)).length;
    return {
      data: {
        ...figures,
        operators: {
          total: operators.length,
          active: among((status) => status === 'live'),
          pending_onboarding: among((status) => status !== 'live' && status !== 'suspended'),
        },
        revenue: { ...figures.revenue, breakdown: { spread: totals.spread, fees: totals.fees } },
        exposure: { current_usd: standing.exposure, max_usd: most, utilization_pct: percentOf(standing.exposure, most) ?? 0 },
        risk: {
          circuit_breakers_active: Number(standing.tripped),
          high_exposure_markets: Number(standing.high_markets),
          sharp_bettors_flagged: Number(standing.flagged),
        },
      },
    };
  };

export const getOwnDashboard =
  (recall: RecallPeriods): Handler<typeof own> =>
  async ({ db, actor, now }, { query: { period } }) => {
    const { operatorId, slug } = actor;
    const [{ totals, ...figures }, [row], holdings, { level, exposure, tripped, flagged, events }] = await Promise.all([
      measureDashboard(db, { operators: operatorsInScope(db, slug), operatorId, period, now, recall }),
      selectOperators(db, { slug }),
      selectHoldings(db, operatorId),
      riskOf(db, operatorId, now),
    ]);
    if (!row) throw new Error('An operator cannot read its own row');
    const open = Number(holdings.open_count);
    return {
      data: {
        ...figures,
        operator: { slug, name: row.name, status: row.status, s2s_healthy: row.healthy },
        revenue: {
          ...figures.revenue,
          operator_share_usd: totals.operator,
          predictu_share_usd: totals.platform,
          breakdown: { spread_usd: totals.spread, fees_usd: totals.fees },
        },
        exposure: {
          current_usd: exposure,
          limit_usd: row.exposure_limit_cents,
          utilization_pct: percentOf(exposure, row.exposure_limit_cents) ?? 0,
        },
        positions: { open_count: open, total_value_usd: holdings.value_cents, avg_position_usd: perHead(holdings.value_cents, open) },
        risk: {
          risk_level: level,
          circuit_breakers_active: tripped,
          sharp_bettors: flagged,
          recent_events: events,
        },
      },
    };
  };
