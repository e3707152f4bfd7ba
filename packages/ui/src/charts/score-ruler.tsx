/** A score of 0 to 100 over time with its bands behind, and its parts drawn to one scale. */
import { useSize } from './size.ts';

export function ScoreHistory({
  points,
  sharp,
  restricted,
}: {
  points: readonly { at: string; score: number }[];
  sharp: number;
  restricted: number;
}) {
  const [element, width] = useSize<HTMLDivElement>();
  const height = 112;
  const plot = Math.max(0, width - 30);
  const y = (score: number) => 6 + (1 - score / 100) * (height - 12);
  const x = (index: number) => (points.length < 2 ? plot : (index / (points.length - 1)) * plot);
  const last = points.at(-1);
  return (
    <div ref={element} style={{ padding: '0 20px 12px' }}>
      {width > 0 && last && (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={`Score from ${points[0]?.score} to ${last.score}`}
          style={{ overflow: 'visible' }}
        >
          <rect x={0} y={y(100)} width={plot} height={y(restricted) - y(100)} fill="var(--danger-wash)" />
          <rect x={0} y={y(restricted)} width={plot} height={y(sharp) - y(restricted)} fill="var(--warn-wash)" />
          {[0, sharp, restricted].map((mark) => (
            <text key={mark} className="axis" x={plot + 8} y={y(mark) + 4}>
              {mark}
            </text>
          ))}
          <line x1={0} x2={plot} y1={y(0)} y2={y(0)} stroke="var(--line)" />
          <path
            d={points.map(({ score }, index) => `${index === 0 ? 'M' : 'L'}${x(index)} ${y(score)}`).join('')}
            fill="none"
            stroke="var(--ink)"
            strokeWidth={1.5}
          />
          <circle cx={x(points.length - 1)} cy={y(last.score)} r={3} fill="var(--ink)" />
        </svg>
      )}
    </div>
  );
}

/** A part of a score: its bar is as long as its share of the largest part. */
export function ScorePart({
  name,
  value,
  of,
  largest,
  words,
}: {
  name: string;
  value: number;
  of: number;
  largest: number;
  words?: string;
}) {
  return (
    <div style={{ padding: '10px 20px', borderTop: '1px solid var(--line)' }}>
      <div className="row">
        <span className="medium">{name}</span>
        <span className="space" />
        <span className="figure">
          <b>{value}</b> <span className="tertiary">/ {of}</span>
        </span>
      </div>
      <span
        className="gauge"
        style={{ width: `${(of / largest) * 100}%`, margin: '6px 0' }}
        role="meter"
        aria-label={name}
        aria-valuenow={value}
        aria-valuemin={0}
        aria-valuemax={of}
      >
        <span className="fill" style={{ width: `${of === 0 ? 0 : (value / of) * 100}%` }} />
      </span>
      {words && <span className="small tertiary">{words}</span>}
    </div>
  );
}
