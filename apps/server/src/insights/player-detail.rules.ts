/** The figures of one player that no column holds. */
import type { PlatformConfig } from '@predictu/contract/shapes/platform-config';
import { type Cents, cents } from '@predictu/contract/units';
import { effectiveLimitTier, type LimitTier, perTradeLimit, type RiskTier } from '../risk/walls.rules.ts';

/** Volume / trades, half up; null without any. */
export const averageTrade = (volume: Cents, trades: number): Cents | null =>
  trades === 0 ? null : cents((2n * volume + BigInt(trades)) / (2n * BigInt(trades)));

type Limited = {
  max_bet_cents: Cents | null;
  limit_tier: LimitTier;
  tier: RiskTier;
  trade_count: number;
  created_at: Date;
};
type OperatorLimits = { max_bet_cents: Cents; limit_tiers: Record<string, number> };

/** The most one trade of the player may cost now: what wall 1 asks (docs/risk.md). */
export function largestBet(player: Limited, operator: OperatorLimits, { risk, defaults }: PlatformConfig, now: Date): Cents {
  const ofTier = (name: LimitTier): Cents => cents(BigInt(operator.limit_tiers[name] ?? 0));
  return perTradeLimit({
    platform: risk.per_trade_max_usd,
    userDefault: defaults.user_max_bet_usd,
    operator: operator.max_bet_cents,
    player: player.max_bet_cents,
    limitTier: effectiveLimitTier({ limitTier: player.limit_tier, createdAt: player.created_at, tradeCount: player.trade_count }, now),
    limitTiers: { new: ofTier('new'), regular: ofTier('regular'), vip: ofTier('vip') },
    tier: player.tier,
  }).limit;
}
