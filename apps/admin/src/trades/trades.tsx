/** Trades of all operators; a row opens its receipt. */
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatPrice, formatShares } from '@predictu/ui/format/money.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { Drawer } from '@predictu/ui/kit/drawer.tsx';
import { CopyId, Money, Time } from '@predictu/ui/kit/figures.tsx';
import { Facts, PageHead } from '@predictu/ui/kit/panel.tsx';
import { OutcomeTag, Status } from '@predictu/ui/kit/status.tsx';
import { TRADE_FILTERS, tradeColumns } from '@predictu/ui/nouns/trades.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import type { Column } from '@predictu/ui/table/columns.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { useCallback, useState } from 'react';

type Trade = Row<'listTrades'>;
const [time, player, ...rest] = tradeColumns<Trade>();
const COLUMNS: readonly Column<Trade>[] = [
  ...(time ? [time] : []),
  { key: 'operator', label: 'Operator', cell: ({ operator_name }) => operator_name, text: ({ operator_slug }) => operator_slug },
  ...(player ? [player] : []),
  ...rest,
];

export function Trades() {
  const [open, setOpen] = useState<Trade | null>(null);
  const close = useCallback(() => setOpen(null), []);
  return (
    <>
      <PageHead title="Trades" />
      <EndpointTable
        operation="listTrades"
        name="trades"
        columns={COLUMNS}
        filters={[
          { name: 'operator', label: 'Operator', kind: 'text', hint: 'Slug or id.' },
          ...TRADE_FILTERS,
          { name: 'user_id', label: 'Player', kind: 'text', hint: 'usr_…' },
          { name: 'market_id', label: 'Market', kind: 'text', hint: 'mkt_…' },
        ]}
        rowKey={({ id }) => id}
        onOpen={setOpen}
        selected={open?.id}
        every={10_000}
        empty="Nobody has traded yet."
      />
      {open && <TradeDrawer trade={open} onClose={close} />}
    </>
  );
}

function TradeDrawer({ trade, onClose }: { trade: Trade; onClose: () => void }) {
  const go = useGo();
  const buy = trade.side === 'buy';
  return (
    <Drawer
      title={
        <>
          <h2>
            {buy ? 'Bought' : 'Sold'} {formatShares(trade.quantity)} <OutcomeTag outcome={trade.outcome} /> at {formatPrice(trade.price)}
          </h2>
          <span className="small secondary">{trade.market_title}</span>
        </>
      }
      onClose={onClose}
      footer={
        <>
          <Button onClick={() => go(`/users/${trade.user_id}`)}>Player</Button>
          <Button onClick={() => go(`/markets/${trade.market_id}`)}>Market</Button>
          {trade.s2s_transaction_id && <Button onClick={() => go('/callbacks', { trade_id: trade.id })}>Callbacks</Button>}
        </>
      }
    >
      <div className="section-body" style={{ paddingTop: 16 }}>
        <Facts
          of={[
            ['Status', <Status key="status" value={trade.status} />],
            ['Operator', trade.operator_name],
            ['Player', trade.user_name],
            [buy ? 'Cost' : 'Proceeds', <Money key="cost" value={trade.cost_usd} />],
            ['Fee', <Money key="fee" value={trade.fee_usd} />],
            ['Mid at execution', formatPrice(trade.mid)],
            ['Spread', <Money key="spread" value={trade.spread_usd} />],
            ['Result', <Money key="pnl" value={trade.pnl_usd} result />],
            ['Time', <Time key="time" at={trade.created_at} />],
            ['Trade', <CopyId key="id" id={trade.id} />],
            ['Own key', trade.idempotency_key ?? '–'],
            ['Wallet', trade.s2s_callback_status ? <Status key="wallet" value={trade.s2s_callback_status} /> : 'kept by the platform'],
          ]}
        />
      </div>
    </Drawer>
  );
}
