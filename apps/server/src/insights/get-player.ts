/** The platform reads one player. */
import type { getPlayer as endpoint } from '@predictu/contract/admin/players';
import type { Handler } from '../platform/http.ts';
import { showPlayer } from './show-player.ts';

export const getPlayer: Handler<typeof endpoint> = async ({ db, now }, { params }) => ({ data: await showPlayer(db, params.user_id, now) });
