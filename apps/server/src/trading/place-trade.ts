/**
 * A player buys or sells: the order goes into the next batch, the answer is the batch's. Asks the database nothing itself. Where the
 * operator's wallet keeps the money, a buy waits for the wallet's first answer.
 */
import { isRefusal, type Refusal } from '@predictu/contract/errors';
import type { placeTrade as one, placeTrades as several } from '@predictu/contract/player/trades';
import type { OrderFields } from '@predictu/contract/shapes/trade';
import type { Cents } from '@predictu/contract/units';
import type { Context, Handler } from '../platform/http.ts';
import type { PlayerFeed } from './follow-players.ts';
import type { Answer, Operation, Order, TradeResult } from './operation.rules.ts';
import { refusalOf, type TradePayments } from './pay-trade.ts';
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

type Placed = { trades: TradeResult[]; balance: Cents };

/** What stands once the wallet has been asked, where there is one. */
async function settle(payments: TradePayments, feed: Feed, trades: readonly TradeResult[], replayed: boolean): Promise<Placed | Refusal> {
  const last = trades.at(-1);
  if (!last) throw new Error('Orders were answered with nothing');
  if (last.walletMode !== 'seamless' || last.id === 0n) return { trades: [...trades], balance: last.balanceAfter };
  const results = replayed ? await payments.recall(trades) : await payments.pay(trades);
  feed.kick(last.playerId);
  const refusal = refusalOf(results);
  if (refusal) return refusal;
  const ended = results.map((result, index) =>
    isRefusal(result) ? { ...(trades[index] as TradeResult), status: 'cancelled' as const } : result,
  );
  return { trades: ended, balance: await payments.balance(last) };
}

export const placeTrade =
  (trading: Engine, feed: Feed, payments: TradePayments): Handler<typeof one> =>
  async (context, { body, idempotencyKey: key, bodyHash }) => {
    const { operatorId, playerId } = context.actor;
    const operation = { kind: 'trade', operatorId, playerId, key, bodyHash, order: orderOf(body) } as const;
    const answer = await decide(trading, feed, context, operation, body.dry_run);
    if ('refusal' in answer) return answer.refusal;
    if (!('trade' in answer)) throw new Error('An order was answered with something else');
    const placed = await settle(payments, feed, [answer.trade], answer.replayed);
    if (isRefusal(placed)) return placed;
    const [trade = answer.trade] = placed.trades;
    return { data: showPlacedTrade(trade), balance_usd: placed.balance, ...(body.dry_run && { dry_run: true }) };
  };

export const placeTrades =
  (trading: Engine, feed: Feed, payments: TradePayments): Handler<typeof several> =>
  async (context, { body, idempotencyKey: key, bodyHash }) => {
    const { operatorId, playerId } = context.actor;
    const operation = { kind: 'trades', operatorId, playerId, key, bodyHash, orders: body.trades.map(orderOf) } as const;
    const answer = await decide(trading, feed, context, operation, body.dry_run);
    if ('refusal' in answer) return answer.refusal;
    if (!('trades' in answer)) throw new Error('Orders were answered with something else');
    const placed = await settle(payments, feed, answer.trades, answer.replayed);
    if (isRefusal(placed)) return placed;
    return { data: placed.trades.map(showPlacedTrade), balance_usd: placed.balance, ...(body.dry_run && { dry_run: true }) };
  };
