/** Which positions a list shows. One whose market is over counts as settled; values are those of position-value.rules.ts. */
import { chooseIds } from '../platform/choose.ts';
import type { Condition } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
import { type Choice, placeInTime, type Slice, type Sort } from '../platform/page.ts';
import type { Outcome } from './operation.rules.ts';
import type { PositionStatus } from './position-value.rules.ts';
import { OVER } from './trade-choice.sql.ts';

export type PositionFilter = {
  /** Always given when an operator or a player asks. */
  operatorId?: bigint | undefined;
  playerId?: bigint | undefined;
  marketId?: bigint | undefined;
  status?: PositionStatus | undefined;
  outcome?: Outcome | undefined;
};
/** For files, which begin where a page ended and never count again: opened in [from, to), by id. */
type InPeriod = { from?: Date | undefined; to?: Date | undefined };
type BySequence = Sort<'id'>;
export type PositionSort = Sort<'opened_at' | 'market_value' | 'pnl' | 'quantity'>;
export type ChoosePositions = (db: Db, filter: PositionFilter, sort: PositionSort, slice: Slice) => Promise<Choice>;

const STATUS: Record<PositionStatus, string> = {
  settled: `m.status in ${OVER}`,
  closed: `m.status not in ${OVER} and p.quantity = 0`,
  open: `m.status not in ${OVER} and p.quantity > 0`,
};
const ofStatus = (status: PositionStatus | undefined): Condition[] => (status === undefined ? [] : [[`(${STATUS[status]}) = ?`, true]]);

const conditions = ({ operatorId, playerId, marketId, status, outcome, from, to }: PositionFilter & InPeriod): Condition[] => [
  ['p.operator_id = ?', operatorId],
  ['p.player_id = ?', playerId],
  ['p.market_id = ?', marketId],
  ['p.outcome = ?', outcome],
  ['p.opened_at >= ?', from],
  ['p.opened_at < ?', to],
  // Of the open, those of markets that are over have none left: the first half lets an index find them.
  ...ofStatus(status),
];

/** Cents at the mid, rounded down; nothing once closed, null without a price. */
const MARKET_VALUE = `case when p.quantity = 0 or m.status in ${OVER} then 0
  else p.quantity * (case p.outcome when 'yes' then m.mid else 10000 - m.mid end) / 10000 end`;
const PNL = `p.realized_pnl_cents + case when p.quantity = 0 or m.status in ${OVER} then 0 else ${MARKET_VALUE} - p.cost_cents end`;
const ORDERS: Record<PositionSort['sort'] | 'id', readonly (string | { optional: string })[]> = {
  id: ['p.id'],
  opened_at: ['p.opened_at', 'p.id'],
  market_value: [{ optional: MARKET_VALUE }, 'p.id'],
  pnl: [{ optional: PNL }, 'p.id'],
  quantity: ['p.quantity', 'p.id'],
};
const byMarket = ({ status }: PositionFilter, { sort }: PositionSort | BySequence): boolean =>
  status !== undefined || sort === 'market_value' || sort === 'pnl';

/** The slice's positions and how many there are. Cursor keys: milliseconds of the opening, and the id; sorted by it the id alone. */
export const choosePositions = (
  db: Db,
  filter: PositionFilter & InPeriod,
  sort: PositionSort | BySequence,
  slice: Slice,
): Promise<Choice> =>
  chooseIds(db, {
    id: 'p.id',
    from: byMarket(filter, sort) ? 'positions p join markets m on m.id = p.market_id' : 'positions p',
    filter: conditions(filter),
    after: [
      sort.sort === 'id'
        ? [`p.id ${sort.order === 'desc' ? '<' : '>'} ?`, slice.after?.[0]]
        : [
            `(p.opened_at, p.id) ${sort.order === 'desc' ? '<' : '>'} ((?::text[])[1]::timestamptz, (?::text[])[2]::bigint)`,
            placeInTime(slice.after),
          ],
    ],
    by: ORDERS[sort.sort],
    order: sort.order,
    slice,
  });
