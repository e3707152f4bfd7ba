/** The command centre: what the platform earns, what is at stake, what waits for a person, what happens now. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { BarChart } from '@predictu/ui/charts/bar-chart.tsx';
import { formatCount, formatPercent, formatShortUsd, formatUsd } from '@predictu/ui/format/money.ts';
import { Button, Segments } from '@predictu/ui/kit/button.tsx';
import { Delta, Gauge, Live, Money, Monogram, Time } from '@predictu/ui/kit/figures.tsx';
import { PageHead, Section, Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { FeedControls, FeedList, useFeed } from '@predictu/ui/nouns/activity.tsx';
import { labelOf } from '@predictu/ui/nouns/revenue.tsx';
import { useAddress, useGo } from '@predictu/ui/shell/address.ts';
import { TableBody } from '@predictu/ui/table/table-body.tsx';
import { Alerts } from '../risk/alerts.tsx';
import { TopMarkets } from './top-markets.tsx';
import { Waiting } from './waiting.tsx';

const PERIODS = [
  { value: '1d', label: '1d' },
  { value: '7d', label: '7d' },
  { value: '30d', label: '30d' },
  { value: '90d', label: '90d' },
  { value: 'all', label: 'All' },
] as const;
type Period = (typeof PERIODS)[number]['value'];

export function Home() {
  const [address, change] = useAddress();
  const period = (PERIODS.find(({ value }) => value === address['period'])?.value ?? '30d') as Period;
  const dashboard = useEndpoint('getDashboard', { query: { period } }, { every: 60_000 });
  return (
    <>
      <PageHead title="Command centre">
        <Segments label="Period" value={period} options={PERIODS} onChange={(value) => change({ period: value })} />
      </PageHead>
      <Shown query={dashboard}>
        {({ data }) => (
          <>
            <Stats>
              <Stat name={`Revenue, ${period}`} detail={<Delta percent={data.revenue.delta_pct} />}>
                <Live value={data.revenue.period_usd}>
                  <Money value={data.revenue.period_usd} />
                </Live>
              </Stat>
              <Stat name="Volume, 24 hours" detail={`${formatCount(data.trades.count_24h)} trades`}>
                <Live value={data.trades.volume_24h_usd}>
                  <Money value={data.trades.volume_24h_usd} />
                </Live>
              </Stat>
              <Stat
                name="Active players, 24 hours"
                unit={`of ${formatCount(data.users.total)}`}
                detail={
                  <>
                    <Delta percent={data.users.delta_pct} /> {formatCount(data.users.new_7d)} new in 7 days
                  </>
                }
              >
                {formatCount(data.users.active_24h)}
              </Stat>
              <Stat
                name="Exposure"
                detail={
                  <>
                    <Gauge percent={data.exposure.utilization_pct} label="Exposure of the global limit" />
                    <span className="figure">{formatPercent(data.exposure.utilization_pct)}</span>
                  </>
                }
              >
                <Money value={data.exposure.current_usd} />
              </Stat>
              <Stat
                name="Waiting to settle"
                unit="results"
                detail={
                  <>
                    {formatUsd(data.settlements.pending_usd)} · last <Time at={data.settlements.last_settled_at} age />
                  </>
                }
              >
                {formatCount(data.settlements.pending_count)}
              </Stat>
              <Stat name="Sharp players" unit="flagged" detail={`${formatCount(data.risk.high_exposure_markets)} markets close to a limit`}>
                {formatCount(data.risk.sharp_bettors_flagged)}
              </Stat>
            </Stats>
            <div className="columns">
              <Section
                title="Revenue a day"
                subtitle={
                  <>
                    spread {formatUsd(data.revenue.breakdown.spread)} · fees {formatUsd(data.revenue.breakdown.fees)}
                  </>
                }
              >
                <BarChart
                  caption={`Revenue by day, ${period}`}
                  series={[{ key: 'revenue', label: 'Revenue' }]}
                  bars={data.chart_data.map(({ date, revenue_usd }) => ({ label: labelOf(date), values: { revenue: revenue_usd } }))}
                  format={formatUsd}
                  formatAxis={formatShortUsd}
                />
              </Section>
              <Waiting />
            </div>
          </>
        )}
      </Shown>
      <div className="columns">
        <div>
          <Operators />
          <TopMarkets />
        </div>
        <div>
          <Alerts most={6} />
          <Feed />
        </div>
      </div>
    </>
  );
}

function Operators() {
  const go = useGo();
  const operators = useEndpoint('listOperators', { query: { sort: 'revenue' } }, { every: 120_000 });
  return (
    <Section
      title="Operators"
      actions={
        <Button kind="quiet" onClick={() => go('/operators')}>
          All operators
        </Button>
      }
    >
      <Shown query={operators}>
        {({ data }) => (
          <TableBody
            rows={data.slice(0, 8)}
            rowKey={({ slug }) => slug}
            onOpen={({ slug }) => go(`/operators/${slug}`)}
            columns={[
              {
                key: 'name',
                label: 'Operator',
                cell: ({ name, primary_color }) => (
                  <span className="row">
                    <Monogram name={name} colour={primary_color} />
                    {name}
                  </span>
                ),
              },
              { key: 'status', label: 'Status', cell: ({ status }) => <Status value={status} /> },
              { key: 'users', label: 'Players', right: true, cell: ({ user_count }) => formatCount(user_count) },
              { key: 'trades', label: 'Trades', right: true, cell: ({ trade_count }) => formatCount(trade_count) },
              { key: 'revenue', label: 'Revenue, 30 days', right: true, cell: ({ revenue_30d_usd }) => <Money value={revenue_30d_usd} /> },
            ]}
          />
        )}
      </Shown>
    </Section>
  );
}

function Feed() {
  const go = useGo();
  const first = useEndpoint('listActivity', { query: { limit: 12 } });
  const feed = useFeed(first.data?.data);
  return (
    <Section
      title="Activity"
      actions={
        <>
          <FeedControls feed={feed} />
          <Button kind="quiet" onClick={() => go('/activity')}>
            All
          </Button>
        </>
      }
    >
      <FeedList entries={feed.shown.slice(0, 12)} operators />
    </Section>
  );
}
