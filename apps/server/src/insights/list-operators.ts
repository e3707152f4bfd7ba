/** Operators with their figures, for the platform. */
import type { listOperators as list, getOperator as one } from '@predictu/contract/admin/operators';
import { absoluteUrl } from '../operators/branding.rules.ts';
import { currentStep, type Evidence, progressOf, waitingFor } from '../operators/onboarding.rules.ts';
import { selectEvidences, shownTrial } from '../operators/operators.ts';
import type { Db } from '../platform/db.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { selectActive } from './active.sql.ts';
import { type Figures, figuresOf, perHead, sumMeasures } from './figure.rules.ts';
import { selectFigures, selectTotals } from './figure.sql.ts';
import { type OperatorRow, selectOperators } from './operator-list.sql.ts';
import { DAY_MS } from './rollup-plan.rules.ts';
import { selectSignups } from './signup.sql.ts';
import { selectStanding } from './standing.sql.ts';

type Metrics = { total: Figures; month: Figures; users: number };

const REVENUE_DAYS = 30;

/** What each operator's row shows besides the row, by the operator's id. */
async function metricsOf(db: Db, now: Date, operatorId?: bigint): Promise<(id: bigint) => Metrics> {
  const since = new Date(now.getTime() - REVENUE_DAYS * DAY_MS);
  const [totals, month, signups] = await Promise.all([
    selectTotals(db, operatorId),
    selectFigures(db, { operatorId, windows: [{ label: 'month', from: since, to: null }] }),
    selectSignups(db, { operatorId, since }),
  ]);
  const of = (rows: typeof totals, id: bigint): Figures => figuresOf(sumMeasures(rows.filter((row) => row.operator_id === id)));
  return (id) => ({
    total: of(totals, id),
    month: of(month, id),
    users: Number(signups.find((row) => row.operator_id === id)?.total ?? 0n),
  });
}

const head = ({ id, slug, name, status, s2s_enabled, callback_url, embed_origins, created_at, onboarded_at }: OperatorRow) => ({
  id,
  slug,
  name,
  status,
  s2s_enabled,
  callback_url,
  embed_origins,
  created_at,
  onboarded_at,
});
const showMetrics = ({ total, month, users }: Metrics) => ({
  user_count: users,
  trade_count: total.trades,
  revenue_total_usd: total.gross,
  revenue_30d_usd: month.gross,
});

type Shown = { row: OperatorRow; metrics: Metrics };
const AFTER: Record<'created_at' | 'name' | 'revenue' | 'users', (a: Shown, b: Shown) => number> = {
  created_at: (a, b) => a.row.created_at.getTime() - b.row.created_at.getTime(),
  name: (a, b) => a.row.name.localeCompare(b.row.name, 'en'),
  revenue: (a, b) => Number(a.metrics.total.gross - b.metrics.total.gross),
  users: (a, b) => a.metrics.users - b.metrics.users,
};

const progressOfRow = ({ status, onboarded_at: onboardedAt, onboarding: stored }: OperatorRow) =>
  progressOf({ status, onboardedAt, stored });

function showWaiting(row: OperatorRow, evidence: Evidence | undefined) {
  const progress = progressOfRow(row);
  return { onboarding_step: currentStep(progress), onboarding_waits: evidence ? waitingFor(row.status, progress, evidence) : null };
}

export const listOperators: Handler<typeof list> = async ({ db, now, client }, { query: { status, search, sort, order } }) => {
  const [rows, metrics] = await Promise.all([selectOperators(db, { status, search }), metricsOf(db, now)]);
  const evidences = await selectEvidences(
    db,
    rows.filter((row) => currentStep(progressOfRow(row)) !== 'complete'),
    now,
  );
  const sign = order === 'asc' ? 1 : -1;
  const shown = rows
    .map((row) => ({ row, metrics: metrics(row.id) }))
    .sort((a, b) => sign * (AFTER[sort](a, b) || Number(a.row.id - b.row.id)));
  const data = shown.map(({ row, metrics: own }) => ({
    logo_url: absoluteUrl(row.branding['logo_url'] ?? null, client.baseUrl),
    primary_color: row.branding['primary_color'] ?? null,
    ...head(row),
    ...showMetrics(own),
    ...showWaiting(row, evidences.get(row.id)),
  }));
  return { data, total: data.length };
};

/** Where onboarding stands, as the documented stages call it. */
function showOnboarding(row: OperatorRow) {
  const progress = progressOfRow(row);
  const stage = currentStep(progress) === 'complete' ? 'complete' : row.status;
  return { stage, completed_steps: progress.completed, onboarded_at: row.onboarded_at };
}

const showConfig = (row: OperatorRow) => ({
  max_bet_usd: row.max_bet_cents,
  min_bet_usd: row.min_bet_cents,
  default_currency: row.default_currency,
  allowed_categories: row.allowed_categories,
  risk_tier: row.risk_tier,
  spread_override: row.spread_override_bps,
  custom_fees_bps: row.fee_bps,
  revenue_share_pct: row.platform_share_bps / 100,
});

const showBranding = ({ name, branding }: OperatorRow, baseUrl: string) => ({
  primary_color: branding['primary_color'] ?? null,
  secondary_color: branding['secondary_color'] ?? null,
  logo_url: absoluteUrl(branding['logo_url'] ?? null, baseUrl),
  favicon_url: absoluteUrl(branding['favicon_url'] ?? null, baseUrl),
  display_name: branding['display_name'] ?? name,
});

export const getOperator: Handler<typeof one> = async ({ db, now, client }, { params: { slug } }) => {
  const [row] = await selectOperators(db, { slug });
  if (!row) throw notFound('operator');
  const dayAgo = new Date(now.getTime() - DAY_MS);
  const [metrics, active, standing] = await Promise.all([
    metricsOf(db, now, row.id),
    selectActive(db, { operatorId: row.id, windows: [{ label: 'day', from: dayAgo, to: null }] }),
    selectStanding(db, { operatorId: row.id, marketLimit: row.exposure_limit_cents }),
  ]);
  const own = metrics(row.id);
  return {
    data: {
      ...head(row),
      contact_email: row.contact_email,
      contact_name: row.contact_name,
      website_url: row.website_url,
      tier: row.tier,
      trial: shownTrial({ trialEndsAt: row.trial_ends_at, readOnlySince: row.read_only_since }, now),
      wallet_mode: row.wallet_mode,
      s2s_healthy: row.healthy,
      s2s_last_ping: row.last_ping_at,
      branding: showBranding(row, client.baseUrl),
      config: showConfig(row),
      metrics: {
        ...showMetrics(own),
        active_users_24h: active.reduce((sum, { players }) => sum + Number(players), 0),
        trade_volume_usd: own.total.volume,
        avg_trade_usd: perHead(own.total.volume, own.total.trades),
        exposure_usd: standing.exposure,
        exposure_limit_usd: row.exposure_limit_cents,
      },
      onboarding: showOnboarding(row),
      updated_at: row.updated_at,
    },
  };
};
