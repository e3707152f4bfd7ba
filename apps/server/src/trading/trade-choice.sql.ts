/** Which trades a list shows. A trade of a market that is over counts as settled. Newest means the largest id: ids are in commit order. */
import { firstIdAt } from '@predictu/contract/ids';
import { chooseIds } from '../platform/choose.ts';
import { type Condition, where } from '../platform/conditions.ts';
import type { Db } from '../platform/db.ts';
import type { Choice, Slice, Sort } from '../platform/page.ts';
import type { Outcome, Side } from './operation.rules.ts';

export type TradeStatus = 'pending' | 'filled' | 'settled' | 'cancelled';
export type TradeFilter = {
  /** Always given when an operator or a player asks. */
  operatorId?: bigint | undefined;
  playerId?: bigint | undefined;
  marketId?: bigint | undefined;
  side?: Side | undefined;
  outcome?: Outcome | undefined;
  status?: TradeStatus | undefined;
  /** Cents, before the fee, both inclusive. */
  minAmount?: bigint | undefined;
  maxAmount?: bigint | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
};
export type TradeSort = Sort<'created_at' | 'amount' | 'price'>;
/** `behind`: the trades of the positions that buys of the page may have left, where that is known already. */
export type TradeChoice = Choice & { behind?: bigint[] };
export type ChooseTrades = (db: Db, filter: TradeFilter, sort: TradeSort, slice: Slice) => Promise<TradeChoice>;

export const OVER = `('resolved', 'cancelled')`;

/** Ids run ahead of the time only when a clock was set back: by less than this. */
const CLOCK_SLACK_MS = 3_600_000;

const ofStatus = (status: TradeStatus | undefined): Condition[] => {
  if (status === undefined) return [];
  if (status === 'pending' || status === 'cancelled') return [['t.status = ?', status]];
  return [
    ['t.status = ?', 'filled'],
    [`(m.status in ${OVER}) = ?`, status === 'settled'],
  ];
};

/** Over a trade `t` and, of filled and settled ones, its market `m`. */
export const tradeConditions = ({ from, to, ...filter }: TradeFilter): Condition[] => [
  ['t.operator_id = ?', filter.operatorId],
  ['t.player_id = ?', filter.playerId],
  ['t.market_id = ?', filter.marketId],
  ['t.side = ?', filter.side],
  ['t.outcome = ?', filter.outcome],
  ...ofStatus(filter.status),
  ['t.amount_cents >= ?', filter.minAmount],
  ['t.amount_cents <= ?', filter.maxAmount],
  ['t.created_at >= ?', from],
  ['t.created_at < ?', to],
  // The same bounds for the indexes: an id is not older than its time.
  ['t.id >= ?', from && firstIdAt(from)],
  ['t.id < ?', to && firstIdAt(new Date(to.getTime() + CLOCK_SLACK_MS))],
];

const ORDERS: Record<TradeSort['sort'], readonly string[]> = {
  created_at: ['t.id'],
  amount: ['t.amount_cents', 't.id'],
  price: ['t.price', 't.id'],
};

/** Filters whose number the engine's own counters of filled trades give, with the few others counted. */
const counted = ({ operatorId: _, marketId: __, status: ___, ...others }: TradeFilter): boolean =>
  Object.values(others).every((value) => value === undefined);

/** Filled trades by the exposure rows of the scope, the others one by one. */
async function countByScope(db: Db, { operatorId = 0n, marketId, status }: TradeFilter): Promise<bigint> {
  const unfilled = where([
    ['t.operator_id = ?', operatorId === 0n ? undefined : operatorId],
    ['t.market_id = ?', marketId],
    [`(t.status <> 'filled') = ?`, true],
    ['t.status = ?', status === 'pending' || status === 'cancelled' ? status : undefined],
  ]);
  const byMarket = marketId !== undefined || status !== undefined;
  const filled = where([
    ['e.operator_id = ?', operatorId],
    ['e.scope = ?', byMarket ? 2 : 0],
    ['e.key = ?', marketId],
    [`(m.status in ${OVER}) = ?`, status === undefined ? undefined : status === 'settled'],
  ]);
  const none = Promise.resolve([]);
  const [[few], [many]] = await Promise.all([
    status === 'filled' || status === 'settled'
      ? none
      : db.query<{ total: bigint }>(`select count(*) as total from trades t ${unfilled.text}`, unfilled.values),
    status === 'pending' || status === 'cancelled'
      ? none
      : db.query<{ total: bigint }>(
          `select coalesce(sum(e.trade_count), 0)::bigint as total from exposure e ${status === undefined ? '' : 'join markets m on m.id = e.key'} ${filled.text}`,
          filled.values,
        ),
  ]);
  return (few?.total ?? 0n) + (many?.total ?? 0n);
}

/** The slice's trades and how many there are. Cursor key: the id. */
export const chooseTrades: ChooseTrades = (db, filter, { sort, order }, slice) =>
  chooseIds(db, {
    id: 't.id',
    from: filter.status === 'filled' || filter.status === 'settled' ? 'trades t join markets m on m.id = t.market_id' : 'trades t',
    filter: tradeConditions(filter),
    after: [[order === 'desc' ? 't.id < ?' : 't.id > ?', slice.after?.[0]]],
    by: ORDERS[sort],
    order,
    slice,
    count: counted(filter) ? () => countByScope(db, filter) : undefined,
  });
