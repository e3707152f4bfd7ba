/** What a change of the platform configuration makes of it, and which combinations make no sense. */
import type { FieldProblem } from '@predictu/contract/errors';
import type { PlatformConfig } from '@predictu/contract/shapes/platform-config';
import type { PlatformConfigPatch } from '@predictu/contract/shapes/platform-config-patch';

const present = <T extends object>(patch: T | undefined): Partial<T> =>
  Object.fromEntries(Object.entries(patch ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;

/** The configuration with the patch laid over it; a category limit of null is taken away. */
export function mergeConfig(current: PlatformConfig, patch: PlatformConfigPatch): PlatformConfig {
  const { category_limits: limits, ...risk } = present(patch.risk);
  const categoryLimits = { ...current.risk.category_limits, ...limits };
  return {
    risk: {
      ...current.risk,
      ...risk,
      category_limits: Object.fromEntries(Object.entries(categoryLimits).filter(([, limit]) => limit !== null && limit !== undefined)),
    },
    spread: { ...current.spread, ...present(patch.spread) },
    fees: { ...current.fees, ...present(patch.fees) },
    features: { ...current.features, ...present(patch.features) },
    defaults: { ...current.defaults, ...present(patch.defaults) },
  } as PlatformConfig;
}

/** Keys that contradict each other, each as a refused field. */
export function contradictions({ risk, spread }: PlatformConfig): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const atMost = (field: string, value: number, limit: number, name: string): void => {
    if (value > limit) problems.push({ field, received: value, expected: `at most ${name}, which is ${limit}` });
  };
  atMost('spread.min_spread_bps', spread.min_spread_bps, spread.base_spread_bps, 'spread.base_spread_bps');
  atMost('spread.base_spread_bps', spread.base_spread_bps, spread.max_spread_bps, 'spread.max_spread_bps');
  atMost('spread.volume_discount_bps', spread.volume_discount_bps, spread.base_spread_bps, 'spread.base_spread_bps');
  atMost('risk.sharp_score_threshold', risk.sharp_score_threshold, risk.restricted_score_threshold, 'risk.restricted_score_threshold');
  return problems;
}
