/** Markets of one operator's own: opened, worded, and priced by their house. As that operator, or as a worker. */
import { firstIdAt } from '@predictu/contract/ids';
import type { Category } from '@predictu/contract/shapes/category';
import type { Cents, Price } from '@predictu/contract/units';
import { int8s, texts } from '../platform/arrays.ts';
import type { Db } from '../platform/db.ts';
import type { Tick } from './changes.rules.ts';
import { searchText } from './text.rules.ts';

export type NewOwnMarket = {
  id: bigint;
  operatorId: bigint;
  title: string;
  description: string;
  category: Category;
  endAt: Date;
  liquidity: Cents;
  mid: Price;
  resolutionSource: string;
};

const insertTicks = (db: Db, operatorIds: readonly (bigint | null)[], ticks: readonly Tick[]): Promise<unknown> =>
  db.query(
    `insert into price_ticks (operator_id, market_id, id, mid, at)
     select operator_id, market_id, id, mid, at from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::timestamptz[])
       as t(operator_id, market_id, id, mid, at)`,
    [
      int8s(operatorIds, (id) => id),
      int8s(ticks, ({ marketId }) => marketId),
      int8s(ticks, ({ id }) => id),
      int8s(ticks, ({ mid }) => mid),
      texts(ticks, ({ at }) => at.toISOString()),
    ],
  );

export async function insertOwnMarket(db: Db, market: NewOwnMarket, now: Date): Promise<void> {
  const snapshotId = firstIdAt(now);
  const { id, operatorId, title, description, category, endAt, liquidity, mid, resolutionSource } = market;
  await db.query(
    `insert into markets (id, operator_id, source, source_id, title, search_title, description, category, status, mid, snapshot_id, priced_at, received_at,
       liquidity_cents, end_at, source_state, created_at, updated_at)
     values ($1, $2, 'operator', $13, $3, $4, $5, $6, 'active', $7, $8, $9, $9, $10, $11, $12, $9, $9)`,
    [
      id,
      operatorId,
      title,
      searchText(title),
      description,
      category,
      mid,
      snapshotId,
      now,
      liquidity,
      endAt,
      JSON.stringify({ outcomes: ['Yes', 'No'], resolutionSource }),
      String(id),
    ],
  );
  await insertTicks(db, [operatorId], [{ marketId: id, id: snapshotId, mid, bestBid: null, bestAsk: null, at: now }]);
}

export const rewordMarket = (
  db: Db,
  id: bigint,
  { title, description }: { title: string; description: string },
  now: Date,
): Promise<unknown> =>
  db.query('update markets set title = $2, search_title = $3, description = $4, updated_at = $5 where id = $1', [
    id,
    title,
    searchText(title),
    description,
    now,
  ]);

export const writeLiquidity = (db: Db, id: bigint, liquidity: Cents, now: Date): Promise<unknown> =>
  db.query('update markets set liquidity_cents = $2, updated_at = $3 where id = $1', [id, liquidity, now]);

type PricedRow = { id: bigint; operatorId: bigint; mid: Price | null; snapshotId: bigint | null };

/** States the price of each at `now`: a new one leaves a tick, the same one is confirmed. Markets that are decided are left alone. */
export async function writeHousePrices(db: Db, prices: ReadonlyMap<bigint, Price>, now: Date): Promise<Tick[]> {
  const rows = await db.query<PricedRow>(
    `select id, operator_id as "operatorId", mid::bigint as mid, snapshot_id as "snapshotId" from markets
     where id = any($1::bigint[]) and source = 'operator' and status in ('active', 'paused') and closed_at is null
       and (priced_at is null or priced_at <= $2) order by id for no key update`,
    [[...prices.keys()].map(String), now],
  );
  const earliest = firstIdAt(now);
  const stated = rows.map((row) => {
    const mid = prices.get(row.id) as Price;
    const next = (row.snapshotId ?? 0n) + 1n;
    const changed = row.mid !== mid;
    return { ...row, mid, changed, snapshotId: changed ? (earliest > next ? earliest : next) : (row.snapshotId ?? earliest) };
  });
  if (stated.length === 0) return [];
  await db.query(
    `update markets m set mid = p.mid, snapshot_id = p.snapshot, priced_at = $4, received_at = $4
     from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as p(id, mid, snapshot) where m.id = p.id`,
    [int8s(stated, ({ id }) => id), int8s(stated, ({ mid }) => mid), int8s(stated, ({ snapshotId }) => snapshotId), now],
  );
  const changed = stated.filter((one) => one.changed);
  const ticks = changed.map(
    ({ id, snapshotId, mid }): Tick => ({ marketId: id, id: snapshotId, mid, bestBid: null, bestAsk: null, at: now }),
  );
  if (ticks.length > 0)
    await insertTicks(
      db,
      changed.map(({ operatorId }) => operatorId),
      ticks,
    );
  return ticks;
}
