/** What is kept about single players beside what was played: sessions, limits of their own, and their figures. */
import { addPlayerFigures } from '../../src/insights/add-player-figures.ts';
import { beginProtection } from '../../src/protection/protection.sql.ts';
import type { TestDatabase } from '../database.ts';

/** Gives everybody a session from before the first trade, and the two who traded first limits of their own. */
export async function watchSome({ database, owner }: TestDatabase, at: Date): Promise<void> {
  await owner.query(
    `insert into player_sessions (operator_id, id, player_id, origin, created_at, expires_at)
     select p.operator_id, p.id, p.id, 'https://casino.test', t.first - interval '1 minute', t.first + interval '1 day'
     from players p cross join (select min(created_at) as first from trades) t`,
  );
  const { rows } = await owner.query<{ operator_id: string; player_id: string }>(
    'select operator_id, player_id from trades group by 1, 2 order by min(id) limit 2',
  );
  for (const { operator_id: operatorId, player_id: playerId } of rows) {
    const named = { operatorId: BigInt(operatorId), playerId: BigInt(playerId) };
    await database.as({ kind: 'worker', name: 'test' }, 'write', (db) => beginProtection(db, named, at));
  }
  await addPlayerFigures(database);
}
