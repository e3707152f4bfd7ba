/** What the platform has billed, and to whom it addresses it. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer, Row } from '@predictu/ui/api/wire.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { FormDialog } from '@predictu/ui/kit/dialog.tsx';
import { PageHead } from '@predictu/ui/kit/panel.tsx';
import { usePartyFields } from '@predictu/ui/nouns/billing.tsx';
import { INVOICE_STATUS_CHOICES } from '@predictu/ui/nouns/choices.ts';
import { invoiceColumns } from '@predictu/ui/nouns/invoices.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { useState } from 'react';

const COLUMNS = invoiceColumns<Row<'listOwnInvoices'>>();

export function Invoices() {
  const go = useGo();
  const [editing, setEditing] = useState(false);
  const profile = useEndpoint('getOwnBillingProfile', {}).data?.data;
  return (
    <>
      <PageHead title="Invoices">
        <Button disabled={!profile} onClick={() => setEditing(true)}>
          Billing details…
        </Button>
      </PageHead>
      <EndpointTable
        operation="listOwnInvoices"
        name="invoices"
        columns={COLUMNS}
        filters={[{ name: 'status', label: 'Status', kind: 'choice', options: INVOICE_STATUS_CHOICES }]}
        rowKey={({ id }) => id}
        onOpen={({ id }) => go(`/invoices/${id}`)}
        empty="No invoice yet: they come on the 1st for the month before."
      />
      {editing && profile && <ProfileDialog profile={profile} onClose={() => setEditing(false)} />}
    </>
  );
}

function ProfileDialog({ profile, onClose }: { profile: Answer<'getOwnBillingProfile'>['data']; onClose: () => void }) {
  const save = useAct('changeOwnBillingProfile', ['getOwnBillingProfile']);
  const { party, fields } = usePartyFields(profile, save.error?.fields ?? {});
  return (
    <FormDialog
      title="Billing details"
      description="To whom your invoices are addressed, from the next one sent."
      act="Save"
      ready={party.name !== ''}
      run={() => save.mutateAsync({ body: party })}
      onClose={onClose}
    >
      {fields}
    </FormDialog>
  );
}
