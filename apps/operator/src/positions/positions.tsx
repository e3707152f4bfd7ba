import type { Row } from '@predictu/ui/api/wire.ts';
import { PageHead } from '@predictu/ui/kit/panel.tsx';
import { POSITION_FILTERS, positionColumns } from '@predictu/ui/nouns/positions.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';

const COLUMNS = positionColumns<Row<'listOwnPositions'>>();

/** What the operator's players hold and held. */
export function Positions() {
  const go = useGo();
  return (
    <>
      <PageHead title="Positions" />
      <EndpointTable
        operation="listOwnPositions"
        name="positions"
        columns={COLUMNS}
        filters={[
          ...POSITION_FILTERS,
          { name: 'user_id', label: 'Player', kind: 'text', hint: 'usr_…' },
          { name: 'market_id', label: 'Market', kind: 'text', hint: 'mkt_…' },
        ]}
        rowKey={({ id }) => id}
        onOpen={({ market_id }) => go(`/markets/${market_id}`)}
        every={30_000}
        empty="Nobody holds anything yet."
      />
    </>
  );
}
