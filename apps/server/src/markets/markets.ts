/**
 * Door of markets: the YES/NO questions we carry, their prices and price histories, and the feed that keeps them up to date.
 * Nouns: market, price tick (its id is the snapshot a receipt names), source, feed, set-aside.
 * Invariants: a price is strictly between 0 and 1, or there is none; newer is never overwritten by older; a market its source
 * has closed, or whose data cannot be used, is never on offer; a source's result is recorded here and settled elsewhere.
 * Lock order: sequencer, then the feed's turn (advisory), then market rows by id. Prices alone take no sequencer.
 */
import { Failure } from '@predictu/contract/errors';
import { readOperatorConfig } from '../config/config.ts';
import type { Db } from '../platform/db.ts';
import { type FeedRow, readFeeds, readSetAsideCounts } from './feed-state.sql.ts';
import { type Market, selectMarket } from './market-list.sql.ts';
import { type HistoryResolution, historyStart, RESOLUTIONS } from './market-page.rules.ts';
import { type HistoryPoint, selectHistory } from './price-history.sql.ts';

export { applySourceEvents } from './apply-source-events.ts';
export type { PriceListener } from './feed.ts';
export { type Feed, marketFeed } from './feed.ts';
export { polymarketSource } from './follow-polymarket.ts';
export { followPrices } from './follow-prices.ts';
export { forgetMarketChanges } from './market-columns.sql.ts';
export type { ChooseMarkets, Market, MarketChoice, MarketFilter, MarketQuery, ShownMarket, TotalSort } from './market-list.sql.ts';
/** A page of markets as `platform/page.ts` wants it; the cursor keys of a row are `[sortKey, id]`. */
export { selectMarkets as listMarkets } from './market-list.sql.ts';
export {
  insertOwnMarket as openOwnMarket,
  rewordMarket as rewordOwnMarket,
  writeHousePrices,
  writeLiquidity as changeLiquidity,
} from './own-market.sql.ts';
export { recordedSource } from './play-recording.ts';
export { setMarketStatus } from './set-market-status.ts';
export { showMarket } from './show-market.ts';
export { simulatedSource, simulator } from './simulate-markets.ts';
export type { MarketSource } from './source.ts';
export { thinPriceTicks } from './thin-price-ticks.ts';

/** One market with its totals and the price of `changeSince`. @throws NOT_FOUND */
export async function getMarket(db: Db, id: bigint, totalsOf: bigint | null, changeSince: Date): Promise<Market> {
  const market = await selectMarket(db, id, totalsOf, changeSince);
  if (!market) throw new Failure('NOT_FOUND', 'No such market');
  return market;
}

/** A market of the categories an operator offers. @throws NOT_FOUND */
export async function requireOfferedMarket(db: Db, operatorId: bigint, id: bigint): Promise<Market> {
  const [market, operator] = await Promise.all([selectMarket(db, id, null, new Date(0)), readOperatorConfig(db, operatorId)]);
  if (!market || !operator?.offered.includes(market.category)) throw new Failure('NOT_FOUND', 'No such market');
  return market;
}

/** The mid of YES over a period `[from, to)`, oldest first, at most 1,000 points; times are the starts of the points. */
export const priceHistory = (
  db: Db,
  marketId: bigint,
  { from, to, resolution, withVolume = false }: { from: Date; to: Date; resolution: HistoryResolution; withVolume?: boolean },
): Promise<HistoryPoint[]> => selectHistory(db, marketId, historyStart(from, to, resolution), to, RESOLUTIONS[resolution], withVolume);

export type FeedHealth = FeedRow & {
  /** waiting: nothing heard yet; silent: nothing usable for too long. */
  state: 'waiting' | 'ok' | 'silent';
  /** How many things, and how often, were set aside for which reason. */
  setAsides: { reason: string; markets: bigint; seen: bigint }[];
};

/** Every source this installation has run, with its state and what was set aside. As an admin or worker. */
export async function feedHealth(db: Db): Promise<FeedHealth[]> {
  const [feeds, asides] = await Promise.all([readFeeds(db), readSetAsideCounts(db)]);
  return feeds.map((feed) => ({
    ...feed,
    state: feed.silentSince ? 'silent' : feed.lastEventAt ? 'ok' : 'waiting',
    setAsides: asides.filter(({ source }) => source === feed.source).map(({ reason, markets, seen }) => ({ reason, markets, seen })),
  }));
}
