/** A player's ledger: newest first, never edited. A debit is not bad news: it is ink with a minus. */
import type { Row } from '../api/wire.ts';
import { formatWords } from '../format/words.ts';
import { CopyId, Money, Time } from '../kit/figures.tsx';
import type { Column, Filter } from '../table/columns.ts';
import { LEDGER_TYPE_CHOICES } from './choices.ts';

type Entry = Row<'listPlayerEntries'>;

export const LEDGER_COLUMNS: readonly Column<Entry>[] = [
  { key: 'created_at', label: 'Time, UTC', cell: ({ created_at }) => <Time at={created_at} />, text: ({ created_at }) => created_at },
  { key: 'type', label: 'Type', cell: ({ type }) => formatWords(type), text: ({ type }) => type },
  {
    key: 'description',
    label: 'What',
    cell: ({ description }) => <span title={description}>{description}</span>,
    text: ({ description }) => description,
  },
  {
    key: 'amount_usd',
    label: 'Amount',
    right: true,
    cell: ({ amount_usd }) => <Money value={amount_usd} plus />,
    text: ({ amount_usd }) => amount_usd,
  },
  {
    key: 'balance_before_usd',
    label: 'Before',
    right: true,
    cell: ({ balance_before_usd }) => <Money value={balance_before_usd} />,
    text: ({ balance_before_usd }) => balance_before_usd,
  },
  {
    key: 'balance_after_usd',
    label: 'After',
    right: true,
    cell: ({ balance_after_usd }) => <Money value={balance_after_usd} />,
    text: ({ balance_after_usd }) => balance_after_usd,
  },
  {
    key: 'reference_id',
    label: 'Reference',
    cell: ({ reference_id }) => (reference_id ? <CopyId id={reference_id} /> : '–'),
    text: ({ reference_id }) => reference_id,
  },
];

export const LEDGER_FILTERS: readonly Filter[] = [
  { name: 'type', label: 'Type', kind: 'choice', options: LEDGER_TYPE_CHOICES },
  { name: 'created', label: 'Days', kind: 'days', from: 'from', to: 'to' },
];
