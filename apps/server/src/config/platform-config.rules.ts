/** What a change of the platform configuration makes of it, and which combinations make no sense. */
import type { FieldProblem } from '@predictu/contract/errors';
import type { PlatformConfig, PlatformConfigDocument } from '@predictu/contract/shapes/platform-config';
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

/** The document as one level of `group.key`; a category limit is `risk.category_limits.sports`. */
export function flatten(document: object, prefix = ''): Map<string, unknown> {
  const flat = new Map<string, unknown>();
  for (const [key, value] of Object.entries(document)) {
    if (typeof value === 'object' && value !== null) for (const [inner, leaf] of flatten(value, `${prefix}${key}.`)) flat.set(inner, leaf);
    else flat.set(`${prefix}${key}`, value);
  }
  return flat;
}

export type ConfigChange = { keys: string[]; previous: Record<string, unknown>; next: Record<string, unknown> };

/** What differs between two documents; a key that is not there counts as null. */
export function differences(before: PlatformConfigDocument, after: PlatformConfigDocument): ConfigChange {
  const [old, fresh] = [flatten(before), flatten(after)];
  const keys = [...new Set([...old.keys(), ...fresh.keys()])].filter((key) => old.get(key) !== fresh.get(key));
  const pick = (values: Map<string, unknown>) => Object.fromEntries(keys.map((key) => [key, values.get(key) ?? null]));
  return { keys, previous: pick(old), next: pick(fresh) };
}
