/**
 * The five walls between a buy and the house's money: per trade, market, category, operator, global.
 * They are tried in order, the first refusal stops, equal to the limit passes. docs/risk.md.
 */
import { type Refusal, refuse } from '@predictu/contract/errors';
import { type Cents, cents, type Shares } from '@predictu/contract/units';

export type RiskTier = 'normal' | 'sharp' | 'restricted' | 'banned';
export type LimitTier = 'new' | 'regular' | 'vip';
export type WallNumber = 1 | 2 | 3 | 4 | 5;
export type WallName = 'per_trade' | 'per_market' | 'per_category' | 'per_operator' | 'global';
/** Whose limit it was. */
export type LimitSource = 'platform' | 'default' | 'operator' | 'player' | 'limit_tier' | 'tier';

export type WallReading = { wall: WallNumber; name: WallName; source: LimitSource; limit: Cents; value: Cents };
export type WallJudgement = { ok: true; passed: WallReading[] } | ({ ok: false; message: string } & WallReading);

/** Open shares of a scope before this trade and its limit; a null limit does not bound. */
export type ScopeLimit = { limit: Cents | null; exposure: Shares };
export type WallInput = {
  cost: Cents;
  quantity: Shares;
  perTrade: {
    /** risk.per_trade_max_usd */
    platform: Cents;
    /** defaults.user_max_bet_usd */
    userDefault: Cents;
    operator: Cents;
    player: Cents | null;
    limitTier: LimitTier;
    limitTiers: Readonly<Record<LimitTier, Cents>>;
    tier: RiskTier;
  };
  market: ScopeLimit;
  category: ScopeLimit;
  /** The operator's own limit of the category, against the operator's own exposure in it. */
  operatorCategory: ScopeLimit;
  operator: ScopeLimit;
  global: ScopeLimit;
};

/** What a tier may stake on one trade, whatever its other limits: $100 when restricted, nothing when banned. */
export const TIER_CAPS: Readonly<Record<RiskTier, Cents | null>> = {
  normal: null,
  sharp: null,
  restricted: cents(10_000n),
  banned: cents(0n),
};

const NEW_PLAYER_DAYS = 7;
const NEW_PLAYER_TRADES = 5;
const DAY_MS = 86_400_000;

/** A new player becomes regular by itself: 7 days after it was made and with 5 completed trades. */
export function effectiveLimitTier(player: { limitTier: LimitTier; createdAt: Date; tradeCount: number }, now: Date): LimitTier {
  const settled = now.getTime() - player.createdAt.getTime() >= NEW_PLAYER_DAYS * DAY_MS && player.tradeCount >= NEW_PLAYER_TRADES;
  return player.limitTier === 'new' && settled ? 'regular' : player.limitTier;
}

/** The tightest of the limits on one trade, and whose it is. */
export function perTradeLimit(limits: WallInput['perTrade']): { limit: Cents; source: LimitSource } {
  const all: [LimitSource, Cents | null][] = [
    ['default', limits.userDefault],
    ['operator', limits.operator],
    ['player', limits.player],
    ['limit_tier', limits.limitTiers[limits.limitTier]],
    ['tier', TIER_CAPS[limits.tier]],
  ];
  let tightest: { limit: Cents; source: LimitSource } = { limit: limits.platform, source: 'platform' };
  for (const [source, limit] of all) if (limit !== null && limit < tightest.limit) tightest = { limit, source };
  return tightest;
}

const usd = (value: Cents): string => `$${value / 100n}.${String(value % 100n).padStart(2, '0')}`;

const MESSAGES: Record<WallName, (value: string, limit: string) => string> = {
  per_trade: (value, limit) => `The trade costs ${value}; the most for one trade is ${limit}`,
  per_market: (value, limit) => `The exposure of the market would be ${value}; its limit is ${limit}`,
  per_category: (value, limit) => `The exposure of the category would be ${value}; its limit is ${limit}`,
  per_operator: (value, limit) => `The exposure of the operator would be ${value}; its limit is ${limit}`,
  global: (value, limit) => `The exposure of the platform would be ${value}; its limit is ${limit}`,
};

/** The scope's exposure with this trade in it, against its limit. Hundredths of a share are cents: a share pays $1. */
function reading(wall: WallNumber, name: WallName, source: LimitSource, scope: ScopeLimit, quantity: Shares): WallReading | undefined {
  return scope.limit === null ? undefined : { wall, name, source, limit: scope.limit, value: cents(scope.exposure + quantity) };
}

/** Of two limits on the same wall, the one with less room left. */
function tighter(one: WallReading | undefined, other: WallReading | undefined): WallReading | undefined {
  if (!one || !other) return one ?? other;
  return other.limit - other.value < one.limit - one.value ? other : one;
}

/** Judges a buy. Sales only reduce exposure and are not asked. */
export function judgeWalls(input: WallInput): WallJudgement {
  const { quantity } = input;
  const { limit, source } = perTradeLimit(input.perTrade);
  const walls = [
    { wall: 1, name: 'per_trade', source, limit, value: input.cost } satisfies WallReading,
    reading(2, 'per_market', 'platform', input.market, quantity),
    tighter(
      reading(3, 'per_category', 'platform', input.category, quantity),
      reading(3, 'per_category', 'operator', input.operatorCategory, quantity),
    ),
    reading(4, 'per_operator', 'operator', input.operator, quantity),
    reading(5, 'global', 'platform', input.global, quantity),
  ];
  const passed: WallReading[] = [];
  for (const wall of walls) {
    if (!wall) continue;
    if (wall.value > wall.limit) return { ok: false, ...wall, message: MESSAGES[wall.name](usd(wall.value), usd(wall.limit)) };
    passed.push(wall);
  }
  return { ok: true, passed };
}

/** The refusal a player sees: RISK_LIMIT naming the wall, the limit and the value. */
export const wallRefusal = (judged: Extract<WallJudgement, { ok: false }>): Refusal =>
  refuse('RISK_LIMIT', judged.message, {
    wall: judged.wall,
    wall_name: judged.name,
    source: judged.source,
    limit_usd: Number(judged.limit) / 100,
    value_usd: Number(judged.value) / 100,
  });
