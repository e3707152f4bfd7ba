const AROUND = 2 * Math.PI * 11;

/** How long the price is still held. */
export function QuoteRing({ seconds, words }: { seconds: number; words: string }) {
  return (
    <p className="ring">
      <svg width={26} height={26} aria-hidden="true">
        <circle cx={13} cy={13} r={11} fill="none" stroke="var(--line)" strokeWidth={2.5} />
        <circle
          cx={13}
          cy={13}
          r={11}
          fill="none"
          stroke="var(--ink)"
          strokeWidth={2.5}
          strokeDasharray={AROUND}
          strokeDashoffset={AROUND * (1 - Math.min(1, seconds / 10))}
          strokeLinecap="round"
          transform="rotate(-90 13 13)"
        />
        <text x={13} y={17} textAnchor="middle" style={{ font: '600 11px var(--font)', fill: 'var(--ink)' }}>
          {seconds}
        </text>
      </svg>
      <span>{words}</span>
    </p>
  );
}
