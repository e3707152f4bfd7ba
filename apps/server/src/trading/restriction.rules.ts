/** Who may not buy, and where. Sales are open to everybody. */
import { type Refusal, refuse } from '@predictu/contract/errors';
import type { Market, Player } from './world-rows.rules.ts';

const closed = (reason: string, message: string, details: Record<string, unknown> = {}): Refusal =>
  refuse('PLAYER_RESTRICTED', message, { reason, ...details });

/** PLAYER_RESTRICTED with `details.reason` suspended, inactive, banned, cooldown, market or category; undefined when the player may buy. */
export function restrictionOf(player: Player, market: Pick<Market, 'id' | 'category'>, now: Date): Refusal | undefined {
  if (player.status !== 'active') return closed(player.status, `The player is ${player.status}`);
  if (player.tier === 'banned') return closed('banned', 'The player is banned');
  if (player.cooldownUntil !== null && now < player.cooldownUntil) {
    return closed('cooldown', 'The player is cooling down', { until: player.cooldownUntil.toISOString() });
  }
  if (player.blockedMarkets.includes(market.id)) return closed('market', 'The market is closed to the player');
  const { allowedCategories, blockedCategories } = player;
  if (blockedCategories.includes(market.category) || (allowedCategories !== null && !allowedCategories.includes(market.category))) {
    return closed('category', 'The category is closed to the player');
  }
  return undefined;
}
