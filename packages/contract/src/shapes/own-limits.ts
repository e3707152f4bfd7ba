/** What players set for themselves: limits on stake, loss and time, and self-exclusion. */
import { z } from 'zod';
import { instant, nonNegativeUsd, usd } from '../units.ts';

export const MONEY_LIMITS = ['stake_day', 'stake_week', 'stake_month', 'loss_day', 'loss_week', 'loss_month'] as const;
export const LIMIT_KINDS = [...MONEY_LIMITS, 'session'] as const;
export type MoneyLimit = (typeof MONEY_LIMITS)[number];
export type LimitKind = (typeof LIMIT_KINDS)[number];
export const EXCLUSION_PERIODS = ['24h', '7d', '30d', '6m', 'permanent'] as const;
export type ExclusionPeriod = (typeof EXCLUSION_PERIODS)[number];

const KIND_WORDS =
  'stake: cost and fees of buys. loss: stakes less what sales and settlements returned in the period; open positions count as spent. Days, weeks (from Monday) and months are UTC. session: minutes of buying without a break of 30 minutes.';
const limitKind = z.enum(LIMIT_KINDS).meta({ description: KIND_WORDS });
const minutes = z.number().int().min(15).max(1_440);

const ownLimit = z.object({
  kind: limitKind,
  amount_usd: nonNegativeUsd.nullable().meta({ description: 'The limit in force; null: none, or a limit in minutes.' }),
  minutes: z.number().int().nullable().meta({ description: 'Of the kind `session`.' }),
  used_usd: usd.nullable().meta({ description: 'Spent in the running period; null for `session`. A gain is negative.' }),
  remaining_usd: nonNegativeUsd.nullable().meta({ description: 'What may still be spent; null without a limit.' }),
  resets_at: instant.nullable().meta({ description: 'When the next period begins.' }),
  pending: z
    .object({ amount_usd: nonNegativeUsd.nullable(), minutes: z.number().int().nullable(), effective_at: instant })
    .nullable()
    .meta({ description: 'A raise that waits its 24 hours; both values null: the limit will end.' }),
});

export const ownLimits = z
  .object({
    limits: z.array(ownLimit),
    session: z
      .object({ started_at: instant, ends_at: instant, free_at: instant })
      .nullable()
      .meta({ description: 'The play session under a session limit: buys until `ends_at`, again from `free_at` without a buy before it.' }),
    self_exclusion: z
      .object({ since: instant, until: instant.nullable(), permanent: z.boolean() })
      .nullable()
      .meta({ description: 'Null when the player is not excluded now.' }),
  })
  .meta({ id: 'OwnLimits' });
export type OwnLimits = z.output<typeof ownLimits>;

export const ownLimitChange = z.union([
  z.strictObject({
    kind: z.enum(MONEY_LIMITS).meta({ description: KIND_WORDS }),
    amount_usd: nonNegativeUsd.nullable().meta({ description: 'null: no limit, after 24 hours.' }),
  }),
  z.strictObject({ kind: z.literal('session'), minutes: minutes.nullable().meta({ description: 'null: no limit, after 24 hours.' }) }),
]);
export const pendingLimit = z.strictObject({ kind: limitKind });
export const exclusionChange = z.strictObject({
  period: z.enum(EXCLUSION_PERIODS).meta({ description: 'From now on. `permanent` ends never.' }),
});
