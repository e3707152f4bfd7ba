/** An operator's credits for the copilot. One credit is one cent on the ledger. */
import { z } from 'zod';
import { ledgerId } from '../ids.ts';
import { instant } from '../units.ts';

export const credits = z
  .object({
    balance: z.number().int().min(0).meta({ description: 'Credits left.' }),
    answer_price: z.number().int().min(0).meta({ description: 'Credits one answer costs.' }),
    engine: z.enum(['claude', 'rules']).meta({ description: 'What would answer now.' }),
    model: z.string().nullable(),
    entries: z
      .array(
        z.object({
          id: ledgerId,
          type: z.enum(['credit_grant', 'credit_top_up', 'copilot_answer', 'copilot_refund']),
          credits: z.number().int().meta({ description: 'Negative when they were spent.' }),
          balance_after: z.number().int(),
          description: z.string(),
          created_at: instant,
        }),
      )
      .meta({ description: 'The last 50, newest first.' }),
  })
  .meta({ id: 'CopilotCredits' });
