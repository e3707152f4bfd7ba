/** Invoices of all operators: what is to be sent, to be paid, overdue. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatCount } from '@predictu/ui/format/money.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { PageHead, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { INVOICE_STATUS_CHOICES } from '@predictu/ui/nouns/choices.ts';
import { invoiceColumns } from '@predictu/ui/nouns/invoices.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import type { Column } from '@predictu/ui/table/columns.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { useState } from 'react';
import { SellerDialog } from './seller-dialog.tsx';

type Invoice = Row<'listInvoices'>;

const [NUMBER, ...REST] = invoiceColumns<Invoice>();
const COLUMNS: readonly Column<Invoice>[] = [
  ...(NUMBER ? [NUMBER] : []),
  { key: 'operator', label: 'Operator', cell: ({ operator_name }) => operator_name, text: ({ operator_slug }) => operator_slug },
  ...REST,
];

const useCount = (status: string): number | undefined =>
  useEndpoint('listInvoices', { query: { status, limit: 1 } }).data?.pagination.total;

export function Invoices() {
  const go = useGo();
  const [editing, setEditing] = useState(false);
  const [drafts, sent, overdue, paid] = [useCount('draft'), useCount('sent'), useCount('overdue'), useCount('paid')];
  const shown = (count: number | undefined) => (count === undefined ? '–' : formatCount(count));
  return (
    <>
      <PageHead title="Invoices">
        <Button onClick={() => setEditing(true)}>Our details…</Button>
      </PageHead>
      <Stats>
        <Stat name="Drafts" unit="to be sent">
          {shown(drafts)}
        </Stat>
        <Stat name="Sent" unit="to be paid">
          {shown(sent)}
        </Stat>
        <Stat name="Overdue">
          <span className={overdue ? 'loss' : undefined}>{shown(overdue)}</span>
        </Stat>
        <Stat name="Paid">{shown(paid)}</Stat>
      </Stats>
      <EndpointTable
        operation="listInvoices"
        name="invoices"
        columns={COLUMNS}
        filters={[
          { name: 'status', label: 'Status', kind: 'choice', options: INVOICE_STATUS_CHOICES },
          { name: 'operator', label: 'Operator', kind: 'text', hint: 'Slug or id' },
        ]}
        rowKey={({ id }) => id}
        onOpen={({ id }) => go(`/invoices/${id}`)}
        empty="No month has ended yet: invoices are issued on the 1st for the month before."
      />
      {editing && <SellerDialog onClose={() => setEditing(false)} />}
    </>
  );
}
