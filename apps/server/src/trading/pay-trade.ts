/**
 * Trades whose money an operator's own wallet keeps: the wallet is told after the commit, and what it answers goes back into the batch.
 * No transaction is open while it is asked.
 */
import { Failure, isRefusal, type Refusal } from '@predictu/contract/errors';
import type { Cents } from '@predictu/contract/units';
import type { Database } from '../platform/db.ts';
import type { EndedCall, TradePort, Wallet } from '../wallet/wallet.ts';
import { selectPlace, selectRefusal, selectWalletBalance } from './ended-trade.sql.ts';
import {
  type Answer,
  type FillOperation,
  type Operation,
  type ReleaseOperation,
  reservedKey,
  type TradeResult,
} from './operation.rules.ts';
import { walletRefusal } from './wallet-refusal.rules.ts';

const WORKER = { kind: 'worker', name: 'trade-payments' } as const;
const UNANSWERED = { code: 'WALLET_TIMEOUT' } as const;
/** What ends a trade has no body. */
const BODY_HASH = '0'.repeat(32);

export type TradePayments = {
  /** Tells the wallet of trades decided just now, and waits for its first answer to the buys. In the order given. */
  pay(trades: readonly TradeResult[]): Promise<(TradeResult | Refusal)[]>;
  /** How trades stand that were asked for before. @throws IN_FLIGHT while one waits for its wallet */
  recall(trades: readonly TradeResult[]): Promise<(TradeResult | Refusal)[]>;
  /** What the wallet last said the player of these trades has. */
  balance(trade: TradeResult): Promise<Cents>;
};
export type PaymentOptions = {
  database: Database;
  trading: { submit(operation: Operation): Promise<Answer> };
  wallet: Pick<Wallet, 'serve' | 'deliver' | 'wake'>;
  log: { warn(fields: object, message: string): void };
};

type Ending = { kind: 'fill' } | { kind: 'release'; refusal: Refusal };

export function openTradePayments({ database, trading, wallet, log }: PaymentOptions): TradePayments {
  /** Buys whose end a request of this process waits for. */
  const waiting = new Map<bigint, { trade: TradeResult; end(ended: TradeResult): void }>();
  /** Balances that came with the answers to trades: whoever shows such a trade need not look them up. */
  const answered = new WeakMap<TradeResult, Cents>();
  const read = <T>(work: Parameters<typeof database.as<T>>[2]): Promise<T> => database.as(WORKER, 'read', work);

  /** False when the debit's own end could not be written with it. */
  async function end(
    tradeId: bigint,
    { operatorId, playerId }: { operatorId: bigint; playerId: bigint },
    ending: Ending,
    ended?: EndedCall,
  ): Promise<boolean> {
    const place = waiting.get(tradeId)?.trade ?? (await read((db) => selectPlace(db, operatorId, tradeId)));
    if (!place) throw new Error(`No trade ${tradeId} for a wallet's answer`);
    const operation: FillOperation | ReleaseOperation = {
      ...ending,
      ...(ended && { ended }),
      marketId: place.marketId,
      outcome: place.outcome,
      operatorId,
      playerId,
      tradeId,
      key: reservedKey(tradeId),
      bodyHash: BODY_HASH,
    };
    const answer: Answer = await trading.submit(operation);
    if (!('trade' in answer)) return false;
    waiting.get(tradeId)?.end(answer.trade);
    // Paid too late: its rollback has been written.
    if (ending.kind === 'fill' && answer.trade.status === 'cancelled') wallet.wake(operatorId);
    return true;
  }
  async function told(tradeId: bigint, call: { operatorId: bigint; playerId: bigint }, ending: Ending): Promise<void> {
    if (!(await end(tradeId, call, ending))) throw new Error(`Trade ${tradeId} could not be ended`);
  }
  const port: TradePort = {
    end: (ended, call) => {
      const { status, reason } = ended;
      return end(
        call.tradeId,
        call,
        status === 'confirmed' ? { kind: 'fill' } : { kind: 'release', refusal: walletRefusal(reason ?? UNANSWERED) },
        ended,
      );
    },
    fill: (tradeId, call) => told(tradeId, call, { kind: 'fill' }),
    release: (tradeId, reason, call) => told(tradeId, call, { kind: 'release', refusal: walletRefusal(reason) }),
  };
  wallet.serve(port);

  async function deliver(trade: TradeResult): Promise<void> {
    const { operatorId, id } = trade;
    try {
      const { balance } = await wallet.deliver(operatorId, id);
      if (balance !== null && balance >= 0n) answered.set(trade, balance);
    } catch (error) {
      log.warn({ err: error, trade_id: String(id) }, 'A trade could not be told to its wallet at once; the queue goes on');
      wallet.wake(operatorId);
    }
  }

  async function shown(trade: TradeResult): Promise<TradeResult | Refusal> {
    if (trade.status !== 'cancelled') return trade;
    return (await read((db) => selectRefusal(db, trade.operatorId, trade.id))) ?? trade;
  }

  async function payOne(trade: TradeResult): Promise<TradeResult | Refusal> {
    if (trade.side === 'sell') {
      // The sale is done; that the credit is on its way is nothing to wait for.
      void deliver(trade);
      return trade;
    }
    let ended: TradeResult | undefined;
    const end = (given: TradeResult): void => {
      ended = given;
    };
    waiting.set(trade.id, { trade, end });
    try {
      await deliver(trade);
    } finally {
      waiting.delete(trade.id);
    }
    return shown(ended ?? trade);
  }

  return {
    pay: (trades) => Promise.all(trades.map(payOne)),
    recall: (trades) => {
      if (trades.some(({ status }) => status === 'pending')) {
        throw new Failure('IN_FLIGHT', "The operator's wallet has not answered yet");
      }
      return Promise.all(trades.map(shown));
    },
    balance: async (trade) => answered.get(trade) ?? read((db) => selectWalletBalance(db, trade.operatorId, trade.playerId)),
  };
}

/** What was refused, when everything was. */
export const refusalOf = (results: readonly (TradeResult | Refusal)[]): Refusal | undefined =>
  results.every(isRefusal) ? results[0] : undefined;
