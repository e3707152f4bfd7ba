/** Price alerts. */
import type { Id } from '@predictu/contract/ids';
import type { Price } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';

type Player = { operatorId: bigint; playerId: bigint };
export type AlertRow = {
  id: Id<'alert'>;
  market_id: Id<'market'>;
  market_title: string;
  market_status: 'active' | 'paused' | 'resolved' | 'cancelled';
  direction: 'above' | 'below';
  price: Price;
  current_price: Price | null;
  created_at: Date;
  fired_at: Date | null;
};

const ALERTS = `select a.id, a.market_id, m.title as market_title, m.status as market_status, a.direction, a.price::bigint as price,
  m.mid::bigint as current_price, a.created_at, a.fired_at from price_alerts a join markets m on m.id = a.market_id`;

/** Newest first: those that wait, and those that went off since then. */
export const selectAlerts = (db: Db, { operatorId, playerId }: Player, firedSince: Date): Promise<AlertRow[]> =>
  db.query<AlertRow>(
    `${ALERTS} where a.operator_id = $1 and a.player_id = $2 and (a.fired_at is null or a.fired_at >= $3) order by a.id desc limit 200`,
    [operatorId, playerId, firedSince],
  );

export async function selectAlert(db: Db, { operatorId, playerId }: Player, id: bigint): Promise<AlertRow | undefined> {
  const [row] = await db.query<AlertRow>(`${ALERTS} where a.operator_id = $1 and a.player_id = $2 and a.id = $3`, [
    operatorId,
    playerId,
    id,
  ]);
  return row;
}

export async function countWaiting(db: Db, { operatorId, playerId }: Player): Promise<number> {
  const [row] = await db.query<{ n: bigint }>(
    'select count(*) as n from price_alerts where operator_id = $1 and player_id = $2 and fired_at is null',
    [operatorId, playerId],
  );
  return Number(row?.n ?? 0n);
}

type NewAlert = Player & { id: bigint; marketId: bigint; direction: 'above' | 'below'; price: Price };
export const insertAlert = (db: Db, { operatorId, playerId, id, marketId, direction, price }: NewAlert, now: Date): Promise<unknown> =>
  db.query(
    'insert into price_alerts (operator_id, id, player_id, market_id, direction, price, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
    [operatorId, id, playerId, marketId, direction, price, now],
  );

/** False when there is none. */
export async function deleteAlert(db: Db, { operatorId, playerId }: Player, id: bigint): Promise<boolean> {
  const rows = await db.query('delete from price_alerts where operator_id = $1 and player_id = $2 and id = $3 returning id', [
    operatorId,
    playerId,
    id,
  ]);
  return rows.length > 0;
}

/** The lowest and highest mid of a market since the last look. */
export type Span = { marketId: bigint; low: Price; high: Price };
export type FiredAlert = {
  operator_id: bigint;
  player_id: bigint;
  market_id: bigint;
  direction: 'above' | 'below';
  price: Price;
};

/** Ends the waiting of every alert these prices have reached, whose operator has alerts on. Each is answered once, ever. */
export const fireAlerts = (db: Db, spans: readonly Span[], now: Date): Promise<FiredAlert[]> =>
  db.query<FiredAlert>(
    `update price_alerts a set fired_at = $4, fired_price = case a.direction when 'above' then s.high else s.low end
     from unnest($1::bigint[], $2::integer[], $3::integer[]) as s(market_id, low, high), operators o
       left join operator_config c on c.operator_id = o.id
     where a.market_id = s.market_id and a.fired_at is null and o.id = a.operator_id
       and case a.direction when 'above' then s.high >= a.price else s.low <= a.price end
       and coalesce((c.document #>> '{features,price_alerts}')::boolean, true)
       and coalesce((c.document #>> '{notifications,price_alert_enabled}')::boolean, true)
     returning a.operator_id, a.player_id, a.market_id, a.direction, a.price::bigint as price`,
    [spans.map(({ marketId }) => marketId), spans.map(({ low }) => low), spans.map(({ high }) => high), now],
    'fire_alerts',
  );

/** The present prices of the markets anybody waits for. */
export const selectAwaited = (db: Db): Promise<Span[]> =>
  db.query<Span>(
    `select m.id as "marketId", m.mid::bigint as low, m.mid::bigint as high from markets m
     where m.mid is not null and m.id in (select market_id from price_alerts where fired_at is null)`,
  );

export const forgetAlerts = (db: Db, firedBefore: Date): Promise<unknown> =>
  db.query('delete from price_alerts where fired_at < $1', [firedBefore]);
