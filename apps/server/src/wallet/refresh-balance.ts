/**
 * Balances asked for in the background, for players who come back or look again. Most operators keep their players' money here: which of them
 * do not is read once for all, so that a look at a balance kept here asks nothing more of the database.
 */
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import { operatorsWithOutsideWallet } from './endpoint.sql.ts';

type Player = { operatorId: bigint; playerId: bigint };
export type RefreshOptions = {
  database: Database;
  actor: Actor;
  clock: Clock;
  /** Asks a player's wallet; never fails. */
  ask(player: Player): void;
  onError(error: unknown): void;
};

/** An operator that has just got a wallet of its own is noticed within this time. */
const OPERATORS_EVERY_MS = 2_000;
/** A player's balance is asked for no more often, and the times of so many players are remembered. */
const [BALANCE_EVERY_MS, MOST_ASKED] = [2_000, 100_000];

/** `settled` resolves when which operators have a wallet is known to whoever has asked so far. */
export function balanceRefresher({ database, actor, clock, ask, onError }: RefreshOptions) {
  const lastAsked = new Map<bigint, number>();
  let outside: { readAt: number; reading: Promise<unknown>; operators: ReadonlySet<bigint> | undefined } | undefined;

  function read(now: number): NonNullable<typeof outside> {
    const begun: NonNullable<typeof outside> = { readAt: now, reading: Promise.resolve(), operators: undefined };
    begun.reading = database.as(actor, 'read', operatorsWithOutsideWallet).then(
      (operators) => {
        begun.operators = operators;
      },
      (error: unknown) => {
        if (outside === begun) outside = undefined;
        onError(error);
      },
    );
    return begun;
  }

  function askSeldom(player: Player, now: number): void {
    if (now - (lastAsked.get(player.playerId) ?? 0) < BALANCE_EVERY_MS) return;
    if (lastAsked.size >= MOST_ASKED) lastAsked.clear();
    lastAsked.set(player.playerId, now);
    ask(player);
  }

  return {
    refresh(player: Player): void {
      const now = clock.now().getTime();
      // The distance, not the difference: a machine's clock that is set back must not put the next reading off.
      if (!outside || Math.abs(now - outside.readAt) >= OPERATORS_EVERY_MS) outside = read(now);
      const known = outside;
      if (!known.operators) void known.reading.then(() => known.operators?.has(player.operatorId) && askSeldom(player, now));
      else if (known.operators.has(player.operatorId)) askSeldom(player, now);
    },
    settled: (): Promise<unknown> | undefined => outside?.reading,
  };
}
