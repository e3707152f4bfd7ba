/** A player buys or sells: the order goes into the next batch, the answer is the batch's. Asks the database nothing itself. */
import type { placeTrade as one, placeTrades as several } from '@predictu/contract/player/trades';
import type { OrderFields } from '@predictu/contract/shapes/trade';
import type { Context, Handler } from '../platform/http.ts';
import type { PlayerFeed } from './follow-players.ts';
import type { Answer, Operation, Order } from './operation.rules.ts';
import { showPlacedTrade } from './show-trade.ts';
import type { Trading } from './trading.ts';

type Engine = Pick<Trading, 'submit' | 'preview'>;
type Feed = Pick<PlayerFeed, 'kick'>;

export const orderOf = (body: OrderFields): Order => ({
  marketId: body.market_id,
  outcome: body.outcome,
  side: body.side,
  ...(body.amount_usd !== undefined && { amount: body.amount_usd }),
  ...(body.quantity !== undefined && { quantity: body.quantity }),
  ...(body.quote !== undefined && { quote: body.quote }),
  ...(body.limit_price !== undefined && { limitPrice: body.limit_price }),
});

async function decide(
  trading: Engine,
  feed: Feed,
  { setHeader }: Pick<Context, 'setHeader'>,
  operation: Operation,
  dryRun: boolean | undefined,
): Promise<Answer> {
  if (dryRun) return trading.preview(operation);
  const answer = await trading.submit(operation);
  if (answer.replayed) setHeader('idempotency-replayed', 'true');
  else if (!('refusal' in answer)) feed.kick(operation.playerId);
  return answer;
}

export const placeTrade =
  (trading: Engine, feed: Feed): Handler<typeof one> =>
  async (context, { body, idempotencyKey: key, bodyHash }) => {
    const { operatorId, playerId } = context.actor;
    const operation = { kind: 'trade', operatorId, playerId, key, bodyHash, order: orderOf(body) } as const;
    const answer = await decide(trading, feed, context, operation, body.dry_run);
    if ('refusal' in answer) return answer.refusal;
    if (!('trade' in answer)) throw new Error('An order was answered with something else');
    const { trade } = answer;
    return { data: showPlacedTrade(trade), balance_usd: trade.balanceAfter, ...(body.dry_run && { dry_run: true }) };
  };

export const placeTrades =
  (trading: Engine, feed: Feed): Handler<typeof several> =>
  async (context, { body, idempotencyKey: key, bodyHash }) => {
    const { operatorId, playerId } = context.actor;
    const operation = { kind: 'trades', operatorId, playerId, key, bodyHash, orders: body.trades.map(orderOf) } as const;
    const answer = await decide(trading, feed, context, operation, body.dry_run);
    if ('refusal' in answer) return answer.refusal;
    const last = 'trades' in answer ? answer.trades.at(-1) : undefined;
    if (!('trades' in answer) || !last) throw new Error('Orders were answered with something else');
    return { data: answer.trades.map(showPlacedTrade), balance_usd: last.balanceAfter, ...(body.dry_run && { dry_run: true }) };
  };
