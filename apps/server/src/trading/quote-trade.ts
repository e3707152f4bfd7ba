/** A player asks for a binding price: the decision a trade would get now, and a signature the house stands by. */
import type { requestQuote as endpoint } from '@predictu/contract/player/trades';
import { type Cents, cents } from '@predictu/contract/units';
import type { Handler } from '../platform/http.ts';
import { orderOf } from './place-trade.ts';
import { showReceipt } from './show-trade.ts';
import type { Trading } from './trading.ts';

/** What the balance would move by: a buyer pays cost and fee, a seller gets the proceeds less the fee. */
const totalOf = (side: 'buy' | 'sell', amount: Cents, fee: Cents): Cents => cents(side === 'buy' ? amount + fee : amount - fee);

export const requestQuote =
  (trading: Pick<Trading, 'quote'>): Handler<typeof endpoint> =>
  async ({ actor }, { body }) => {
    const { operatorId, playerId } = actor;
    const answer = await trading.quote({ operatorId, playerId, order: orderOf(body) });
    if ('refusal' in answer) return answer.refusal;
    const { quote } = answer;
    return {
      data: {
        quote: quote.token,
        market_id: body.market_id,
        outcome: body.outcome,
        side: body.side,
        price: quote.price,
        mid: quote.mid,
        quantity: quote.quantity,
        cost_usd: quote.amount,
        fee_usd: quote.fee,
        total_usd: totalOf(body.side, quote.amount, quote.fee),
        expires_at: quote.expiresAt,
        receipt: showReceipt(quote.receipt),
      },
    };
  };
