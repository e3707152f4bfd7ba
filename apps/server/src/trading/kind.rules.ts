/** What a kind of operation must say about itself. The table of kinds is in decide.rules.ts; a new kind is one file and one line there. */
import type { Refusal } from '@predictu/contract/errors';
import type { Answer, FinishingOperation, KeyedOperation, Order, Outcome, Outcomes } from './operation.rules.ts';
import type { World } from './world.rules.ts';
import type { KeptAnswer, Operator, Player, RiskEvent } from './world-rows.rules.ts';

export type Decided =
  | {
      outcome: Outcomes;
      /** The trade that is the answer, when there is exactly one. */
      tradeId: bigint | null;
      /** JSON text of what the rows of its trades do not hold. */
      kept: string;
    }
  | { refusal: Refusal; event?: RiskEvent };

/** An operation that somebody asks for under an idempotency key. */
export type Kind<O extends KeyedOperation> = {
  /** Whose keys it shares: a player's, or 0 for those of the operator's own calls. */
  ownerId(operation: O): bigint;
  /** The orders whose market, position and quote must be read. */
  orders(operation: O): readonly Order[];
  decide(world: World, operator: Operator, player: Player, operation: O): Decided;
  /** The first answer again; undefined when it was not an answer to this kind. */
  replay(kept: KeptAnswer): Outcomes | undefined;
};

/** A trade or a limit order, and where it stands. */
export type About = { marketId: bigint; outcome: Outcome } & ({ tradeId: bigint } | { orderId: bigint });

/** An operation that ends what an earlier one began: told by state, not by key, and stopped by no setting of the operator or player. */
export type FinishingKind<O extends FinishingOperation> = {
  /** The trade or limit order it is about: that, its position and its market must be read. */
  about(operation: O): About;
  finish(world: World, operation: O): Answer;
};
