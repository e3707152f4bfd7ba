/** What both risk overviews are made of: scopes against limits, walls, breakers, flagged players. */
import { CATEGORIES, type Category } from '@predictu/contract/shapes/category';
import type { PlatformConfig } from '@predictu/contract/shapes/platform-config';
import type { Cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import { type BreakerRow, selectBreakers } from './breaker.sql.ts';
import { categoryLimit } from './exposure.rules.ts';
import { type OperatorScopeRow, selectFullestMarket, selectOperatorScopes, selectScopes } from './exposure.sql.ts';
import { countTiers, type TierCounts } from './flagged-player.sql.ts';
import { exposureIn } from './get-exposure.ts';
import { countEventsSince, type WallCount } from './risk-event.sql.ts';
import { type RiskLevel, riskLevel, riskScore } from './risk-score.rules.ts';
import { statusColour, utilisationBps } from './status.rules.ts';

const WINDOW_MS = 86_400_000;

const PLATFORM = 0n;

/** Only the platform limits single markets. */
export type Limits = { whole: Cents; category(name: Category): Cents | null; market: Cents | null };
/** Of the operators the caller may see. */
type LimitsOf = (operators: readonly OperatorScopeRow[]) => Limits;
export type Measured = {
  total: bigint;
  breakers: BreakerRow[];
  tripped: BreakerRow[];
  tiers: TierCounts;
  events: number;
  worst: bigint;
  score: number;
  level: RiskLevel;
  /** Utilisation of the walls 2 market, 3 category, 4 operator, 5 global, and how often each of the five refused in 24 hours. */
  walls: { market: bigint; category: bigint; operator: bigint; global: bigint };
  violations(wall: number): number;
};

const worstOf = (...all: readonly bigint[]): bigint => all.reduce((worst, one) => (one > worst ? one : worst), 0n);

const sum = (counts: readonly WallCount[], wanted: (count: WallCount) => boolean): number =>
  counts.filter(wanted).reduce((total, { events }) => total + Number(events), 0);

/** Measures the platform (operator 0) or one operator, whose limits these are. */
export async function measureRisk(db: Db, operatorId: bigint, limitsOf: LimitsOf, now: Date): Promise<Measured> {
  const [scopes, fullest, operators, breakers, tiers, counts] = await Promise.all([
    selectScopes(db, operatorId),
    operatorId === PLATFORM ? selectFullestMarket(db) : 0n,
    selectOperatorScopes(db),
    selectBreakers(db),
    countTiers(db),
    countEventsSince(db, new Date(now.getTime() - WINDOW_MS)),
  ]);
  const limits = limitsOf(operators);
  const total = exposureIn(scopes, 0, 0n);
  const walls = {
    market: utilisationBps(fullest, limits.market),
    category: worstOf(...CATEGORIES.map((name, number) => utilisationBps(exposureIn(scopes, 1, BigInt(number)), limits.category(name)))),
    operator: worstOf(...operators.map(({ exposure, limit }) => utilisationBps(exposure, limit))),
    global: utilisationBps(total, limits.whole),
  };
  const tripped = breakers.filter(({ status }) => status === 'tripped');
  const isViolation = ({ type, wall }: WallCount): boolean => type === 'wall_violation' && wall !== null;
  const flagged = tiers.sharp + tiers.restricted + tiers.banned;
  const worst = worstOf(walls.market, walls.category, walls.operator, walls.global);
  const score = riskScore({
    worstUtilisationBps: worst,
    trippedBreakers: tripped.length,
    violations: sum(counts, isViolation),
    flagged,
    players: flagged + tiers.normal,
  });
  return {
    total,
    breakers,
    tripped,
    tiers,
    events: sum(counts, () => true),
    worst,
    score,
    level: riskLevel(score),
    walls,
    violations: (wall) => sum(counts, (count) => isViolation(count) && count.wall === wall),
  };
}

export const platformLimits = ({ risk }: PlatformConfig): Limits => ({
  whole: risk.global_exposure_limit_usd,
  category: (name) => risk.category_limits[name] ?? null,
  market: risk.per_market_max_usd,
});

/** As that operator, who sees no other. */
export function ownLimits([own]: readonly OperatorScopeRow[]): Limits {
  if (!own) throw new Error('An operator cannot read its own row');
  return { whole: own.limit, category: (name) => categoryLimit(own.category_limits, name), market: null };
}

/** The first wall judges each trade by itself and never fills up. */
export const operatorWalls = ({ walls, violations }: Measured) => ({
  wall_1_per_trade: { status: 'green' as const, violations_24h: violations(1) },
  wall_2_per_market: { status: statusColour(walls.market), violations_24h: violations(2) },
  wall_3_per_category: { status: statusColour(walls.category), violations_24h: violations(3) },
  wall_4_per_operator: { status: statusColour(walls.operator), violations_24h: violations(4) },
});
