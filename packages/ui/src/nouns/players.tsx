/** Players in a list. */
import type { Row } from '../api/wire.ts';
import { formatCount, formatRate } from '../format/money.ts';
import { CopyId, Money, Time } from '../kit/figures.tsx';
import { Status } from '../kit/status.tsx';
import type { Column, Filter } from '../table/columns.ts';
import { PLAYER_STATUS_CHOICES, TIER_CHOICES } from './choices.ts';

type Player = Row<'listOwnPlayers'>;

export const playerColumns = <R extends Player>(): Column<R>[] => [
  {
    key: 'username',
    label: 'Player',
    cell: ({ username, external_id }) => username ?? external_id,
    text: ({ username, external_id }) => username ?? external_id,
  },
  { key: 'tier', label: 'Risk tier', cell: ({ tier }) => <Status value={tier} />, text: ({ tier }) => tier },
  { key: 'status', label: 'Account', cell: ({ status }) => <Status value={status} />, text: ({ status }) => status },
  { key: 'score', label: 'Score', right: true, sort: 'score', cell: ({ score }) => score, text: ({ score }) => score },
  {
    key: 'balance_usd',
    label: 'Balance',
    right: true,
    sort: 'balance',
    cell: ({ balance_usd }) => <Money value={balance_usd} />,
    text: ({ balance_usd }) => balance_usd,
  },
  {
    key: 'trade_count',
    label: 'Trades',
    right: true,
    sort: 'trade_count',
    cell: ({ trade_count }) => formatCount(trade_count),
    text: ({ trade_count }) => trade_count,
  },
  {
    key: 'volume_usd',
    label: 'Volume',
    right: true,
    sort: 'volume',
    cell: ({ volume_usd }) => <Money value={volume_usd} />,
    text: ({ volume_usd }) => volume_usd,
  },
  {
    key: 'pnl_usd',
    label: 'Result',
    right: true,
    sort: 'pnl',
    cell: ({ pnl_usd }) => <Money value={pnl_usd} result />,
    text: ({ pnl_usd }) => pnl_usd,
  },
  {
    key: 'win_rate',
    label: 'Win rate',
    right: true,
    cell: ({ win_rate }) => (win_rate === null ? '–' : formatRate(win_rate)),
    text: ({ win_rate }) => win_rate,
  },
  {
    key: 'open_positions',
    label: 'Open',
    right: true,
    cell: ({ open_positions }) => formatCount(open_positions),
    text: ({ open_positions }) => open_positions,
  },
  {
    key: 'last_active_at',
    label: 'Last seen',
    sort: 'last_active',
    cell: ({ last_active_at }) => <Time at={last_active_at} age />,
    text: ({ last_active_at }) => last_active_at,
  },
  {
    key: 'created_at',
    label: 'Joined',
    sort: 'created_at',
    cell: ({ created_at }) => <Time at={created_at} />,
    text: ({ created_at }) => created_at,
  },
  { key: 'limit_tier', label: 'Limit tier', optional: true, cell: ({ limit_tier }) => limit_tier, text: ({ limit_tier }) => limit_tier },
  { key: 'email', label: 'E-mail', optional: true, cell: ({ email }) => email ?? '–', text: ({ email }) => email },
  { key: 'external_id', label: 'Own id', optional: true, cell: ({ external_id }) => external_id, text: ({ external_id }) => external_id },
  { key: 'id', label: 'Id', optional: true, cell: ({ id }) => <CopyId id={id} />, text: ({ id }) => id },
];

export const PLAYER_FILTERS: readonly Filter[] = [
  { name: 'tier', label: 'Risk tier', kind: 'choice', options: TIER_CHOICES },
  { name: 'status', label: 'Account', kind: 'choice', options: PLAYER_STATUS_CHOICES },
  { name: 'min_balance', label: 'Balance from', kind: 'number', hint: 'Dollars.' },
  { name: 'max_balance', label: 'Balance to', kind: 'number', hint: 'Dollars.' },
];
