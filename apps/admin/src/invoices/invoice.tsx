/** One invoice: its lines down to the trades, payments, and what may be done with it. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { Section, Shown } from '@predictu/ui/kit/panel.tsx';
import { entryColumns, InvoiceBody, InvoiceHead, LINE_CHOICES } from '@predictu/ui/nouns/invoices.tsx';
import { useAddress, useGo } from '@predictu/ui/shell/address.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { Link, useParams } from '@tanstack/react-router';
import { InvoiceButtons } from './invoice-buttons.tsx';

export function InvoicePage() {
  const { invoiceId } = useParams({ strict: false }) as { invoiceId: string };
  const params = { invoice_id: invoiceId };
  const invoice = useEndpoint('getInvoice', { params });
  const [, change] = useAddress();
  const go = useGo();
  return (
    <Shown query={invoice}>
      {({ data }) => (
        <>
          <InvoiceHead
            invoice={data}
            subtitle={
              <Link className="link" to={`/operators/${data.operator_slug}`}>
                {data.operator_name}
              </Link>
            }
          >
            <InvoiceButtons invoice={data} />
          </InvoiceHead>
          <InvoiceBody invoice={data} openLine={(line) => change({ line, page: undefined })} />
          <Section title="What a line is the sum of">
            <EndpointTable
              operation="listInvoiceEntries"
              given={{ params }}
              name="invoice-entries"
              columns={entryColumns}
              filters={[{ name: 'line', label: 'Line', kind: 'choice', options: LINE_CHOICES }]}
              rowKey={({ trade_id }) => trade_id}
              onOpen={({ user_id }) => go(`/users/${user_id}`)}
              empty="No trade of this month has any."
            />
          </Section>
        </>
      )}
    </Shown>
  );
}
