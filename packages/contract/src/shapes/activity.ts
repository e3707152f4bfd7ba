/** The activity feed: what has happened, newest first; the same entries live. */
import { z } from 'zod';
import { activityId, marketId, userId } from '../ids.ts';
import { instant } from '../units.ts';
import { severity } from './risk-event.ts';

const MOST = 200;
export const ACTIVITY_TYPES = ['trade', 'settlement', 'user_signup', 'risk_event', 'operator_event', 'config_change'] as const;
export const activityType = z.enum(ACTIVITY_TYPES).meta({
  description:
    'trade: an executed trade. settlement: a result proposed, approved, decided. user_signup: a new player. risk_event: a limit, a breaker, a halted market. operator_event: what was changed about an operator, its members, wallet or players’ balances. config_change: the platform configuration.',
});

export const activity = z
  .object({
    id: activityId,
    type: activityType,
    title: z.string(),
    description: z.string(),
    operator_slug: z.string().nullable().meta({ description: 'null: of the platform as a whole.' }),
    operator_name: z.string().nullable().meta({ description: 'What people call the operator.' }),
    user_id: userId.nullable(),
    market_id: marketId.nullable(),
    severity,
    metadata: z.record(z.string(), z.unknown()).meta({ description: 'By type: ids, amounts and what else the entry is about.' }),
    created_at: instant,
  })
  .meta({ id: 'Activity' });

export const activityQuery = {
  limit: z
    .codec(z.string().regex(/^\d{1,4}$/), z.number().int().min(1).max(MOST), { decode: Number, encode: String })
    .default(50)
    .meta({ description: 'Number of entries to return. Max 200.' }),
  type: activityType.optional().meta({ description: 'Only entries of this type.' }),
  cursor: z
    .string()
    .max(8_000)
    .optional()
    .meta({ description: 'Continue after this `next_cursor`: nothing is skipped or repeated, whatever happens meanwhile.' }),
};
export const activityPage = z.object({
  data: z.array(activity),
  next_cursor: z.string().nullable(),
  live_cursor: z
    .string()
    .nullable()
    .meta({ description: 'Where the stream goes on from the first page: its `after`. null on later pages.' }),
});

export const activityStreamQuery = {
  type: activityType.optional().meta({ description: 'Only entries of this type.' }),
  after: z
    .string()
    .max(8_000)
    .optional()
    .meta({ description: 'A `live_cursor`: the stream begins after that page. The header Last-Event-ID goes before it.' }),
};
