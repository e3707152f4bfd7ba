/** Players whose bets beat the prices, for review. */

import type { Row } from '@predictu/ui/api/wire.ts';
import { formatCount, formatRate } from '@predictu/ui/format/money.ts';
import { Money, Time } from '@predictu/ui/kit/figures.tsx';
import { PageHead } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { TIER_CHOICES } from '@predictu/ui/nouns/choices.ts';
import { OperatorName } from '@predictu/ui/nouns/operator-name.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import type { Column } from '@predictu/ui/table/columns.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';

type Sharp = Row<'listSharpBettors'>;
const points = (value: number): string =>
  `${value < 0 ? '−' : '+'}${Math.abs(value * 100).toLocaleString('en-US', { maximumFractionDigits: 1, minimumFractionDigits: 1 })} pt`;

const COLUMNS: readonly Column<Sharp>[] = [
  {
    key: 'player',
    label: 'Player',
    cell: ({ username, user_id }) => username ?? user_id,
    text: ({ username, user_id }) => username ?? user_id,
  },
  {
    key: 'operator',
    label: 'Operator',
    cell: ({ operator_slug }) => <OperatorName slug={operator_slug} />,
    text: ({ operator_slug }) => operator_slug,
  },
  {
    key: 'tier',
    label: 'Tier',
    cell: ({ tier, overridden }) => <Status value={tier} {...(overridden ? { words: `${tier}, held` } : {})} />,
    text: ({ tier }) => tier,
  },
  { key: 'score', label: 'Score', right: true, sort: 'score', cell: ({ score }) => score, text: ({ score }) => score },
  {
    key: 'clv',
    label: 'Beats the close by',
    right: true,
    cell: ({ clv_edge }) => (clv_edge === null ? '–' : points(clv_edge)),
    text: ({ clv_edge }) => clv_edge,
  },
  {
    key: 'timing',
    label: 'Timing, of 20',
    right: true,
    cell: ({ timing_score }) => timing_score ?? '–',
    text: ({ timing_score }) => timing_score,
  },
  {
    key: 'win_rate',
    label: 'Win rate',
    right: true,
    sort: 'win_rate',
    cell: ({ win_rate }) => (win_rate === null ? '–' : formatRate(win_rate)),
    text: ({ win_rate }) => win_rate,
  },
  {
    key: 'pnl',
    label: 'Result',
    right: true,
    sort: 'pnl',
    cell: ({ pnl_usd }) => <Money value={pnl_usd} result />,
    text: ({ pnl_usd }) => pnl_usd,
  },
  {
    key: 'volume',
    label: 'Volume',
    right: true,
    sort: 'volume',
    cell: ({ volume_usd }) => <Money value={volume_usd} />,
    text: ({ volume_usd }) => volume_usd,
  },
  {
    key: 'trades',
    label: 'Trades',
    right: true,
    cell: ({ trade_count }) => formatCount(trade_count),
    text: ({ trade_count }) => trade_count,
  },
  {
    key: 'max',
    label: 'Own limit',
    right: true,
    cell: ({ restrictions }) => <Money value={restrictions.max_bet_usd} />,
    text: ({ restrictions }) => restrictions.max_bet_usd,
  },
  {
    key: 'evaluated',
    label: 'Evaluated',
    cell: ({ last_evaluated_at }) => <Time at={last_evaluated_at} age />,
    text: ({ last_evaluated_at }) => last_evaluated_at,
  },
];

export function SharpBettors() {
  const go = useGo();
  return (
    <>
      <PageHead title="Sharp bettors" />
      <EndpointTable
        operation="listSharpBettors"
        name="sharp-bettors"
        columns={COLUMNS}
        filters={[
          { name: 'tier', label: 'Tier', kind: 'choice', options: TIER_CHOICES.filter(({ value }) => value !== 'normal') },
          { name: 'operator', label: 'Operator', kind: 'text', hint: 'Slug.' },
        ]}
        rowKey={({ user_id }) => user_id}
        onOpen={({ user_id }) => go(`/users/${user_id}`)}
        empty="No player stands above the normal tier. Scores are evaluated every night."
      />
    </>
  );
}
