/** Patterns: when players trade, what, from where, how often, how much. */

import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { BarChart } from '@predictu/ui/charts/bar-chart.tsx';
import { formatCount, formatPercent, formatRate } from '@predictu/ui/format/money.ts';
import { formatCounted, formatWords } from '@predictu/ui/format/words.ts';
import { Facts, Section, Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import { TableBody } from '@predictu/ui/table/table-body.tsx';

export type PatternQuery = { from: string | undefined; to: string | undefined; operator: string | undefined };

const hour = (of: number): string => `${String(of).padStart(2, '0')}:00`;

export function Patterns({ query }: { query: PatternQuery }) {
  const patterns = useEndpoint('getPatterns', { query });
  const go = useGo();
  return (
    <Shown query={patterns}>
      {({ data }) => (
        <>
          <Stats>
            <Stat name="Trades" detail={`${formatRate(data.side_distribution.buy)} buys`}>
              {formatCount(data.trade_count)}
            </Stat>
            <Stat name="Sessions" detail={`trades each: ${data.avg_trades_per_session}`}>
              {formatCount(data.session_count)}
            </Stat>
            <Stat name="Session length" unit="min" detail="to the last trade">
              {data.avg_session_duration_minutes}
            </Stat>
            <Stat name="Busiest hours" detail="UTC">
              {data.peak_hours_utc.map(hour).join(' ') || '–'}
            </Stat>
          </Stats>
          <Section title="Trades by hour of the day" subtitle="UTC">
            <BarChart
              caption="Trades by hour of the day, UTC"
              series={[{ key: 'trades', label: 'Trades' }]}
              bars={data.hour_distribution.map((line) => ({ label: hour(line.hour), values: { trades: line.trade_count } }))}
              format={formatCount}
            />
          </Section>
          <div className="columns even">
            <Section title="Categories">
              <Facts of={data.category_distribution.map(({ category, pct }) => [formatWords(category), formatPercent(pct)] as const)} />
            </Section>
            <Section title="Devices" subtitle={`${formatCounted(data.unknown_device_count, 'session')} did not say`}>
              <Facts
                of={[
                  ['Mobile', formatRate(data.device_breakdown.mobile)],
                  ['Desktop', formatRate(data.device_breakdown.desktop)],
                  ['Tablet', formatRate(data.device_breakdown.tablet)],
                ]}
              />
            </Section>
          </div>
          <div className="columns even">
            <Section title="Trades of a player in a week">
              <Facts
                of={[
                  ['1', formatRate(data.trade_frequency_distribution['1_per_week'])],
                  ['2 to 5', formatRate(data.trade_frequency_distribution['2_5_per_week'])],
                  ['6 to 10', formatRate(data.trade_frequency_distribution['6_10_per_week'])],
                  ['11 and more', formatRate(data.trade_frequency_distribution['11_plus_per_week'])],
                ]}
              />
            </Section>
            <Section title="Size of buys">
              <Facts
                of={[
                  ['Under $5', formatRate(data.bet_size_distribution.under_5_usd)],
                  ['$5 to $20', formatRate(data.bet_size_distribution['5_20_usd'])],
                  ['$20 to $100', formatRate(data.bet_size_distribution['20_100_usd'])],
                  ['$100 and more', formatRate(data.bet_size_distribution['100_plus_usd'])],
                ]}
              />
            </Section>
          </div>
          <Section title="Popular markets">
            <TableBody
              rows={data.popular_markets}
              rowKey={({ market_id }) => market_id}
              csv="popular-markets"
              onOpen={({ market_id }) => go(`/markets/${market_id}`)}
              columns={[
                { key: 'title', label: 'Market', cell: ({ title }) => title },
                { key: 'trade_count', label: 'Trades', right: true, cell: ({ trade_count }) => formatCount(trade_count) },
              ]}
            />
          </Section>
        </>
      )}
    </Shown>
  );
}
