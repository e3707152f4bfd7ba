/** What players were told. */
import type { Id } from '@predictu/contract/ids';
import type { Cents, Price } from '@predictu/contract/units';
import { int8s, jsonTexts, texts } from '../platform/arrays.ts';
import type { Db } from '../platform/db.ts';

type Player = { operatorId: bigint; playerId: bigint };
type Kind = 'price_alert' | 'settlement' | 'referral';
/** `data`: numbers in the last unit, direction, outcome. */
type NewNotification = Player & { id: bigint; kind: Kind; marketId: bigint | null; data: Record<string, unknown> };

export type NotificationRow = {
  operator_id: bigint;
  player_id: bigint;
  id: Id<'notification'>;
  kind: Kind;
  market_id: Id<'market'> | null;
  market_title: string | null;
  direction: 'above' | 'below' | null;
  price: Price | null;
  outcome: 'yes' | 'no' | null;
  amount_usd: Cents | null;
  created_at: Date;
  read_at: Date | null;
};

const SHOWN = `n.operator_id, n.player_id, n.id, n.kind, n.market_id, m.title as market_title, n.data ->> 'direction' as direction,
  (n.data ->> 'price')::bigint as price, n.data ->> 'outcome' as outcome, (n.data ->> 'amount')::bigint as amount_usd, n.created_at, n.read_at`;

export const insertNotifications = (db: Db, rows: readonly NewNotification[], now: Date): Promise<unknown> =>
  db.query(
    `insert into player_notifications (operator_id, player_id, id, kind, market_id, data, created_at)
     select operator_id, player_id, id, kind, market_id, data, $7::timestamptz
     from rows from (unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[]), jsonb_array_elements($6::jsonb))
       as n(operator_id, player_id, id, kind, market_id, data)`,
    [
      int8s(rows, (row) => row.operatorId),
      int8s(rows, (row) => row.playerId),
      int8s(rows, (row) => row.id),
      texts(rows, (row) => row.kind),
      int8s(rows, (row) => row.marketId),
      jsonTexts(rows, (row) => JSON.stringify(row.data)),
      now,
    ],
  );

export const selectNotifications = (
  db: Db,
  { operatorId, playerId }: Player,
  { limit, offset }: { limit: number; offset: number },
): Promise<NotificationRow[]> =>
  db.query<NotificationRow>(
    `select ${SHOWN} from player_notifications n left join markets m on m.id = n.market_id
     where n.operator_id = $1 and n.player_id = $2 order by n.id desc limit $3 offset $4`,
    [operatorId, playerId, limit, offset],
  );

export async function countNotifications(db: Db, { operatorId, playerId }: Player): Promise<{ total: bigint; unread: bigint }> {
  const [row] = await db.query<{ total: bigint; unread: bigint }>(
    `select count(*) as total, count(*) filter (where read_at is null) as unread from player_notifications where operator_id = $1 and player_id = $2`,
    [operatorId, playerId],
  );
  return row ?? { total: 0n, unread: 0n };
}

/** These, or all. */
export const markRead = (db: Db, { operatorId, playerId }: Player, ids: readonly bigint[] | undefined, now: Date): Promise<unknown> =>
  db.query(
    `update player_notifications set read_at = $4 where operator_id = $1 and player_id = $2 and read_at is null and ($3::bigint[] is null or id = any($3))`,
    [operatorId, playerId, ids ?? null, now],
  );

/** What these players were told after this id. */
export const selectNotificationsSince = (db: Db, players: readonly Player[], after: bigint): Promise<NotificationRow[]> =>
  db.query<NotificationRow>(
    `select ${SHOWN} from unnest($1::bigint[], $2::bigint[]) as k(operator_id, player_id)
     join player_notifications n on n.operator_id = k.operator_id and n.player_id = k.player_id and n.id > $3
     left join markets m on m.id = n.market_id order by n.id`,
    [players.map(({ operatorId }) => operatorId), players.map(({ playerId }) => playerId), after],
    'notifications_since',
  );

export const forgetNotifications = (db: Db, before: Date): Promise<unknown> =>
  db.query('delete from player_notifications where created_at < $1', [before]);
