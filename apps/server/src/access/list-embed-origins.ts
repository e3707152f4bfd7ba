/** The origins that may show an operator's embed. */
import { firstIdAt } from '@predictu/contract/ids';
import type { listEmbedOrigins as endpoint } from '@predictu/contract/operator/settings';
import type { Handler } from '../platform/http.ts';
import { selectOrigins } from './embed-origin.sql.ts';

const DAY_MS = 86_400_000;

export const listEmbedOrigins: Handler<typeof endpoint> = async ({ db, actor, now }) => {
  const rows = await selectOrigins(db, actor.operatorId, firstIdAt(new Date(now.getTime() - DAY_MS)));
  return { data: rows.map(({ sessions, ...row }) => ({ ...row, request_count_24h: Number(sessions) })), total: rows.length };
};
