/** Exposure of the platform: now, over time, and where it sits. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { formatUsd } from '@predictu/ui/format/money.ts';
import { Note, PageHead, Section, Shown, Stats } from '@predictu/ui/kit/panel.tsx';
import { ExposureTables } from '@predictu/ui/nouns/exposure.tsx';
import { ExposureMap } from '@predictu/ui/nouns/exposure-map.tsx';
import { AtStakeStats, ExposureOverTime } from '@predictu/ui/nouns/exposure-over-time.tsx';

export function Exposure() {
  const exposure = useEndpoint('getExposure', {}, { every: 30_000 });
  const series = useEndpoint('getExposureSeries', { query: { granularity: 'hour' } }, { every: 60_000 });
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
                  limit: data.global_limit_usd,
                  percent: data.utilization_pct,
                }}
                against="the house"
                label="Exposure of the global limit"
              />
            </Stats>
            {data.alerts
              .filter(({ category }) => category !== null)
              .map(({ message, level, created_at }) => (
                <div key={`${created_at}${message}`} style={{ padding: '8px 20px' }}>
                  <Note tone={level === 'critical' ? 'danger' : 'warn'}>{message}</Note>
                </div>
              ))}
            <Section title="Where it sits" subtitle={`${formatUsd(data.total_exposure_usd)} in all; the stronger the ground, the more`}>
              <ExposureMap
                operators={data.by_operator}
                categories={data.by_category}
                total={{ exposure_usd: data.total_exposure_usd, limit_usd: data.global_limit_usd, utilization_pct: data.utilization_pct }}
              />
            </Section>
            <ExposureOverTime query={series} />
            <ExposureTables categories={data.by_category} markets={data.top_markets} players={data.top_users} />
          </>
        )}
      </Shown>
    </>
  );
}
