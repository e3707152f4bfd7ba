/** The nightly job that thins old price ticks: market by market and day by day, each batch its own short transaction. */
import type { Actor } from '../platform/actor.ts';
import type { Database, Db } from '../platform/db.ts';
import { deleteFineTicks, selectFirstTick, selectMarketsAfter, selectThinnedThrough, updateThinnedThrough } from './price-tick.sql.ts';

const WORKER: Actor = { kind: 'worker', name: 'thin-price-ticks' };
const DAY_MS = 86_400_000;
const MARKETS = 500;
/** Rows of one transaction. */
const BATCH = 2_000;

const startOfDay = (time: Date): Date => new Date(Math.floor(time.getTime() / DAY_MS) * DAY_MS);

/** Thins the market's ticks of [from, to). A crash leaves whole batches; the next run finds them done. */
async function thinMarket(database: Database, marketId: bigint, from: Date, to: Date): Promise<number> {
  const reading = <T>(work: (db: Db) => Promise<T>) => database.as(WORKER, 'read', work);
  let removed = 0;
  for (let start = from; ; ) {
    const first = await reading((db) => selectFirstTick(db, marketId, start, to));
    if (!first) return removed;
    const day = startOfDay(first < start ? start : first);
    const end = new Date(day.getTime() + DAY_MS);
    for (let batch = BATCH; batch === BATCH; removed += batch)
      batch = await database.as(WORKER, 'write', (db) => deleteFineTicks(db, marketId, day, end, BATCH));
    start = end;
  }
}

/** Leaves ticks of the last `fineDays` days as they came and one a minute before; returns how many were removed. */
export async function thinPriceTicks({ database, now, fineDays }: { database: Database; now: Date; fineDays: number }): Promise<number> {
  const through = startOfDay(new Date(now.getTime() - fineDays * DAY_MS));
  const since = await database.as(WORKER, 'read', selectThinnedThrough);
  if (since >= through) return 0;
  let removed = 0;
  for (let last = 0n; ; ) {
    const markets = await database.as(WORKER, 'read', (db) => selectMarketsAfter(db, last, MARKETS));
    for (const id of markets) removed += await thinMarket(database, id, since, through);
    const next = markets.at(-1);
    if (next === undefined) break;
    last = next;
  }
  await database.as(WORKER, 'write', (db) => updateThinnedThrough(db, through));
  return removed;
}
