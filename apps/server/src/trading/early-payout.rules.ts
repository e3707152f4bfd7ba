/** A player who acts before its turn is paid first: what settlements owe it is credited before its operation is decided. */
import { creditPayout, type Payout, payoutMetadata } from './payout.rules.ts';
import { changePlayer, nextId, playerKey, type World } from './world.rules.ts';
import type { Operator, Player } from './world-rows.rules.ts';

/** Credits everything that is outstanding for this player in this world. */
export function payOutstanding(world: World, operator: Operator, player: Player): void {
  if (operator.walletMode !== 'internal') return;
  const outstanding: readonly Payout[] = world.payouts.get(playerKey(player.operatorId, player.id)) ?? [];
  for (const payout of outstanding) {
    if (world.earlyPayouts.some(({ payout: paid }) => paid === payout)) continue;
    const row = changePlayer(world, player);
    const { entries, absorbed } = creditPayout(row, payout, operator.walletMode);
    for (const entry of entries) {
      const { operatorId, id: playerId } = player;
      world.entries.push({ operatorId, id: nextId(world), playerId, tradeId: null, metadata: payoutMetadata(payout), ...entry });
    }
    world.earlyPayouts.push({ payout, absorbed });
  }
}
