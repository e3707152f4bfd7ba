/** What the feed reads and writes: markets by their source's id, prices and their history, what was set aside, the state of the feed. */
import type { Db } from '../platform/db.ts';
import type { CarriedMarket, SetAside, Tick } from './changes.rules.ts';
import type { SourceName } from './source.rules.ts';
import { searchText } from './text.rules.ts';

/** Feeds of several processes take turns: each must see what the one before wrote. */
export const takeTurn = (db: Db): Promise<unknown> =>
  db.query(`select pg_advisory_xact_lock(hashtextextended('predictu.markets.feed', 0))`, [], 'feed_turn');

/** Before the rows of markets whose status may change, as every writer of trading state does. */
export const lockSequencer = (db: Db): Promise<unknown> => db.query('select 1 from sequencer for no key update', [], 'feed_sequencer');

export const lockCarried = (db: Db, source: SourceName, sourceIds: readonly string[]): Promise<CarriedMarket[]> =>
  db.query<CarriedMarket>(
    `select id, source_id as "sourceId", title, description, category, tags, image_url as "imageUrl", status, status_reason as "statusReason",
       end_at as "endAt", liquidity_cents as liquidity, source_volume_cents as volume, mid::bigint as mid, best_bid::bigint as "bestBid",
       best_ask::bigint as "bestAsk", snapshot_id as "snapshotId", priced_at as "pricedAt", source_state as "sourceState",
       exists (select from exposure e where e.operator_id = 0 and e.scope = 2 and e.key = markets.id) as traded
     from markets where source = $1 and source_id = any($2::text[]) order by id for no key update`,
    [source, sourceIds],
    'feed_carried',
  );

const asJson = (markets: readonly CarriedMarket[]): string =>
  JSON.stringify(
    markets.map((market) => ({ ...market, searchTitle: searchText(market.title) })),
    (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part),
  );

const FACTS = `jsonb_to_recordset($1::jsonb) as fact(id bigint, "sourceId" text, title text, "searchTitle" text, description text, category text,
  tags text[], "imageUrl" text, status text, "statusReason" text, "endAt" timestamptz, liquidity bigint, volume bigint, mid integer,
  "bestBid" integer, "bestAsk" integer, "snapshotId" bigint, "pricedAt" timestamptz, "sourceState" jsonb)`;

export const insertMarkets = (db: Db, source: SourceName, markets: readonly CarriedMarket[], now: Date): Promise<unknown> =>
  db.query(
    `insert into markets (id, source, source_id, title, search_title, description, category, tags, image_url, status, status_reason, mid, best_bid,
       best_ask, snapshot_id, priced_at, received_at, liquidity_cents, source_volume_cents, end_at, source_state, created_at, updated_at)
     select id, $2, "sourceId", title, "searchTitle", description, category, tags, "imageUrl", status, "statusReason", mid, "bestBid",
       "bestAsk", "snapshotId", "pricedAt", case when "pricedAt" is null then null else $3::timestamptz end, liquidity, volume, "endAt",
       "sourceState", $3, $3 from ${FACTS}`,
    [asJson(markets), source, now],
    'feed_insert',
  );

export const updateMarkets = (db: Db, markets: readonly CarriedMarket[], now: Date): Promise<unknown> =>
  db.query(
    `update markets m set title = fact.title, search_title = "searchTitle", description = fact.description, category = fact.category,
       tags = fact.tags, image_url = "imageUrl", status = fact.status, status_reason = "statusReason", end_at = "endAt",
       liquidity_cents = liquidity, source_volume_cents = volume, source_state = "sourceState", updated_at = $2
     from ${FACTS} where m.id = fact.id`,
    [asJson(markets), now],
    'feed_update',
  );

export const updatePrices = (db: Db, markets: readonly CarriedMarket[], now: Date): Promise<unknown> =>
  db.query(
    `update markets m set mid = price.mid, best_bid = price.bid, best_ask = price.ask, snapshot_id = price.snapshot, priced_at = price.at,
       received_at = $7
     from unnest($1::bigint[], $2::integer[], $3::integer[], $4::integer[], $5::bigint[], $6::timestamptz[]) as price(id, mid, bid, ask, snapshot, at)
     where m.id = price.id`,
    [
      markets.map(({ id }) => id),
      markets.map(({ mid }) => mid),
      markets.map(({ bestBid }) => bestBid),
      markets.map(({ bestAsk }) => bestAsk),
      markets.map(({ snapshotId }) => snapshotId),
      markets.map(({ pricedAt }) => pricedAt),
      now,
    ],
    'feed_prices',
  );

/** The price in force of every market whose price is this young or younger. */
export const selectPricesSince = (db: Db, snapshotId: bigint): Promise<Tick[]> =>
  db.query<Tick>(
    `select id as "marketId", snapshot_id as id, mid::bigint as mid, best_bid::bigint as "bestBid", best_ask::bigint as "bestAsk", priced_at as at
     from markets where snapshot_id >= $1 and mid is not null order by snapshot_id`,
    [snapshotId],
    'feed_prices_since',
  );

export const insertTicks = (db: Db, ticks: readonly Tick[]): Promise<unknown> =>
  db.query(
    `insert into price_ticks (market_id, id, mid, best_bid, best_ask, at)
     select * from unnest($1::bigint[], $2::bigint[], $3::integer[], $4::integer[], $5::integer[], $6::timestamptz[])`,
    [
      ticks.map(({ marketId }) => marketId),
      ticks.map(({ id }) => id),
      ticks.map(({ mid }) => mid),
      ticks.map(({ bestBid }) => bestBid),
      ticks.map(({ bestAsk }) => bestAsk),
      ticks.map(({ at }) => at),
    ],
    'feed_ticks',
  );

/** Counts what was set aside; answers which of it was never seen before. */
export const countSetAsides = (
  db: Db,
  source: SourceName,
  setAsides: readonly SetAside[],
  now: Date,
): Promise<{ sourceId: string; reason: string }[]> =>
  db
    .query(
      `insert into market_set_asides as known (source, source_id, reason, detail, seen_count, first_seen_at, last_seen_at)
     select $1, id, reason, detail, seen, $6, $6
     from unnest($2::text[], $3::text[], $4::text[], $5::bigint[]) as aside(id, reason, detail, seen) order by id, reason
     on conflict (source, source_id, reason) do update
       set seen_count = known.seen_count + excluded.seen_count, detail = excluded.detail, last_seen_at = excluded.last_seen_at
     returning source_id as "sourceId", reason, seen_count`,
      [
        source,
        setAsides.map(({ sourceId }) => sourceId),
        setAsides.map(({ reason }) => reason),
        setAsides.map(({ detail }) => detail),
        setAsides.map(({ count }) => count),
        now,
      ],
      'feed_set_asides',
    )
    .then((rows) => {
      const counted = new Map(setAsides.map(({ sourceId, reason, count }) => [`${reason} ${sourceId}`, BigInt(count)]));
      return (rows as { sourceId: string; reason: string; seen_count: bigint }[]).filter(
        ({ sourceId, reason, seen_count }) => counted.get(`${reason} ${sourceId}`) === seen_count,
      );
    });
