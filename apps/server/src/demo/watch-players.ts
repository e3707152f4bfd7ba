/** What risk desks do about players in the history: flagged ones are restricted, a few suspended, somebody asks for a pause. */
import { restrictPlayer } from '@predictu/contract/admin/players';
import { encodeId, type Id } from '@predictu/contract/ids';
import { restrictOwnPlayer, suspendOwnPlayer } from '@predictu/contract/operator/players';
import type { Category } from '@predictu/contract/shapes/category';
import type { Staff, StaffedOperator } from './create-staff.ts';
import { DAY_MS } from './demo-calendar.rules.ts';
import { act, DEMO, type Past } from './past.ts';

type Watched = { id: bigint; operator_id: bigint; category: Category };

const HIGHEST_BET_USD = [100, 250, 50];
const PAUSE_DAYS = 14;

/** Flagged players without restrictions of their own, with the category they have put most into. */
const flagged = ({ database }: Past): Promise<Watched[]> =>
  database.as(DEMO, 'read', (db) =>
    db.query<Watched>(
      `select p.id, p.operator_id, (select m.category from positions held join markets m on m.id = held.market_id
         where held.operator_id = p.operator_id and held.player_id = p.id group by 1 order by count(*) desc, 1 limit 1) as category
       from players p where p.tier <> 'normal' and p.blocked_categories = '{}' order by p.id`,
    ),
  );

/** The busiest players of an operator whom nobody has flagged or restricted. */
const busiest = ({ database }: Past, operatorId: bigint, most: number): Promise<{ id: bigint }[]> =>
  database.as(DEMO, 'read', (db) =>
    db.query<{ id: bigint }>(
      `select id from players where operator_id = $1 and tier = 'normal' and status = 'active' and restricted_by is null and external_id ~ '^[a-z]{3}-[0-9]{4}$'
       order by trade_count desc, id limit $2`,
      [operatorId, most],
    ),
  );

const named = (id: bigint) => ({ user_id: encodeId('user', id as Id<'user'>) });

/** The platform limits what flagged players may stake and keeps them out of what they know best. */
export async function restrictFlagged(past: Past, { admin }: Staff): Promise<void> {
  for (const [index, { id, category }] of (await flagged(past)).entries()) {
    const body = {
      max_bet_usd: HIGHEST_BET_USD[index % HIGHEST_BET_USD.length],
      ...(category && { blocked_categories: [category] }),
      reason: 'Beats the closing price too often to be served without limits',
    };
    await act(past, admin, restrictPlayer, { params: named(id), body });
  }
}

/** An operator's own desk: one account under review is suspended, one player has asked for a pause, one for a limit. */
export async function watchOwnPlayers(past: Past, { id: operatorId, member }: StaffedOperator): Promise<void> {
  const [suspended, pausing, limited] = await busiest(past, operatorId, 3);
  if (!suspended || !pausing || !limited) return;
  await act(past, member, suspendOwnPlayer, { params: named(suspended.id), body: { reason: 'Identity documents under review' } });
  const cooldown = new Date(past.clock.now().getTime() + PAUSE_DAYS * DAY_MS).toISOString();
  await act(past, member, restrictOwnPlayer, {
    params: named(pausing.id),
    body: { cooldown_until: cooldown, reason: 'The player asked for two weeks of pause' },
  });
  await act(past, member, restrictOwnPlayer, {
    params: named(limited.id),
    body: { max_bet_usd: 40, blocked_categories: ['crypto'], reason: 'Limits the player set for itself' },
  });
}
