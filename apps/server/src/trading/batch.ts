/**
 * The batcher: what arrives while a batch is in flight is the next batch. One batch, one transaction, one connection
 * (docs/decisions/0003-trading-batch.md). No timer: a lone operation goes at once.
 */
import { Failure } from '@predictu/contract/errors';
import type { Clock } from '../platform/clock.ts';
import { isConnectionLoss, sqlStateOf } from '../platform/db.ts';
import type { Session } from '../platform/session.ts';
import { nameOf } from './decide.rules.ts';
import type { Answer, Operation } from './operation.rules.ts';
import { type Announce, carryOut, NotCommitted, RuleDefect, warmUp } from './transaction.ts';
import type { Settings } from './world-rows.rules.ts';

export type Log = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>;
export type Batcher = {
  /** `elsewhere`: another process gives the answer to who asked. */
  submit(operation: Operation, elsewhere?: boolean): Promise<Answer>;
  close(): Promise<void>;
};
export type BatcherOptions = { connect(): Promise<Session>; clock: Clock; log: Log; announce?: Announce | undefined };

type Item = {
  operation: Operation;
  name: string;
  elsewhere: boolean;
  /** Whether its writes have been sent; unknown when the connection was then lost, until its key has been looked up. */
  fate: 'unsent' | 'sent' | 'unknown';
  /** Sent again after a loss: an answer found under its key is its own. */
  resent: boolean;
  /** Times it met a locked player. */
  waits: number;
  resolve(answer: Answer): void;
  reject(failure: Failure): void;
};
type State = BatcherOptions & {
  session: Session | undefined;
  settings: Settings | undefined;
  queue: Item[];
  parked: number;
  /** Size of the batch before: they have their answers and will be back. */
  lastTaken: number;
  /** Gives the last batch its answers: held back until the writes of the next one are on their way. */
  tell: (() => void) | undefined;
  running: Promise<void> | undefined;
  /** Connections refused since the last one that stood. */
  failures: number;
  closed: boolean;
};

const CAP = 512;
/** So few are not worth a second transaction. */
const ALWAYS_TOGETHER = 8;
/** Answers wait no longer than this for the next batch, which may itself be waiting for a lock. */
const HELD_MS = 25;
const PARKED_MS = 15;
const MOST_WAITS = 600;
const MOST_CONFLICTS = 5;
const RECONNECT_MS = [0, 50, 100, 200, 400, 800, 1_000, 1_000, 1_000];
const AWAY_MS = 100;
const CONFLICTS = new Set(['40001', '40P01', '55P03', '57014']);

const NOBODY: Announce = () => () => {};
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function openBatcher(options: BatcherOptions): Promise<Batcher> {
  const state: State = {
    ...options,
    session: undefined,
    settings: undefined,
    queue: [],
    parked: 0,
    lastTaken: 0,
    tell: undefined,
    running: undefined,
    failures: 0,
    closed: false,
  };
  await reconnect(state);
  return {
    submit(operation, elsewhere = false) {
      if (state.closed) return Promise.reject(new Failure('UNAVAILABLE', 'The server is stopping'));
      return new Promise((resolve, reject) => {
        state.queue.push({ operation, name: nameOf(operation), elsewhere, fate: 'unsent', resent: false, waits: 0, resolve, reject });
        kick(state);
      });
    },
    async close() {
      state.closed = true;
      while (state.running || state.parked > 0) await (state.running ?? pause(PARKED_MS));
      await state.session?.close();
    },
  };
}

function kick(state: State): void {
  state.running ??= loop(state).finally(() => {
    state.running = undefined;
    if (state.queue.length > 0) kick(state);
  });
}

async function loop(state: State): Promise<void> {
  // What arrives in the same turn of the event loop travels together.
  await null;
  while (state.queue.length > 0) {
    if (state.session?.alive()) await run(state, take(state));
    else await recover(state);
  }
}

/**
 * Answers what has committed. With others waiting it is done while the database is busy with their writes instead of before them:
 * encoding and sending hundreds of answers takes about as long as writing as many trades. Another process does that beside all of this.
 */
function answer(state: State, items: readonly Item[], answers: ReadonlyMap<Operation, Answer>): void {
  tellAll(
    items.filter(({ elsewhere }) => elsewhere),
    answers,
  );
  const here = items.filter(({ elsewhere }) => !elsewhere);
  const tell = (): void => tellAll(here, answers);
  state.tell = tell;
  if (state.queue.length === 0 || items.length < ALWAYS_TOGETHER) tellHeld(state);
  else setTimeout(() => state.tell === tell && tellHeld(state), HELD_MS);
}

function tellHeld(state: State): void {
  const { tell } = state;
  state.tell = undefined;
  tell?.();
}

/**
 * The next batch: in order, each name once. A second operation of the same name is answered by the first one's row.
 * Half of all who are asking: while this half is in the database, the other half is answered and asks again.
 */
function take(state: State): Item[] {
  const names = new Set<string>();
  const batch: Item[] = [];
  const later: Item[] = [];
  const most = Math.min(CAP, Math.max(ALWAYS_TOGETHER, Math.ceil((state.queue.length + state.lastTaken) / 2)));
  for (const item of state.queue) {
    if (batch.length >= most || names.has(item.name)) later.push(item);
    else {
      names.add(item.name);
      batch.push(item);
    }
  }
  state.queue = later;
  state.lastTaken = batch.length;
  return batch;
}

async function run(state: State, items: Item[], conflicts = 0): Promise<void> {
  const { session, settings, clock, announce = NOBODY } = state;
  if (!session?.alive()) return putBack(state, items);
  const writing = (decided: ReadonlyMap<Operation, Answer>): void => {
    for (const item of items) if (decided.has(item.operation)) item.fate = 'sent';
  };
  try {
    const operations = items.map(({ operation }) => operation);
    const done = await carryOut(session, operations, { settings, clock, writing, written: () => tellHeld(state), announce });
    state.settings = done.settings;
    for (const item of items) if (!done.answers.has(item.operation)) park(state, item);
    answer(state, items, done.answers);
  } catch (error) {
    tellHeld(state);
    if (!session.alive() || isConnectionLoss(error)) lost(state, session, items, error);
    else await failed(state, items, conflicts, error);
  }
}

function tellAll(items: readonly Item[], answers: ReadonlyMap<Operation, Answer>): void {
  for (const item of items) {
    const known = answers.get(item.operation);
    if (known) item.resolve(item.resent && known.replayed ? { ...known, replayed: false } : known);
  }
}

function putBack(state: State, items: readonly Item[]): void {
  state.queue = [...items, ...state.queue];
}

/** Its player is locked by somebody else: read again a little later, not in every batch. */
function park(state: State, item: Item): void {
  item.waits += 1;
  if (item.waits > MOST_WAITS) {
    reject([item], 'UNAVAILABLE', 'The player is held by a long operation');
    return;
  }
  state.parked += 1;
  setTimeout(() => {
    state.parked -= 1;
    putBack(state, [item]);
    kick(state);
  }, PARKED_MS);
}

/** The same keys again on the next connection: it gets the sequencer only when the old transaction has ended. */
function lost(state: State, session: Session, items: readonly Item[], error: unknown): void {
  state.log.warn({ err: error, operations: items.length }, 'The connection of the batch was lost');
  session.close().catch(() => {});
  state.session = undefined;
  for (const item of items) {
    if (item.fate !== 'sent') continue;
    item.fate = 'unknown';
    item.resent = true;
  }
  putBack(state, items);
}

/** The transaction was rolled back, and the connection stands. */
async function failed(state: State, items: Item[], conflicts: number, error: unknown): Promise<void> {
  const { log } = state;
  for (const item of items) if (item.fate === 'sent') item.fate = 'unsent';
  const code = sqlStateOf(error) ?? '';
  const [only, another] = items;
  if (CONFLICTS.has(code) || error instanceof NotCommitted) {
    if (conflicts < MOST_CONFLICTS) return run(state, items, conflicts + 1);
    log.error({ err: error, operations: items.length }, 'A batch kept meeting conflicts');
    return reject(items, 'UNAVAILABLE', 'The database is busy');
  }
  const isolable = /^2[23]/.test(code) || error instanceof RuleDefect;
  if (isolable && another) {
    const half = Math.ceil(items.length / 2);
    await run(state, items.slice(0, half));
    return run(state, items.slice(half));
  }
  log.error({ err: error, operations: items.length, key: only?.name, alarm: true }, 'Operations failed that the rules had accepted');
  return reject(items, 'INTERNAL_ERROR', 'The operation failed; nothing was changed');
}

function reject(items: readonly Item[], code: 'UNAVAILABLE' | 'INTERNAL_ERROR', message: string): void {
  for (const item of items) {
    const known = item.fate === 'unsent';
    item.reject(known ? new Failure(code, message) : new Failure('OUTCOME_UNKNOWN', 'The database was lost while this was being written'));
  }
}

async function reconnect(state: State): Promise<void> {
  state.session = undefined;
  const session = await state.connect();
  state.settings = await warmUp(session, state.clock);
  state.session = session;
}

/** Tries to connect until it succeeds or, after some seconds, what waits is answered; from then on each try answers at once. */
async function recover(state: State): Promise<void> {
  const { log } = state;
  for (;;) {
    await pause(RECONNECT_MS[state.failures] ?? AWAY_MS);
    try {
      await reconnect(state);
      if (state.failures > 0) log.info({ failures: state.failures }, 'The batch is connected again');
      state.failures = 0;
      return;
    } catch (error) {
      state.failures += 1;
      log.warn({ err: error, failures: state.failures }, 'The batch cannot connect');
      if (state.failures < RECONNECT_MS.length) continue;
      reject(state.queue, 'UNAVAILABLE', 'The database cannot be reached');
      state.queue = [];
      return;
    }
  }
}
