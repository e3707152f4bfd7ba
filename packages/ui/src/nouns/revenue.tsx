/** Revenue by day: spread and fees, stacked. */
import { BarChart } from '../charts/bar-chart.tsx';
import { formatShortUsd, formatUsd } from '../format/money.ts';
import { formatDay } from '../format/time.ts';

export type RevenueDay = { date: string; partial: boolean; spread_usd: number; fees_usd: number };

export const RevenueChart = ({ days, caption }: { days: readonly RevenueDay[]; caption: string }) => (
  <BarChart
    caption={caption}
    series={[
      { key: 'spread', label: 'Spread' },
      { key: 'fees', label: 'Fees' },
    ]}
    bars={days.map(({ date, partial, spread_usd, fees_usd }) => ({
      label: labelOf(date),
      partial,
      values: { spread: spread_usd, fees: fees_usd },
    }))}
    format={formatUsd}
    formatAxis={formatShortUsd}
  />
);

/** A day as people write it; an hour with its time. */
export const labelOf = (date: string): string =>
  date.length > 10 ? `${formatDay(new Date(date))} ${date.slice(11, 16)}` : formatDay(new Date(`${date}T00:00:00Z`));
