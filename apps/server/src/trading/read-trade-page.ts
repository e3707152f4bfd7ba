/** A page of trades for a file: cells as they come, with what each buy came to. */
import type { Db } from '../platform/db.ts';
import { type BuyShares, readSharesOf } from './read-buy-shares.ts';
import { eachTrade, type TradeCells } from './trade-cells.sql.ts';

/** Without shares that were worked out ahead the positions of the page are looked up. Answers the last id of a full page. */
export async function readTradePage(
  db: Db,
  page: TradeCells & { shares?: BuyShares | undefined },
  take: (cells: unknown[]) => void,
): Promise<bigint | undefined> {
  const pnl = page.columns.indexOf('pnl_usd');
  const idOf = (cells: readonly unknown[]): bigint => BigInt(cells[page.columns.length] as bigint | number);
  const complete = (cells: unknown[], shares: BuyShares): void => {
    if (pnl >= 0) cells[pnl] ??= shares(idOf(cells));
    take(cells);
  };
  const waiting: unknown[][] = [];
  let rows = 0;
  let last: unknown[] | undefined;
  await eachTrade(db, page, (cells) => {
    rows += 1;
    last = cells;
    if (page.shares || pnl < 0) complete(cells, page.shares ?? (() => undefined));
    else waiting.push(cells);
  });
  if (waiting.length > 0) {
    const shares = await readSharesOf(db, waiting.filter((cells) => cells[pnl] === null).map(idOf));
    for (const cells of waiting) complete(cells, shares);
  }
  return last && rows === page.limit ? idOf(last) : undefined;
}
