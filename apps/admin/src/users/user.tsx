/** One player: figures, the score with its evidence, positions, trades, ledger. */

import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer, Row } from '@predictu/ui/api/wire.ts';
import { formatCount } from '@predictu/ui/format/money.ts';
import { Money } from '@predictu/ui/kit/figures.tsx';
import { Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { Tabs } from '@predictu/ui/kit/tabs.tsx';
import { LEDGER_COLUMNS, LEDGER_FILTERS } from '@predictu/ui/nouns/ledger.tsx';
import { ORDER_FILTERS, orderColumns } from '@predictu/ui/nouns/orders.tsx';
import { OwnLimits, SelfExcluded } from '@predictu/ui/nouns/own-limits.tsx';
import { PlayerHead, PlayerLimits, PlayerStats } from '@predictu/ui/nouns/player-page.tsx';
import { POSITION_FILTERS, positionColumns } from '@predictu/ui/nouns/positions.tsx';
import { ShownName } from '@predictu/ui/nouns/shown-name.tsx';
import { TRADE_FILTERS, tradeColumns } from '@predictu/ui/nouns/trades.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { Link, useParams } from '@tanstack/react-router';
import { Score } from './score.tsx';
import { useStanding } from './standing.ts';
import { TierButtons } from './tier-buttons.tsx';

type Player = Answer<'getPlayer'>['data'];

export function UserPage() {
  const { userId } = useParams({ strict: false }) as { userId: string };
  const player = useEndpoint('getPlayer', { params: { user_id: userId } }, { every: 30_000 });
  const limits = useEndpoint('getPlayerLimits', { params: { user_id: userId } });
  return (
    <Shown query={player}>
      {({ data }) => (
        <>
          <PlayerHead
            player={data}
            where={
              <Link className="link" to={`/operators/${data.operator_slug}`}>
                {data.operator_name}
              </Link>
            }
          >
            <Acts player={data} />
          </PlayerHead>
          <SelfExcluded limits={limits.data?.data} />
          <Stats>
            <PlayerStats of={data} />
            <Stat name="Largest trade">
              <Money value={data.metrics.largest_trade_usd} />
            </Stat>
          </Stats>
          <div className="columns narrow-first">
            <div>
              <Score userId={data.id} />
              <PlayerLimits of={data} more={[['Fees paid', <Money key="fees" value={data.metrics.fees_usd} />]]} />
              {limits.data && <OwnLimits limits={limits.data.data} />}
              <NameOf id={data.id} />
            </div>
            <div>
              <Tabs label="Player" tabs={tabsOf(data)} />
            </div>
          </div>
        </>
      )}
    </Shown>
  );
}

function NameOf({ id }: { id: string }) {
  const params = { user_id: id };
  const name = useEndpoint('getPlayerName', { params });
  const hide = useAct('hidePlayerName', ['getPlayerName']);
  return name.data && <ShownName name={name.data.data} change={(body) => hide.mutateAsync({ params, body })} />;
}

function Acts({ player }: { player: Player }) {
  return <TierButtons player={player} acts={useStanding(player)} />;
}

const tabsOf = ({ id, metrics }: Player) => [
  { value: 'positions', label: 'Positions', count: `${metrics.open_positions} open`, content: () => <Positions id={id} /> },
  {
    value: 'trades',
    label: 'Trades',
    count: formatCount(metrics.trade_count),
    content: () => (
      <EndpointTable
        operation="listTradesOfPlayer"
        given={{ params: { user_id: id } }}
        name="user-trades"
        columns={tradeColumns<Row<'listTradesOfPlayer'>>()}
        filters={TRADE_FILTERS}
        rowKey={(trade) => trade.id}
        empty="This player has not traded yet."
      />
    ),
  },
  {
    value: 'orders',
    label: 'Limit orders',
    content: () => (
      <EndpointTable
        operation="listOrders"
        given={{ query: { user_id: id } }}
        name="user-orders"
        columns={orderColumns<Row<'listOrders'>>({ player: false })}
        filters={ORDER_FILTERS}
        rowKey={(order) => order.id}
        every={10_000}
        empty="This player has placed no limit order."
      />
    ),
  },
  {
    value: 'ledger',
    label: 'Ledger',
    content: () => (
      <EndpointTable
        operation="listPlayerEntries"
        given={{ params: { user_id: id } }}
        name="user-ledger"
        columns={LEDGER_COLUMNS}
        filters={LEDGER_FILTERS}
        rowKey={(entry) => entry.id}
        empty="No money has moved yet."
      />
    ),
  },
];

function Positions({ id }: { id: string }) {
  const go = useGo();
  return (
    <EndpointTable
      operation="listPositionsOfPlayer"
      given={{ params: { user_id: id } }}
      name="user-positions"
      columns={positionColumns<Row<'listPositionsOfPlayer'>>({ player: false })}
      filters={POSITION_FILTERS}
      rowKey={(position) => position.id}
      onOpen={({ market_id }) => go(`/markets/${market_id}`)}
      empty="This player holds nothing."
    />
  );
}
