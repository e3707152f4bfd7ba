/** What has been traded in markets and what is held, of the whole platform (operator 0) or of one operator. */
import type { Id } from '@predictu/contract/ids';
import type { Cents } from '@predictu/contract/units';
import type { Actor } from '../platform/actor.ts';
import type { Statement } from '../platform/arrays.ts';
import type { Database, Db } from '../platform/db.ts';

const PLATFORM = 0n;

export type MarketFigures = { marketId: bigint; volume: Cents; tradeCount: bigint; yes: bigint; no: bigint; cost: bigint };

const run = <R extends object>(db: Db, { text, values, name }: Statement): Promise<R[]> => db.query<R>(text, values, name);

const figures = (operatorId: bigint, marketIds: readonly bigint[]): Statement => ({
  name: 'market_figures',
  text: `select key as "marketId", volume_cents as volume, trade_count as "tradeCount", yes_shares as yes, no_shares as no, cost_cents as cost
    from exposure where operator_id = $1 and scope = 2 and key = any($2::bigint[])`,
  values: [operatorId, marketIds],
});
export const selectFigures = (db: Db, operatorId: bigint, marketIds: readonly bigint[]): Promise<MarketFigures[]> =>
  run<MarketFigures>(db, figures(operatorId, marketIds));

type Counted = 'open' | 'traders';
/** One number a market in the order asked, at one operator or all of them; undefined when it is to be counted here. */
export type CountInMarkets = (
  db: Db,
  counting: { of: Counted; operatorId: bigint | undefined; marketIds: readonly bigint[] },
) => Promise<readonly number[] | undefined>;
type Counts = { marketId: bigint; count: bigint };
const COUNTED: Record<Counted, [count: string, condition: string]> = {
  open: ['count(*)', 'and p.quantity > 0'],
  traders: ['count(distinct p.player_id)', ''],
};
/** Laterally, so that each market is one range of the key of positions. */
const counted = (of: Counted): string =>
  `select wanted.market_id as "marketId", sum(held.count)::bigint as count
   from unnest($2::bigint[]) as wanted(market_id) cross join operators o
   cross join lateral (select ${COUNTED[of][0]} as count from positions p where p.operator_id = o.id and p.market_id = wanted.market_id ${COUNTED[of][1]}) as held
   where $1::bigint = 0 or o.id = $1 group by 1`;

const inMemory = async (
  db: Db,
  of: Counted,
  operatorId: bigint,
  marketIds: readonly bigint[],
  count: CountInMarkets | undefined,
): Promise<Counts[]> => {
  const known = await count?.(db, { of, operatorId: operatorId === 0n ? undefined : operatorId, marketIds });
  if (known) return marketIds.map((marketId, n) => ({ marketId, count: BigInt(known[n] ?? 0) }));
  return db.query<Counts>(counted(of), [operatorId, marketIds]);
};

/** Open positions by market. */
export const countOpenPositions = (db: Db, operatorId: bigint, marketIds: readonly bigint[], count?: CountInMarkets): Promise<Counts[]> =>
  inMemory(db, 'open', operatorId, marketIds, count);
/** Players who have ever traded, by market: each has a position, open or not. */
export const countTraders = (db: Db, operatorId: bigint, marketIds: readonly bigint[], count?: CountInMarkets): Promise<Counts[]> =>
  inMemory(db, 'traders', operatorId, marketIds, count);

export type ScopeExposure = { operatorId: bigint; scope: number; key: bigint; shares: bigint };
const scopeExposures = (operatorIds: readonly bigint[]): Statement => ({
  name: 'scope_exposures',
  text: 'select operator_id as "operatorId", scope, key, yes_shares + no_shares as shares from exposure where operator_id = any($1::bigint[]) and scope < 2',
  values: [operatorIds],
});
/** The whole and the categories of the platform and of these operators. */
export const selectScopeExposures = (db: Db, operatorIds: readonly bigint[]): Promise<ScopeExposure[]> =>
  run<ScopeExposure>(db, scopeExposures(operatorIds));

/** The platform's figures of these markets, and the exposures of the platform and of an operator: in one round trip, as one who may read both. */
export async function selectFiguresOfAll(
  database: Database,
  reader: Actor,
  operatorId: bigint,
  marketIds: readonly bigint[],
): Promise<{ figures: MarketFigures[]; scopes: ScopeExposure[] }> {
  const statements = [figures(PLATFORM, marketIds), scopeExposures([PLATFORM, operatorId])];
  const [found, scopes] = await database.exchange(reader, 'read', statements);
  return { figures: found as MarketFigures[], scopes: scopes as ScopeExposure[] };
}

export type Owner = { marketId: bigint; slug: string; name: string };
/** Whose own markets these are; nothing for everybody's. */
export const selectOwners = (db: Db, marketIds: readonly bigint[]): Promise<Owner[]> =>
  db.query<Owner>(
    'select m.id as "marketId", o.slug, o.name from markets m join operators o on o.id = m.operator_id where m.id = any($1::bigint[])',
    [marketIds],
    'market_owners',
  );

export function ownerOf(owners: readonly Owner[], id: bigint): { slug: string; name: string } | null {
  const owner = owners.find(({ marketId }) => marketId === id);
  return owner ? { slug: owner.slug, name: owner.name } : null;
}

export type OperatorFigures = { operator_slug: string; volume_usd: Cents; trade_count: bigint; exposure_usd: Cents; user_count: bigint };
/** One market by operator, the largest volume first. */
export const selectByOperator = (db: Db, marketId: bigint): Promise<OperatorFigures[]> =>
  db.query<OperatorFigures>(
    `select o.slug as operator_slug, e.volume_cents as volume_usd, e.trade_count, e.yes_shares + e.no_shares as exposure_usd, held.count as user_count
     from operators o join exposure e on e.operator_id = o.id and e.scope = 2 and e.key = $1
     cross join lateral (select count(distinct p.player_id) as count from positions p where p.operator_id = o.id and p.market_id = $1) as held
     order by e.volume_cents desc, o.id`,
    [marketId],
  );

/** Volume of one market's filled trades since two ids, which are instants. */
export async function sumVolumes(db: Db, marketId: bigint, sinceDay: bigint, sinceWeek: bigint): Promise<{ day: Cents; week: Cents }> {
  const [row] = await db.query<{ day: Cents; week: Cents }>(
    `select coalesce(sum(amount_cents) filter (where id >= $2), 0)::bigint as day, coalesce(sum(amount_cents), 0)::bigint as week
     from trades where market_id = $1 and id >= $3 and status = 'filled'`,
    [marketId, sinceDay, sinceWeek],
  );
  return row ?? { day: 0n as Cents, week: 0n as Cents };
}

export type TopTrader = { user_id: Id<'user'>; username: string | null; volume_usd: Cents; trade_count: bigint; pnl_usd: Cents };
/** The players of one operator with the largest volume in a market. */
export const selectTopTraders = (db: Db, operatorId: bigint, marketId: bigint, most: number): Promise<TopTrader[]> =>
  db.query<TopTrader>(
    `select top.player_id as user_id, p.username, top.volume as volume_usd, top.trades as trade_count,
       (select coalesce(sum(h.realized_pnl_cents), 0)::bigint from positions h
        where h.operator_id = $1 and h.market_id = $2 and h.player_id = top.player_id) as pnl_usd
     from (
       select player_id, sum(amount_cents)::bigint as volume, count(*) as trades from trades
       where operator_id = $1 and market_id = $2 and status = 'filled' group by player_id order by volume desc, player_id limit $3
     ) as top
     join players p on p.operator_id = $1 and p.id = top.player_id
     order by top.volume desc, top.player_id`,
    [operatorId, marketId, most],
  );
