/** An operator's configuration: what it has set, laid over the documented defaults. */
import type { FieldProblem } from '@predictu/contract/errors';
import type { Category } from '@predictu/contract/shapes/category';
import type { OperatorConfig, OperatorConfigDocument } from '@predictu/contract/shapes/operator-config';

export type StoredOperatorConfig = { [Group in keyof OperatorConfigDocument]?: Partial<OperatorConfigDocument[Group]> };

/** Group by group; what is not set has its default. */
export const mergeOperatorConfig = (defaults: OperatorConfigDocument, stored: StoredOperatorConfig): OperatorConfigDocument => ({
  trading: { ...defaults.trading, ...stored.trading },
  ui: { ...defaults.ui, ...stored.ui },
  notifications: { ...defaults.notifications, ...stored.notifications },
  categories: { ...defaults.categories, ...stored.categories },
  features: { ...defaults.features, ...stored.features },
});

/** The categories players see and may buy in: offered by the platform, enabled, not hidden. settings.sql.ts of trading says the same in SQL. */
export const openCategories = (offered: readonly Category[], { enabled, hidden }: OperatorConfig['categories']): Category[] =>
  offered.filter((name) => enabled.includes(name) && !hidden.includes(name));

/** What an operator may not switch on: categories that the platform has not opened to it. */
export function unofferedCategories(offered: readonly Category[], { enabled }: OperatorConfig['categories']): FieldProblem[] {
  const others = enabled.filter((name) => !offered.includes(name));
  return others.length === 0 ? [] : [{ field: 'categories.enabled', received: enabled, expected: `only of: ${offered.join(', ')}` }];
}

/** The groups of a document with nothing but these keys (`group.key`). */
export function only(document: OperatorConfigDocument, keys: ReadonlySet<string>): StoredOperatorConfig {
  const groups = Object.entries(document).map(([group, values]) => [
    group,
    Object.fromEntries(Object.entries(values).filter(([key]) => keys.has(`${group}.${key}`))),
  ]);
  return Object.fromEntries(groups.filter(([, values]) => Object.keys(values as object).length > 0));
}
