/** An operator's configuration: what it has set, laid over the documented defaults. */
import type { OperatorConfigDocument } from '@predictu/contract/shapes/operator-config';

export type StoredOperatorConfig = { [Group in keyof OperatorConfigDocument]?: Partial<OperatorConfigDocument[Group]> };

/** Group by group; what is not set has its default. */
export const mergeOperatorConfig = (defaults: OperatorConfigDocument, stored: StoredOperatorConfig): OperatorConfigDocument => ({
  trading: { ...defaults.trading, ...stored.trading },
  ui: { ...defaults.ui, ...stored.ui },
  notifications: { ...defaults.notifications, ...stored.notifications },
  categories: { ...defaults.categories, ...stored.categories },
  features: { ...defaults.features, ...stored.features },
});
