/** The one transaction of a batch: lock and read, decide, write, commit. */

import { firstIdAt } from '@predictu/contract/ids';
import type { Statement } from '../platform/arrays.ts';
import type { Clock } from '../platform/clock.ts';
import type { Reply, Session } from '../platform/session.ts';
import type { FreshCall } from '../wallet/wallet.ts';
import { freshCalls } from './announce-call.rules.ts';
import { changedBreakers } from './breaker-write.sql.ts';
import { decide, nameOf } from './decide.rules.ts';
import { addLimitOrders, readLimitOrders } from './limit-order.sql.ts';
import type { Answer, Operation } from './operation.rules.ts';
import type { Payout } from './payout.rules.ts';
import { readOutstanding } from './payout.sql.ts';
import {
  addNames,
  addOutstanding,
  addRows,
  existingPlayers,
  LOCK_SEQUENCER,
  READ_SEQUENCER,
  readNames,
  readWorld,
  rowsByKind,
} from './read.sql.ts';
import { READ_SETTINGS, settingsOf } from './settings.sql.ts';
import { wantsOf } from './wants.rules.ts';
import { emptyWorld, playerKey, type World } from './world.rules.ts';
import type { Settings } from './world-rows.rules.ts';
import { writeWorld } from './write.sql.ts';

const command = (text: string) => ({ name: text.replaceAll(' ', '_'), text, values: [] });
const BEGIN = command('begin');
const BEGIN_SNAPSHOT = command('begin isolation level repeatable read read only');
const COMMIT = command('commit');
const ROLLBACK = command('rollback');

/** The server ended the transaction otherwise than by committing it. */
export class NotCommitted extends Error {}

/** Rules threw for an operation: a defect, isolated like one that the database refuses. */
export class RuleDefect extends Error {}

const rowsOf = (replies: readonly Reply[]) => replies.map(({ rows }) => rows);
/** What was read, and whether every player that was asked for is there. */
type Read = { world: World; everybody: boolean };
type Sequencer = { lastId: bigint; version: bigint };

async function freshSettings(session: Session, version: bigint, known: Settings | undefined): Promise<Settings> {
  if (known?.version === version) return known;
  return settingsOf(version, rowsOf(await session.exchange(READ_SETTINGS)));
}

async function read(
  session: Session,
  operations: readonly Operation[],
  known: Settings | undefined,
  clock: Clock,
  lock: boolean,
  everything = false,
): Promise<Read> {
  const outside = (operatorId: bigint): boolean => lock && known?.operators.get(operatorId)?.walletMode === 'seamless';
  const wants = wantsOf(operations, { keyed: lock, outside });
  const names = readNames(wants, { everything });
  const orders = readLimitOrders(wants, { everything });
  const reads = readWorld(wants, { lock, now: clock.now(), everything });
  const owed = () => readOutstanding([...wants.players.values()]);
  // What settlements owe comes last, when the players are locked: in the same round trip once it is known that they owe anything.
  const [, sequencer, ...replies] = await session.exchange([
    lock ? BEGIN : BEGIN_SNAPSHOT,
    lock ? LOCK_SEQUENCER : READ_SEQUENCER,
    ...orders,
    ...names,
    ...reads,
    ...(known?.paying ? [owed()] : []),
  ]);
  const outstanding = known?.paying ? replies.pop() : undefined;
  const [{ lastId, version }] = (sequencer as Reply).rows as [Sequencer];
  const settings = await freshSettings(session, version, known);
  const now = clock.now();
  const first = firstIdAt(now) - 1n;
  const world = emptyWorld(settings, now, lastId > first ? lastId : first);
  for (const { rows } of replies.slice(0, orders.length)) addLimitOrders(world, rows);
  for (const { rows } of replies.slice(orders.length, orders.length + names.length)) addNames(world, rows);
  addRows(world, rowsByKind(reads, rowsOf(replies.slice(orders.length + names.length))));
  if (settings.paying) {
    const [found] = outstanding ? [outstanding] : await session.exchange([owed()]);
    addOutstanding(world, (found as Reply).rows as Payout[]);
  }
  return { world, everybody: world.players.size === wants.players.size };
}

/** The operations whose player exists but is locked by somebody else: they must wait. */
async function lockedElsewhere(session: Session, { world, everybody }: Read, operations: readonly Operation[]): Promise<Set<Operation>> {
  if (everybody) return new Set();
  const missing = operations.filter(({ operatorId, playerId }) => !world.players.has(playerKey(operatorId, playerId)));
  if (missing.length === 0) return new Set();
  const [found] = await session.exchange([existingPlayers(missing.map(({ operatorId, playerId }) => [operatorId, playerId]))]);
  const existing = new Set((found?.rows ?? []).map((row) => playerKey(row['operatorId'] as bigint, row['id'] as bigint)));
  return new Set(missing.filter(({ operatorId, playerId }) => existing.has(playerKey(operatorId, playerId))));
}

/** Told of debits while they are being written; what it answers is called once they are committed. */
export type Announce = (calls: readonly FreshCall[]) => () => void;

/** What became of a batch that committed. An operation without an answer waits for its player. */
export type Done = { answers: Map<Operation, Answer>; settings: Settings };

/**
 * Carries out a batch. Everything in the answer is committed; when it throws, either nothing was written or, if the connection
 * was lost after `writing` had been called, nobody knows. `written` is called when the writes are on their way to the database.
 */
export async function carryOut(
  session: Session,
  operations: readonly Operation[],
  {
    settings,
    clock,
    writing,
    written,
    announce,
  }: {
    settings: Settings | undefined;
    clock: Clock;
    writing: (decided: ReadonlyMap<Operation, Answer>) => void;
    written: () => void;
    announce: Announce;
  },
): Promise<Done> {
  const answers = new Map<Operation, Answer>();
  try {
    const found = await read(session, operations, settings, clock, true);
    const { world } = found;
    const waiting = await lockedElsewhere(session, found, operations);
    for (const operation of operations) if (!waiting.has(operation)) answers.set(operation, safely(world, operation));
    writing(answers);
    const committing = session.exchange(writeAndCommit(world));
    written();
    const announced = announce(freshCalls(world));
    const replies = await committing;
    if (replies.at(-1)?.command !== 'COMMIT') throw new NotCommitted('The transaction was rolled back');
    announced();
    return { answers, settings: settingsAfter(world) };
  } catch (error) {
    if (session.alive()) await session.exchange([ROLLBACK]);
    throw error;
  }
}

function* writeAndCommit(world: World): Iterable<Statement> {
  yield* writeWorld(world);
  yield COMMIT;
}

/** The settings as the next batch finds them. */
function settingsAfter(world: World): Settings {
  const { settings, breakers } = world;
  return changedBreakers(world).length > 0 ? { ...settings, version: settings.version + 1n, breakers } : settings;
}

function safely(world: World, operation: Operation): Answer {
  try {
    return decide(world, operation);
  } catch (error) {
    throw new RuleDefect(`${nameOf(operation)}: ${String(error)}`, { cause: error });
  }
}

/** A consistent look at the world of these operations without locking or writing anything. */
export async function lookAt(
  session: Session,
  operations: readonly Operation[],
  known: Settings | undefined,
  clock: Clock,
): Promise<World> {
  try {
    const { world } = await read(session, operations, known, clock, false);
    // Not awaited: it travels with the next look.
    session.exchange([COMMIT]).catch(() => {});
    return world;
  } catch (error) {
    if (session.alive()) await session.exchange([ROLLBACK]);
    throw error;
  }
}

/** Runs every statement of a batch once, on no rows, and rolls back: prepared, planned and warm before the first trade. */
export async function warmUp(session: Session, clock: Clock): Promise<Settings> {
  const { world } = await read(session, [], undefined, clock, true, true);
  await session.exchange([...writeWorld(world, { everything: true }), existingPlayers([]), ROLLBACK]);
  return world.settings;
}
