/**
 * The batcher: what arrives while a batch is in flight is the next batch. One batch, one transaction, one connection
 * (docs/decisions/0003-trading-batch.md). No timer: a lone operation goes at once.
 */
import { Failure } from '@predictu/contract/errors';
import type { Clock } from '../platform/clock.ts';
import { isConnectionLoss } from '../platform/db.ts';
import type { Session } from '../platform/session.ts';
import { nameOf } from './decide.rules.ts';
import type { Answer, Operation } from './operation.rules.ts';
import { carryOut, NotCommitted, RuleDefect, warmUp } from './transaction.ts';
import type { Settings } from './world.rules.ts';

export type Log = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>;

type Item = {
  operation: Operation;
  name: string;
  /** Whether its writes have been sent; unknown when the connection was then lost, until its key has been looked up. */
  fate: 'unsent' | 'sent' | 'unknown';
  /** Sent again after a loss: an answer found under its key is its own. */
  resent: boolean;
  /** Times it met a conflict or a locked player. */
  waits: number;
  resolve(answer: Answer): void;
  reject(failure: Failure): void;
};

export type Batcher = { submit(operation: Operation): Promise<Answer>; close(): Promise<void> };
export type BatcherOptions = { connect(): Promise<Session>; clock: Clock; log: Log };

const CAP = 512;
const PARKED_MS = 15;
const MOST_WAITS = 600;
const MOST_CONFLICTS = 5;
const RECONNECT_MS = [0, 50, 100, 200, 400, 800, 1_000, 1_000, 1_000];
const CONFLICTS = new Set(['40001', '40P01', '55P03', '57014']);

const sqlState = (error: unknown): string => (error as { code?: string } | null)?.code ?? '';
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function openBatcher({ connect, clock, log }: BatcherOptions): Promise<Batcher> {
  let session: Session | undefined;
  let settings: Settings | undefined;
  let queue: Item[] = [];
  let parked = 0;
  let running: Promise<void> | undefined;
  let closed = false;

  async function reconnect(): Promise<Session> {
    session = undefined;
    const opened = await connect();
    settings = await warmUp(opened, clock);
    session = opened;
    return opened;
  }

  /** The next batch: in order, each name once. A second operation of the same name is answered by the first one's row. */
  function take(): Item[] {
    const names = new Set<string>();
    const batch: Item[] = [];
    const later: Item[] = [];
    for (const item of queue) {
      if (batch.length >= CAP || names.has(item.name)) later.push(item);
      else {
        names.add(item.name);
        batch.push(item);
      }
    }
    queue = later;
    return batch;
  }

  function park(item: Item): void {
    item.waits += 1;
    if (item.waits > MOST_WAITS) {
      item.reject(new Failure('UNAVAILABLE', 'The player is held by a long operation'));
      return;
    }
    parked += 1;
    setTimeout(() => {
      parked -= 1;
      queue.unshift(item);
      kick();
    }, PARKED_MS);
  }

  async function run(items: Item[], conflicts = 0): Promise<void> {
    const current = session;
    if (!current?.alive()) {
      queue = [...items, ...queue];
      return;
    }
    try {
      const done = await carryOut(current, items.map(({ operation }) => operation), {
        settings,
        clock,
        writing: () => {
          for (const item of items) item.fate = 'sent';
        },
      });
      settings = done.settings;
      for (const item of items) {
        const answer = done.answers.get(item.operation);
        if (!answer) park(item);
        else item.resolve(item.resent && answer.replayed ? { ...answer, replayed: false } : answer);
      }
    } catch (error) {
      await failed(current, items, conflicts, error);
    }
  }

  async function failed(current: Session, items: Item[], conflicts: number, error: unknown): Promise<void> {
    if (!current.alive() || isConnectionLoss(error)) {
      // The same keys again on the next connection: it gets the sequencer only when the old transaction has ended.
      log.warn({ err: error, operations: items.length }, 'The connection of the batch was lost');
      current.close().catch(() => {});
      session = undefined;
      for (const item of items) {
        if (item.fate !== 'sent') continue;
        item.fate = 'unknown';
        item.resent = true;
      }
      queue = [...items, ...queue];
      return;
    }
    for (const item of items) if (item.fate === 'sent') item.fate = 'unsent';
    const state = sqlState(error);
    if (CONFLICTS.has(state) || error instanceof NotCommitted) {
      if (conflicts < MOST_CONFLICTS) return run(items, conflicts + 1);
      log.error({ err: error, operations: items.length }, 'A batch kept meeting conflicts');
      return reject(items, 'UNAVAILABLE', 'The database is busy');
    }
    if (/^2[23]/.test(state) || error instanceof RuleDefect) {
      if (items.length === 1) {
        log.error({ err: error, key: items[0]?.name, alarm: true }, 'An operation was accepted by the rules and refused by the database');
        return reject(items, 'INTERNAL_ERROR', 'The operation failed; nothing was changed');
      }
      const half = Math.ceil(items.length / 2);
      await run(items.slice(0, half));
      return run(items.slice(half));
    }
    log.error({ err: error, operations: items.length, alarm: true }, 'A batch failed');
    return reject(items, 'INTERNAL_ERROR', 'The operation failed; nothing was changed');
  }

  function reject(items: readonly Item[], code: 'UNAVAILABLE' | 'INTERNAL_ERROR', message: string): void {
    for (const item of items) {
      const unknown = item.fate !== 'unsent';
      item.reject(unknown ? new Failure('OUTCOME_UNKNOWN', 'The database was lost while this was being written') : new Failure(code, message));
    }
  }

  /** Until the database is back; what waits meanwhile is answered after some seconds, and at every further try. */
  async function recover(): Promise<void> {
    for (let attempt = 0; !closed; attempt += 1) {
      await pause(RECONNECT_MS[Math.min(attempt, RECONNECT_MS.length - 1)] ?? 0);
      try {
        await reconnect();
        if (attempt > 0) log.info({ attempts: attempt + 1 }, 'The batch is connected again');
        return;
      } catch (error) {
        log.warn({ err: error, attempt: attempt + 1 }, 'The batch cannot connect');
        if (attempt + 1 < RECONNECT_MS.length) continue;
        reject(queue, 'UNAVAILABLE', 'The database cannot be reached');
        queue = [];
      }
    }
  }

  async function loop(): Promise<void> {
    // What arrives in the same turn of the event loop travels together.
    await null;
    while (queue.length > 0) {
      if (!session?.alive()) await recover();
      if (closed && !session?.alive()) break;
      await run(take());
    }
  }

  function kick(): void {
    running ??= loop().finally(() => {
      running = undefined;
      if (queue.length > 0 && !closed) kick();
    });
  }

  await reconnect();
  return {
    submit(operation) {
      if (closed) return Promise.reject(new Failure('UNAVAILABLE', 'The server is stopping'));
      return new Promise((resolve, rejectItem) => {
        queue.push({ operation, name: nameOf(operation), fate: 'unsent', resent: false, waits: 0, resolve, reject: rejectItem });
        kick();
      });
    },
    async close() {
      while (running || queue.length > 0 || parked > 0) {
        await running;
        if (!session?.alive()) break;
        if (parked > 0) await pause(PARKED_MS);
      }
      closed = true;
      await running;
      reject(queue, 'UNAVAILABLE', 'The server is stopping');
      await session?.close();
    },
  };
}
