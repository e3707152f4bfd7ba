/** A player chooses a name and whether others see it. */
import { refuse } from '@predictu/contract/errors';
import type { getProfile as getEndpoint, updateProfile as updateEndpoint } from '@predictu/contract/player/engagement';
import type { Database } from '../platform/db.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { selectProfile, writeProfile } from './profile.sql.ts';

export const getProfile: Handler<typeof getEndpoint> = async ({ db, actor }) => {
  const data = await selectProfile(db, actor);
  if (!data) throw notFound('user');
  return { data };
};

export const updateProfile =
  (database: Database): Handler<typeof updateEndpoint> =>
  ({ actor, now }, { body }) =>
    database.as({ kind: 'worker', name: 'player-profile' }, 'write', async (db) => {
      if (!(await writeProfile(db, actor, body, now))) return refuse('CONFLICT', 'Another player has this name', { reason: 'name_taken' });
      const data = await selectProfile(db, actor);
      if (!data) throw notFound('user');
      return { data };
    });
