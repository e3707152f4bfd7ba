/** The command centre: what the platform earns, what is at stake, what waits for a person, what happens now. */

import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { formatCount, formatUsd } from '@predictu/ui/format/money.ts';
import { formatCounted } from '@predictu/ui/format/words.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { Time } from '@predictu/ui/kit/figures.tsx';
import { PageHead, Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { BusinessStats, HomeFeed, RevenueByDay, RevenueStat, usePeriod } from '@predictu/ui/nouns/home.tsx';
import { TopMarkets } from '@predictu/ui/nouns/top-markets.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import { placeOf } from '../activity/activity.tsx';
import { Alerts } from '../risk/alerts.tsx';
import { Operators } from './operators.tsx';
import { usePendingResults, Waiting } from './waiting.tsx';

export function Home() {
  const go = useGo();
  const { period, words, control } = usePeriod();
  const dashboard = useEndpoint('getDashboard', { query: { period } }, { every: 60_000 });
  const exposure = useEndpoint('getExposure', {}, { every: 60_000 });
  usePendingResults();
  const activity = useEndpoint('listActivity', { query: { limit: 12 } });
  return (
    <>
      <PageHead title="Command centre">{control}</PageHead>
      <Shown query={dashboard}>
        {({ data: { revenue, settlements, risk, chart_data, ...data } }) => (
          <>
            <Stats>
              <RevenueStat revenue={revenue} words={words} />
              <BusinessStats of={data} whose="the global" />
              <Stat
                name="Waiting to settle"
                unit={settlements.pending_count === 1 ? 'result' : 'results'}
                detail={
                  <>
                    {formatUsd(settlements.pending_usd)} · last <Time at={settlements.last_settled_at} age />
                  </>
                }
              >
                {formatCount(settlements.pending_count)}
              </Stat>
              <Stat name="Sharp players" unit="flagged" detail={`${formatCounted(risk.high_exposure_markets, 'market')} close to a limit`}>
                {formatCount(risk.sharp_bettors_flagged)}
              </Stat>
            </Stats>
            <div className="columns">
              <RevenueByDay days={chart_data} spread={revenue.breakdown.spread} fees={revenue.breakdown.fees} words={words} />
              <Waiting />
            </div>
          </>
        )}
      </Shown>
      <div className="columns">
        <div>
          <Operators exposure={exposure.data?.data} />
          <Shown query={exposure}>{({ data }) => <TopMarkets markets={data.top_markets} />}</Shown>
        </div>
        <div>
          <Alerts most={6} />
          <HomeFeed
            first={activity}
            operators
            onOpen={(entry) => go(placeOf(entry))}
            actions={
              <Button kind="quiet" onClick={() => go('/activity')}>
                All
              </Button>
            }
          />
        </div>
      </div>
    </>
  );
}
