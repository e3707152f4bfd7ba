/** The desks of the demo and its invoices: drafts are sent on the next day, one operator pays within days, the other late. */
import { findInvoices, payInvoice, sendInvoiceNow, setBuyer, setSeller } from '../billing/billing.ts';
import type { Staff } from './create-staff.ts';
import { DAY_MS } from './demo-calendar.rules.ts';
import type { Past } from './past.ts';

const SELLER = {
  name: 'Predictu Demo Ltd',
  address: ['12 Harbour Street', 'Valletta VLT 1440', 'Malta'],
  tax_id: 'MT 0000 0000',
  email: 'billing@predictu.local',
  bank: { holder: 'Predictu Demo Ltd', bank: 'Demo Bank', account: 'MT00 DEMO 0000 0000 0000 0000 0000 000', code: 'DEMOMTMT' },
};
const AT_MOST = { limit: 200, offset: 0, after: undefined };
/** After the date of the invoice, by the operator's place among the demo's. */
const PAYS_AFTER_DAYS = [4, 24];

/** Names and addresses, so that invoices may be sent. */
export async function addressInvoices({ database, clock }: Past, { admin, operators }: Staff): Promise<void> {
  await database.as(admin, 'write', async (db) => {
    await setSeller(db, SELLER, clock.now());
    for (const { operator, id } of operators) {
      const address = ['1 Casino Square', '1000 Demo City'];
      await setBuyer(db, id, { name: `${operator.name} Ltd`, address, tax_id: null, email: operator.contact }, clock.now());
    }
  });
}

/** What the desks do in a night: at most one step for each invoice. */
export async function handleInvoices({ database, clock, newId }: Past, { admin, operators }: Staff): Promise<void> {
  const now = clock.now();
  await database.as(admin, 'write', async (db) => {
    const changing = { db, actor: admin, now, newId, requestId: null };
    const { rows } = await findInvoices(db, {}, AT_MOST);
    for (const { id, status, operator_id: operatorId, issued_at: issuedAt, number } of rows) {
      const days = (now.getTime() - issuedAt.getTime()) / DAY_MS;
      const place = operators.findIndex((operator) => operator.id === operatorId);
      if (status === 'draft' && days >= 1) await sendInvoiceNow(changing, id);
      if ((status === 'sent' || status === 'overdue') && days >= (PAYS_AFTER_DAYS[place] ?? 0)) {
        const reference = `WIR-${now.toISOString().slice(0, 10)}-${String(number).padStart(3, '0')}`;
        await payInvoice(changing, id, { method: 'wire', reference, key: reference, bodyHash: '0'.repeat(32) });
      }
    }
  });
}
