/**
 * Door of trading. Nouns: operation (trade, trades, adjustment, limit order, fill, release, match, cancel), answer, quote, batch, lease, payment.
 * Invariants: an answer is given after its commit was seen; a key has one answer for ever; no limit is exceeded at any moment,
 * however many processes decide; positions, exposure, balances and ledger move in one transaction.
 * Lock order: sequencer, players, everything else (docs/decisions/0003-trading-batch.md).
 * A refusal is part of the answer. A `Failure` is thrown: UNAVAILABLE and INTERNAL_ERROR changed nothing, OUTCOME_UNKNOWN may have.
 */
import type { Refusal } from '@predictu/contract/errors';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import { idMaker } from '../platform/ids.ts';
import { openSession } from '../platform/session.ts';
import { quoteSigner } from '../pricing/pricing.ts';
import { type Log, openBatcher } from './batch.ts';
import { type Forwarder, openForwarder, openReceiver } from './forward.ts';
import { type Lease, openLease } from './lease.ts';
import { openLooker } from './look.ts';
import type { Answer, Operation, Order, Quote, QuoteRequest, ReadOrder } from './operation.rules.ts';
import { openPreviews, type Previews } from './preview-order.ts';
import type { Announce } from './transaction.ts';

export { type OrderMatcher, openOrderMatcher } from './match-orders.ts';
export type {
  AdjustmentOperation,
  Answer,
  Operation,
  Order,
  Quote,
  QuoteRequest,
  TradeOperation,
  TradeResult,
  WalletMode,
} from './operation.rules.ts';
export { openTradePayments, type TradePayments } from './pay-trade.ts';
export { insertAbsorptions, PAYOUT_COLUMNS } from './payout.sql.ts';
export { choosePositions } from './position-choice.sql.ts';
export { selectConsolePositions } from './position-list.sql.ts';
export { type BuyShares, readBuyShares } from './read-buy-shares.ts';
export { readTradePage } from './read-trade-page.ts';
export { showConsolePosition } from './show-position.ts';
export { chooseTrades } from './trade-choice.sql.ts';
export { type FindPositionTrades, selectTrades } from './trade-list.sql.ts';

export type Trading = {
  /** Decides and writes. Resolves once it is committed. */
  submit(operation: Operation): Promise<Answer>;
  /** A dry run: the same decision on what is committed now, nothing written; ids are 0, key and body hash are not looked at. */
  preview(operation: Operation): Promise<Answer>;
  /** A binding price for a few seconds, or what the trade would be refused for. */
  quote(request: QuoteRequest): Promise<{ quote: Quote } | { refusal: Refusal }>;
  /** The four prices a player would get now, not binding; undefined while the market has none. */
  prices: Previews['prices'];
  /** Where the house trades with a player at once, and how much in one trade. */
  houseLevels: Previews['houseLevels'];
  /** Whether this process decides, or forwards to the one that does. */
  role(): 'batcher' | 'forwarding';
  /** Finishes what was submitted. */
  close(): Promise<void>;
};
export type TradingOptions = {
  database: Database;
  /** Of the login role predictu_app. */
  appUrl: string;
  clock: Clock;
  log: Log;
  /** The instance secret; the key of quotes is derived from it. */
  quoteKey: string;
  /** Told of debits of outside wallets while this process writes them. */
  announce?: Announce;
  /** False: this process decides by itself, lease or not. */
  sharing?: boolean;
  /** False: answers do not wait for the disk. Only for what would be made anew after a crash. */
  durable?: boolean;
};

const STATEMENT_TIMEOUT_MS = 5_000;
const IDLE_IN_TRANSACTION_MS = 3_000;

/** Opens the engine: connected, warm, and either the batcher or on its way to it. @throws when the database cannot be reached. */
export async function openTrading({
  database,
  appUrl,
  clock,
  log,
  quoteKey,
  announce,
  sharing = true,
  durable = true,
}: TradingOptions): Promise<Trading> {
  const signer = quoteSigner(quoteKey);
  const connect = (name: string) => () =>
    openSession({
      connectionString: appUrl,
      role: 'predictu_worker',
      name,
      statementTimeoutMs: STATEMENT_TIMEOUT_MS,
      idleInTransactionMs: IDLE_IN_TRANSACTION_MS,
      durable,
    });

  const readOrder = <O extends Order>(order: O): O & ReadOrder =>
    order.quote === undefined ? order : { ...order, claims: signer.readQuote(order.quote) ?? null };
  /** Signatures are checked before the batch, so that rules need no key. */
  function withClaims(operation: Operation): Operation {
    if (operation.kind === 'trade') {
      const { order } = operation;
      return order.quote === undefined ? operation : { ...operation, order: readOrder(order) };
    }
    if (operation.kind === 'trades') return { ...operation, orders: operation.orders.map(readOrder) };
    return operation;
  }

  const batcher = await openBatcher({ connect: connect('predictu batch'), clock, log, announce });
  const looker = await openLooker({ connect: connect('predictu look'), clock });
  const previews = openPreviews({ looker, clock, newId: idMaker(clock), signer });
  const decideHere = (operation: Operation, elsewhere?: boolean): Promise<Answer> => batcher.submit(withClaims(operation), elsewhere);
  const share = sharing ? await openSharing({ connect: connect('predictu lease'), database, clock, log, decideHere }) : undefined;

  return {
    submit: (operation) => share?.forwarder()?.forward(operation) ?? decideHere(operation),
    preview: (operation) => previews.preview(withClaims(operation)),
    quote: previews.quote,
    prices: previews.prices,
    houseLevels: previews.houseLevels,
    role: () => (share?.forwarder() ? 'forwarding' : 'batcher'),
    async close() {
      await share?.close();
      await Promise.all([batcher.close(), looker.close()]);
    },
  };
}

type SharingOptions = Pick<TradingOptions, 'database' | 'clock' | 'log'> & {
  connect: Parameters<typeof openLease>[0]['connect'];
  decideHere(operation: Operation, elsewhere?: boolean): Promise<Answer>;
};

/** One process decides for all: the lease, the socket others reach it by, and the way to whoever holds it. */
async function openSharing({ connect, database, clock, log, decideHere }: SharingOptions) {
  const receiver = await openReceiver((operation) => decideHere(operation, true), log);
  let lease: Lease | undefined;
  let forwarder: Forwarder | undefined;

  function follow(): void {
    const address = lease?.holder();
    if (forwarder && (forwarder.address !== address || !forwarder.ready())) {
      forwarder.close();
      forwarder = undefined;
    }
    if (address !== undefined && address !== receiver.address) forwarder ??= openForwarder(address, decideHere);
  }
  lease = await openLease({ connect, database, address: receiver.address, clock, log, looked: follow });
  follow();
  return {
    forwarder: () => (forwarder?.ready() ? forwarder : undefined),
    async close() {
      await lease?.close();
      forwarder?.close();
      await receiver.close();
    },
  };
}
