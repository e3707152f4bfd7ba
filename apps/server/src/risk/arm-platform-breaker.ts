/** The breaker every installation begins with: over everything, at the percentage of the configuration, so that this means something at once. */
import { readPlatformConfig } from '../config/config.ts';
import type { Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { hasInstalledBreaker, INSTALLATION, insertBreaker } from './breaker.sql.ts';

const COOLDOWN_MINUTES = 10;
/** No id is taken from the turn: one of now would put what is told of the time before, as a demo does, behind now. */
const NO_TIME = new Date(0);

/** Made once: whoever disarms it has the last word, also after a restart. As an admin. */
export async function armPlatformBreaker(db: Db, now: Date, newId: NewId): Promise<void> {
  if (await hasInstalledBreaker(db)) return;
  await takeTurn(db, NO_TIME);
  // Another process may have been first.
  if (await hasInstalledBreaker(db)) return;
  const { config } = await readPlatformConfig(db);
  const breaker = {
    id: newId(),
    scope: 'global',
    operatorId: null,
    category: null,
    marketId: null,
    triggerType: 'exposure_pct',
    triggerThreshold: config.risk.circuit_breaker_threshold_pct,
    status: 'armed',
    cooldownMinutes: COOLDOWN_MINUTES,
    autoReset: true,
    trippedAt: null,
    resetAt: null,
    tripReason: null,
  } as const;
  await insertBreaker(db, breaker, true, INSTALLATION, now);
}
