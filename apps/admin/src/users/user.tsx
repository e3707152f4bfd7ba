/** One player: figures, the score with its evidence, positions, trades, ledger. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer, Row } from '@predictu/ui/api/wire.ts';
import { formatCount, formatRate } from '@predictu/ui/format/money.ts';
import { initials } from '@predictu/ui/format/words.ts';
import { CopyId, Money, Time } from '@predictu/ui/kit/figures.tsx';
import { Facts, Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { Tabs } from '@predictu/ui/kit/tabs.tsx';
import { LEDGER_COLUMNS, LEDGER_FILTERS } from '@predictu/ui/nouns/ledger.tsx';
import { POSITION_FILTERS, positionColumns } from '@predictu/ui/nouns/positions.tsx';
import { TRADE_FILTERS, tradeColumns } from '@predictu/ui/nouns/trades.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { Link, useParams } from '@tanstack/react-router';
import { Score } from './score.tsx';
import { StandingButtons } from './standing-buttons.tsx';
import { TierButtons } from './tier-buttons.tsx';

type Player = Answer<'getPlayer'>['data'];

export function UserPage() {
  const { userId } = useParams({ strict: false }) as { userId: string };
  const player = useEndpoint('getPlayer', { params: { user_id: userId } }, { every: 30_000 });
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
                <Link className="link" to={`/operators/${data.operator_slug}`}>
                  {data.operator_name}
                </Link>
                <CopyId id={data.id} />
                <span className="mono">{data.external_id}</span>
                <span>limit tier {data.limit_tier}</span>
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
            <TierButtons player={data} />
          </div>
          <Figures player={data} />
          <div className="columns" style={{ gridTemplateColumns: 'minmax(0, 360px) minmax(0, 1fr)' }}>
            <div>
              <Score userId={data.id} />
              <Restrictions player={data} />
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

function Figures({ player: { balance_usd, metrics } }: { player: Player }) {
  return (
    <Stats>
      <Stat name="Balance">
        <Money value={balance_usd} />
      </Stat>
      <Stat name="Profit and loss">
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
      <Stat name="Largest trade">
        <Money value={metrics.largest_trade_usd} />
      </Stat>
      <Stat name="Exposure" detail={`${formatCount(metrics.open_positions)} open positions`}>
        <Money value={metrics.exposure_usd} />
      </Stat>
    </Stats>
  );
}

function Restrictions({ player: { restrictions, metrics } }: { player: Player }) {
  return (
    <div className="section-body" style={{ paddingTop: 16, borderTop: '1px solid var(--line)' }}>
      <Facts
        of={[
          ['Largest bet now', <Money key="max" value={restrictions.max_bet_usd} />],
          ['Categories', restrictions.allowed_categories?.join(', ') ?? 'all'],
          ['Blocked categories', restrictions.blocked_categories.join(', ') || 'none'],
          ['Blocked markets', restrictions.blocked_markets.length],
          ['Cool-down until', restrictions.cooldown_until ? <Time key="cooldown" at={restrictions.cooldown_until} /> : 'none'],
          ['Deposited', <Money key="in" value={metrics.total_deposited_usd} />],
          ['Withdrawn', <Money key="out" value={metrics.total_withdrawn_usd} />],
          ['Fees paid', <Money key="fees" value={metrics.fees_usd} />],
        ]}
      />
    </div>
  );
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
