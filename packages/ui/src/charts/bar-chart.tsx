/** Stacked bars over time: baseline 0, axis at the right, the legend is the readout, a short rule marks the period before. */
import { type ReactNode, useState } from 'react';
import { ChartTable } from './chart-table.tsx';
import { axisSteps, useSize } from './size.ts';

export type Series = { key: string; label: string };
/** `partial`: less time than the others stand for. It is drawn as an outline and says so in words. */
export type Bar = { label: string; values: Record<string, number>; before?: number | null; partial?: boolean };

const TOP = 12;
const FOOT = 24;
const AXIS = 52;
const PARTIAL = 'in part';

export type BarChartProps = {
  caption: string;
  series: readonly Series[];
  bars: readonly Bar[];
  format: (value: number) => string;
  formatAxis?: (value: number) => string;
  onOpen?: (bar: Bar) => void;
};

export function BarChart({ caption, series, bars, format, formatAxis = format, onOpen }: BarChartProps) {
  const [element, width, height] = useSize<HTMLDivElement>();
  const [at, setAt] = useState<number | null>(null);
  const sum = (bar: Bar) => series.reduce((total, { key }) => total + Math.max(0, bar.values[key] ?? 0), 0);
  const largest = Math.max(0, ...bars.map((bar) => Math.max(sum(bar), bar.before ?? 0)));
  const steps = axisSteps(0, largest || 1);
  const top = steps.at(-1) ?? 1;
  const plot = { width: Math.max(0, width - AXIS), height: Math.max(0, height - TOP - FOOT) };
  const y = (value: number) => TOP + plot.height * (1 - value / top);
  const slot = plot.width / Math.max(1, bars.length);
  const thick = Math.max(1, Math.min(28, slot * 0.68));
  const shown = at === null ? bars.length - 1 : at;
  const every = Math.max(1, Math.ceil(bars.length / Math.max(1, Math.floor(plot.width / 92))));
  return (
    <div className="bar-chart">
      <Readout bar={bars[shown]} series={series} format={format} />
      <div ref={element} className="plot">
        {width > 0 && (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the crosshair repeats what the table beside it says.
          <svg
            width={width}
            height={height}
            role="img"
            aria-label={caption}
            onMouseMove={(event) =>
              setAt(
                Math.max(
                  0,
                  Math.min(bars.length - 1, Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left) / slot)),
                ),
              )
            }
            onMouseLeave={() => setAt(null)}
            onClick={() => at !== null && bars[at] && onOpen?.(bars[at])}
            style={onOpen ? { cursor: 'pointer' } : undefined}
          >
            {steps.map((step) => (
              <g key={step}>
                <line
                  x1={0}
                  x2={plot.width}
                  y1={y(step)}
                  y2={y(step)}
                  stroke={step === 0 ? 'var(--line)' : 'var(--line-strong)'}
                  strokeDasharray={step === 0 ? undefined : '1 3'}
                />
                <text className="axis" x={plot.width + 8} y={y(step) + 4}>
                  {formatAxis(step)}
                </text>
              </g>
            ))}
            {at !== null && <rect x={at * slot} y={TOP - 6} width={slot} height={plot.height + 6} fill="var(--hover)" />}
            {bars.map((bar, index) => (
              <BarMark key={bar.label} bar={bar} series={series} x={index * slot + (slot - thick) / 2} width={thick} y={y} />
            ))}
            {bars.map((bar, index) => {
              const flagged = index === at;
              if (!flagged && (index % every !== 0 || at !== null)) return null;
              return (
                <text
                  key={bar.label}
                  className="axis"
                  x={Math.min(plot.width - 24, Math.max(0, index * slot + slot / 2 - 16))}
                  y={height - 6}
                  style={flagged ? { fill: 'var(--ink)', fontWeight: 600 } : undefined}
                >
                  {bar.label}
                </text>
              );
            })}
          </svg>
        )}
      </div>
      <ChartTable
        caption={caption}
        heads={['Period', ...series.map(({ label }) => label)]}
        rows={bars.map((bar) => [
          bar.partial ? `${bar.label}, ${PARTIAL}` : bar.label,
          ...series.map(({ key }) => format(bar.values[key] ?? 0)),
        ])}
      />
    </div>
  );
}

function BarMark({
  bar,
  series,
  x,
  width,
  y,
}: {
  bar: Bar;
  series: readonly Series[];
  x: number;
  width: number;
  y: (value: number) => number;
}) {
  let below = 0;
  return (
    <g>
      {series.map(({ key }, index) => {
        const from = below;
        below += Math.max(0, bar.values[key] ?? 0);
        const height = Math.max(0, y(from) - y(below) - (from > 0 ? 1.5 : 0));
        const colour = `var(--series-${index + 1})`;
        const look = bar.partial ? { fill: colour, fillOpacity: 0.25, stroke: colour, strokeDasharray: '2 2' } : { fill: colour };
        return <rect key={key} x={x} y={y(below)} width={width} height={height} {...look} />;
      })}
      {bar.before !== undefined && bar.before !== null && (
        <path d={`M${x - 2} ${y(bar.before)}h${width + 4}`} stroke="var(--ink-3)" strokeWidth={1.25} />
      )}
    </g>
  );
}

function Readout({
  bar,
  series,
  format,
}: {
  bar: Bar | undefined;
  series: readonly Series[];
  format: (value: number) => string;
}): ReactNode {
  if (!bar) return null;
  return (
    <div className="row wrap small secondary" style={{ padding: '0 20px 4px' }} aria-hidden="true">
      <span className="medium" style={{ color: 'var(--ink)' }}>
        {bar.label}
      </span>
      {bar.partial && <span className="tertiary">{PARTIAL}</span>}
      {series.map(({ key, label }, index) => (
        <span key={key} className="row" style={{ gap: 4 }}>
          <i style={{ width: 9, height: 9, background: `var(--series-${index + 1})` }} />
          {label} <span className="figure">{format(bar.values[key] ?? 0)}</span>
        </span>
      ))}
      {bar.before !== undefined && bar.before !== null && (
        <span className="row" style={{ gap: 4 }}>
          <i style={{ width: 11, height: 1.5, background: 'var(--ink-3)' }} />
          Period before <span className="figure">{format(bar.before)}</span>
        </span>
      )}
    </div>
  );
}
