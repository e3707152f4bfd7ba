/** Positions in a list. */
import type { ReactNode } from 'react';
import type { Row } from '../api/wire.ts';
import { formatPercent, formatPrice, formatShares } from '../format/money.ts';
import { Money, Time } from '../kit/figures.tsx';
import { OutcomeTag, Status } from '../kit/status.tsx';
import type { Column, Filter } from '../table/columns.ts';
import { OUTCOME_CHOICES, POSITION_STATUS_CHOICES } from './choices.ts';

type Position = Row<'listOwnPositions'>;

/** Of what is not held any more only the result is of interest. */
const held = (quantity: number, shown: ReactNode): ReactNode => (quantity === 0 ? <span className="tertiary">–</span> : shown);
const price = (value: number | null) => (value === null ? '–' : formatPrice(value));

export const positionColumns = <R extends Position>({ player = true } = {}): Column<R>[] => [
  {
    key: 'market_title',
    label: 'Market',
    cell: ({ market_title }) => <span title={market_title}>{market_title}</span>,
    text: ({ market_title }) => market_title,
  },
  ...(player ? [{ key: 'user_name', label: 'Player', cell: ({ user_name }: R) => user_name, text: ({ user_name }: R) => user_name }] : []),
  { key: 'outcome', label: 'Outcome', cell: ({ outcome }) => <OutcomeTag outcome={outcome} />, text: ({ outcome }) => outcome },
  {
    key: 'quantity',
    label: 'Shares',
    right: true,
    sort: 'quantity',
    cell: ({ quantity }) => held(quantity, formatShares(quantity)),
    text: ({ quantity }) => quantity,
  },
  { key: 'avg_price', label: 'Paid', right: true, cell: ({ avg_price }) => price(avg_price), text: ({ avg_price }) => avg_price },
  {
    key: 'current_price',
    label: 'Now',
    right: true,
    cell: ({ quantity, current_price }) => held(quantity, price(current_price)),
    text: ({ current_price }) => current_price,
  },
  {
    key: 'cost_basis_usd',
    label: 'Cost',
    right: true,
    cell: ({ quantity, cost_basis_usd }) => held(quantity, <Money value={cost_basis_usd} />),
    text: ({ cost_basis_usd }) => cost_basis_usd,
  },
  {
    key: 'market_value_usd',
    label: 'Value',
    right: true,
    sort: 'market_value',
    cell: ({ quantity, market_value_usd }) => held(quantity, <Money value={market_value_usd} />),
    text: ({ market_value_usd }) => market_value_usd,
  },
  {
    key: 'unrealized_pnl_usd',
    label: 'Open result',
    right: true,
    cell: ({ quantity, unrealized_pnl_usd, unrealized_pnl_pct }) =>
      held(
        quantity,
        <>
          <Money value={unrealized_pnl_usd} result />{' '}
          <span className="tertiary beside">{unrealized_pnl_pct === null ? '' : formatPercent(unrealized_pnl_pct)}</span>
        </>,
      ),
    text: ({ unrealized_pnl_usd }) => unrealized_pnl_usd,
  },
  {
    key: 'realized_pnl_usd',
    label: 'Realised',
    right: true,
    cell: ({ realized_pnl_usd }) => <Money value={realized_pnl_usd} result />,
    text: ({ realized_pnl_usd }) => realized_pnl_usd,
  },
  {
    key: 'pnl_usd',
    label: 'Result',
    right: true,
    sort: 'pnl',
    optional: true,
    cell: ({ pnl_usd }) => <Money value={pnl_usd} result />,
    text: ({ pnl_usd }) => pnl_usd,
  },
  { key: 'status', label: 'Status', cell: ({ status }) => <Status value={status} />, text: ({ status }) => status },
  {
    key: 'opened_at',
    label: 'Opened',
    sort: 'opened_at',
    cell: ({ opened_at }) => <Time at={opened_at} />,
    text: ({ opened_at }) => opened_at,
  },
];

export const POSITION_FILTERS: readonly Filter[] = [
  { name: 'status', label: 'Status', kind: 'choice', options: POSITION_STATUS_CHOICES },
  { name: 'outcome', label: 'Outcome', kind: 'choice', options: OUTCOME_CHOICES },
];
