/** Bills what was played: an invoice paid, another taken back. */
import { issueInvoices, payInvoice, sendInvoiceNow, setBuyer, setSeller, takeBackInvoice } from '../../src/billing/billing.ts';
import type { Actor } from '../../src/platform/actor.ts';
import { idMaker } from '../../src/platform/ids.ts';
import type { TestDatabase } from '../database.ts';

const NOW = new Date('2026-12-01T00:20:00Z');
const ADMIN: Actor = { kind: 'admin', adminId: 1n, email: 'a@predictu.test', permissions: [] };
const PARTY = { name: 'Predictu', address: ['Road 1'], tax_id: null, email: null };
const BANK = { holder: 'Predictu', bank: 'Bank', account: '1', code: '2' };

export async function billSome({ database, owner }: TestDatabase): Promise<void> {
  const newId = idMaker({ now: () => NOW });
  await issueInvoices(database, NOW, newId);
  const ids = (await owner.query<{ id: string; operator_id: string }>('select id, operator_id from invoices order by number')).rows;
  await database.as(ADMIN, 'write', async (db) => {
    await setSeller(db, { ...PARTY, bank: BANK }, NOW);
    const changing = { db, now: NOW, newId, actor: ADMIN, requestId: null };
    for (const [index, { id, operator_id: operatorId }] of ids.entries()) {
      await setBuyer(db, BigInt(operatorId), PARTY, NOW);
      await sendInvoiceNow(changing, BigInt(id));
      const payment = { method: 'wire', reference: `R-${index}`, key: `key-${index}`, bodyHash: '0'.repeat(32) };
      if (index === 0) await payInvoice(changing, BigInt(id), payment);
      if (index === 1) await takeBackInvoice(changing, BigInt(id), 'Wrong share');
    }
  });
}
