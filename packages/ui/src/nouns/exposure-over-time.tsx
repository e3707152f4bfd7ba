/** Exposure of the last day, in total and by side. */
import type { UseQueryResult } from '@tanstack/react-query';
import type { ApiError } from '../api/client.ts';
import type { Answer } from '../api/wire.ts';
import { TimeChart } from '../charts/time-chart.tsx';
import { formatPercent, formatShortUsd, formatUsd } from '../format/money.ts';
import { Gauge, Money } from '../kit/figures.tsx';
import { Empty, Section, Shown, Stat } from '../kit/panel.tsx';

type Series = Pick<Answer<'getOwnExposureSeries'>, 'data'>;

export const ExposureOverTime = ({ query }: { query: UseQueryResult<Series, ApiError> }) => (
  <Section title="The last 24 hours">
    <Shown query={query}>
      {({ data: { series } }) =>
        series.length < 2 ? (
          <Empty>Snapshots are taken every five minutes; the line appears with the second hour.</Empty>
        ) : (
          <TimeChart
            caption="Exposure over the last 24 hours"
            times={series.map(({ at }) => at)}
            series={[
              { label: 'On Yes', colour: 'yes', values: series.map(({ yes_exposure_usd }) => yes_exposure_usd) },
              { label: 'On No', colour: 'no', values: series.map(({ no_exposure_usd }) => no_exposure_usd) },
              { label: 'Together', colour: 'series-1', values: series.map(({ exposure_usd }) => exposure_usd) },
            ]}
            steps
            format={formatShortUsd}
          />
        )
      }
    </Shown>
  </Section>
);

type AtStake = { total: number; net: number; limit: number; percent: number };

/** What is open against its limit, and what it would really cost. */
export const AtStakeStats = ({ of: { total, net, limit, percent }, against, label }: { of: AtStake; against: string; label: string }) => (
  <>
    <Stat
      name="At stake"
      detail={
        <>
          <Gauge percent={percent} label={label} />
          {formatPercent(percent)} of {formatUsd(limit)}
        </>
      }
    >
      <Money value={total} />
    </Stat>
    <Stat name="Worst outcomes" detail={`The loss if every market ended against ${against}`}>
      <Money value={net} />
    </Stat>
  </>
);
