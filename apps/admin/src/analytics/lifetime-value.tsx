/** Lifetime value: what a player has brought, by segment and over the months. */

import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { TimeChart } from '@predictu/ui/charts/time-chart.tsx';
import { formatCount, formatUsd } from '@predictu/ui/format/money.ts';
import { formatCounted } from '@predictu/ui/format/words.ts';
import { Money } from '@predictu/ui/kit/figures.tsx';
import { Section, Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { TableBody } from '@predictu/ui/table/table-body.tsx';

export type LifetimeQuery = { operator: string | undefined; segment: 'operator' | 'tier' | 'category' };

export function LifetimeValue({ query }: { query: LifetimeQuery }) {
  const value = useEndpoint('getLifetimeValue', { query });
  return (
    <Shown query={value}>
      {({ data }) => (
        <>
          <Stats>
            <Stat name="Lifetime value" detail={`revenue of all time, by ${formatCounted(data.user_count, 'player')}`}>
              <Money value={data.global_ltv_usd} />
            </Stat>
            <Stat name="First 30 days" detail="of players that had them">
              <Money value={data.global_ltv_30d_usd} />
            </Stat>
          </Stats>
          <Section title={`By ${query.segment}`}>
            <TableBody
              rows={data.segments}
              rowKey={({ label }) => label}
              csv="lifetime-value"
              columns={[
                { key: 'label', label: 'Segment', cell: ({ label }) => label },
                { key: 'user_count', label: 'Players', right: true, cell: ({ user_count }) => formatCount(user_count) },
                { key: 'ltv_usd', label: 'Lifetime value', right: true, cell: ({ ltv_usd }) => <Money value={ltv_usd} /> },
                { key: 'ltv_30d_usd', label: 'First 30 days', right: true, cell: ({ ltv_30d_usd }) => <Money value={ltv_30d_usd} /> },
                { key: 'avg_lifespan_days', label: 'Lifespan, days', right: true, cell: ({ avg_lifespan_days }) => avg_lifespan_days },
                { key: 'avg_trades', label: 'Trades each', right: true, cell: ({ avg_trades }) => avg_trades },
                {
                  key: 'avg_volume_usd',
                  label: 'Volume each',
                  right: true,
                  cell: ({ avg_volume_usd }) => <Money value={avg_volume_usd} />,
                },
              ]}
            />
          </Section>
          {data.trend.length > 1 && (
            <Section title="Over the months" subtitle="as it stood when each ended">
              <TimeChart
                caption="Lifetime value by month"
                times={data.trend.map(({ month }) => `${month}-01T00:00:00Z`)}
                series={[{ label: 'Lifetime value', colour: 'series-1', values: data.trend.map(({ ltv_usd }) => ltv_usd) }]}
                format={formatUsd}
              />
            </Section>
          )}
        </>
      )}
    </Shown>
  );
}
