/** Resting orders by price, of one operator: nobody sees what another casino's players want. */
import type { Db } from '../platform/db.ts';
import type { RestingLevel } from './order-book.rules.ts';

const LEVELS_AT_MOST = 50;

/** A buy rests with the shares its amount buys at its limit. The levels nearest to a trade, of each side. As the worker. */
const LEVELS = `
select outcome, side, limit_price::bigint as price, quantity, orders from (
  select outcome, side, limit_price, sum(coalesce(quantity, amount_cents * 10000 / limit_price))::bigint as quantity, count(*)::int as orders,
    row_number() over (partition by outcome, side order by case side when 'buy' then -limit_price else limit_price end) as place
  from limit_orders where market_id = $2 and status = 'open' and operator_id = $1 group by outcome, side, limit_price
) as levels where place <= ${LEVELS_AT_MOST}`;

export const selectRestingLevels = (db: Db, operatorId: bigint, marketId: bigint): Promise<RestingLevel[]> =>
  db.query<RestingLevel>(LEVELS, [operatorId, marketId], 'order_book');

export type ChangedBook = { operator_id: bigint; market_id: bigint; id: bigint };

/** Books whose resting orders changed after a row, each of its operator, and up to one, with the last that did; of operators that show them. */
export const selectChangedBooks = (db: Db, after: ReadonlyMap<bigint, bigint>, upTo: bigint): Promise<ChangedBook[]> =>
  db.query<ChangedBook>(
    `select e.operator_id, e.market_id, max(e.id) as id from unnest($1::bigint[], $2::bigint[]) as k(operator_id, after)
     join operator_config c on c.operator_id = k.operator_id and coalesce((c.document #>> '{ui,show_orderbook}')::boolean, false)
     join limit_order_events e on e.operator_id = k.operator_id and e.id > k.after and e.id <= $3 group by 1, 2`,
    [[...after.keys()], [...after.values()], upTo],
    'books_changed',
  );
