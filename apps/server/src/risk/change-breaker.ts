/** A person trips, resets, arms or disarms a circuit breaker; in force from the next trade on. */
import type { armBreaker as arm, disarmBreaker as disarm, resetBreaker as reset, tripBreaker as trip } from '@predictu/contract/admin/risk';
import { isRefusal } from '@predictu/contract/errors';
import { encodeId } from '@predictu/contract/ids';
import { readPlatformConfig } from '../config/config.ts';
import { recordAudit } from '../platform/audit.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { selectBreakers, updateBreaker } from './breaker.sql.ts';
import { type BreakerAction, changeBreaker } from './breakers.rules.ts';
import { insertBreakerEvent } from './risk-event.sql.ts';
import { breakerOf, showBreaker } from './show-breaker.ts';

const change =
  (action: (reason: string) => BreakerAction): Handler<typeof trip> =>
  async (context, { params, body }) => {
    const { db, actor, now, newId, requestId } = context;
    const eventId = await takeTurn(db, now);
    const [[row], { config }] = await Promise.all([selectBreakers(db, params.breaker_id), readPlatformConfig(db)]);
    if (!row) throw notFound('circuit breaker');
    const before = breakerOf(row);
    const changed = changeBreaker(before, action(body.reason), now);
    if (isRefusal(changed)) return changed;
    const { breaker, event } = changed;
    await updateBreaker(db, breaker);
    await insertBreakerEvent(db, {
      id: eventId,
      operatorId: breaker.operatorId,
      marketId: breaker.marketId,
      severity: event.severity,
      message: event.message,
      scope: { breaker_id: encodeId('breaker', row.id), scope: breaker.scope, reason: body.reason },
      at: now,
    });
    await recordAudit(db, actor, newId(), now, {
      action: `breaker.${event.kind}`,
      subject: encodeId('breaker', row.id),
      operatorId: breaker.operatorId,
      before,
      after: breaker,
      reason: body.reason,
      requestId,
    });
    const shown = {
      ...row,
      status: breaker.status,
      tripped_at: breaker.trippedAt,
      reset_at: breaker.resetAt,
      trip_reason: breaker.tripReason,
    };
    return { data: showBreaker(shown, config) };
  };

export const tripBreaker: Handler<typeof trip> = change((reason) => ({ kind: 'trip', reason }));
export const resetBreaker: Handler<typeof reset> = change(() => ({ kind: 'reset' }));
export const armBreaker: Handler<typeof arm> = change(() => ({ kind: 'arm' }));
export const disarmBreaker: Handler<typeof disarm> = change(() => ({ kind: 'disarm' }));
