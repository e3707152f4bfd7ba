/** Breakers inside a batch: what halts a buy, and what a buy trips. */

import type { Refusal } from '@predictu/contract/errors';
import { categoryNumber } from '@predictu/contract/shapes/category';
import type { Cents } from '@predictu/contract/units';
import { type Breaker, type BreakerChange, breakerRefusal, breakersFor, judgeBreakers } from '../risk/breakers.rules.ts';
import { turned, utilisationBps } from '../risk/status.rules.ts';
import { nextId, type World } from './world.rules.ts';
import type { Exposure, Market, Operator, Player, RiskEvent, Scopes } from './world-rows.rules.ts';

export const openShares = (scope: Exposure): bigint => scope.yes + scope.no;

/** The scopes walls 2 to 5 watch, with their limits. */
export type Watched = { name: 'market' | 'category' | 'operator' | 'global'; wall: number; row: Exposure; limit: Cents | null };

export function watchedScopes(world: World, operator: Operator, market: Market, scopes: Scopes): Watched[] {
  const { settings } = world;
  return [
    { name: 'market', wall: 2, row: scopes.market, limit: settings.perMarketMax },
    { name: 'category', wall: 3, row: scopes.category, limit: settings.categoryLimits[Number(categoryNumber(market.category))] ?? null },
    { name: 'operator', wall: 4, row: scopes.operator, limit: operator.exposureLimit },
    { name: 'global', wall: 5, row: scopes.global, limit: settings.globalLimit },
  ];
}

const utilisation = ({ row, limit }: Watched): bigint => utilisationBps(openShares(row), limit);

function apply(world: World, { breaker, event }: BreakerChange, marketId: bigint): void {
  world.breakers.set(breaker.id, breaker);
  world.events.push({
    id: nextId(world),
    operatorId: breaker.operatorId,
    type: 'circuit_breaker',
    severity: event.severity,
    wall: null,
    message: event.message,
    scope: { scope: breaker.scope, breaker_id: String(breaker.id), category: breaker.category, change: event.kind },
    value: null,
    threshold: null,
    playerId: null,
    marketId: breaker.marketId ?? (breaker.scope === 'market' ? marketId : null),
    autoResolved: event.autoResolved,
  });
}

function utilisationOf(watched: readonly Watched[], { scope: wanted }: Breaker): bigint {
  const scope = watched.find(({ name }) => name === wanted);
  return scope ? utilisation(scope) : 0n;
}

/** Lets the breakers of this trade look at the exposure as it stands; the refusal, when one of them is tripped. */
export function observeBreakers(world: World, watched: readonly Watched[], operator: Operator, market: Market): Refusal | undefined {
  if (world.breakers.size === 0) return undefined;
  const mine = breakersFor([...world.breakers.values()], { operatorId: operator.id, category: market.category, marketId: market.id });
  if (mine.length === 0) return undefined;
  const { blockedBy, changes } = judgeBreakers(mine, (breaker) => utilisationOf(watched, breaker), world.now);
  for (const change of changes) apply(world, change, market.id);
  return blockedBy ? breakerRefusal(blockedBy) : undefined;
}

/** The worst of the four, before this trade: what the spread reads. */
export const worstUtilisation = (watched: readonly Watched[]): bigint =>
  watched.reduce((worst, scope) => {
    const value = utilisation(scope);
    return value > worst ? value : worst;
  }, 0n);

export const utilisations = (watched: readonly Watched[]): bigint[] => watched.map(utilisation);

/** An event for each limit that this buy turned yellow or red. */
export function noteTurned(world: World, watched: readonly Watched[], before: readonly bigint[], player: Player, market: Market): void {
  watched.forEach((scope, index) => {
    const after = utilisation(scope);
    const colour = turned(before[index] ?? 0n, after);
    if (!colour) return;
    const event: RiskEvent = {
      id: nextId(world),
      operatorId: scope.name === 'operator' ? player.operatorId : null,
      type: 'wall_violation',
      severity: colour === 'red' ? 'warning' : 'info',
      wall: scope.wall,
      message: `The exposure of the ${scope.name === 'global' ? 'platform' : scope.name} has reached ${after / 100n}% of its limit`,
      scope: { scope: scope.name, kind: 'approached', category: scope.name === 'category' ? market.category : null },
      value: openShares(scope.row) as Cents,
      threshold: scope.limit,
      playerId: null,
      marketId: scope.name === 'market' ? market.id : null,
      autoResolved: false,
    };
    world.events.push(event);
  });
}
