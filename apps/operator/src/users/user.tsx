/** One player of the operator, and their balance where the platform keeps it. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer, Row } from '@predictu/ui/api/wire.ts';
import { formatCount, formatRate } from '@predictu/ui/format/money.ts';
import { formatWords, initials } from '@predictu/ui/format/words.ts';
import { CopyId, Money, Time } from '@predictu/ui/kit/figures.tsx';
import { Empty, Facts, Section, Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { Tabs } from '@predictu/ui/kit/tabs.tsx';
import { POSITION_FILTERS, positionColumns } from '@predictu/ui/nouns/positions.tsx';
import { TRADE_FILTERS, tradeColumns } from '@predictu/ui/nouns/trades.tsx';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { TableBody } from '@predictu/ui/table/table-body.tsx';
import { useParams } from '@tanstack/react-router';
import { StandingButtons } from './standing-buttons.tsx';

type Player = Answer<'getOwnPlayer'>['data'];

export function UserPage() {
  const { userId } = useParams({ strict: false }) as { userId: string };
  const player = useEndpoint('getOwnPlayer', { params: { user_id: userId } }, { every: 30_000 });
  return (
    <Shown query={player}>
      {({ data }) => (
        <>
          <div className="page-head">
            <span className="avatar" aria-hidden="true" style={{ width: 36, height: 36, fontSize: 13 }}>
              {initials(data.username ?? data.external_id)}
            </span>
            <div className="column">
              <h1>{data.username ?? data.external_id}</h1>
              <span className="row wrap small secondary">
                <Status value={data.tier} />
                <Status value={data.status} />
                <CopyId id={data.id} />
                <span className="mono">{data.external_id}</span>
                <span>
                  joined <Time at={data.created_at} />
                </span>
                <span>
                  seen <Time at={data.last_active_at} age />
                </span>
              </span>
            </div>
            <span className="space" />
            <StandingButtons player={data} />
          </div>
          <Figures player={data} />
          <Tabs label="Player" tabs={tabsOf(data)} />
        </>
      )}
    </Shown>
  );
}

function Figures({ player: { balance_usd, metrics, scoring } }: { player: Player }) {
  return (
    <Stats>
      <Stat name="Balance">
        <Money value={balance_usd} />
      </Stat>
      <Stat name="Result">
        <Money value={metrics.pnl_usd} result />
      </Stat>
      <Stat name="Volume">
        <Money value={metrics.volume_usd} />
      </Stat>
      <Stat
        name="Trades"
        detail={
          <>
            on average <Money value={metrics.avg_trade_usd} />
          </>
        }
      >
        {formatCount(metrics.trade_count)}
      </Stat>
      <Stat name="Win rate">{metrics.win_rate === null ? '–' : formatRate(metrics.win_rate)}</Stat>
      <Stat name="Exposure" detail={`${formatCount(metrics.open_positions)} open positions`}>
        <Money value={metrics.exposure_usd} />
      </Stat>
      <Stat
        name="Score"
        unit="of 100"
        detail={
          <>
            evaluated <Time at={scoring.last_evaluated_at} age />
          </>
        }
      >
        {scoring.score}
      </Stat>
    </Stats>
  );
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
          { key: 'time', label: 'Time, UTC', cell: ({ created_at }) => <Time at={created_at} /> },
          { key: 'type', label: 'Type', cell: ({ type }) => formatWords(type) },
          { key: 'what', label: 'What', cell: ({ description }) => description },
          { key: 'amount', label: 'Amount', right: true, cell: ({ amount_usd }) => <Money value={amount_usd} plus /> },
          { key: 'after', label: 'After', right: true, cell: ({ balance_after_usd }) => <Money value={balance_after_usd} /> },
        ]}
      />
    </Section>
  );
}

function Limits({ player: { restrictions, metrics } }: { player: Player }) {
  return (
    <div className="section-body" style={{ paddingTop: 16, maxWidth: 520 }}>
      <Facts
        of={[
          ['Largest bet now', <Money key="max" value={restrictions.max_bet_usd} />],
          ['Categories', restrictions.allowed_categories?.join(', ') ?? 'all'],
          ['Blocked categories', restrictions.blocked_categories.join(', ') || 'none'],
          ['Blocked markets', restrictions.blocked_markets.length],
          ['Cool-down until', restrictions.cooldown_until ? <Time key="cooldown" at={restrictions.cooldown_until} /> : 'none'],
          ['Deposited', <Money key="in" value={metrics.total_deposited_usd} />],
          ['Withdrawn', <Money key="out" value={metrics.total_withdrawn_usd} />],
        ]}
      />
    </div>
  );
}
