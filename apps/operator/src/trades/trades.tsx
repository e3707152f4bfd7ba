import type { Row } from '@predictu/ui/api/wire.ts';
import { PageHead } from '@predictu/ui/kit/panel.tsx';
import { TRADE_FILTERS, tradeColumns } from '@predictu/ui/nouns/trades.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';

const COLUMNS = tradeColumns<Row<'listOwnTrades'>>();

/** Trades of the operator's players. */
export function Trades() {
  const go = useGo();
  return (
    <>
      <PageHead title="Trades" />
      <EndpointTable
        operation="listOwnTrades"
        name="trades"
        columns={COLUMNS}
        filters={[
          ...TRADE_FILTERS,
          { name: 'user_id', label: 'Player', kind: 'text', hint: 'usr_…' },
          { name: 'market_id', label: 'Market', kind: 'text', hint: 'mkt_…' },
        ]}
        rowKey={({ id }) => id}
        onOpen={({ user_id }) => go(`/users/${user_id}`, { tab: 'trades' })}
        every={10_000}
        empty="Nobody has traded yet."
      />
    </>
  );
}
