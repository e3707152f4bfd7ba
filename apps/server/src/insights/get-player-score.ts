/** The score of a player as last evaluated. */
import type { getPlayerScore as endpoint } from '@predictu/contract/admin/scores';
import type { Handler } from '../platform/http.ts';
import { showPlayerScore } from './show-player-score.ts';

export const getPlayerScore: Handler<typeof endpoint> = ({ db }, { params }) => showPlayerScore(db, params.user_id);
