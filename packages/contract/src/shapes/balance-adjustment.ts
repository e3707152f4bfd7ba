/** A person moves money into or out of a player's balance. */
import { z } from 'zod';
import { ledgerId, userId } from '../ids.ts';
import { instant, nonNegativeUsd, positiveUsd } from '../units.ts';

const action = z.enum(['deposit', 'withdraw']).meta({ description: 'deposit adds funds, withdraw removes them.' });
const LONGEST_METADATA = 4_000;
const metadata = z
  .record(z.string().max(100), z.unknown())
  .refine((value) => JSON.stringify(value).length <= LONGEST_METADATA, `Expected at most ${LONGEST_METADATA} characters of JSON`);

export const balanceAdjustment = z.strictObject({
  action,
  amount_usd: positiveUsd.meta({ description: 'Dollars, more than zero, at most two decimals.' }),
  reason: z.string().trim().min(1).max(500).meta({ description: 'Stored in the ledger and the audit log.' }),
  idempotency_key: z
    .string()
    .regex(/^[A-Za-z0-9._:-]{1,128}$/, 'Expected 1 to 128 letters, digits or . _ : -')
    .meta({ description: 'Unique for each adjustment.' }),
  metadata: metadata.nullable().optional().meta({ description: 'Anything to keep with the ledger row.' }),
});
export type BalanceAdjustment = z.output<typeof balanceAdjustment>;

export const balanceAdjusted = z.object({
  ledger_entry_id: ledgerId,
  user_id: userId,
  action,
  amount_usd: nonNegativeUsd,
  balance_before_usd: nonNegativeUsd,
  balance_after_usd: nonNegativeUsd,
  reason: z.string(),
  idempotency_key: z.string(),
  metadata: z.record(z.string(), z.unknown()).nullable(),
  created_at: instant,
});
