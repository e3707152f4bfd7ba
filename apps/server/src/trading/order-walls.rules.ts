/** The five walls of one order, and the events of what stopped it. */
import type { Refusal } from '@predictu/contract/errors';
import { categoryNumber } from '@predictu/contract/shapes/category';
import type { Cents, Shares } from '@predictu/contract/units';
import { effectiveLimitTier, type ScopeLimit, type WallInput, type WallJudgement } from '../risk/walls.rules.ts';
import { openShares, type Watched } from './halt.rules.ts';
import type { Context } from './order-price.rules.ts';
import type { RiskEvent } from './world-rows.rules.ts';

function bound(watched: readonly Watched[], name: Watched['name']): ScopeLimit {
  const scope = watched.find((one) => one.name === name) as Watched;
  return { limit: scope.limit, exposure: openShares(scope.row) as Shares };
}

export function wallInput(
  { world, operator, player, market, scopes, watched }: Context,
  { amount, quantity }: { amount: Cents; quantity: Shares },
): WallInput {
  const { settings, now } = world;
  return {
    cost: amount,
    quantity,
    perTrade: {
      platform: settings.perTradeMax,
      userDefault: settings.userMaxBet,
      operator: operator.maxBet,
      player: player.maxBet,
      limitTier: effectiveLimitTier(player, now),
      limitTiers: operator.limitTiers,
      tier: player.tier,
    },
    market: bound(watched, 'market'),
    category: bound(watched, 'category'),
    operatorCategory: {
      limit: operator.categoryLimits[Number(categoryNumber(market.category))] ?? null,
      exposure: openShares(scopes.operatorCategory) as Shares,
    },
    operator: bound(watched, 'operator'),
    global: bound(watched, 'global'),
  };
}

const refusedEvent = (
  { player, market }: Context,
  message: string,
): Omit<RiskEvent, 'type' | 'severity' | 'wall' | 'scope' | 'value' | 'threshold'> => ({
  // Drawn when the event is recorded: a refusal of several orders rolls the ids back first.
  id: 0n,
  operatorId: player.operatorId,
  message,
  playerId: player.id,
  marketId: market.id,
  autoResolved: false,
});

export const wallEvent = (context: Context, judged: Extract<WallJudgement, { ok: false }>): RiskEvent => ({
  ...refusedEvent(context, judged.message),
  type: 'wall_violation',
  severity: judged.wall === 1 ? 'info' : 'warning',
  wall: judged.wall,
  scope: { scope: judged.name, kind: 'refused', source: judged.source, category: context.market.category },
  value: judged.value,
  threshold: judged.limit,
});

export const haltEvent = (context: Context, refusal: Refusal): RiskEvent => ({
  ...refusedEvent(context, refusal.message),
  type: 'circuit_breaker',
  severity: 'info',
  wall: null,
  scope: { scope: String(refusal.details?.['scope']), kind: 'refused', category: context.market.category },
  value: null,
  threshold: null,
});
