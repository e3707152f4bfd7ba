/** The activity of the whole platform. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { activity, activityPage, activityQuery, activityStreamQuery } from '../shapes/activity.ts';

const operator = z.string().min(1).max(100).optional().meta({ description: 'Slug or id: only what happened at this operator.' });
const common = { method: 'GET', audience: 'admin', tag: 'Activity' } as const;

export const listActivity = endpoint({
  ...common,
  path: '/api/internal/activity',
  summary: 'List activity',
  description: 'Newest first. Pages after the first show what there was at the first.',
  query: z.strictObject({ ...activityQuery, operator }),
  answer: activityPage,
});
export const streamActivity = endpoint({
  ...common,
  path: '/api/internal/activity/stream',
  summary: 'Stream activity',
  description:
    'Server-sent events `activity` as they happen. Send the last id seen as `Last-Event-ID` and everything after it follows, exactly once. The stream ends from time to time; reconnect.',
  query: z.strictObject({ ...activityStreamQuery, operator }),
  stream: true,
  answer: activity,
});
