/** The dashboard: what the operator earns, who plays, what is at stake. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { BarChart } from '@predictu/ui/charts/bar-chart.tsx';
import { formatCount, formatPercent, formatShortUsd, formatUsd } from '@predictu/ui/format/money.ts';
import { Segments } from '@predictu/ui/kit/button.tsx';
import { Delta, Gauge, Live, Money, Time } from '@predictu/ui/kit/figures.tsx';
import { PageHead, Section, Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { FeedControls, FeedList, useFeed } from '@predictu/ui/nouns/activity.tsx';
import { labelOf } from '@predictu/ui/nouns/revenue.tsx';
import { useAddress, useGo } from '@predictu/ui/shell/address.ts';
import { OwnOnboarding } from './onboarding.tsx';

const PERIODS = [
  { value: '1d', label: '1d' },
  { value: '7d', label: '7d' },
  { value: '30d', label: '30d' },
  { value: '90d', label: '90d' },
  { value: 'all', label: 'All' },
] as const;

export function Home() {
  const [address, change] = useAddress();
  const period = PERIODS.find(({ value }) => value === address['period'])?.value ?? '30d';
  const dashboard = useEndpoint('getOwnDashboard', { query: { period } }, { every: 60_000 });
  return (
    <>
      <PageHead title="Dashboard">
        <Segments label="Period" value={period} options={PERIODS} onChange={(value) => change({ period: value })} />
      </PageHead>
      <OwnOnboarding />
      <Shown query={dashboard}>
        {({ data }) => (
          <>
            <Stats>
              <Stat name={`Revenue, ${period}`} detail={<Delta percent={data.revenue.delta_pct} />}>
                <Live value={data.revenue.period_usd}>
                  <Money value={data.revenue.period_usd} />
                </Live>
              </Stat>
              <Stat name="Yours" detail={`ours ${formatUsd(data.revenue.predictu_share_usd)}`}>
                <Money value={data.revenue.operator_share_usd} />
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
                    <Gauge percent={data.exposure.utilization_pct} label="Exposure of your limit" />
                    <span className="figure">{formatPercent(data.exposure.utilization_pct)}</span>
                  </>
                }
              >
                <Money value={data.exposure.current_usd} />
              </Stat>
              <Stat
                name="Open positions"
                unit={`worth ${formatUsd(data.positions.total_value_usd)}`}
                detail={`${formatUsd(data.positions.avg_position_usd)} on average`}
              >
                {formatCount(data.positions.open_count)}
              </Stat>
              <Stat
                name="Waiting to settle"
                detail={
                  <>
                    last <Time at={data.settlements.last_settled_at} age />
                  </>
                }
              >
                <Money value={data.settlements.pending_usd} />
              </Stat>
            </Stats>
            <div className="columns">
              <Section
                title="Revenue a day"
                subtitle={`spread ${formatUsd(data.revenue.breakdown.spread_usd)} · fees ${formatUsd(data.revenue.breakdown.fees_usd)}`}
              >
                <BarChart
                  caption={`Revenue by day, ${period}`}
                  series={[{ key: 'revenue', label: 'Revenue' }]}
                  bars={data.chart_data.map(({ date, revenue_usd }) => ({ label: labelOf(date), values: { revenue: revenue_usd } }))}
                  format={formatUsd}
                  formatAxis={formatShortUsd}
                />
              </Section>
              <Feed />
            </div>
          </>
        )}
      </Shown>
    </>
  );
}

function Feed() {
  const go = useGo();
  const first = useEndpoint('listOwnActivity', { query: { limit: 12 } });
  const feed = useFeed(first.data?.data);
  return (
    <Section title="Activity" actions={<FeedControls feed={feed} />}>
      <FeedList
        entries={feed.shown.slice(0, 12)}
        operators={false}
        onOpen={({ user_id, market_id }) => (user_id ? go(`/users/${user_id}`) : market_id && go(`/markets/${market_id}`))}
      />
    </Section>
  );
}
