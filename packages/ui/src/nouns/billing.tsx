/** Who stands on invoices: name, address and numbers, edited as on an envelope. */
import { useState } from 'react';
import type { Body } from '../api/wire.ts';
import { TextArea, TextField } from '../kit/field.tsx';

export type Party = Body<'changeOwnBillingProfile'>;

export type PartyForm = { party: Party; fields: React.ReactNode };

/** The fields of a party and what they say now. */
export function usePartyFields({ name, address, tax_id, email }: Party, problems: Record<string, string>): PartyForm {
  const [texts, setTexts] = useState({ name, address: address.join('\n'), tax_id: tax_id ?? '', email: email ?? '' });
  const change = (key: keyof typeof texts) => (event: { target: { value: string } }) => setTexts({ ...texts, [key]: event.target.value });
  const party: Party = {
    name: texts.name.trim(),
    address: texts.address
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    tax_id: texts.tax_id.trim() || null,
    email: texts.email.trim() || null,
  };
  const fields = (
    <>
      <TextField label="Legal name" value={texts.name} maxLength={200} problem={problems['name']} onChange={change('name')} />
      <TextArea
        label="Address"
        hint="As on an envelope, without the name; at most six lines."
        rows={4}
        value={texts.address}
        problem={problems['address']}
        onChange={change('address')}
      />
      <TextField label="Tax number" value={texts.tax_id} maxLength={60} problem={problems['tax_id']} onChange={change('tax_id')} />
      <TextField label="E-mail" type="email" value={texts.email} maxLength={200} problem={problems['email']} onChange={change('email')} />
    </>
  );
  return { party, fields };
}
