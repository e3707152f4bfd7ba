/** A partial change of an operator's configuration: what is absent stays. */
import { z } from 'zod';
import { operatorConfig } from './operator-config.ts';

const { trading, ui, notifications, categories, features } = operatorConfig.shape;

export const operatorConfigPatch = z.strictObject({
  trading: trading.partial().optional(),
  ui: ui.partial().optional(),
  notifications: notifications.partial().optional(),
  categories: categories.partial().optional(),
  features: features.partial().optional(),
});
export type OperatorConfigPatch = z.output<typeof operatorConfigPatch>;
