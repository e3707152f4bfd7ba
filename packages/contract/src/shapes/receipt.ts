/**
 * The receipt of a price as the player sees it: the price is the outcome's mid, half the spread and the skew. What the spread
 * was made of (scores, exposure, limits) stays with the trade for the house, which can recompute it (docs/pricing.md).
 */
import { z } from 'zod';
import { priceDifference, unitPrice } from '../units.ts';

export const receipt = z
  .object({
    formula: z.number().int().meta({ description: 'Version of the pricing formula.' }),
    snapshot_id: z.string().nullable().meta({ description: 'The upstream price this one was computed from.' }),
    age_ms: z.number().int().meta({ description: 'Age of that price in milliseconds.' }),
    mid: unitPrice.meta({ description: 'Mid of YES, 0.0000 to 1.0000.' }),
    spread: unitPrice.meta({ description: 'Distance between what buyers pay and sellers get, in price points.' }),
    skew: priceDifference.meta({ description: 'Shift of both prices towards the loaded side, in price points.' }),
    price: unitPrice.meta({ description: 'Price per share.' }),
    walls_passed: z
      .array(z.number().int())
      .meta({ description: 'Numbers of the risk walls passed, in order; none for a sale or a quote.' }),
  })
  .meta({ id: 'Receipt' });
