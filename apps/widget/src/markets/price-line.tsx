/** The price of Yes as a step line: a price holds until it changes. */
import { useSize } from '@predictu/ui/charts/size.ts';
import { formatDay } from '@predictu/ui/format/time.ts';

const HEIGHT = 190;
const AXIS = 36;
const tenth = (value: number): number => Math.round(value * 10) / 10;

export function PriceLine({ points, label }: { points: readonly { timestamp: string; yes_price: number }[]; label: string }) {
  const [element, width] = useSize<HTMLDivElement>();
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length < 2) return null;
  const values = points.map(({ yes_price }) => yes_price);
  const least = Math.max(0, Math.floor((Math.min(...values) - 0.05) * 10) / 10);
  const largest = Math.min(1, Math.ceil((Math.max(...values) + 0.05) * 10) / 10);
  const plot = { width: Math.max(0, width - AXIS), height: HEIGHT - 24 };
  const x = (index: number) => (index / (points.length - 1)) * plot.width;
  const y = (price: number) => 4 + (1 - (price - least) / (largest - least || 1)) * (plot.height - 8);
  const line = values.map((value, index) => (index === 0 ? `M0 ${tenth(y(value))}` : `H${tenth(x(index))}V${tenth(y(value))}`)).join('');
  const marks = [least, (least + largest) / 2, largest];
  return (
    <div ref={element} style={{ overflow: 'hidden' }}>
      {width > 0 && (
        <svg width={width} height={HEIGHT} role="img" aria-label={label}>
          {marks.map((mark) => (
            <g key={mark}>
              <line x1={0} x2={plot.width} y1={y(mark)} y2={y(mark)} stroke="var(--line)" />
              <text className="axis" x={width} y={y(mark) + 4} textAnchor="end">
                {Math.round(mark * 100)}¢
              </text>
            </g>
          ))}
          <path d={`${line}V${plot.height}H0Z`} fill="var(--yes)" opacity={0.08} />
          <path d={line} fill="none" stroke="var(--yes)" strokeWidth={2} strokeLinejoin="round" />
          <circle cx={plot.width} cy={y(last.yes_price)} r={4} fill="var(--yes)" stroke="var(--sheet)" strokeWidth={2} />
          <text className="axis" x={0} y={HEIGHT - 4}>
            {formatDay(new Date(first.timestamp))}
          </text>
          <text className="axis" x={plot.width} y={HEIGHT - 4} textAnchor="end">
            {formatDay(new Date(last.timestamp))}
          </text>
        </svg>
      )}
    </div>
  );
}
