/** The order book of one market for one player: what rests, by price, and where the house trades at once. */
import { type Price, type Shares, shares } from '@predictu/contract/units';
import { quantityFor } from '../pricing/fees.rules.ts';
import type { Quoted } from '../pricing/spread.rules.ts';
import { perTradeLimit, type ScopeLimit, type WallInput } from '../risk/walls.rules.ts';
import type { Outcome, Side } from './operation.rules.ts';

export type RestingLevel = { outcome: Outcome; side: Side; price: Price; quantity: Shares; orders: number };
export type Level = Omit<RestingLevel, 'outcome' | 'side'> & { house: boolean };
export type BookSide = { bids: Level[]; asks: Level[] };
/** What the house pays and asks for one outcome, and how many shares one trade may move at either. */
export type HouseLevel = { outcome: Outcome; side: Side; price: Price; quantity: Shares };

const least = (values: readonly bigint[]): bigint => values.reduce((low, value) => (value < low ? value : low));

/** The most shares one buy at this price could take: what the tightest wall leaves. A share counts as a dollar of exposure. */
export function roomAt(input: Omit<WallInput, 'cost' | 'quantity'>, at: Price): Shares {
  const scopes: ScopeLimit[] = [input.market, input.category, input.operatorCategory, input.operator, input.global];
  const left = scopes.flatMap(({ limit, exposure }) => (limit === null ? [] : [limit - exposure]));
  const room = least([quantityFor(perTradeLimit(input.perTrade).limit, at), ...left]);
  return shares(room > 0n ? room : 0n);
}

/** The house sells at the asks and buys at the bids; a side without room is not offered. */
export function houseLevels(quoted: Quoted, room: (at: Price) => Shares, most: (at: Price) => Shares): HouseLevel[] {
  const levels: HouseLevel[] = [
    { outcome: 'yes', side: 'sell', price: quoted.yesAsk, quantity: room(quoted.yesAsk) },
    { outcome: 'no', side: 'sell', price: quoted.noAsk, quantity: room(quoted.noAsk) },
    { outcome: 'yes', side: 'buy', price: quoted.yesBid, quantity: most(quoted.yesBid) },
    { outcome: 'no', side: 'buy', price: quoted.noBid, quantity: most(quoted.noBid) },
  ];
  return levels.filter(({ quantity }) => quantity > 0n);
}

function sideOf(outcome: Outcome, side: Side, resting: readonly RestingLevel[], house: readonly HouseLevel[]): Level[] {
  const levels = new Map<Price, Level>();
  const here = <T extends { outcome: Outcome; side: Side }>(rows: readonly T[]): T[] =>
    rows.filter((row) => row.outcome === outcome && row.side === side);
  for (const { price, quantity, orders } of here(resting)) levels.set(price, { price, quantity, orders, house: false });
  for (const { price, quantity } of here(house)) {
    const known = levels.get(price);
    levels.set(price, { price, quantity: shares(quantity + (known?.quantity ?? 0n)), orders: known?.orders ?? 0, house: true });
  }
  return [...levels.values()].sort((one, other) => Number(side === 'buy' ? other.price - one.price : one.price - other.price));
}

export const bookOf = (outcome: Outcome, resting: readonly RestingLevel[], house: readonly HouseLevel[]): BookSide => ({
  bids: sideOf(outcome, 'buy', resting, house),
  asks: sideOf(outcome, 'sell', resting, house),
});
