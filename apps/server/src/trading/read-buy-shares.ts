/** What every buy of closed positions came to, worked out ahead for whoever reads very many trades: page by page it would take their whole positions again. */
import { type Cents, cents } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import { selectLastOf, selectTracedTrades, type TracedTrade } from './buy-shares.sql.ts';
import { positionName, sharesOfBuys } from './trade-pnl.rules.ts';

/** Undefined for a buy whose position was traded once only, or is open. */
export type BuyShares = (id: bigint) => Cents | undefined;
type Read = <T>(work: (db: Db) => Promise<T>) => Promise<T>;

/** Of one statement: their trades are some ten thousand. */
const PLAYERS_AT_ONCE = 2_000;

/** Sixteen bytes for each buy, found by its id. */
class Shares {
  #ids = new BigInt64Array(1_024);
  #values = new BigInt64Array(1_024);
  #count = 0;

  add(id: bigint, value: bigint): void {
    if (this.#count === this.#ids.length) {
      for (const name of ['ids', 'values'] as const) {
        const wider = new BigInt64Array(this.#count * 2);
        wider.set(name === 'ids' ? this.#ids : this.#values);
        if (name === 'ids') this.#ids = wider;
        else this.#values = wider;
      }
    }
    this.#ids[this.#count] = id;
    this.#values[this.#count] = value;
    this.#count += 1;
  }

  /** The finder of what was added. */
  finder(): BuyShares {
    const ids = this.#ids;
    const order = Uint32Array.from({ length: this.#count }, (_, index) => index).sort((a, b) => {
      const [left = 0n, right = 0n] = [ids[a], ids[b]];
      return left < right ? -1 : left > right ? 1 : 0;
    });
    const sorted = BigInt64Array.from(order, (place) => ids[place] as bigint);
    const values = BigInt64Array.from(order, (place) => this.#values[place] as bigint);
    return (id) => {
      let [low, high] = [0, sorted.length - 1];
      while (low <= high) {
        const middle = (low + high) >> 1;
        const found = sorted[middle] as bigint;
        if (found === id) return cents(values[middle] as bigint);
        if (found < id) low = middle + 1;
        else high = middle - 1;
      }
      return undefined;
    };
  }
}

function addShares(shares: Shares, position: readonly TracedTrade[]): void {
  const [first] = position;
  if (!first) return;
  const traded = { quantity: first.held, realizedPnl: first.pnl, voided: first.voided };
  for (const [id, share] of sharesOfBuys(position, traded)) shares.add(id, share);
}

/** Player after player, each statement a transaction of its own. Without an operator, of all. */
export async function readBuyShares(read: Read, operatorId: bigint | undefined): Promise<BuyShares> {
  const shares = new Shares();
  for (let after = -1n; ; ) {
    const last = await read((db) => selectLastOf(db, operatorId ?? null, after, PLAYERS_AT_ONCE));
    if (last === undefined) return shares.finder();
    let position: TracedTrade[] = [];
    const from = after;
    for (const trade of await read((db) => selectTracedTrades(db, operatorId ?? null, from, last))) {
      if (position[0] && positionName(position[0]) !== positionName(trade)) {
        addShares(shares, position);
        position = [];
      }
      position.push(trade);
    }
    addShares(shares, position);
    after = last;
  }
}
