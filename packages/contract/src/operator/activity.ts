/** The activity of one operator. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { activity, activityPage, activityQuery, activityStreamQuery } from '../shapes/activity.ts';

const common = { method: 'GET', audience: 'operator', tag: 'Activity' } as const;

export const listOwnActivity = endpoint({
  ...common,
  path: '/api/operator/activity',
  summary: 'List activity',
  description: 'What happened at your casino, newest first. Pages after the first show what there was at the first.',
  query: z.strictObject(activityQuery),
  answer: activityPage,
});
export const streamOwnActivity = endpoint({
  ...common,
  path: '/api/operator/activity/stream',
  summary: 'Stream activity',
  description:
    'Server-sent events `activity` as they happen. Send the last id seen as `Last-Event-ID` and everything after it follows, exactly once. The stream ends from time to time; reconnect.',
  query: z.strictObject(activityStreamQuery),
  stream: true,
  answer: activity,
});
