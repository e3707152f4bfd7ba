/** Limit orders in a list. */
import type { Row } from '../api/wire.ts';
import { formatPrice, formatShares, formatUsd } from '../format/money.ts';
import { formatWords } from '../format/words.ts';
import { Money, Time } from '../kit/figures.tsx';
import { OutcomeTag, Status } from '../kit/status.tsx';
import type { Column, Filter } from '../table/columns.ts';
import { ORDER_STATUS_CHOICES, OUTCOME_CHOICES, SIDE_CHOICES } from './choices.ts';

type Order = Row<'listOwnOrders'>;

const price = (value: number | null) => (value === null ? '–' : formatPrice(value));
const wanted = ({ amount_usd, quantity }: Order): string =>
  amount_usd === null ? `${formatShares(quantity ?? 0)} shares` : formatUsd(amount_usd);
/** Why it ended unfilled, in words. */
const why = ({ reason, refusal }: Order): string => refusal?.message ?? (reason === null ? '' : formatWords(reason));

export const orderColumns = <R extends Order>({ market = true, player = true } = {}): Column<R>[] => [
  { key: 'created_at', label: 'Placed', cell: ({ created_at }) => <Time at={created_at} />, text: ({ created_at }) => created_at },
  {
    key: 'status',
    label: 'Status',
    cell: (order) => (
      <span title={why(order)}>
        <Status value={order.status} />
      </span>
    ),
    text: ({ status }) => status,
  },
  ...(market
    ? [
        {
          key: 'market_title',
          label: 'Market',
          cell: ({ market_title }: R) => <span title={market_title}>{market_title}</span>,
          text: ({ market_title }: R) => market_title,
        },
      ]
    : []),
  ...(player ? [{ key: 'user_name', label: 'Player', cell: ({ user_name }: R) => user_name, text: ({ user_name }: R) => user_name }] : []),
  { key: 'side', label: 'Side', cell: ({ side }) => formatWords(side), text: ({ side }) => side },
  { key: 'outcome', label: 'Outcome', cell: ({ outcome }) => <OutcomeTag outcome={outcome} />, text: ({ outcome }) => outcome },
  { key: 'wanted', label: 'Wanted', right: true, cell: wanted, text: wanted },
  {
    key: 'limit_price',
    label: 'Limit',
    right: true,
    cell: ({ limit_price }) => price(limit_price),
    text: ({ limit_price }) => limit_price,
  },
  {
    key: 'current_price',
    label: 'Now',
    right: true,
    cell: ({ current_price }) => price(current_price),
    text: ({ current_price }) => current_price,
  },
  { key: 'price', label: 'Executed at', right: true, cell: (order) => price(order.price), text: (order) => order.price },
  {
    key: 'held_usd',
    label: 'Held',
    right: true,
    cell: ({ held_usd }) => <Money value={held_usd} />,
    text: ({ held_usd }) => held_usd,
  },
  { key: 'reason', label: 'Why it ended', optional: true, cell: why, text: why },
  {
    key: 'expires_at',
    label: 'Until',
    optional: true,
    cell: ({ expires_at }) => (expires_at === null ? 'the market ends' : <Time at={expires_at} />),
    text: ({ expires_at }) => expires_at,
  },
];

export const ORDER_FILTERS: readonly Filter[] = [
  { name: 'status', label: 'Status', kind: 'choice', options: ORDER_STATUS_CHOICES },
  { name: 'side', label: 'Side', kind: 'choice', options: SIDE_CHOICES },
  { name: 'outcome', label: 'Outcome', kind: 'choice', options: OUTCOME_CHOICES },
];
