/** Revenue of the operator: what came in, what is its own, from where. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { formatCount, formatPercent, formatUsd } from '@predictu/ui/format/money.ts';
import { formatCounted, formatWords } from '@predictu/ui/format/words.ts';
import { Segments } from '@predictu/ui/kit/button.tsx';
import { Money } from '@predictu/ui/kit/figures.tsx';
import { PageHead, Section, Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { RevenueChart } from '@predictu/ui/nouns/revenue.tsx';
import { useAddress } from '@predictu/ui/shell/address.ts';
import { Filters } from '@predictu/ui/table/filters.tsx';
import { TableBody } from '@predictu/ui/table/table-body.tsx';

const GRAINS = [
  { value: 'hour', label: 'Hour' },
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' },
] as const;

export function Revenue() {
  const [address, change] = useAddress();
  const grain = GRAINS.find(({ value }) => value === address['granularity'])?.value ?? 'day';
  const revenue = useEndpoint('getOwnRevenue', { query: { granularity: grain, from: address['from'], to: address['to'] } });
  return (
    <>
      <PageHead title="Revenue">
        <Filters filters={[{ name: 'period', label: 'Days', kind: 'days', from: 'from', to: 'to' }]} values={address} onChange={change} />
        <Segments label="By" value={grain} options={GRAINS} onChange={(value) => change({ granularity: value })} />
      </PageHead>
      <Shown query={revenue}>
        {({ data: { totals, series, by_category, revenue_share_pct } }) => (
          <>
            <Stats>
              <Stat
                name="Gross revenue"
                detail={`spread ${formatUsd(totals.spread_revenue_usd)} · fees ${formatUsd(totals.fee_revenue_usd)}`}
              >
                <Money value={totals.gross_revenue_usd} />
              </Stat>
              <Stat name="Yours" detail={`${formatPercent(revenue_share_pct)} of the gross`}>
                <Money value={totals.operator_share_usd} />
              </Stat>
              <Stat name="The platform’s">
                <Money value={totals.predictu_share_usd} />
              </Stat>
              <Stat
                name="Volume"
                detail={`${formatCounted(totals.trade_count, 'trade')} by ${formatCounted(totals.unique_traders, 'player')}`}
              >
                <Money value={totals.trade_volume_usd} />
              </Stat>
              <Stat name="A player">
                <Money value={totals.revenue_per_user_usd} />
              </Stat>
              <Stat name="Settlement result" detail="beside the revenue, not in it">
                <Money value={totals.settlement_pnl_usd} result />
              </Stat>
            </Stats>
            <Section title={`Revenue by ${grain}`}>
              <RevenueChart days={series} caption={`Revenue by ${grain}`} />
            </Section>
            <Section title="By category">
              <TableBody
                rows={by_category}
                rowKey={({ category }) => category}
                csv="revenue-by-category"
                columns={[
                  { key: 'category', label: 'Category', cell: ({ category }) => formatWords(category) },
                  { key: 'gross_usd', label: 'Gross', right: true, cell: ({ gross_usd }) => <Money value={gross_usd} /> },
                  {
                    key: 'operator_share_usd',
                    label: 'Yours',
                    right: true,
                    cell: ({ operator_share_usd }) => <Money value={operator_share_usd} />,
                  },
                  { key: 'trade_count', label: 'Trades', right: true, cell: ({ trade_count }) => formatCount(trade_count) },
                  { key: 'volume_usd', label: 'Volume', right: true, cell: ({ volume_usd }) => <Money value={volume_usd} /> },
                ]}
                foot={[
                  'All',
                  <Money key="gross" value={totals.gross_revenue_usd} />,
                  <Money key="yours" value={totals.operator_share_usd} />,
                  formatCount(totals.trade_count),
                  <Money key="volume" value={totals.trade_volume_usd} />,
                ]}
              />
            </Section>
          </>
        )}
      </Shown>
    </>
  );
}
