/** A binding quote: the price the house stands by for a few seconds, once, for one player. */
import { z } from 'zod';
import { marketId } from '../ids.ts';
import { instant, nonNegativeUsd, quantity, unitPrice, usd } from '../units.ts';
import { receipt } from './receipt.ts';
import { outcome, side } from './trade.ts';

export const quote = z
  .object({
    quote: z.string().meta({ description: 'Send this back as `quote` of the trade. Signed; bound to the player and the trade.' }),
    market_id: marketId,
    outcome,
    side,
    price: unitPrice.meta({ description: 'Price per share the trade will execute at.' }),
    mid: unitPrice.meta({ description: 'Mid of the outcome.' }),
    quantity: quantity.meta({ description: 'Shares bought or sold.' }),
    cost_usd: nonNegativeUsd.meta({ description: 'Cost or proceeds before the fee.' }),
    fee_usd: nonNegativeUsd,
    total_usd: usd.meta({ description: 'What leaves the balance of a buyer, or reaches that of a seller.' }),
    expires_at: instant,
    receipt,
  })
  .meta({ id: 'Quote' });
