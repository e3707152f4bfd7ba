/** A scope as it stands: its exposure, its markets, and by operator what has been bought in it since an id. */
import { CATEGORIES } from '@predictu/contract/shapes/category';
import type { Cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import type { Breaker } from './breakers.rules.ts';

export type Scope = Pick<Breaker, 'scope' | 'operatorId' | 'category' | 'marketId'>;

/** The row of `exposure` that holds a scope. */
const cell = ({ category, marketId }: Scope): [scope: number, key: bigint] =>
  marketId !== null ? [2, marketId] : category !== null ? [1, BigInt((CATEGORIES as readonly string[]).indexOf(category))] : [0, 0n];

export type ScopeFigures = {
  exposure: bigint;
  operator_limit: Cents | null;
  operator_name: string | null;
  market_title: string | null;
  open_markets: bigint;
};

export async function selectScopeFigures(db: Db, scope: Scope): Promise<ScopeFigures> {
  const [row] = await db.query<ScopeFigures>(
    `select coalesce((select yes_shares + no_shares from exposure where operator_id = coalesce($1::bigint, 0) and scope = $2 and key = $3), 0)::bigint as exposure,
       (select exposure_limit_cents from operators where id = $1) as operator_limit, (select name from operators where id = $1) as operator_name,
       (select title from markets where id = $5) as market_title,
       (select count(*) from markets where status = 'active' and ($4::text is null or category = $4) and ($5::bigint is null or id = $5)) as open_markets`,
    [scope.operatorId, ...cell(scope), scope.category, scope.marketId],
  );
  if (!row) throw new Error('A query without a table gave no row');
  return row;
}

export type ScopeOperatorRow = { operator_slug: string; exposure: bigint; buys: bigint; players: bigint; volume_cents: Cents };

/** The operators of a scope, the fullest first. */
export const selectScopeOperators = (db: Db, scope: Scope, since: bigint): Promise<ScopeOperatorRow[]> =>
  db.query<ScopeOperatorRow>(
    `select o.slug as operator_slug, coalesce(e.yes_shares + e.no_shares, 0)::bigint as exposure, t.buys, t.players, t.volume_cents
     from operators o
     left join exposure e on e.operator_id = o.id and e.scope = $2 and e.key = $3
     cross join lateral (
       select count(*) as buys, count(distinct t.player_id) as players, coalesce(sum(t.amount_cents), 0)::bigint as volume_cents
       from trades t join markets m on m.id = t.market_id
       where t.operator_id = o.id and t.id >= $6 and t.side = 'buy' and t.status <> 'cancelled'
         and ($4::text is null or m.category = $4) and ($5::bigint is null or t.market_id = $5)
     ) t
     where $1::bigint is null or o.id = $1
     order by exposure desc, o.id`,
    [scope.operatorId, ...cell(scope), scope.category, scope.marketId, since],
  );
