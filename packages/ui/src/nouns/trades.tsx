/** Trades in a list: the same columns in both consoles. */
import type { Row } from '../api/wire.ts';
import { formatPrice, formatShares } from '../format/money.ts';
import { CopyId, Money, Time } from '../kit/figures.tsx';
import { OutcomeTag, Status } from '../kit/status.tsx';
import type { Column, Filter } from '../table/columns.ts';
import { OUTCOME_CHOICES, SIDE_CHOICES, TRADE_STATUS_CHOICES } from './choices.ts';

type Trade = Row<'listOwnTrades'>;

export const tradeColumns = <R extends Trade>({ market = true } = {}): Column<R>[] => [
  {
    key: 'created_at',
    label: 'Time, UTC',
    sort: 'created_at',
    cell: ({ created_at }) => <Time at={created_at} />,
    text: ({ created_at }) => created_at,
  },
  { key: 'user_name', label: 'Player', cell: ({ user_name }) => user_name, text: ({ user_name }) => user_name },
  {
    key: 'market_title',
    label: 'Market',
    optional: !market,
    cell: ({ market_title }) => <span title={market_title}>{market_title}</span>,
    text: ({ market_title }) => market_title,
  },
  { key: 'side', label: 'Side', cell: ({ side }) => (side === 'buy' ? 'Buy' : 'Sell'), text: ({ side }) => side },
  { key: 'outcome', label: 'Outcome', cell: ({ outcome }) => <OutcomeTag outcome={outcome} />, text: ({ outcome }) => outcome },
  { key: 'quantity', label: 'Shares', right: true, cell: ({ quantity }) => formatShares(quantity), text: ({ quantity }) => quantity },
  { key: 'price', label: 'Price', right: true, sort: 'price', cell: ({ price }) => formatPrice(price), text: ({ price }) => price },
  {
    key: 'cost_usd',
    label: 'Amount',
    right: true,
    sort: 'amount',
    cell: ({ cost_usd }) => <Money value={cost_usd} />,
    text: ({ cost_usd }) => cost_usd,
  },
  { key: 'fee_usd', label: 'Fee', right: true, cell: ({ fee_usd }) => <Money value={fee_usd} />, text: ({ fee_usd }) => fee_usd },
  {
    key: 'spread_usd',
    label: 'Spread',
    right: true,
    cell: ({ spread_usd }) => <Money value={spread_usd} />,
    text: ({ spread_usd }) => spread_usd,
  },
  { key: 'pnl_usd', label: 'Result', right: true, cell: ({ pnl_usd }) => <Money value={pnl_usd} result />, text: ({ pnl_usd }) => pnl_usd },
  { key: 'status', label: 'Status', cell: ({ status }) => <Status value={status} />, text: ({ status }) => status },
  { key: 'category', label: 'Category', optional: true, cell: ({ category }) => category, text: ({ category }) => category },
  {
    key: 's2s',
    label: 'Wallet',
    optional: true,
    cell: ({ s2s_callback_status }) => (s2s_callback_status ? <Status value={s2s_callback_status} /> : '–'),
    text: ({ s2s_callback_status }) => s2s_callback_status,
  },
  { key: 'id', label: 'Id', optional: true, cell: ({ id }) => <CopyId id={id} />, text: ({ id }) => id },
];

export const TRADE_FILTERS: readonly Filter[] = [
  { name: 'side', label: 'Side', kind: 'choice', options: SIDE_CHOICES },
  { name: 'outcome', label: 'Outcome', kind: 'choice', options: OUTCOME_CHOICES },
  { name: 'status', label: 'Status', kind: 'choice', options: TRADE_STATUS_CHOICES },
  { name: 'min_amount', label: 'At least', kind: 'number', hint: 'Dollars, before the fee.' },
  { name: 'max_amount', label: 'At most', kind: 'number', hint: 'Dollars, before the fee.' },
  { name: 'created', label: 'Days', kind: 'days', from: 'from', to: 'to' },
];
