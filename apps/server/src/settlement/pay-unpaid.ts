/** Pays all that is unpaid, piece by piece: one at a time beside others, several operators at once while nobody trades: one works while another waits for the disk. */
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import type { Wallet } from '../wallet/wallet.ts';
import { DUE_MS, FIRST, nextPace, type Pace } from './pace.rules.ts';
import { selectUnpaid, type Unpaid } from './pay.sql.ts';
import { payChunk } from './pay-settlement.ts';

const WORKER: Actor = { kind: 'worker', name: 'settlement' };
/** Until whoever holds a player of the piece is asked again. */
const HELD_MS = 25;
/** Records paid at once while nobody trades. */
const AT_ONCE = 3;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export type Payment = { database: Database; clock: Clock; wallet: Pick<Wallet, 'wake'>; closed(): boolean };
type Run = Payment & {
  /** Records nobody is paying, in order. */
  waiting: Unpaid[];
  /** Payouts of all of them that have not had their turn. */
  left: number;
  /** Whether somebody has traded since the piece before; until that is known, somebody has. */
  others: boolean;
  /** Whether a piece has met somebody at one of its players. */
  met: boolean;
  /** Trades after this id are new. */
  seen: bigint;
  /** Those that pay beside the first. */
  helpers: Set<Promise<void>>;
  failed: { error: unknown } | undefined;
};

/** One piece, and the pause after it; undefined when the record is paid. */
async function payPiece(run: Run, unpaid: Unpaid, pace: Pace): Promise<Pace | undefined> {
  const { database, clock, wallet } = run;
  const asked = clock.now().getTime();
  const paid = await payChunk(database, clock, unpaid, {
    most: pace.size,
    seen: run.seen,
    sequencerLast: run.others || run.helpers.size > 0,
    playersFirst: run.met,
  });
  if (!paid) return undefined;
  if (paid === 'held') {
    run.others = true;
    run.met = true;
    await pause(HELD_MS);
    return pace;
  }
  if (paid.calls > 0) wallet.wake(unpaid.operatorId);
  const answered = clock.now().getTime();
  run.others = paid.others;
  if (paid.lastId > run.seen) run.seen = paid.lastId;
  run.left -= paid.count;
  if (paid.finished) return undefined;
  const { heldMs, tookMs, others } = paid;
  const leftMs = unpaid.decidedAt.getTime() + DUE_MS - answered;
  // A piece that was not full says nothing about the time one takes.
  const next = paid.count < pace.size ? pace : nextPace(pace, { others, heldMs, tookMs, wallMs: answered - asked, left: run.left, leftMs });
  if (next.pauseMs > 0) await pause(next.pauseMs);
  return next;
}

/** Pays record after record. A helper gives back what it is at as soon as somebody trades. */
async function payRecords(run: Run, mayGoOn: () => boolean): Promise<void> {
  let pace: Pace = FIRST;
  for (let unpaid = run.waiting.shift(); unpaid; unpaid = run.waiting.shift()) {
    // The end of a record is of those who receive nothing: a piece as large would hold the sequencer for long.
    let next: Pace | undefined = run.others ? FIRST : pace;
    while (next && mayGoOn() && !run.closed()) {
      pace = next;
      next = await payPiece(run, unpaid, pace);
      if (!run.others && run.waiting.length > 0) beginHelper(run);
    }
    if (!next) continue;
    run.waiting.unshift(unpaid);
    return;
  }
}

function beginHelper(run: Run): void {
  if (run.helpers.size >= AT_ONCE - 1) return;
  const helper: Promise<void> = payRecords(run, () => !run.others)
    .catch((error: unknown) => {
      run.failed = { error };
    })
    .finally(() => run.helpers.delete(helper));
  run.helpers.add(helper);
}

export async function payUnpaid(payment: Payment): Promise<void> {
  const waiting = await payment.database.as(WORKER, 'read', selectUnpaid);
  const left = Number(waiting.reduce((sum, unpaid) => sum + unpaid.left, 0n));
  const run: Run = { ...payment, waiting, left, others: true, met: false, seen: 0n, helpers: new Set(), failed: undefined };
  while (run.waiting.length > 0 && !payment.closed()) {
    try {
      await payRecords(run, () => true);
    } finally {
      await Promise.all(run.helpers);
    }
    if (run.failed) throw run.failed.error;
  }
}
