/**
 * Door of settlement. Nouns: settlement (a proposed, approved, decided result of a market), record (what it means for one operator), payout
 * (what one position gets), absorption (what a correction leaves with the house).
 * Invariants: one commit fixes a market's result and every payout, all or none, and nothing changes them afterwards; every payout is credited
 * exactly once, whoever pays it, across crashes and processes; closed positions, exposure, totals and ledger say the same at every moment.
 * Lock order: a settlement, the rows of its closed market, then the sequencer; paying: a record, then players and sequencer, in either order because
 * batches pass by locked players and a piece gives up what it has when it waits for long.
 */
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import type { Wallet } from '../wallet/wallet.ts';
import { decideSettlement } from './decide-settlement.ts';
import { payUnpaid } from './pay-unpaid.ts';
import { proposeFromSource } from './propose-from-source.ts';
import { selectDecidable } from './settlement.sql.ts';

export { showOwnSettlement, showSettlement } from './list-settlements.ts';
export { approveSettlement, type Proposal, proposeSettlement, withdrawSettlement } from './propose-settlement.ts';
export { selectOwnSettlements as findOwnSettlements, selectSettlements as findSettlements } from './settlement-list.sql.ts';

export type Settlement = {
  /** There is something to decide or pay: begin soon, without waiting for it. */
  wake(): void;
  /** Decides what is due and pays all that is unpaid; after the run under way. */
  run(): Promise<void>;
  /** Every minute: takes up what the market source has said, then `run`. */
  sweep(): Promise<void>;
  close(): Promise<void>;
};
export type SettlementOptions = {
  database: Database;
  clock: Clock;
  newId: NewId;
  wallet: Pick<Wallet, 'wake'>;
  log: Record<'info' | 'error', (fields: object, message: string) => void>;
  /** Whether results of the source settle markets by themselves. */
  automatic(db: Db): Promise<boolean>;
};

const WORKER: Actor = { kind: 'worker', name: 'settlement' };

/** Opens settling in this process: it acts when woken or swept, one run at a time; any number of processes may. */
export function openSettlement({ database, clock, newId, wallet, log, automatic }: SettlementOptions): Settlement {
  let running: Promise<void> | undefined;
  let again = false;
  let closed = false;
  const payment = { database, clock, wallet, closed: () => closed };
  async function once(): Promise<void> {
    // A correction is decided on what is paid.
    await payUnpaid(payment);
    const due = await database.as(WORKER, 'read', (db) => selectDecidable(db, clock.now()));
    for (const id of due) {
      if (closed) return;
      if (await decideSettlement(database, clock, id)) log.info({ settlement: String(id) }, 'A market was settled');
    }
    await payUnpaid(payment);
  }

  function run(): Promise<void> {
    if (running) {
      again = true;
      return running;
    }
    const loop = async (): Promise<void> => {
      do {
        again = false;
        await once();
      } while (again && !closed);
    };
    running = loop().finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    run,
    wake() {
      if (!closed) run().catch((error: unknown) => log.error({ err: error }, 'Settling failed; the next sweep goes on'));
    },
    async sweep() {
      if (await database.as(WORKER, 'read', automatic)) await proposeFromSource(database, clock, newId);
      await run();
    },
    async close() {
      closed = true;
      await running?.catch(() => {});
    },
  };
}
