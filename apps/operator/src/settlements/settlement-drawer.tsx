/** One settlement: what it paid the operator's players, and how its callbacks stand. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { formatCount } from '@predictu/ui/format/money.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { Drawer } from '@predictu/ui/kit/drawer.tsx';
import { CopyId, Money, Time } from '@predictu/ui/kit/figures.tsx';
import { Facts, Shown } from '@predictu/ui/kit/panel.tsx';
import { OutcomeTag, Status } from '@predictu/ui/kit/status.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';

export function SettlementDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const go = useGo();
  const settlement = useEndpoint('getOwnSettlement', { params: { settlement_id: id } }, { every: 30_000 });
  const known = settlement.data?.data;
  return (
    <Drawer
      title={
        known ? (
          <>
            <h2>{known.market_title}</h2>
            <span className="row small secondary">
              <OutcomeTag outcome={known.resolution} />
              <Status value={known.status} />
            </span>
          </>
        ) : (
          <h2>Settlement</h2>
        )
      }
      onClose={onClose}
      footer={
        known && (
          <>
            <Button onClick={() => go(`/markets/${known.market_id}`)}>Market</Button>
            <Button onClick={() => go('/callbacks', { settlement_id: known.id })}>Callbacks</Button>
          </>
        )
      }
    >
      <Shown query={settlement}>
        {({ data }) => (
          <div className="section-body" style={{ paddingTop: 16 }}>
            <Facts
              of={[
                ['Settlement', <CopyId key="id" id={data.id} />],
                ['Positions', formatCount(data.operator_positions_settled)],
                ['Winners and losers', `${formatCount(data.operator_winners)} and ${formatCount(data.operator_losers)}`],
                ['Paid to players', <Money key="paid" value={data.operator_payout_usd} />],
                ['Lost by players', <Money key="loss" value={data.operator_loss_usd} />],
                ['For the house', <Money key="net" value={data.operator_net_pnl_usd} result />],
                ['Callbacks sent', formatCount(data.s2s_callbacks.sent)],
                ['Callbacks confirmed', formatCount(data.s2s_callbacks.confirmed)],
                ['Callbacks that wait for a person', formatCount(data.s2s_callbacks.failed)],
                ['Resolved', <Time key="resolved" at={data.resolved_at} />],
                ['Settled', data.settled_at ? <Time key="settled" at={data.settled_at} /> : 'not yet'],
              ]}
            />
          </div>
        )}
      </Shown>
    </Drawer>
  );
}
