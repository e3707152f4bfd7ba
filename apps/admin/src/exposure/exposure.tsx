/** Exposure of the platform: now, over time, and where it sits. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { TimeChart } from '@predictu/ui/charts/time-chart.tsx';
import { formatPercent, formatShortUsd, formatUsd } from '@predictu/ui/format/money.ts';
import { Gauge, Money } from '@predictu/ui/kit/figures.tsx';
import { Empty, Note, PageHead, Section, Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { ExposureTables } from '@predictu/ui/nouns/exposure.tsx';

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
              <Stat
                name="At stake"
                detail={
                  <>
                    <Gauge percent={data.utilization_pct} label="Exposure of the global limit" />
                    {formatPercent(data.utilization_pct)} of {formatUsd(data.global_limit_usd)}
                  </>
                }
              >
                <Money value={data.total_exposure_usd} />
              </Stat>
              <Stat name="Worst outcomes" detail="The loss if every market ended against the house">
                <Money value={data.net_exposure_usd} />
              </Stat>
              {data.by_operator.map(({ operator_slug, exposure_usd, limit_usd, utilization_pct, status }) => (
                <Stat
                  key={operator_slug}
                  name={operator_slug}
                  detail={
                    <>
                      <Gauge percent={utilization_pct} label={`Exposure of ${operator_slug}`} />
                      {formatPercent(utilization_pct)} of {formatUsd(limit_usd)}
                      {status !== 'green' && <Status value={status} words={status === 'red' ? 'Close' : 'Watch'} />}
                    </>
                  }
                >
                  <Money value={exposure_usd} />
                </Stat>
              ))}
            </Stats>
            {data.alerts.map(({ message, level, created_at }) => (
              <div key={`${created_at}${message}`} style={{ padding: '8px 20px' }}>
                <Note tone={level === 'critical' ? 'danger' : 'warn'}>{message}</Note>
              </div>
            ))}
            <Section title="The last 24 hours">
              <Shown query={series}>
                {({ data: { series: points } }) =>
                  points.length < 2 ? (
                    <Empty>Snapshots are taken every five minutes; the line appears with the second hour.</Empty>
                  ) : (
                    <TimeChart
                      caption="Exposure over the last 24 hours"
                      times={points.map(({ at }) => at)}
                      series={[
                        { label: 'On Yes', colour: 'yes', values: points.map(({ yes_exposure_usd }) => yes_exposure_usd) },
                        { label: 'On No', colour: 'no', values: points.map(({ no_exposure_usd }) => no_exposure_usd) },
                        { label: 'Together', colour: 'series-1', values: points.map(({ exposure_usd }) => exposure_usd) },
                      ]}
                      steps
                      format={formatShortUsd}
                    />
                  )
                }
              </Shown>
            </Section>
            <ExposureTables categories={data.by_category} markets={data.top_markets} players={data.top_users} />
          </>
        )}
      </Shown>
    </>
  );
}
