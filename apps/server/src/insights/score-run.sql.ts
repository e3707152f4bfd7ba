/** How far evaluations have followed the settlements. */
import type { Db } from '../platform/db.ts';

export async function selectSettledThrough(db: Db): Promise<Date | null> {
  const [row] = await db.query<{ settled_through: Date }>('select settled_through from score_runs');
  return row?.settled_through ?? null;
}

export const upsertSettledThrough = (db: Db, at: Date): Promise<unknown> =>
  db.query(
    `insert into score_runs (settled_through) values ($1)
     on conflict (only_row) do update set settled_through = greatest(score_runs.settled_through, excluded.settled_through)`,
    [at],
  );
