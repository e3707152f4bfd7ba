/** Trades as rows of a file, taken as they come from the database: of all types these are the most. */
import { type BuyShares, chooseTrades, readBuyShares, readTradePage } from '../trading/trading.ts';
import { PAGE_ROWS, type Read, type RowSource } from './row-source.ts';

type TradePage = Parameters<typeof readTradePage>[1];
export type TradeFilter = TradePage['filter'];

/** Trades whose positions are looked at as they come. */
const SMALL = 10_000n;

export function tradeSource(filter: TradeFilter, names: readonly string[]): RowSource {
  const columns = names as TradePage['columns'];
  const count: RowSource['count'] = async (db) =>
    (await chooseTrades(db, filter, { sort: 'created_at', order: 'asc' }, { limit: 1, offset: 0, after: undefined })).total;

  /** Of a few trades the positions are looked at one by one; it costs a hundred times as much for each. */
  async function sharesAhead(read: Read): Promise<BuyShares | undefined> {
    if (!columns.includes('pnl_usd')) return undefined;
    const { operatorId } = filter;
    const asked = await read(count);
    const all = await read((db) => tradeSource({ operatorId }, []).count(db));
    return asked > SMALL && all < asked * 100n ? readBuyShares(read, operatorId) : undefined;
  }

  return {
    count,
    async *pages(read, take) {
      const shares = await sharesAhead(read);
      for (let after: bigint | undefined, more = true; more; ) {
        let begun = false;
        const last = await read((db) => {
          // What was taken cannot be given back: the file is begun anew.
          if (begun) throw new Error('A page of trades was read twice');
          begun = true;
          return readTradePage(db, { filter, columns, after, limit: PAGE_ROWS, shares }, take);
        });
        yield;
        after = last;
        more = last !== undefined;
      }
    },
  };
}
