/** Breakers look at the limits in force now, not at the next trade: what a lowered limit fills trips, what a raised one frees resets. */
import { encodeId } from '@predictu/contract/ids';
import type { PlatformConfig } from '@predictu/contract/shapes/platform-config';
import type { Db } from '../platform/db.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { followThreshold, selectBreakers, updateBreaker } from './breaker.sql.ts';
import { observe } from './breakers.rules.ts';
import { insertBreakerEvent } from './risk-event.sql.ts';
import { breakerOf, limitOf } from './show-breaker.ts';
import { utilisationBps } from './status.rules.ts';

/** In the caller's transaction, which holds the sequencer. Returns how many breakers changed. */
export async function reEvaluateBreakers(db: Db, config: PlatformConfig, now: Date): Promise<number> {
  await followThreshold(db, config.risk.circuit_breaker_threshold_pct);
  let changes = 0;
  for (const row of await selectBreakers(db)) {
    const change = observe(breakerOf(row), utilisationBps(row.exposure, limitOf(row, config)), now);
    if (!change) continue;
    const { breaker, event } = change;
    changes += 1;
    await updateBreaker(db, breaker);
    await insertBreakerEvent(db, {
      id: await takeTurn(db, now),
      operatorId: breaker.operatorId,
      marketId: breaker.marketId,
      severity: event.severity,
      message: event.message,
      scope: {
        breaker_id: encodeId('breaker', row.id),
        scope: breaker.scope,
        category: breaker.category,
        change: event.kind,
        cause: 'configuration',
      },
      autoResolved: event.autoResolved,
      at: now,
    });
  }
  return changes;
}
