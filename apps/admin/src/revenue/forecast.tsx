/** The revenue of the next weeks with its interval, what it is made of, and whose. */

import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { TimeChart } from '@predictu/ui/charts/time-chart.tsx';
import { formatShortUsd, formatUsd } from '@predictu/ui/format/money.ts';
import { formatCounted } from '@predictu/ui/format/words.ts';
import { Segments } from '@predictu/ui/kit/button.tsx';
import { Delta, Money } from '@predictu/ui/kit/figures.tsx';
import { Empty, Section, Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { OperatorName } from '@predictu/ui/nouns/operator-name.tsx';
import { useAddress } from '@predictu/ui/shell/address.ts';
import { TableBody } from '@predictu/ui/table/table-body.tsx';

const HORIZONS = [
  { value: '30d', label: '30 days' },
  { value: '60d', label: '60 days' },
  { value: '90d', label: '90 days' },
] as const;

export function Forecast() {
  const [address, change] = useAddress();
  const horizon = HORIZONS.find(({ value }) => value === address['horizon'])?.value ?? '30d';
  const forecast = useEndpoint('getRevenueForecast', { query: { horizon } });
  return (
    <Section
      title="Forecast"
      subtitle="gross revenue from tomorrow on, of all operators"
      actions={<Segments label="Horizon" value={horizon} options={HORIZONS} onChange={(value) => change({ horizon: value })} />}
    >
      <Shown query={forecast}>
        {({ data }) =>
          data.abstained || !data.confidence_interval ? (
            <Empty>{data.abstained?.message}</Empty>
          ) : (
            <>
              <Stats>
                <Stat
                  name={`Projected, ${horizon.replace('d', ' days')}`}
                  detail={
                    <>
                      <Delta percent={data.growth_rate_pct} /> against the days before
                    </>
                  }
                >
                  <Money value={data.projected_revenue_usd} />
                </Stat>
                <Stat
                  name={`${data.confidence_interval.confidence_pct}% interval`}
                  detail={`from ${formatCounted(data.history_days, 'day')} of history`}
                >
                  {formatUsd(data.confidence_interval.low_usd)} – {formatUsd(data.confidence_interval.high_usd)}
                </Stat>
              </Stats>
              <TimeChart
                caption={`Projected revenue by day, with the ${data.confidence_interval.confidence_pct}% interval of each day`}
                times={data.series.map(({ date }) => `${date}T00:00:00Z`)}
                series={[
                  { label: 'Low', colour: 'ink-3', dashed: true, values: data.series.map(({ low_usd }) => low_usd) },
                  { label: 'High', colour: 'ink-3', dashed: true, values: data.series.map(({ high_usd }) => high_usd) },
                  { label: 'Projected', colour: 'series-1', values: data.series.map(({ projected_usd }) => projected_usd) },
                ]}
                band={[0, 1]}
                format={formatShortUsd}
              />
              <div className="columns even">
                <Section title="What it is made of">
                  <TableBody
                    rows={data.drivers}
                    rowKey={({ factor }) => factor}
                    csv="forecast-drivers"
                    columns={[
                      { key: 'factor', label: 'Driver', cell: ({ factor }) => factor },
                      { key: 'impact_usd', label: 'Part', right: true, cell: ({ impact_usd }) => <Money value={impact_usd} /> },
                    ]}
                  />
                </Section>
                <Section title="Whose it is">
                  <TableBody
                    rows={data.by_operator}
                    rowKey={({ operator_slug }) => operator_slug}
                    csv="forecast-by-operator"
                    columns={[
                      {
                        key: 'operator_slug',
                        label: 'Operator',
                        cell: ({ operator_slug }) => <OperatorName slug={operator_slug} />,
                        text: ({ operator_slug }) => operator_slug,
                      },
                      {
                        key: 'projected_usd',
                        label: 'Projected',
                        right: true,
                        cell: ({ projected_usd }) => <Money value={projected_usd} />,
                      },
                    ]}
                  />
                </Section>
              </div>
            </>
          )
        }
      </Shown>
    </Section>
  );
}
