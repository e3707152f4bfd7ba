/**
 * Asks the batch about limit orders: those a price has just crossed, at once, and every few seconds those that are due in any other way.
 * Any number of processes may ask, and any of them may die: an order's status, read under the sequencer, lets it execute once.
 */
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import { type Moved, type OpenOrder, selectCrossed, selectDue } from './limit-order-crossing.sql.ts';
import { type Answer, type LimitOrder, limitOrderKey, type Operation, type TradeResult } from './operation.rules.ts';
import type { TradePayments } from './pay-trade.ts';
import type { PriceChange } from './stream-player.ts';

export type OrderMatcher = {
  /** These prices have just been written. */
  moved(changes: readonly PriceChange[]): void;
  /** Looks at one order now; undefined when it is gone. */
  match(order: OpenOrder): Promise<LimitOrder | undefined>;
  /** Looks at every order that is due; answers how many ended or were executed. */
  sweep(): Promise<number>;
  /** Listens and sweeps until closed. */
  start(listen: (listener: (changes: readonly PriceChange[]) => void) => () => void): void;
  /** Until what was heard has been looked at. */
  idle(): Promise<void>;
  close(): Promise<void>;
};
export type MatcherOptions = {
  database: Database;
  clock: Clock;
  trading: { submit(operation: Operation): Promise<Answer> };
  payments: Pick<TradePayments, 'pay'>;
  log: { warn(fields: object, message: string): void };
};

const WORKER = { kind: 'worker', name: 'match-orders' } as const;
/** Orders asked about together: less than half a batch, so that trades never wait for more than one. */
const TOGETHER = 200;
const SWEEP_EVERY_MS = 2_000;
/** An order the spread keeps out is asked about again when the price has come nearer, or after this long. */
const PATIENCE_MS = 15_000;
const BODY_HASH = '0'.repeat(32);

/** What was seen of an order that was crossed and did not execute. */
type Tried = { mid: bigint; at: number };

export function openOrderMatcher({ database, clock, trading, payments, log }: MatcherOptions): OrderMatcher {
  const waiting = new Map<bigint, Moved>();
  const tried = new Map<bigint, Tried>();
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopListening = () => {};
  let closed = false;

  /** Where the operator keeps the balances, its wallet is told; the queue goes on when this process cannot. */
  function pay(trade: TradeResult | undefined): void {
    if (trade?.walletMode !== 'seamless') return;
    payments
      .pay([trade])
      .catch((error: unknown) => log.warn({ err: error, trade_id: String(trade.id) }, 'An executed order waits for its wallet'));
  }

  async function ask({
    id,
    operatorId,
    playerId,
    marketId,
    outcome,
  }: OpenOrder): Promise<(Answer & { limitOrder: LimitOrder }) | undefined> {
    const operation = {
      kind: 'match',
      operatorId,
      playerId,
      orderId: id,
      marketId,
      outcome,
      key: limitOrderKey(id),
      bodyHash: BODY_HASH,
    } as const;
    const answer = await trading.submit(operation);
    return 'limitOrder' in answer ? answer : undefined;
  }

  async function match(order: OpenOrder): Promise<LimitOrder | undefined> {
    const answer = await ask(order);
    if (!answer || !('executed' in answer) || !answer.executed) return answer?.limitOrder;
    if (answer.executed.walletMode === 'seamless') await payments.pay([answer.executed]);
    return answer.limitOrder;
  }

  /** Asks about them together; true for those that are no longer open. One that fails does not hold up the others. */
  async function askAll(orders: readonly OpenOrder[]): Promise<boolean[]> {
    return Promise.all(
      orders.map(async (order) => {
        try {
          const answer = await ask(order);
          if (answer && 'executed' in answer) pay(answer.executed);
          return answer?.limitOrder.status !== 'open';
        } catch (error) {
          log.warn({ err: error, order_id: String(order.id) }, 'An order could not be matched, the next sweep tries again');
          return false;
        }
      }),
    );
  }

  /** Page by page: what stays open is not read again. */
  async function through(page: (after: bigint) => Promise<OpenOrder[]>, each: (orders: OpenOrder[]) => Promise<void>): Promise<void> {
    let after = 0n;
    for (;;) {
      const orders = await page(after);
      const last = orders.at(-1);
      if (!last || closed) return;
      await each(orders);
      if (orders.length < TOGETHER) return;
      after = last.id;
    }
  }

  function isNearer({ id, outcome, side }: OpenOrder, mid: bigint): boolean {
    const before = tried.get(id);
    if (!before || clock.now().getTime() - before.at >= PATIENCE_MS) return true;
    return (side === 'buy') === (outcome === 'yes') ? mid < before.mid : mid > before.mid;
  }

  async function follow(moves: readonly Moved[]): Promise<void> {
    const mids = new Map(moves.map(({ marketId, mid }) => [marketId, mid]));
    await through(
      (after) => database.as(WORKER, 'read', (db) => selectCrossed(db, moves, after, TOGETHER)),
      async (orders) => {
        const near = orders.filter((order) => isNearer(order, mids.get(order.marketId) ?? 0n));
        const over = await askAll(near);
        near.forEach(({ id, marketId }, index) => {
          if (over[index]) tried.delete(id);
          else tried.set(id, { mid: mids.get(marketId) ?? 0n, at: clock.now().getTime() });
        });
      },
    );
  }

  async function run(): Promise<void> {
    await null;
    while (waiting.size > 0 && !closed) {
      const moves = [...waiting.values()];
      waiting.clear();
      await follow(moves).catch((error: unknown) => log.warn({ err: error }, 'Orders could not be looked at, the next sweep does'));
    }
  }

  async function sweep(): Promise<number> {
    let ended = 0;
    const now = clock.now();
    await through(
      (after) => database.as(WORKER, 'read', (db) => selectDue(db, now, after, TOGETHER)),
      async (orders) => {
        for (const over of await askAll(orders)) ended += Number(over);
      },
    );
    const forgotten = now.getTime() - PATIENCE_MS;
    for (const [id, { at }] of tried) if (at < forgotten) tried.delete(id);
    return ended;
  }

  let sweeping: Promise<unknown> = Promise.resolve();
  const moved: OrderMatcher['moved'] = (changes) => {
    for (const { marketId, mid } of changes) if (mid !== null) waiting.set(marketId, { marketId, mid });
    if (waiting.size === 0 || closed) return;
    running ??= run().finally(() => {
      running = undefined;
    });
  };
  function tick(): void {
    sweeping = sweep()
      .catch((error: unknown) => log.warn({ err: error }, 'Orders could not be swept'))
      .finally(() => {
        if (!closed) timer = setTimeout(tick, SWEEP_EVERY_MS).unref();
      });
  }

  return {
    moved,
    match,
    sweep,
    start(listen) {
      stopListening = listen(moved);
      tick();
    },
    async idle() {
      while (running) await running;
    },
    async close() {
      closed = true;
      stopListening();
      clearTimeout(timer);
      await Promise.all([running, sweeping]);
    },
  };
}
