/** To whom an operator's invoices are addressed, and the tax on them. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { FormDialog } from '@predictu/ui/kit/dialog.tsx';
import { TextField } from '@predictu/ui/kit/field.tsx';
import { usePartyFields } from '@predictu/ui/nouns/billing.tsx';
import { useState } from 'react';

type Props = { slug: string; name: string; onClose: () => void };

export function ProfileDialog(props: Props) {
  const profile = useEndpoint('getBillingProfile', { params: { slug: props.slug } }).data?.data;
  return profile && <Form profile={profile} {...props} />;
}

function Form({ profile, slug, name, onClose }: Props & { profile: Answer<'getBillingProfile'>['data'] }) {
  const save = useAct('changeBillingProfile', ['getBillingProfile', 'getInvoice']);
  const problems = save.error?.fields ?? {};
  const { party, fields } = usePartyFields(profile, problems);
  const [percent, setPercent] = useState(String(profile.tax_pct));
  const [note, setNote] = useState(profile.tax_note ?? '');
  return (
    <FormDialog
      title={`Invoices to ${name}`}
      description="The address holds for invoices sent from now on, the tax for those issued from now on."
      act="Save"
      ready={party.name !== ''}
      run={() => save.mutateAsync({ params: { slug }, body: { ...party, tax_pct: Number(percent), tax_note: note.trim() || null } })}
      onClose={onClose}
    >
      {fields}
      <TextField
        label="Tax, percent"
        type="number"
        min={0}
        max={100}
        step={0.01}
        value={percent}
        problem={problems['tax_pct']}
        onChange={(event) => setPercent(event.target.value)}
      />
      <TextField
        label="Note about the tax"
        hint="As the reason for none."
        value={note}
        maxLength={300}
        problem={problems['tax_note']}
        onChange={(event) => setNote(event.target.value)}
      />
    </FormDialog>
  );
}
