/** What both home screens show: the period, what the business did in it, revenue by day, what happens now. */

import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ApiError } from '../api/client.ts';
import type { Activity } from '../api/live.tsx';
import type { Answer } from '../api/wire.ts';
import { BarChart } from '../charts/bar-chart.tsx';
import { formatCount, formatPercent, formatShortUsd, formatUsd } from '../format/money.ts';
import { formatCounted } from '../format/words.ts';
import { Segments } from '../kit/button.tsx';
import { Delta, Gauge, Live, Money } from '../kit/figures.tsx';
import { Section, Shown, Stat } from '../kit/panel.tsx';
import { useAddress } from '../shell/address.ts';
import { FeedControls, FeedList, useFeed } from './activity.tsx';
import { labelOf } from './revenue.tsx';

const PERIODS = [
  { value: '1d', label: '1d', words: 'a day' },
  { value: '7d', label: '7d', words: '7 days' },
  { value: '30d', label: '30d', words: '30 days' },
  { value: '90d', label: '90d', words: '90 days' },
  { value: 'all', label: 'All', words: 'all time' },
] as const;
type Period = (typeof PERIODS)[number];
const USUAL: Period = PERIODS[2];

/** The period in the address, and the switch that changes it. */
export function usePeriod(): { period: Period['value']; words: string; control: ReactNode } {
  const [address, change] = useAddress();
  const { value, words } = PERIODS.find((period) => period.value === address['period']) ?? USUAL;
  const control = <Segments label="Period" value={value} options={PERIODS} onChange={(next) => change({ period: next })} />;
  return { period: value, words, control };
}

type Dashboard = Answer<'getOwnDashboard'>['data'];
type Business = Pick<Dashboard, 'trades' | 'users'> & { exposure: Pick<Dashboard['exposure'], 'current_usd' | 'utilization_pct'> };
type Revenue = Pick<Dashboard['revenue'], 'period_usd' | 'delta_pct'>;

export const RevenueStat = ({ revenue: { period_usd, delta_pct }, words }: { revenue: Revenue; words: string }) => (
  <Stat name={`Revenue, ${words}`} detail={<Delta percent={delta_pct} />}>
    <Live value={period_usd}>
      <Money value={period_usd} />
    </Live>
  </Stat>
);

/** Volume, players and exposure. `whose` limit the gauge stands for. */
export function BusinessStats({ of: { trades, users, exposure }, whose }: { of: Business; whose: string }) {
  return (
    <>
      <Stat name="Volume, 24 hours" detail={formatCounted(trades.count_24h, 'trade')}>
        <Live value={trades.volume_24h_usd}>
          <Money value={trades.volume_24h_usd} />
        </Live>
      </Stat>
      <Stat
        name="Active players, 24 hours"
        unit={`of ${formatCount(users.total)}`}
        detail={
          <>
            <Delta percent={users.delta_pct} /> {formatCount(users.new_7d)} new in 7 days
          </>
        }
      >
        {formatCount(users.active_24h)}
      </Stat>
      <Stat
        name="Exposure"
        detail={
          <>
            <Gauge percent={exposure.utilization_pct} label={`Exposure of ${whose} limit`} />
            <span className="figure">{formatPercent(exposure.utilization_pct)}</span>
          </>
        }
      >
        <Money value={exposure.current_usd} />
      </Stat>
    </>
  );
}

type DaysProps = { days: Dashboard['chart_data']; spread: number; fees: number; words: string };
export const RevenueByDay = ({ days, spread, fees, words }: DaysProps) => (
  <Section
    title="Revenue a day"
    subtitle={
      <>
        spread {formatUsd(spread)} · fees {formatUsd(fees)}
      </>
    }
  >
    <BarChart
      caption={`Revenue by day, ${words}`}
      series={[{ key: 'revenue', label: 'Revenue' }]}
      bars={days.map(({ date, partial, revenue_usd }) => ({ label: labelOf(date), partial, values: { revenue: revenue_usd } }))}
      format={formatUsd}
      formatAxis={formatShortUsd}
    />
  </Section>
);

type FeedProps = {
  first: UseQueryResult<Answer<'listOwnActivity'>, ApiError>;
  operators: boolean;
  most?: number;
  actions?: ReactNode;
  onOpen: (entry: Activity) => void;
};
export function HomeFeed({ first, operators, most = 12, actions, onOpen }: FeedProps) {
  const feed = useFeed(first.data?.data);
  return (
    <Section
      title="Activity"
      actions={
        <>
          <FeedControls feed={feed} />
          {actions}
        </>
      }
    >
      <Shown query={first} rows={6}>
        {() => <FeedList entries={feed.shown.slice(0, most)} operators={operators} onOpen={onOpen} />}
      </Shown>
    </Section>
  );
}
