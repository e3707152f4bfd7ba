/** Who is paid what by a result: by operator, and the largest payouts. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatCount, formatShares } from '@predictu/ui/format/money.ts';
import { Money } from '@predictu/ui/kit/figures.tsx';
import { Empty, Shown } from '@predictu/ui/kit/panel.tsx';
import { OutcomeTag } from '@predictu/ui/kit/status.tsx';
import { OperatorName } from '@predictu/ui/nouns/operator-name.tsx';
import { TableBody } from '@predictu/ui/table/table-body.tsx';

type Preview = Answer<'previewSettlement'>['data'];
const SHOWN = 10;

export const payoutOf = ({ operators }: Preview): number => operators.reduce((sum, { payout_usd }) => sum + payout_usd, 0);

/** What a result of this market would pay now. */
export function PayoutsOf({ marketId, resolution }: { marketId: string; resolution: Preview['resolution'] }) {
  const preview = useEndpoint('previewSettlement', { params: { market_id: marketId }, query: { resolution } });
  return (
    <Shown query={preview} rows={3}>
      {({ data }) => <Payouts of={data} />}
    </Shown>
  );
}

export function Payouts({ of: { operators, payouts, corrects_id } }: { of: Preview }) {
  const changes = payouts.filter(({ payout_usd }) => payout_usd !== 0);
  if (operators.length === 0) return <Empty>Nobody holds a position: nothing is paid.</Empty>;
  return (
    <>
      <TableBody
        rows={operators}
        rowKey={({ operator_slug }) => operator_slug}
        columns={[
          { key: 'operator_slug', label: 'Operator', cell: ({ operator_slug }) => <OperatorName slug={operator_slug} /> },
          { key: 'positions', label: 'Positions', right: true, cell: ({ positions }) => formatCount(positions) },
          { key: 'winners', label: 'Winners', right: true, cell: ({ winners }) => formatCount(winners) },
          { key: 'losers', label: 'Losers', right: true, cell: ({ losers }) => formatCount(losers) },
          { key: 'payout_usd', label: 'Paid', right: true, cell: ({ payout_usd }) => <Money value={payout_usd} /> },
          { key: 'loss_usd', label: 'Lost by players', right: true, cell: ({ loss_usd }) => <Money value={loss_usd} /> },
        ]}
      />
      {changes.length > 0 && (
        <>
          <h3>{corrects_id === null ? 'Largest payouts' : 'Largest differences'}</h3>
          <TableBody
            rows={changes.slice(0, SHOWN)}
            rowKey={({ user_id, outcome }) => `${user_id} ${outcome}`}
            columns={[
              { key: 'user_name', label: 'Player', cell: ({ user_id, user_name }) => <span title={user_id}>{user_name}</span> },
              { key: 'operator_slug', label: 'Operator', cell: ({ operator_slug }) => <OperatorName slug={operator_slug} /> },
              { key: 'outcome', label: 'Holds', cell: ({ outcome }) => <OutcomeTag outcome={outcome} /> },
              { key: 'quantity', label: 'Shares', right: true, cell: ({ quantity }) => formatShares(quantity) },
              { key: 'cost_usd', label: 'Cost', right: true, cell: ({ cost_usd }) => <Money value={cost_usd} /> },
              { key: 'payout_usd', label: 'Paid', right: true, cell: ({ payout_usd }) => <Money value={payout_usd} /> },
            ]}
          />
        </>
      )}
    </>
  );
}
