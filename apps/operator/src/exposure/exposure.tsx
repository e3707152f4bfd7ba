/** Exposure of the operator's players: now, over time, and where it sits. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { PageHead, Shown, Stats } from '@predictu/ui/kit/panel.tsx';
import { ExposureTables } from '@predictu/ui/nouns/exposure.tsx';
import { AtStakeStats, ExposureOverTime } from '@predictu/ui/nouns/exposure-over-time.tsx';

export function Exposure() {
  const exposure = useEndpoint('getOperatorExposure', {}, { every: 30_000 });
  const series = useEndpoint('getOwnExposureSeries', { query: { granularity: 'hour' } }, { every: 60_000 });
  return (
    <>
      <PageHead title="Exposure" />
      <Shown query={exposure}>
        {({ data }) => (
          <>
            <Stats>
              <AtStakeStats
                of={{
                  total: data.total_exposure_usd,
                  net: data.net_exposure_usd,
                  limit: data.exposure_limit_usd,
                  percent: data.utilization_pct,
                }}
                against="you"
                label="Exposure of your limit"
              />
            </Stats>
            <ExposureOverTime query={series} />
            <ExposureTables categories={data.by_category} markets={data.by_market} players={data.high_exposure_users} />
          </>
        )}
      </Shown>
    </>
  );
}
