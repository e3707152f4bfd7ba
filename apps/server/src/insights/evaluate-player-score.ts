/** An admin has one player evaluated now, as the nightly job would. */
import type { evaluatePlayerScore as endpoint } from '@predictu/contract/admin/scores';
import { readPlatformConfig } from '../config/config.ts';
import type { Handler } from '../platform/http.ts';
import { findPlayer } from '../players/players.ts';
import { closingLines, readScores, writeScores } from './evaluate-players.ts';
import { selectEvaluated } from './evaluated-player.sql.ts';
import { showPlayerScore } from './show-player-score.ts';

export const evaluatePlayerScore: Handler<typeof endpoint> = async ({ db, actor, now }, { params }) => {
  const player = await findPlayer(db, params.user_id);
  const { config } = await readPlatformConfig(db);
  const players = await selectEvaluated(db, [player]);
  await writeScores(db, await readScores(db, players, closingLines(), now), config, now, actor);
  return showPlayerScore(db, params.user_id);
};
