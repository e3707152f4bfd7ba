/** Reading invoices: the platform's list, those of one operator for either side, one alone, and the trades under its lines. */
import type {
  getInvoice as get,
  listInvoices as list,
  listInvoiceEntries as listEntries,
  listOperatorInvoices as listFor,
} from '@predictu/contract/admin/invoices';
import type {
  getOwnInvoice as getOwn,
  listOwnInvoices as listOwn,
  listOwnInvoiceEntries as listOwnEntries,
} from '@predictu/contract/operator/invoices';
import { operatorIdOf, requireOperator } from '../operators/operators.ts';
import type { Db } from '../platform/db.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { pageOf, sliceOf } from '../platform/page.ts';
import { type InvoiceRow, selectEntries, selectInvoice, selectInvoices } from './invoice-list.sql.ts';
import { linesOf, showInvoice, showInvoiceDetail } from './show-invoice.ts';

const ADMIN = '/api/internal/invoices';
const OPERATOR = '/api/operator/invoices';
/** Of one operator: more than sixteen years. */
const AT_MOST = { limit: 200, offset: 0, after: undefined };

export const listInvoices: Handler<typeof list> = async ({ db }, { query: { operator, ...query } }) => {
  const operatorId = operator === undefined ? undefined : await operatorIdOf(db, operator);
  const { rows, total } = await selectInvoices(db, { operatorId, status: query.status }, sliceOf(query, 1));
  return pageOf(
    query,
    total,
    rows,
    ({ number }) => [number],
    (row) => showInvoice(row, ADMIN),
  );
};

export const listOperatorInvoices: Handler<typeof listFor> = async ({ db }, { params, query }) => {
  const { id: operatorId } = await requireOperator(db, params.slug);
  const { rows, total } = await selectInvoices(db, { ...query, operatorId }, AT_MOST);
  return { data: rows.map((row) => showInvoice(row, ADMIN)), total: Number(total) };
};

export const listOwnInvoices: Handler<typeof listOwn> = async ({ db, actor }, { query }) => {
  const { rows, total } = await selectInvoices(db, { ...query, operatorId: actor.operatorId }, AT_MOST);
  return { data: rows.map((row) => showInvoice(row, OPERATOR)), total: Number(total) };
};

/** As an operator: row level security leaves only its own. @throws NOT_FOUND */
export async function requireInvoice(db: Db, id: bigint): Promise<InvoiceRow> {
  const row = await selectInvoice(db, id);
  if (!row) throw notFound('invoice');
  return row;
}

export const getInvoice: Handler<typeof get> = async ({ db }, { params }) => ({
  data: await showInvoiceDetail(db, await requireInvoice(db, params.invoice_id), ADMIN),
});
export const getOwnInvoice: Handler<typeof getOwn> = async ({ db }, { params }) => ({
  data: await showInvoiceDetail(db, await requireInvoice(db, params.invoice_id), OPERATOR),
});

type Entries = Pick<Parameters<Handler<typeof listEntries>>[1], 'params' | 'query'>;
async function entriesOf(db: Db, { params, query }: Entries) {
  const row = await requireInvoice(db, params.invoice_id);
  const period = { from: row.period_from, to: row.period_to };
  const rows = await selectEntries(db, { operatorId: row.operator_id, kind: query.line, period }, sliceOf(query, 1));
  const total = linesOf(row).find(({ kind }) => kind === query.line)?.trades ?? 0n;
  return pageOf(
    query,
    total,
    rows,
    (entry) => [entry.trade_id],
    ({ trade_cents: trade, gross_cents: gross, ...entry }) => ({ ...entry, trade_usd: trade, gross_usd: gross }),
  );
}
export const listInvoiceEntries: Handler<typeof listEntries> = ({ db }, input) => entriesOf(db, input);
export const listOwnInvoiceEntries: Handler<typeof listOwnEntries> = ({ db }, input) => entriesOf(db, input);
