/** The monthly job: an invoice for every operator and every month that is over, exactly once however often and wherever it runs. */
import { encodeId } from '@predictu/contract/ids';
import type { Actor } from '../platform/actor.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Database, Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { announceInvoice } from './announce-invoice.ts';
import { amountsOf } from './invoice.rules.ts';
import {
  type DueInvoice,
  hasInvoice,
  insertInvoice,
  lockInvoice,
  lockNumbers,
  markOverdue,
  selectDue,
  selectFirstOperator,
  selectPeriodFacts,
} from './invoice.sql.ts';
import { completeMonths, dayOf, dueAfter, type Period } from './invoice-period.rules.ts';
import { selectProfile, selectSeller } from './party.sql.ts';

const WORKER: Actor = { kind: 'worker', name: 'invoices' };
type Issuing = { now: Date; newId: NewId };

async function issue(db: Db, due: DueInvoice, period: Period, { now, newId }: Issuing): Promise<void> {
  const { operator_id: operatorId, share_bps: shareBps } = due;
  const [facts, seller, profile] = [
    await selectPeriodFacts(db, operatorId, period),
    await selectSeller(db),
    await selectProfile(db, operatorId),
  ];
  if (!profile) throw new Error('An operator is gone');
  const { taxBps, taxNote, buyer } = profile;
  const id = newId();
  const amounts = amountsOf(facts, shareBps, taxBps);
  const issuedAt = dayOf(now);
  await insertInvoice(db, {
    id,
    operatorId,
    period,
    facts,
    amounts,
    shareBps,
    taxBps,
    taxNote,
    seller,
    buyer,
    issuedAt,
    dueAt: dueAfter(issuedAt),
    createdAt: now,
  });
  await recordAudit(db, WORKER, newId(), now, {
    action: 'invoice.issue',
    subject: encodeId('invoice', id),
    operatorId,
    after: { period, amount_cents: amounts.amount, total_cents: amounts.total },
  });
}

/**
 * Issues what is due at `now` as drafts and returns how many. A period with a trade that still waits for its wallet is left for the next run,
 * because its sums are not final. One transaction an invoice.
 */
export async function issueInvoices(database: Database, now: Date, newId: NewId): Promise<number> {
  const due = await database.as(WORKER, 'read', async (db) => {
    const since = await selectFirstOperator(db);
    const periods = since === undefined ? [] : completeMonths(since, now);
    const rows = periods.length === 0 ? [] : await selectDue(db, periods);
    return rows
      .filter(({ waiting }) => !waiting)
      .map((row) => ({ row, period: periods.find(({ from }) => from.getTime() === row.period_from.getTime()) }));
  });
  let issued = 0;
  for (const { row, period } of due) {
    if (!period) throw new Error('A due invoice has no period');
    issued += await database.as(WORKER, 'write', async (db) => {
      await db.query(`set local statement_timeout = '120s'`);
      // Whoever waited here sees what the other has issued.
      await lockNumbers(db);
      if (await hasInvoice(db, row.operator_id, period.from)) return 0;
      await issue(db, row, period, { now, newId });
      return 1;
    });
  }
  return issued;
}

/** Sent invoices whose day has come are overdue from now on. Returns how many became so. */
export const noteOverdueInvoices = (database: Database, now: Date, newId: NewId): Promise<number> =>
  database.as(WORKER, 'write', async (db) => {
    const overdue = await markOverdue(db, now);
    for (const { operator_id: operatorId, id } of overdue) {
      await recordAudit(db, WORKER, newId(), now, {
        action: 'invoice.overdue',
        subject: encodeId('invoice', id),
        operatorId,
        after: { status: 'overdue' },
      });
      const invoice = await lockInvoice(db, id);
      if (invoice) await announceInvoice({ db, now, newId }, invoice, { kind: 'overdue' });
    }
    return overdue.length;
  });
