/** The origins that may show an operator's embed. */
import { firstIdAt } from '@predictu/contract/ids';
import type { listEmbedOrigins as endpoint } from '@predictu/contract/operator/settings';
import type { Handler } from '../platform/http.ts';
import { type EmbedOriginRow, selectOrigins } from './embed-origin.sql.ts';
import { instructionsOf } from './origin-proof.rules.ts';

const DAY_MS = 86_400_000;

/** Where the last 24 hours begin in the ids of sessions. */
export const dayAgoId = (now: Date): bigint => firstIdAt(new Date(now.getTime() - DAY_MS));

export const shownOrigin = ({ sessions, verification_token: token, ...row }: EmbedOriginRow) => {
  const pending = row.status === 'pending_verification';
  return {
    ...row,
    request_count_24h: Number(sessions),
    verification_token: pending ? token : null,
    verification_instructions: pending ? instructionsOf(token) : null,
  };
};

export const listEmbedOrigins: Handler<typeof endpoint> = async ({ db, actor, now }) => {
  const rows = await selectOrigins(db, actor.operatorId, dayAgoId(now));
  return { data: rows.map(shownOrigin), total: rows.length };
};
