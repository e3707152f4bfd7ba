/** The job that notes how exposure stands, every five minutes, and forgets what is old. */
import { readPlatformConfig } from '../config/config.ts';
import type { Db } from '../platform/db.ts';
import { insertSnapshots, thinSnapshots } from './exposure-snapshot.sql.ts';

const MINUTE_MS = 60_000;
const SLOT_MS = 5 * MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
const FINE_DAYS = 7;
const MARKET_DAYS = 120;
const ALL_DAYS = 730;

/**
 * Writes the snapshot of the five minutes `now` is in, of markets once an hour; a slot that has one keeps it.
 * As the worker. Returns how many rows it wrote.
 */
export async function takeExposureSnapshot(db: Db, now: Date): Promise<number> {
  const { config } = await readPlatformConfig(db);
  const slot = new Date(Math.floor(now.getTime() / SLOT_MS) * SLOT_MS);
  const before = (days: number): Date => new Date(slot.getTime() - days * DAY_MS);
  const written = await insertSnapshots(db, slot, config);
  await thinSnapshots(db, { fine: before(FINE_DAYS), markets: before(MARKET_DAYS), all: before(ALL_DAYS) });
  return written;
}
