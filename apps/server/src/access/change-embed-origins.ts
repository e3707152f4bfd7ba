/** An operator adds an origin, or removes one: its pages show the embed no longer, and sessions opened there end. */
import { refuse } from '@predictu/contract/errors';
import { encodeId } from '@predictu/contract/ids';
import type { addEmbedOrigin as add, removeEmbedOrigin as remove } from '@predictu/contract/operator/access';
import { recordAudit } from '../platform/audit.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { awaitOrigin, checkOrigin } from './allow-origin.ts';
import { countOrigins, removeOrigin, selectOrigin } from './embed-origin.sql.ts';
import { dayAgoId, shownOrigin } from './list-embed-origins.ts';
import { instructionsOf } from './origin-proof.rules.ts';
import { revokeSessionsFrom } from './player-session.sql.ts';

/** DNS is asked for each that waits. */
const MOST_ORIGINS = 100;

export const addEmbedOrigin =
  (loopback: () => boolean): Handler<typeof add> =>
  async ({ db, actor, now, newId, requestId }, { body: { origin } }) => {
    const { operatorId } = actor;
    checkOrigin(origin, loopback());
    if ((await countOrigins(db, operatorId)) >= MOST_ORIGINS) {
      return refuse('CONFLICT', `At most ${MOST_ORIGINS} origins may be in the list; remove one first`, { reason: 'too_many_origins' });
    }
    const id = await awaitOrigin(db, newId, { operatorId, origin }, now);
    if (id === undefined) return refuse('CONFLICT', 'The origin is in the list already', { reason: 'duplicate_origin', origin });
    const row = await selectOrigin(db, operatorId, id, dayAgoId(now));
    if (!row) throw notFound('origin');
    const { status } = row;
    await recordAudit(db, actor, newId(), now, {
      action: 'embed_origin.add',
      subject: encodeId('origin', row.id),
      after: { origin, status },
      requestId,
    });
    const token = row.verification_token;
    return { data: { ...shownOrigin(row), verification_token: token, verification_instructions: instructionsOf(token) } };
  };

export const removeEmbedOrigin: Handler<typeof remove> = async ({ db, actor, now, newId, requestId }, { body: { origin_id: id } }) => {
  const { operatorId } = actor;
  const removed = await removeOrigin(db, operatorId, id, now);
  if (!removed) throw notFound('origin');
  const ended = await revokeSessionsFrom(db, operatorId, removed.origin, now);
  await recordAudit(db, actor, newId(), now, {
    action: 'embed_origin.remove',
    subject: encodeId('origin', id),
    before: { origin: removed.origin },
    after: { status: 'removed', ended_sessions: ended },
    requestId,
  });
  return { data: { id, origin: removed.origin, status: 'removed' as const, removed_at: now, ended_sessions: ended } };
};
