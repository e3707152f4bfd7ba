/** Series over time by uPlot: steps or lines, an interval as a band, the legend as the readout, a table for screen readers. */
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { formatClock, formatDay } from '../format/time.ts';
import { ChartTable } from './chart-table.tsx';
import { useSize } from './size.ts';

export type TimeSeries = {
  label: string /** One value for each time; null is a gap. */;
  values: readonly (number | null)[] /** A token's name: `series-1`, `yes`. */;
  colour: string;
  dashed?: boolean;
};
export type TimeChartProps = {
  caption: string;
  /** ISO 8601. */
  times: readonly string[];
  series: readonly TimeSeries[];
  /** Lower and upper edge of an interval, by index of the series. */
  band?: readonly [lower: number, upper: number];
  /** A price holds until it changes. */
  steps?: boolean;
  format: (value: number) => string;
  height?: number;
};

/** One value a day: its hour says nothing. */
const timeWords = (time: string, daily: boolean): string =>
  daily ? formatDay(new Date(time)) : `${formatDay(new Date(time))} ${formatClock(new Date(time))}`;

const token = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** Room for half of the first mark, which would be cut otherwise; it lies in the padding of the chart. */
const EDGE = 20;
const HOUR = 3_600;
const DAY = 24 * HOUR;
/** Seconds between marks: whole days where the axis spans days, so that no day stands there twice. */
const timeSteps: uPlot.Axis.Incrs = (_plot, _axis, least, most) =>
  most - least > 2 * DAY
    ? [1, 2, 3, 7, 14, 30, 90].map((days) => days * DAY)
    : [60, 300, 900, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR];

/** Days where the axis spans days, hours where it spans hours. */
function timeMark(plot: uPlot, seconds: number): string {
  const { min = 0, max = 0 } = plot.scales['x'] ?? {};
  const at = new Date(seconds * 1_000);
  return (max ?? 0) - (min ?? 0) > 2 * DAY ? formatDay(at) : formatClock(at);
}

function optionsOf(
  { series, band, steps, format, height = 240 }: TimeChartProps,
  width: number,
  onCursor: (index: number | null) => void,
): uPlot.Options {
  const axis = {
    stroke: () => token('ink-3'),
    font: `11px ${getComputedStyle(document.body).fontFamily}`,
    grid: { stroke: () => token('line'), width: 1 },
    ticks: { show: false },
  };
  const stepped = uPlot.paths.stepped?.({ align: 1 });
  return {
    width,
    height,
    legend: { show: false },
    padding: [8, 0, 0, EDGE],
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1_000), 'UTC'),
    cursor: { points: { size: 6 }, drag: { x: false, y: false } },
    axes: [
      {
        ...axis,
        size: 28,
        space: 72,
        incrs: timeSteps,
        values: (plot: uPlot, marks: number[]) => marks.map((mark) => timeMark(plot, mark)),
      },
      { ...axis, side: 1, size: 60, values: (_, marks) => marks.map((mark) => format(mark)) },
    ],
    series: [
      {},
      ...series.map(({ label, colour, dashed }) => ({
        label,
        stroke: () => token(colour),
        width: 1.5,
        points: { show: false },
        ...(dashed ? { dash: [4, 4] } : {}),
        ...(steps && stepped ? { paths: stepped } : {}),
      })),
    ],
    ...(band ? { bands: [{ series: [band[1] + 1, band[0] + 1] as [number, number], fill: () => token('hover') }] } : {}),
    hooks: { setCursor: [({ cursor }) => onCursor(cursor.idx ?? null)] },
  };
}

export function TimeChart(props: TimeChartProps) {
  const { caption, times, series, format } = props;
  const [element, width] = useSize<HTMLDivElement>();
  const host = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState<number | null>(null);
  useEffect(() => {
    if (!host.current || width === 0) return;
    const data = [
      times.map((time) => Date.parse(time) / 1_000),
      ...series.map(({ values }) => [...values]),
    ] as unknown as uPlot.AlignedData;
    const plot = new uPlot(optionsOf(props, width + EDGE, setAt), data, host.current);
    // Drawn, not styled: another theme, and paper, ask for another drawing.
    const themes = new MutationObserver(() => plot.redraw());
    themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      themes.disconnect();
      plot.destroy();
    };
  }, [props, times, series, width]);
  const index = at ?? times.length - 1;
  const daily = times.every((time) => time.endsWith('T00:00:00Z'));
  return (
    <div ref={element} style={{ padding: '0 20px 12px' }}>
      <div className="row wrap small secondary" aria-hidden="true">
        <span className="medium">{times[index] && timeWords(times[index], daily)}</span>
        {series.map(({ label, colour, values, dashed }) => (
          <span key={label} className="row" style={{ gap: 4 }}>
            <i style={{ width: 9, height: dashed ? 2 : 9, background: `var(--${colour})` }} />
            {label} <span className="figure">{values[index] === null || values[index] === undefined ? '–' : format(values[index])}</span>
          </span>
        ))}
      </div>
      <div ref={host} style={{ marginLeft: -EDGE }} role="img" aria-label={caption} />
      <ChartTable
        caption={caption}
        heads={['Time', ...series.map(({ label }) => label)]}
        rows={sampled(times).map((row) => [
          times[row] ?? '',
          ...series.map(({ values }) => (values[row] == null ? '' : format(values[row]))),
        ])}
      />
    </div>
  );
}

/** At most fifty rows, evenly spread and with the last. */
function sampled(times: readonly string[]): number[] {
  const every = Math.max(1, Math.ceil(times.length / 50));
  return times.map((_, index) => index).filter((index) => index % every === 0 || index === times.length - 1);
}
