/** The markets with the most trades of a period: their days and hours, and what came after those. */
import type { Db } from '../platform/db.ts';
import { looseTrades, planValues, rolledRows, scopeThrough } from './figure.sql.ts';

export type PopularRow = { id: bigint; title: string; trades: bigint };
const MOST = 10;

const POPULAR = `
with ${scopeThrough('markets_rolled_through')},
cells as (
  select market_id, count(*) as trades from (${looseTrades('t.market_id')}) l group by 1
  union all
  ${rolledRows('rollup', 'r.key, r.buys + r.sells', { condition: `r.kind = 'market'`, hourly: false })}
), popular as (
  select market_id, sum(trades)::bigint as trades from cells group by 1 having sum(trades) > 0 order by 2 desc, 1 limit ${MOST}
)
select m.id, m.title, p.trades from popular p join markets m on m.id = p.market_id order by p.trades desc, m.id`;

/** Equals in the order they came. */
export const selectPopularMarkets = (
  db: Db,
  { operatorId, from, to }: { operatorId: bigint | undefined; from: Date; to: Date | null },
): Promise<PopularRow[]> =>
  db.query<PopularRow>(POPULAR, planValues({ operatorId, windows: [{ label: 'popular', from, to }] }), 'popular-markets');
