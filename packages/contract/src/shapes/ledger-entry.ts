/** A row of a player's ledger: the view of the one account that is theirs. */
import { z } from 'zod';
import { ledgerId } from '../ids.ts';
import { instant, nonNegativeUsd, usd } from '../units.ts';

export const LEDGER_TYPES = ['deposit', 'withdraw', 'trade_debit', 'trade_credit', 'settlement', 'fee', 'adjustment'] as const;
export const ledgerType = z.enum(LEDGER_TYPES);
export type LedgerType = (typeof LEDGER_TYPES)[number];

export const ledgerEntry = z
  .object({
    id: ledgerId,
    type: ledgerType,
    amount_usd: usd.meta({ description: 'Negative when money left the account.' }),
    balance_before_usd: nonNegativeUsd,
    balance_after_usd: nonNegativeUsd,
    reference_type: z.enum(['trade', 'adjustment']).nullable(),
    reference_id: z.string().nullable().meta({ description: 'The trade that moved the money.' }),
    description: z.string(),
    created_at: instant,
  })
  .meta({ id: 'LedgerEntry' });
