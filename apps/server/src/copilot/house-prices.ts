/** States the house price of every own market again and again, so that it is never stale while somebody stands by it. */
import { type Price, price } from '@predictu/contract/units';
import { readPlatformConfig } from '../config/config.ts';
import { type PriceListener, writeHousePrices } from '../markets/markets.ts';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import { spreadSettings } from '../pricing/spread.rules.ts';
import { housePrice } from './house-price.rules.ts';
import { selectHouses } from './own-market.sql.ts';

export type HousePrices = {
  start(): void;
  /** Once, now. Returns how many prices changed. */
  flush(): Promise<number>;
  /** As a feed's: called after the commit, in this process. */
  onPrices(listener: PriceListener): () => void;
  stop(): Promise<void>;
};
export type HousePriceOptions = {
  database: Database;
  clock: Clock;
  log: { warn(detail: object, message: string): void };
  everyMs?: number;
};

const WORKER: Actor = { kind: 'worker', name: 'house-prices' };
const EVERY_MS = 5_000;

export function openHousePrices({ database, clock, log, everyMs = EVERY_MS }: HousePriceOptions): HousePrices {
  const listeners = new Set<PriceListener>();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<number> | undefined;

  async function state(): Promise<number> {
    const ticks = await database.as(WORKER, 'write', async (db) => {
      const houses = await selectHouses(db);
      if (houses.length === 0) return [];
      const leastSpread = price(BigInt(spreadSettings((await readPlatformConfig(db)).config).minBps));
      const prices = new Map(houses.map((house): [bigint, Price] => [house.marketId, housePrice({ ...house, leastSpread })]));
      return writeHousePrices(db, prices, clock.now());
    });
    if (ticks.length > 0) for (const tell of listeners) tell(ticks);
    return ticks.length;
  }
  const flush = (): Promise<number> => {
    running ??= state().finally(() => {
      running = undefined;
    });
    return running;
  };
  return {
    flush,
    start() {
      timer ??= setInterval(() => {
        flush().catch((error: unknown) => log.warn({ err: error }, 'house prices not stated, trying again'));
      }, everyMs);
    },
    onPrices(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    async stop() {
      clearInterval(timer);
      await running?.catch(() => {});
    },
  };
}
