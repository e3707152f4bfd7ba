/** The operator or the platform hides the name a player shows to others, or lets it be seen again. */
import type { getPlayerName as getAny, hidePlayerName as hideAny } from '@predictu/contract/admin/players';
import { refuse } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import type { getOwnPlayerName as getOwn, hideOwnPlayerName as hideOwn } from '@predictu/contract/operator/players';
import { recordAudit } from '../platform/audit.ts';
import type { Context, Handler } from '../platform/http.ts';
import { findPlayer } from '../players/players.ts';
import { selectName, writeHidden } from './profile.sql.ts';

const NONE = { display_name: null, show_name: false, hidden_at: null, hidden_reason: null };
type Named = { params: { user_id: Id<'user'> } };
type Hidden = Named & { body: { hidden: boolean; reason: string } };

type Get = Handler<typeof getAny> & Handler<typeof getOwn>;
export const getPlayerName: Get = async ({ db }: Pick<Context, 'db'>, { params: { user_id } }: Named) => {
  const row = await selectName(db, await findPlayer(db, user_id));
  return { data: { user_id, ...(row ?? NONE) } };
};

type Hide = Handler<typeof hideAny> & Handler<typeof hideOwn>;
export const hidePlayerName: Hide = async (
  { db, actor, now, newId, requestId }: Pick<Context, 'db' | 'actor' | 'now' | 'newId' | 'requestId'>,
  { params: { user_id }, body: { hidden, reason } }: Hidden,
) => {
  const found = await findPlayer(db, user_id);
  const before = await selectName(db, found);
  if (!before || (before.display_name === null && hidden))
    return refuse('CONFLICT', 'The player has chosen no name', { reason: 'no_name' });
  const after = await writeHidden(db, found, hidden ? { at: now, reason } : null);
  const auditId = await recordAudit(db, actor, newId(), now, {
    action: hidden ? 'player.name_hidden' : 'player.name_shown',
    subject: encodeId('user', user_id),
    operatorId: found.operatorId,
    before: { hidden: before.hidden_at !== null, display_name: before.display_name },
    after: { hidden },
    reason,
    requestId,
  });
  return { data: { user_id, ...after, audit_id: auditId as Id<'audit'> } };
};
