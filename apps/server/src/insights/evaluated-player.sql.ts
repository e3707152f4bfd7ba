/** Whom an evaluation is about. */
import { int8s } from '../platform/arrays.ts';
import type { Db } from '../platform/db.ts';
import type { ScoreTier } from './score.rules.ts';
import type { PlayerKey } from './score-bets.sql.ts';

export type EvaluatedPlayer = PlayerKey & { tier: ScoreTier | 'banned'; overridden: boolean; trades: number };

const COLUMNS = `p.operator_id as "operatorId", p.id as "playerId", p.tier, p.tier_overridden_at is not null as overridden, p.trade_count as trades`;

/** Players who ever traded, in the order of their key, after one of them. */
export const selectTraders = (db: Db, after: PlayerKey, most: number): Promise<EvaluatedPlayer[]> =>
  db.query<EvaluatedPlayer>(
    `select ${COLUMNS} from players p where (p.operator_id, p.id) > ($1, $2) and p.trade_count > 0 order by p.operator_id, p.id limit $3`,
    [after.operatorId, after.playerId, most],
    'score_traders',
  );

/** Everybody with a trade in a market that was decided at an instant or later: also those who had sold before. */
export const selectSettledSince = (db: Db, since: Date): Promise<PlayerKey[]> =>
  db.query<PlayerKey>(
    `select distinct t.operator_id as "operatorId", t.player_id as "playerId" from trades t
     where t.market_id in (select market_id from market_settlements where status = 'decided' and decided_at >= $1) order by 1, 2`,
    [since],
    'score_settled_since',
  );

export const selectEvaluated = (db: Db, players: readonly PlayerKey[]): Promise<EvaluatedPlayer[]> =>
  db.query<EvaluatedPlayer>(
    `select ${COLUMNS} from unnest($1::bigint[], $2::bigint[]) as k(operator_id, id) join players p on p.operator_id = k.operator_id and p.id = k.id`,
    [int8s(players, ({ operatorId }) => operatorId), int8s(players, ({ playerId }) => playerId)],
    'score_evaluated',
  );
