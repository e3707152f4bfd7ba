/** The ground of a heat cell by its part of the largest: one hue, six steps, figures that stay readable on each. */
export function heatOf(value: number, largest: number): { background: string; color: string } {
  const step = largest <= 0 ? 1 : Math.min(6, 1 + Math.floor((value / largest) * 5.999));
  return { background: `var(--heat-${step})`, color: `var(--on-heat-${step > 4 ? 'high' : 'low'})` };
}
