/** The one stream of a player: prices, own trades and limit orders, own balance, notifications. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { marketId } from '../ids.ts';
import { notification } from '../shapes/engagement.ts';
import { ledgerEntry } from '../shapes/ledger-entry.ts';
import { order } from '../shapes/order.ts';
import { trade } from '../shapes/trade.ts';
import { instant, nonNegativeUsd, unitPrice } from '../units.ts';

const MARKETS_AT_MOST = 200;

export const priceEvent = z.object({
  market_id: marketId,
  yes_price: unitPrice.nullable(),
  no_price: unitPrice.nullable(),
  priced_at: instant.nullable(),
});
export const balanceEvent = z.object({
  balance_usd: nonNegativeUsd,
  entry: ledgerEntry.nullable().meta({ description: 'The ledger row that moved it; null for the balance at the start of a stream.' }),
});
export const orderBookEvent = z.object({ market_id: marketId });
export const streamEvent = z.union([priceEvent, trade, order, balanceEvent, orderBookEvent, notification]).meta({ id: 'StreamEvent' });

const marketIds = z.codec(z.string().max(6_000), z.array(marketId).min(1).max(MARKETS_AT_MOST), {
  decode: (text) => text.split(','),
  encode: (ids) => ids.join(','),
});

export const streamPlayer = endpoint({
  method: 'GET',
  path: '/api/casino/stream',
  audience: 'player',
  tag: 'Account',
  summary: 'Stream prices, own trades, limit orders, balance and notifications',
  description:
    'Server-sent events `price`, `trade`, `order`, `balance`, `orderbook` and `notification`. Ids are sequence numbers: send the last one seen as `Last-Event-ID` and every own trade, change of an own limit order and ledger row after it is replayed exactly once. `orderbook` says that the resting orders of a market have changed: ask for its book again; it comes only while the operator shows order books. Prices and balance arrive first, as they are now. Notifications are not replayed: their list has them. The stream ends from time to time; reconnect.',
  query: z.strictObject({
    markets: marketIds
      .optional()
      .meta({ description: 'Prices of these markets only: ids separated by commas, at most 200. All active markets when absent.' }),
  }),
  stream: true,
  answer: streamEvent,
});
