/** The review queue: companies that ask to become operators. */
import type { Row } from '@predictu/ui/api/wire.ts';
import { Time } from '@predictu/ui/kit/figures.tsx';
import { PageHead } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { CATEGORY_CHOICES } from '@predictu/ui/nouns/choices.ts';
import { useAddress } from '@predictu/ui/shell/address.ts';
import type { Column, Filter } from '@predictu/ui/table/columns.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { useCallback } from 'react';
import { ApplicationDrawer } from './application-drawer.tsx';
import { STATUS_CHOICES, VOLUMES } from './words.ts';

type Application = Row<'listApplications'>;

const COLUMNS: readonly Column<Application>[] = [
  {
    key: 'company',
    label: 'Company',
    cell: ({ company, website_url }) => (
      <span className="column">
        <span className="medium">{company}</span>
        <span className="small tertiary">{website_url.replace(/^https?:\/\//, '')}</span>
      </span>
    ),
    text: ({ company }) => company,
  },
  { key: 'status', label: 'Status', cell: ({ status }) => <Status value={status} />, text: ({ status }) => status },
  {
    key: 'submitted',
    label: 'Sent, UTC',
    cell: ({ submitted_at }) => <Time at={submitted_at} />,
    text: ({ submitted_at }) => submitted_at,
  },
  { key: 'jurisdiction', label: 'Jurisdiction', cell: ({ jurisdiction }) => jurisdiction, text: ({ jurisdiction }) => jurisdiction },
  {
    key: 'volume',
    label: 'Volume a month',
    cell: ({ expected_monthly_volume: volume }) => VOLUMES[volume],
    text: ({ expected_monthly_volume: volume }) => volume,
  },
  { key: 'contact', label: 'Contact', cell: ({ contact_name }) => contact_name, text: ({ contact_name }) => contact_name },
  { key: 'email', label: 'E-mail', cell: ({ contact_email }) => contact_email, text: ({ contact_email }) => contact_email },
  {
    key: 'categories',
    label: 'Categories',
    optional: true,
    cell: ({ categories }) => categories.join(', '),
    text: ({ categories }) => categories.join(', '),
  },
];
const FILTERS: readonly Filter[] = [
  { name: 'status', label: 'Status', kind: 'choice', options: STATUS_CHOICES },
  { name: 'category', label: 'Category', kind: 'choice', options: CATEGORY_CHOICES },
  { name: 'sent', label: 'Sent', kind: 'days', from: 'from', to: 'to' },
];

export function Applications() {
  const [address, change] = useAddress();
  const close = useCallback(() => change({ open: undefined }), [change]);
  const open = address['open'];
  return (
    <>
      <PageHead title="Applications" />
      <EndpointTable
        operation="listApplications"
        name="applications"
        search="Company, site, name or e-mail"
        columns={COLUMNS}
        filters={FILTERS}
        rowKey={({ id }) => id}
        onOpen={({ id }) => change({ open: id })}
        selected={open}
        every={30_000}
        empty="Nobody has applied yet. The form stands at /operators/apply; what arrives there waits here."
      />
      {open && <ApplicationDrawer key={open} id={open} onClose={close} />}
    </>
  );
}
