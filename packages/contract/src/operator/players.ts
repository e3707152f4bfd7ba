/** An operator's players. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { ledgerId, userId } from '../ids.ts';
import { paged, single } from '../page.ts';
import { operatorPlayer, operatorPlayerDetail, operatorPlayerQuery } from '../shapes/player.ts';
import { instant, nonNegativeUsd, positiveUsd } from '../units.ts';

const action = z.enum(['deposit', 'withdraw']).meta({ description: 'deposit adds funds, withdraw removes them.' });
const LONGEST_METADATA = 4_000;
const metadata = z
  .record(z.string().max(100), z.unknown())
  .refine((value) => JSON.stringify(value).length <= LONGEST_METADATA, `Expected at most ${LONGEST_METADATA} characters of JSON`);

const common = { audience: 'operator', tag: 'Users', method: 'GET' } as const;
export const listOwnPlayers = endpoint({
  ...common,
  path: '/api/operator/users',
  summary: 'List users',
  description: 'Your players, newest first unless sorted otherwise.',
  query: operatorPlayerQuery,
  answer: paged(operatorPlayer),
});
export const getOwnPlayer = endpoint({
  ...common,
  path: '/api/operator/users/{user_id}',
  summary: 'Get a user',
  description: 'With metrics, score, restrictions and the last ten trades and ledger rows.',
  params: z.strictObject({ user_id: userId }),
  answer: single(operatorPlayerDetail),
});

export const adjustBalance = endpoint({
  method: 'POST',
  path: '/api/operator/users/{user_id}/balance',
  audience: 'operator',
  needs: 'users',
  tag: 'Users',
  summary: 'Deposit to or withdraw from a user’s balance',
  description:
    'Makes one immutable ledger row. A repeated `idempotency_key` answers the first result again with `Idempotency-Replayed: true`.',
  params: z.strictObject({ user_id: userId }),
  body: z.strictObject({
    action,
    amount_usd: positiveUsd.meta({ description: 'Dollars, more than zero, at most two decimals.' }),
    reason: z.string().trim().min(1).max(500).meta({ description: 'Stored in the ledger and the audit log.' }),
    idempotency_key: z
      .string()
      .regex(/^[A-Za-z0-9._:-]{1,128}$/, 'Expected 1 to 128 letters, digits or . _ : -')
      .meta({ description: 'Unique for each adjustment.' }),
    metadata: metadata.nullable().optional().meta({ description: 'Anything to keep with the ledger row.' }),
  }),
  answer: single(
    z.object({
      ledger_entry_id: ledgerId,
      user_id: userId,
      action,
      amount_usd: nonNegativeUsd,
      balance_before_usd: nonNegativeUsd,
      balance_after_usd: nonNegativeUsd,
      reason: z.string(),
      idempotency_key: z.string(),
      metadata: z.record(z.string(), z.unknown()).nullable(),
      operator_admin_id: z.string().meta({ description: 'The member, or the API key, that made the adjustment.' }),
      created_at: instant,
    }),
  ),
  refusals: ['INSUFFICIENT_BALANCE', 'IDEMPOTENCY_KEY_REUSED', 'OUTCOME_UNKNOWN'],
});
