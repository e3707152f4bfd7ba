/** What every buy of closed positions came to, worked out ahead for whoever reads very many trades: page by page it would take their whole positions again. */
import { type Cents, cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import { type ClosedTrade, eachClosedTrade, selectLastTrade } from './buy-shares.sql.ts';
import { selectTrades } from './trade-list.sql.ts';
import { type PositionTrade, sharesOfBuys } from './trade-pnl.rules.ts';
import { WholeRows } from './whole-rows.ts';

/** Undefined for what is no buy of a closed position. */
export type BuyShares = (id: bigint) => Cents | undefined;
type Read = <T>(work: (db: Db) => Promise<T>) => Promise<T>;

const TRADES_AT_ONCE = 20_000;
/** Statements at a time: nothing is made of their rows but these. */
const LANES = 2;
const LOOKED_UP_AT_ONCE = 1_000;

/** The same for a few trades, each with its position looked up. */
export async function readSharesOf(db: Db, ids: readonly bigint[]): Promise<BuyShares> {
  const rows = await selectTrades(db, ids, 'player');
  const shares = new Map(rows.map(({ id, realized_pnl_cents: share }) => [id as bigint, share ?? undefined]));
  return (id) => shares.get(id);
}

/** Each share by the id of its buy. */
class Shares {
  readonly #rows = new WholeRows(2);

  add(id: bigint, share: bigint): void {
    this.#rows.add([id, share]);
  }

  /** Quick when it is asked for one id after another in their order. */
  finder(): BuyShares {
    const rows = this.#rows;
    const order = rows.order(0);
    const idAt = (place: number): bigint => rows.at(order[place] as number, 0);
    let place = 0;
    return (id) => {
      if (place > 0 && idAt(place - 1) >= id) place = 0;
      while (place < order.length && idAt(place) < id) place += 1;
      return place < order.length && idAt(place) === id ? cents(rows.at(order[place] as number, 1)) : undefined;
    };
  }
}

/** Trades of positions that were traded more than once, until all of each are there. */
class Positions {
  readonly #rows = new WholeRows(8);

  add([position, fill, id, quantity, amount, realizedPnl, positionPnl, trades, voided]: ClosedTrade): void {
    this.#rows.add([position, fill, id, quantity, amount, realizedPnl, positionPnl, trades * 2 + Number(voided)]);
  }

  /** Gives every buy its share; answers those whose position changed while it was read. */
  share(shares: Shares): bigint[] {
    const rows = this.#rows;
    const order = rows.order(0, 1);
    const changed: bigint[] = [];
    for (let from = 0, to = 0; from < order.length; from = to) {
      const position = rows.at(order[from] as number, 0);
      while (to < order.length && rows.at(order[to] as number, 0) === position) to += 1;
      const trades = Array.from(order.subarray(from, to), (row) => this.#trade(row));
      const last = order[to - 1] as number;
      const known = rows.at(last, 7);
      if (known >> 1n !== BigInt(trades.length)) changed.push(...trades.filter(({ side }) => side === 'buy').map(({ id }) => id));
      else {
        const closed = { quantity: 0n, realizedPnl: rows.at(last, 6), voided: (known & 1n) === 1n };
        for (const [id, share] of sharesOfBuys(trades, closed)) shares.add(id, share);
      }
    }
    return changed;
  }

  #trade(row: number): PositionTrade {
    const rows = this.#rows;
    const quantity = rows.at(row, 3);
    const trade = { id: rows.at(row, 2), amount: rows.at(row, 4), realizedPnl: rows.at(row, 5) };
    return quantity > 0n ? { ...trade, side: 'buy', quantity } : { ...trade, side: 'sell', quantity: -quantity };
  }
}

async function* rangesOf(read: Read, operatorId: bigint | null): AsyncGenerator<readonly [after: bigint, last: bigint]> {
  for (let after = -1n; ; ) {
    const last = await read((db) => selectLastTrade(db, operatorId, after, TRADES_AT_ONCE));
    if (last === undefined) return;
    yield [after, last];
    after = last;
  }
}

/** Each statement is a transaction of its own. Without an operator, of all. */
export async function readBuyShares(read: Read, operatorId: bigint | undefined): Promise<BuyShares> {
  const shares = new Shares();
  const positions = new Positions();
  const take = (trade: ClosedTrade): void => {
    const [, , id, quantity, , , positionPnl, trades, , open] = trade;
    // Sold out and opened again: of what was sold out nothing is left for its buys.
    if (open) shares.add(BigInt(id), 0n);
    else if (trades !== 1) positions.add(trade);
    else if (quantity > 0) shares.add(BigInt(id), BigInt(positionPnl));
  };
  const ranges = rangesOf(read, operatorId ?? null);
  const readSome = async (): Promise<void> => {
    for await (const range of { [Symbol.asyncIterator]: () => ranges })
      await read((db) => eachClosedTrade(db, operatorId ?? null, range, take));
  };
  await Promise.all(Array.from({ length: LANES }, readSome));
  const changed = positions.share(shares);
  for (let at = 0; at < changed.length; at += LOOKED_UP_AT_ONCE) {
    const ids = changed.slice(at, at + LOOKED_UP_AT_ONCE);
    const found = await read((db) => readSharesOf(db, ids));
    for (const id of ids) {
      const share = found(id);
      if (share !== undefined) shares.add(id, share);
    }
  }
  return shares.finder();
}
