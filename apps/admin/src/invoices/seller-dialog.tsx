/** The platform's own name, address and bank account on invoices. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { FormDialog } from '@predictu/ui/kit/dialog.tsx';
import { TextField } from '@predictu/ui/kit/field.tsx';
import { usePartyFields } from '@predictu/ui/nouns/billing.tsx';
import { useState } from 'react';

type Seller = Answer<'getSeller'>['data'];
const NO_BANK = { holder: '', bank: '', account: '', code: '' };
const FIELDS = [
  ['holder', 'Account holder'],
  ['bank', 'Bank'],
  ['account', 'IBAN or account number'],
  ['code', 'BIC or routing number'],
] as const;

export function SellerDialog({ onClose }: { onClose: () => void }) {
  const seller = useEndpoint('getSeller', {}).data?.data;
  return seller && <Form seller={seller} onClose={onClose} />;
}

function Form({ seller, onClose }: { seller: Seller; onClose: () => void }) {
  const save = useAct('changeSeller', ['getSeller']);
  const problems = save.error?.fields ?? {};
  const { party, fields } = usePartyFields(seller, problems);
  const [bank, setBank] = useState(seller.bank ?? NO_BANK);
  const none = Object.values(bank).every((text) => text.trim() === '');
  return (
    <FormDialog
      title="Our details on invoices"
      description="They hold for invoices sent from now on."
      act="Save"
      ready={party.name !== ''}
      run={() => save.mutateAsync({ body: { ...party, bank: none ? null : bank } })}
      onClose={onClose}
    >
      {fields}
      {FIELDS.map(([key, label]) => (
        <TextField
          key={key}
          label={label}
          value={bank[key]}
          problem={problems[`bank.${key}`]}
          onChange={(event) => setBank({ ...bank, [key]: event.target.value })}
        />
      ))}
    </FormDialog>
  );
}
