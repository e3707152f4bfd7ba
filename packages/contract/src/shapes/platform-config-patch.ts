/** A partial change of the platform configuration: what is absent stays. */
import { z } from 'zod';
import { nonNegativeUsd } from '../units.ts';
import { CATEGORIES } from './category.ts';
import { platformConfig } from './platform-config.ts';

const { risk, spread, fees, features, defaults } = platformConfig.shape;
const categoryLimits = z.partialRecord(z.enum(CATEGORIES), nonNegativeUsd.nullable());

export const platformConfigPatch = z.strictObject({
  risk: risk
    .partial()
    .extend({ category_limits: categoryLimits.optional().meta({ description: 'By category; null removes a limit.' }) })
    .optional(),
  spread: spread.partial().optional(),
  fees: fees.partial().optional(),
  features: features.partial().optional(),
  defaults: defaults.partial().optional(),
});
export type PlatformConfigPatch = z.output<typeof platformConfigPatch>;
