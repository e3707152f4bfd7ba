/** Settlements: results, what they paid, what still waits, and the acts on a proposal. */

import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatCount, formatUsd } from '@predictu/ui/format/money.ts';
import { formatCounted } from '@predictu/ui/format/words.ts';
import { Money, Time } from '@predictu/ui/kit/figures.tsx';
import { PageHead, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { OutcomeTag, Status } from '@predictu/ui/kit/status.tsx';
import { SETTLEMENT_STATUS_CHOICES } from '@predictu/ui/nouns/choices.ts';
import { useAddress } from '@predictu/ui/shell/address.ts';
import type { Column } from '@predictu/ui/table/columns.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { useCallback } from 'react';
import { useFailedCalls } from '../callbacks/use-failed-calls.ts';
import { SettlementDrawer } from './settlement-drawer.tsx';

type Settlement = Row<'listSettlements'>;

const callbacks = ({ s2s_callbacks_sent: sent, s2s_callbacks_confirmed: confirmed, s2s_callbacks_failed: failed }: Settlement): string =>
  failed > 0
    ? `${formatCount(failed)} failed`
    : sent === 0
      ? 'none'
      : confirmed === sent
        ? `all ${formatCount(sent)}`
        : `${formatCount(confirmed)} of ${formatCount(sent)}`;

const COLUMNS: readonly Column<Settlement>[] = [
  {
    key: 'market',
    label: 'Market',
    cell: ({ market_title }) => <span title={market_title}>{market_title}</span>,
    text: ({ market_title }) => market_title,
  },
  {
    key: 'resolution',
    label: 'Result',
    cell: ({ resolution }) => <OutcomeTag outcome={resolution} />,
    text: ({ resolution }) => resolution,
  },
  { key: 'status', label: 'Status', cell: ({ status, held }) => <Status value={held ? 'held' : status} />, text: ({ status }) => status },
  { key: 'callbacks', label: 'Callbacks', cell: callbacks, text: callbacks },
  {
    key: 'positions',
    label: 'Positions',
    right: true,
    cell: ({ positions_settled }) => formatCount(positions_settled),
    text: ({ positions_settled }) => positions_settled,
  },
  {
    key: 'payout',
    label: 'Paid',
    right: true,
    cell: ({ total_payout_usd }) => <Money value={total_payout_usd} />,
    text: ({ total_payout_usd }) => total_payout_usd,
  },
  {
    key: 'net',
    label: 'For the house',
    right: true,
    cell: ({ net_pnl_usd }) => <Money value={net_pnl_usd} result />,
    text: ({ net_pnl_usd }) => net_pnl_usd,
  },
  { key: 'resolved_at', label: 'Resolved', cell: ({ resolved_at }) => <Time at={resolved_at} />, text: ({ resolved_at }) => resolved_at },
  {
    key: 'settled_at',
    label: 'Settled',
    optional: true,
    cell: ({ settled_at }) => <Time at={settled_at} />,
    text: ({ settled_at }) => settled_at,
  },
];

export function Settlements() {
  const [address, change] = useAddress();
  const pending = useEndpoint('listPendingSettlements', {}, { every: 60_000 }).data;
  const failed = useFailedCalls()?.pagination.total ?? 0;
  const dashboard = useEndpoint('getDashboard', { query: { period: '1d' } }).data?.data.settlements;
  const close = useCallback(() => change({ open: undefined }), [change]);
  return (
    <>
      <PageHead title="Settlements" />
      <Stats>
        <Stat name="Waiting to settle" detail={formatCounted(pending?.total ?? 0, 'result')}>
          {dashboard ? formatUsd(dashboard.pending_usd) : '–'}
        </Stat>
        <Stat name="Callbacks in the queue" unit="wait for a person">
          <span className={failed > 0 ? 'loss' : undefined}>{formatCount(failed)}</span>
        </Stat>
        <Stat name="Last settled">
          <Time at={dashboard?.last_settled_at} age />
        </Stat>
      </Stats>
      <EndpointTable
        operation="listSettlements"
        name="settlements"
        columns={COLUMNS}
        filters={[
          { name: 'status', label: 'Status', kind: 'choice', options: SETTLEMENT_STATUS_CHOICES },
          { name: 'resolved', label: 'Days', kind: 'days', from: 'from', to: 'to' },
        ]}
        rowKey={({ id }) => id}
        onOpen={({ id }) => change({ open: id })}
        selected={address['open']}
        every={30_000}
        empty="No market has been resolved yet."
      />
      {address['open'] && <SettlementDrawer id={address['open']} onClose={close} />}
    </>
  );
}
