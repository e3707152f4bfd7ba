/** A player's balance. */
import { z } from 'zod';
import { nonNegativeUsd } from '../units.ts';

export const balance = z
  .object({
    balance_usd: nonNegativeUsd.meta({ description: 'What can be spent or withdrawn.' }),
    exposure_usd: nonNegativeUsd.meta({ description: 'What the shares held would pay if every one of them won.' }),
    currency: z.string(),
  })
  .meta({ id: 'Balance' });
