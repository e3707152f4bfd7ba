/** Invoices in lists and in full: the same for the platform and for the operator who pays them. */
import { useClient } from '../api/use-endpoint.tsx';
import type { Answer, Row } from '../api/wire.ts';
import { formatCount, formatPrice, formatShares, formatUsd } from '../format/money.ts';
import { formatDate } from '../format/time.ts';
import { formatCounted, formatWords } from '../format/words.ts';
import { Button } from '../kit/button.tsx';
import { CopyId, Money, Time } from '../kit/figures.tsx';
import { Facts, Note, Section, Stat, Stats } from '../kit/panel.tsx';
import { OutcomeTag, Status } from '../kit/status.tsx';
import { useToasts } from '../kit/toasts.tsx';
import type { Column } from '../table/columns.ts';
import { saveFile } from '../table/csv.ts';
import { TableBody } from '../table/table-body.tsx';

type Invoice = Row<'listOwnInvoices'>;
export type InvoiceDetail = Answer<'getOwnInvoice'>['data'];
export type InvoiceEntry = Row<'listOwnInvoiceEntries'>;

const day = (at: string): string => formatDate(new Date(at));
const monthOf = ({ period }: Pick<Invoice, 'period'>): string =>
  new Date(`${period.from}T00:00:00Z`).toLocaleDateString('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

export const invoiceColumns = <R extends Invoice>(): Column<R>[] => [
  { key: 'number', label: 'Number', cell: ({ number }) => <span className="mono">{number}</span>, text: ({ number }) => number },
  { key: 'period', label: 'Month', cell: monthOf, text: ({ period }) => period.from },
  { key: 'status', label: 'Status', cell: ({ status }) => <Status value={status} />, text: ({ status }) => status },
  {
    key: 'total_usd',
    label: 'Total',
    right: true,
    cell: ({ total_usd }) => <Money value={total_usd} />,
    text: ({ total_usd }) => total_usd,
  },
  {
    key: 'balance_usd',
    label: 'To pay',
    right: true,
    cell: ({ balance_usd }) => <Money value={balance_usd} />,
    text: ({ balance_usd }) => balance_usd,
  },
  {
    key: 'spread_revenue_usd',
    label: 'Spread revenue',
    right: true,
    cell: ({ spread_revenue_usd }) => <Money value={spread_revenue_usd} />,
    text: ({ spread_revenue_usd }) => spread_revenue_usd,
  },
  {
    key: 'fee_revenue_usd',
    label: 'Fee revenue',
    right: true,
    cell: ({ fee_revenue_usd }) => <Money value={fee_revenue_usd} />,
    text: ({ fee_revenue_usd }) => fee_revenue_usd,
  },
  {
    key: 'revenue_share_pct',
    label: 'Share',
    right: true,
    cell: ({ revenue_share_pct }) => `${revenue_share_pct}%`,
    text: ({ revenue_share_pct }) => revenue_share_pct,
  },
  {
    key: 'volume',
    label: 'Volume',
    right: true,
    optional: true,
    cell: ({ trade_volume_usd }) => <Money value={trade_volume_usd} />,
    text: ({ trade_volume_usd }) => trade_volume_usd,
  },
  {
    key: 'trades',
    label: 'Trades',
    right: true,
    optional: true,
    cell: ({ trade_count }) => formatCount(trade_count),
    text: ({ trade_count }) => trade_count,
  },
  { key: 'issued_at', label: 'Issued', cell: ({ issued_at }) => day(issued_at), text: ({ issued_at }) => issued_at },
  { key: 'due_at', label: 'Due', cell: ({ due_at }) => day(due_at), text: ({ due_at }) => due_at },
  { key: 'paid_at', label: 'Paid', cell: ({ paid_at }) => (paid_at ? day(paid_at) : '–'), text: ({ paid_at }) => paid_at },
  { key: 'id', label: 'Id', optional: true, cell: ({ id }) => <CopyId id={id} />, text: ({ id }) => id },
];

export const entryColumns: readonly Column<InvoiceEntry>[] = [
  { key: 'created_at', label: 'Time, UTC', cell: ({ created_at }) => <Time at={created_at} />, text: ({ created_at }) => created_at },
  { key: 'trade_id', label: 'Trade', cell: ({ trade_id }) => <CopyId id={trade_id} />, text: ({ trade_id }) => trade_id },
  {
    key: 'ledger_id',
    label: 'Ledger entry',
    cell: ({ ledger_id }) => (ledger_id ? <CopyId id={ledger_id} /> : '–'),
    text: ({ ledger_id }) => ledger_id,
  },
  { key: 'user_id', label: 'Player', cell: ({ user_id }) => <CopyId id={user_id} />, text: ({ user_id }) => user_id },
  { key: 'side', label: 'Side', cell: ({ side }) => (side === 'buy' ? 'Buy' : 'Sell'), text: ({ side }) => side },
  { key: 'outcome', label: 'Outcome', cell: ({ outcome }) => <OutcomeTag outcome={outcome} />, text: ({ outcome }) => outcome },
  { key: 'quantity', label: 'Shares', right: true, cell: ({ quantity }) => formatShares(quantity), text: ({ quantity }) => quantity },
  { key: 'price', label: 'Price', right: true, cell: ({ price }) => formatPrice(price), text: ({ price }) => price },
  { key: 'mid', label: 'Mid', right: true, cell: ({ mid }) => formatPrice(mid), text: ({ mid }) => mid },
  {
    key: 'trade_usd',
    label: 'Amount',
    right: true,
    cell: ({ trade_usd }) => <Money value={trade_usd} />,
    text: ({ trade_usd }) => trade_usd,
  },
  {
    key: 'gross_usd',
    label: 'Adds',
    right: true,
    cell: ({ gross_usd }) => <Money value={gross_usd} />,
    text: ({ gross_usd }) => gross_usd,
  },
];

export const LINE_CHOICES = [
  { value: 'spread', label: 'Spread' },
  { value: 'fee', label: 'Fees' },
];

/** Saves the file of an address that needs the session. */
export function SaveFile({ address, name, children }: { address: string; name: string; children: string }) {
  const client = useClient();
  const toasts = useToasts();
  const save = async () => {
    try {
      const response = await client.open(address);
      saveFile(name, 'application/pdf', await response.arrayBuffer());
    } catch (error) {
      toasts.say((error as Error).message);
    }
  };
  return (
    <Button icon="download" onClick={() => void save()}>
      {children}
    </Button>
  );
}

export function InvoiceHead({
  invoice,
  subtitle,
  children,
}: {
  invoice: InvoiceDetail;
  subtitle?: React.ReactNode;
  children?: React.ReactNode;
}) {
  return (
    <div className="page-head">
      <div className="column">
        <h1>
          {invoice.number} · {monthOf(invoice)}
        </h1>
        <span className="row wrap small secondary">
          <Status value={invoice.status} />
          {subtitle}
          <CopyId id={invoice.id} />
          <span>issued {day(invoice.issued_at)}</span>
          <span>due {day(invoice.due_at)}</span>
        </span>
      </div>
      <span className="space" />
      <SaveFile address={invoice.pdf_url} name={`${invoice.number}.pdf`}>
        PDF
      </SaveFile>
      {invoice.credit_note && (
        <SaveFile address={invoice.credit_note.pdf_url} name={`${invoice.credit_note.number}.pdf`}>
          Credit note
        </SaveFile>
      )}
      {children}
    </div>
  );
}

const partyText = ({ name, address, tax_id, email }: InvoiceDetail['buyer']): string =>
  [name, ...address, ...(tax_id ? [`Tax number ${tax_id}`] : []), ...(email ? [email] : [])].join('\n');

/** Everything of an invoice but its trades. */
export function InvoiceBody({ invoice, openLine }: { invoice: InvoiceDetail; openLine: (kind: string) => void }) {
  const { summary, tax, seller, buyer, payments, credit_note: note } = invoice;
  return (
    <>
      {note && (
        <div style={{ padding: '0 20px 12px' }}>
          <Note tone="warn">
            Taken back by {note.number} on {day(note.issued_at)}: {note.reason}
          </Note>
        </div>
      )}
      <Stats>
        <Stat name="Total" detail={`${formatUsd(invoice.amount_usd)} and ${formatUsd(tax.amount_usd)} tax`}>
          <Money value={invoice.total_usd} />
        </Stat>
        <Stat name="To pay">
          <Money value={invoice.balance_usd} />
        </Stat>
        <Stat name="Revenue" detail={`${formatUsd(summary.operator_share_usd)} stay with the operator`}>
          <Money value={summary.gross_revenue_usd} />
        </Stat>
        <Stat name="Volume" detail={formatCounted(summary.trade_count, 'trade')}>
          <Money value={summary.trade_volume_usd} />
        </Stat>
        <Stat name="Players who traded">{formatCount(summary.unique_traders)}</Stat>
      </Stats>
      <Section title="Lines">
        <TableBody
          rows={invoice.line_items}
          rowKey={({ kind }) => kind}
          csv="invoice-lines"
          onOpen={({ kind }) => openLine(kind)}
          columns={[
            { key: 'description', label: 'Description', cell: ({ description }) => description },
            { key: 'gross_usd', label: 'Revenue', right: true, cell: ({ gross_usd }) => <Money value={gross_usd} /> },
            { key: 'share_pct', label: 'Share', right: true, cell: ({ share_pct }) => `${share_pct}%` },
            { key: 'amount_usd', label: 'Amount', right: true, cell: ({ amount_usd }) => <Money value={amount_usd} /> },
          ]}
        />
      </Section>
      <div className="columns">
        <Section title="Payments">
          {payments.length === 0 ? (
            <div className="section-body secondary">Nothing was paid yet.</div>
          ) : (
            <TableBody
              rows={payments}
              rowKey={({ reference, paid_at }) => `${reference} ${paid_at}`}
              columns={[
                { key: 'paid_at', label: 'Paid', cell: ({ paid_at }) => <Time at={paid_at} /> },
                { key: 'method', label: 'Method', cell: ({ method }) => formatWords(method) },
                { key: 'reference', label: 'Reference', cell: ({ reference }) => reference },
                { key: 'amount_usd', label: 'Amount', right: true, cell: ({ amount_usd }) => <Money value={amount_usd} /> },
              ]}
            />
          )}
        </Section>
        <Section title="Parties">
          <div className="section-body">
            <Facts
              of={[
                ['From', <Lines key="seller">{partyText(seller)}</Lines>],
                ['To', <Lines key="buyer">{partyText(buyer)}</Lines>],
                ['Bank', seller.bank ? <Lines key="bank">{Object.values(seller.bank).join('\n')}</Lines> : 'not set'],
                ['Tax', tax.note ?? `${tax.pct}%`],
              ]}
            />
          </div>
        </Section>
      </div>
    </>
  );
}

const Lines = ({ children }: { children: string }) => <span className="lines">{children}</span>;
