/** What became of the markets the operator's players traded. */
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatCount } from '@predictu/ui/format/money.ts';
import { Money, Time } from '@predictu/ui/kit/figures.tsx';
import { PageHead } from '@predictu/ui/kit/panel.tsx';
import { OutcomeTag, Status } from '@predictu/ui/kit/status.tsx';
import { SETTLEMENT_STATUS_CHOICES } from '@predictu/ui/nouns/choices.ts';
import { useAddress } from '@predictu/ui/shell/address.ts';
import type { Column } from '@predictu/ui/table/columns.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { useCallback } from 'react';
import { SettlementDrawer } from './settlement-drawer.tsx';

type Settlement = Row<'listOwnSettlements'>;

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
  { key: 'status', label: 'Status', cell: ({ status }) => <Status value={status} />, text: ({ status }) => status },
  {
    key: 'positions',
    label: 'Positions',
    right: true,
    cell: ({ operator_positions_settled }) => formatCount(operator_positions_settled),
    text: ({ operator_positions_settled }) => operator_positions_settled,
  },
  {
    key: 'winners',
    label: 'Winners',
    right: true,
    cell: ({ operator_winners }) => formatCount(operator_winners),
    text: ({ operator_winners }) => operator_winners,
  },
  {
    key: 'payout',
    label: 'Paid',
    right: true,
    cell: ({ operator_payout_usd }) => <Money value={operator_payout_usd} />,
    text: ({ operator_payout_usd }) => operator_payout_usd,
  },
  {
    key: 'net',
    label: 'For the house',
    right: true,
    cell: ({ operator_net_pnl_usd }) => <Money value={operator_net_pnl_usd} result />,
    text: ({ operator_net_pnl_usd }) => operator_net_pnl_usd,
  },
  {
    key: 'callbacks',
    label: 'Callbacks',
    cell: ({ s2s_callbacks }) =>
      s2s_callbacks.failed > 0 ? (
        <span className="loss">{formatCount(s2s_callbacks.failed)} failed</span>
      ) : (
        `${formatCount(s2s_callbacks.confirmed)} of ${formatCount(s2s_callbacks.sent)}`
      ),
    text: ({ s2s_callbacks }) => s2s_callbacks.failed,
  },
  { key: 'resolved_at', label: 'Resolved', cell: ({ resolved_at }) => <Time at={resolved_at} />, text: ({ resolved_at }) => resolved_at },
];

export function Settlements() {
  const [address, change] = useAddress();
  const close = useCallback(() => change({ open: undefined }), [change]);
  return (
    <>
      <PageHead title="Settlements" />
      <EndpointTable
        operation="listOwnSettlements"
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
        empty="No market your players traded has been resolved yet."
      />
      {address['open'] && <SettlementDrawer id={address['open']} onClose={close} />}
    </>
  );
}
