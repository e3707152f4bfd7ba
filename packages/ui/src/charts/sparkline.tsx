/** 72 by 18, a dot at the end, no axis; always next to the figure it explains. */
export function Sparkline({
  values,
  name,
  format = String,
}: {
  values: readonly number[];
  name: string;
  format?: (value: number) => string;
}) {
  if (values.length < 2) return <span className="tertiary">–</span>;
  const least = Math.min(...values);
  const largest = Math.max(...values);
  const x = (index: number) => (index / (values.length - 1)) * 68;
  const y = (value: number) => 15 - ((value - least) / (largest - least || 1)) * 12;
  const sentence = `${name} from ${format(values[0] ?? 0)} to ${format(values.at(-1) ?? 0)}, low ${format(least)}, high ${format(largest)}`;
  return (
    <svg width={72} height={18} role="img" aria-label={sentence}>
      <path
        d={values.map((value, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`).join('')}
        fill="none"
        stroke="var(--ink-2)"
        strokeWidth={1.25}
        strokeLinejoin="round"
      />
      <circle cx={x(values.length - 1)} cy={y(values.at(-1) ?? 0)} r={2} fill="var(--ink-2)" />
    </svg>
  );
}
