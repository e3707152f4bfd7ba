/** A row of a player's ledger: the view of the one account that is theirs. */
import { z } from 'zod';
import { inOrder, periodQuery } from '../filters.ts';
import { ledgerId, userId } from '../ids.ts';
import { cursorQuery, pageQuery } from '../page.ts';
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

/** A row as the platform sees it. */
export const adminLedgerEntry = ledgerEntry
  .extend({
    user_id: userId,
    reference_type: z.enum(['trade', 'settlement', 'adjustment']).nullable(),
    reference_id: z.string().nullable().meta({ description: 'The trade or settlement that moved the money.' }),
    metadata: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'Of a trade or settlement: what was traded or held. Of an adjustment: what came with it.' }),
    idempotency_key: z
      .string()
      .nullable()
      .meta({ description: 'The key the operation came with; of a settlement the name of its one payout.' }),
  })
  .meta({ id: 'AdminLedgerEntry' });

export const ledgerQuery = z
  .strictObject({
    ...pageQuery,
    ...cursorQuery,
    type: ledgerType.optional().meta({ description: `Filter: ${LEDGER_TYPES.join(', ')}.` }),
    ...periodQuery,
  })
  .check(inOrder('from', 'to'));
