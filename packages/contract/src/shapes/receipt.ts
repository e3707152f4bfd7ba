/** The receipt of a price: enough to compute it again to the last unit (docs/pricing.md). */
import { z } from 'zod';

const units = (description: string) => z.number().int().meta({ description });

export const receipt = z
  .looseObject({
    formula: z.number().int().meta({ description: 'Version of the pricing formula.' }),
    snapshot_id: z.string().nullable().meta({ description: 'The upstream price this one was computed from.' }),
    age_ms: units('Age of that price in milliseconds.'),
    mid: units('Mid of YES in hundredths of a cent.'),
    price: units('Price per share in hundredths of a cent.'),
    spread: units('Spread in hundredths of a cent.'),
    skew: units('Shift towards the loaded side in hundredths of a cent.'),
    components: z.record(z.string(), z.number().int()).meta({ description: 'Parts of the spread; they add up to it.' }),
    inputs: z.record(z.string(), z.unknown()).meta({ description: 'Everything else the formula was given.' }),
    walls: z
      .array(z.object({ wall: z.number().int(), value_cents: z.number().int(), limit_cents: z.number().int() }))
      .meta({ description: 'Walls passed, in order; none for a sale.' }),
  })
  .meta({ id: 'Receipt' });
