/** The dashboard: what the operator earns, who plays, what is at stake. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { formatCount, formatUsd } from '@predictu/ui/format/money.ts';
import { Money, Time } from '@predictu/ui/kit/figures.tsx';
import { PageHead, Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { BusinessStats, HomeFeed, RevenueByDay, RevenueStat, usePeriod } from '@predictu/ui/nouns/home.tsx';
import { TopMarkets } from '@predictu/ui/nouns/top-markets.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import { OwnOnboarding } from './onboarding.tsx';

export function Home() {
  const go = useGo();
  const { period, words, control } = usePeriod();
  const dashboard = useEndpoint('getOwnDashboard', { query: { period } }, { every: 60_000 });
  const exposure = useEndpoint('getOperatorExposure', {}, { every: 60_000 });
  const activity = useEndpoint('listOwnActivity', { query: { limit: 16 } });
  return (
    <>
      <PageHead title="Dashboard">{control}</PageHead>
      <OwnOnboarding />
      <Shown query={dashboard}>
        {({ data: { revenue, positions, settlements, chart_data, ...data } }) => (
          <>
            <Stats>
              <RevenueStat revenue={revenue} words={words} />
              <Stat name="Your part" detail={`the platform’s ${formatUsd(revenue.predictu_share_usd)}`}>
                <Money value={revenue.operator_share_usd} />
              </Stat>
              <BusinessStats of={data} whose="your" />
              <Stat name="Open positions" detail={`worth ${formatUsd(positions.total_value_usd)}`}>
                {formatCount(positions.open_count)}
              </Stat>
              <Stat
                name="Waiting to settle"
                detail={
                  <>
                    last <Time at={settlements.last_settled_at} age />
                  </>
                }
              >
                <Money value={settlements.pending_usd} />
              </Stat>
            </Stats>
            <div className="columns">
              <div>
                <RevenueByDay days={chart_data} spread={revenue.breakdown.spread_usd} fees={revenue.breakdown.fees_usd} words={words} />
                <Shown query={exposure}>{(answer) => <TopMarkets markets={answer.data.by_market} />}</Shown>
              </div>
              <HomeFeed
                first={activity}
                operators={false}
                most={16}
                onOpen={({ user_id, market_id }) => (user_id ? go(`/users/${user_id}`) : market_id && go(`/markets/${market_id}`))}
              />
            </div>
          </>
        )}
      </Shown>
    </>
  );
}
