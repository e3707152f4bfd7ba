/** One player of the operator, and their balance where the platform keeps it. */

import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer, Row } from '@predictu/ui/api/wire.ts';
import { formatCount } from '@predictu/ui/format/money.ts';
import { formatWords } from '@predictu/ui/format/words.ts';
import { Money, Time } from '@predictu/ui/kit/figures.tsx';
import { Empty, Section, Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { Tabs } from '@predictu/ui/kit/tabs.tsx';
import { ORDER_FILTERS, orderColumns } from '@predictu/ui/nouns/orders.tsx';
import { OwnLimits, SelfExcluded } from '@predictu/ui/nouns/own-limits.tsx';
import { PlayerHead, PlayerLimits, PlayerStats } from '@predictu/ui/nouns/player-page.tsx';
import { POSITION_FILTERS, positionColumns } from '@predictu/ui/nouns/positions.tsx';
import { ShownName } from '@predictu/ui/nouns/shown-name.tsx';
import { StandingButtons } from '@predictu/ui/nouns/standing-buttons.tsx';
import { TRADE_FILTERS, tradeColumns } from '@predictu/ui/nouns/trades.tsx';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { TableBody } from '@predictu/ui/table/table-body.tsx';
import { useParams } from '@tanstack/react-router';
import { useStanding } from './standing.ts';

type Player = Answer<'getOwnPlayer'>['data'];

export function UserPage() {
  const { userId } = useParams({ strict: false }) as { userId: string };
  const player = useEndpoint('getOwnPlayer', { params: { user_id: userId } }, { every: 30_000 });
  const limits = useEndpoint('getOwnPlayerLimits', { params: { user_id: userId } });
  return (
    <Shown query={player}>
      {({ data }) => (
        <>
          <PlayerHead player={data}>
            <Acts player={data} />
          </PlayerHead>
          <SelfExcluded limits={limits.data?.data} />
          <Stats>
            <PlayerStats of={data} />
            <Stat
              name="Score"
              unit="of 100"
              detail={
                <>
                  evaluated <Time at={data.scoring.last_evaluated_at} age />
                </>
              }
            >
              {data.scoring.score}
            </Stat>
          </Stats>
          <Tabs label="Player" tabs={tabsOf(data)} />
        </>
      )}
    </Shown>
  );
}

function Acts({ player }: { player: Player }) {
  return <StandingButtons player={player} acts={useStanding(player)} />;
}

const tabsOf = (player: Player) => [
  {
    value: 'positions',
    label: 'Positions',
    count: `${player.metrics.open_positions} open`,
    content: () => (
      <EndpointTable
        operation="listOwnPositions"
        given={{ query: { user_id: player.id } }}
        name="player-positions"
        columns={positionColumns<Row<'listOwnPositions'>>({ player: false })}
        filters={POSITION_FILTERS}
        rowKey={({ id }) => id}
        empty="This player holds nothing."
      />
    ),
  },
  {
    value: 'trades',
    label: 'Trades',
    count: formatCount(player.metrics.trade_count),
    content: () => (
      <EndpointTable
        operation="listOwnTrades"
        given={{ query: { user_id: player.id } }}
        name="player-trades"
        columns={tradeColumns<Row<'listOwnTrades'>>()}
        filters={TRADE_FILTERS}
        rowKey={({ id }) => id}
        empty="This player has not traded yet."
      />
    ),
  },
  {
    value: 'orders',
    label: 'Limit orders',
    content: () => (
      <EndpointTable
        operation="listOwnOrders"
        given={{ query: { user_id: player.id } }}
        name="player-orders"
        columns={orderColumns<Row<'listOwnOrders'>>({ player: false })}
        filters={ORDER_FILTERS}
        rowKey={({ id }) => id}
        every={10_000}
        empty="No limit orders. Players place them where `allow_limit_orders` is on."
      />
    ),
  },
  { value: 'ledger', label: 'Ledger', content: () => <Ledger player={player} /> },
  { value: 'limits', label: 'Limits', content: () => <Limits player={player} /> },
];

function Ledger({ player }: { player: Player }) {
  if (player.recent_ledger.length === 0) return <Empty>No money has moved yet.</Empty>;
  return (
    <Section title="The last movements" subtitle="newest first, never edited">
      <TableBody
        rows={player.recent_ledger}
        rowKey={({ id }) => id}
        columns={[
          { key: 'created_at', label: 'Time, UTC', cell: ({ created_at }) => <Time at={created_at} /> },
          { key: 'type', label: 'Type', cell: ({ type }) => formatWords(type) },
          { key: 'description', label: 'What', cell: ({ description }) => description },
          { key: 'amount_usd', label: 'Amount', right: true, cell: ({ amount_usd }) => <Money value={amount_usd} plus /> },
          { key: 'balance_after_usd', label: 'After', right: true, cell: ({ balance_after_usd }) => <Money value={balance_after_usd} /> },
        ]}
      />
    </Section>
  );
}

function Limits({ player }: { player: Player }) {
  const params = { user_id: player.id };
  const own = useEndpoint('getOwnPlayerLimits', { params });
  const name = useEndpoint('getOwnPlayerName', { params });
  const hide = useAct('hideOwnPlayerName', ['getOwnPlayerName']);
  return (
    <>
      <Shown query={own}>{({ data }) => <OwnLimits limits={data} />}</Shown>
      <PlayerLimits of={player} />
      {name.data && <ShownName name={name.data.data} change={(body) => hide.mutateAsync({ params, body })} />}
    </>
  );
}
