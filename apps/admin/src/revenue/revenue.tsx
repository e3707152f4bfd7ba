/** Revenue: what came in, whose it is, from where. */

import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { formatCount, formatUsd } from '@predictu/ui/format/money.ts';
import { formatCounted, formatWords } from '@predictu/ui/format/words.ts';
import { Segments } from '@predictu/ui/kit/button.tsx';
import { Money } from '@predictu/ui/kit/figures.tsx';
import { PageHead, Section, Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { OperatorName } from '@predictu/ui/nouns/operator-name.tsx';
import { RevenueChart } from '@predictu/ui/nouns/revenue.tsx';
import { useAddress, useGo } from '@predictu/ui/shell/address.ts';
import { Filters } from '@predictu/ui/table/filters.tsx';
import { TableBody } from '@predictu/ui/table/table-body.tsx';
import { Forecast } from './forecast.tsx';

const GRAINS = [
  { value: 'hour', label: 'Hour' },
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' },
] as const;

export function Revenue() {
  const [address, change] = useAddress();
  const go = useGo();
  const grain = GRAINS.find(({ value }) => value === address['granularity'])?.value ?? 'day';
  const revenue = useEndpoint('getRevenue', {
    query: { granularity: grain, from: address['from'], to: address['to'], operator: address['operator'] },
  });
  return (
    <>
      <PageHead title="Revenue">
        <Filters
          filters={[
            { name: 'operator', label: 'Operator', kind: 'text', hint: 'Slug.' },
            { name: 'period', label: 'Days', kind: 'days', from: 'from', to: 'to' },
          ]}
          values={address}
          onChange={change}
        />
        <Segments label="By" value={grain} options={GRAINS} onChange={(value) => change({ granularity: value })} />
      </PageHead>
      <Shown query={revenue}>
        {({ data: { totals, series, by_operator, by_category } }) => (
          <>
            <Stats>
              <Stat
                name="Gross revenue"
                detail={`spread ${formatUsd(totals.spread_revenue_usd)} · fees ${formatUsd(totals.fee_revenue_usd)}`}
              >
                <Money value={totals.gross_revenue_usd} />
              </Stat>
              <Stat name="Ours">
                <Money value={totals.predictu_share_usd} />
              </Stat>
              <Stat name="The operators’">
                <Money value={totals.operator_share_usd} />
              </Stat>
              <Stat
                name="Volume"
                detail={`${formatCounted(totals.trade_count, 'trade')} by ${formatCounted(totals.unique_traders, 'player')}`}
              >
                <Money value={totals.trade_volume_usd} />
              </Stat>
              <Stat name="Settlement result of the house" detail="beside the revenue, not in it">
                <Money value={totals.settlement_pnl_usd} result />
              </Stat>
            </Stats>
            <Section title={`Revenue by ${grain}`}>
              <RevenueChart days={series} caption={`Revenue by ${grain}`} />
            </Section>
            <div className="columns even">
              <Section title="By operator">
                <TableBody
                  rows={by_operator}
                  rowKey={({ operator_slug }) => operator_slug}
                  csv="revenue-by-operator"
                  onOpen={({ operator_slug }) => go(`/operators/${operator_slug}`)}
                  columns={[
                    {
                      key: 'operator_slug',
                      label: 'Operator',
                      cell: ({ operator_slug }) => <OperatorName slug={operator_slug} />,
                      text: ({ operator_slug }) => operator_slug,
                    },
                    { key: 'gross_usd', label: 'Gross', right: true, cell: ({ gross_usd }) => <Money value={gross_usd} /> },
                    {
                      key: 'predictu_share_usd',
                      label: 'Ours',
                      right: true,
                      cell: ({ predictu_share_usd }) => <Money value={predictu_share_usd} />,
                    },
                    { key: 'volume_usd', label: 'Volume', right: true, cell: ({ volume_usd }) => <Money value={volume_usd} /> },
                  ]}
                  foot={[
                    'All',
                    <Money key="gross" value={totals.gross_revenue_usd} />,
                    <Money key="ours" value={totals.predictu_share_usd} />,
                    <Money key="volume" value={totals.trade_volume_usd} />,
                  ]}
                />
              </Section>
              <Section title="By category">
                <TableBody
                  rows={by_category}
                  rowKey={({ category }) => category}
                  csv="revenue-by-category"
                  columns={[
                    { key: 'category', label: 'Category', cell: ({ category }) => formatWords(category) },
                    { key: 'gross_usd', label: 'Gross', right: true, cell: ({ gross_usd }) => <Money value={gross_usd} /> },
                    { key: 'trade_count', label: 'Trades', right: true, cell: ({ trade_count }) => formatCount(trade_count) },
                    { key: 'volume_usd', label: 'Volume', right: true, cell: ({ volume_usd }) => <Money value={volume_usd} /> },
                  ]}
                />
              </Section>
            </div>
          </>
        )}
      </Shown>
      <Forecast />
    </>
  );
}
