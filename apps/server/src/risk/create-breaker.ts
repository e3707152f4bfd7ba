/** Creates a circuit breaker, armed; in force from the next trade on. */
import type { createBreaker as endpoint } from '@predictu/contract/admin/risk';
import { Failure } from '@predictu/contract/errors';
import { decodeId, encodeId } from '@predictu/contract/ids';
import { CATEGORIES } from '@predictu/contract/shapes/category';
import { readPlatformConfig } from '../config/config.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { insertBreaker, marketExists, selectBreakers, selectOperatorId } from './breaker.sql.ts';
import type { Breaker, BreakerScope } from './breakers.rules.ts';
import type { Scope } from './scope-preview.sql.ts';
import { showBreaker } from './show-breaker.ts';

/** The scope these words name. */
export async function readScope(db: Db, scope: BreakerScope, scopeId: string): Promise<Scope> {
  const nothing = { scope, operatorId: null, category: null, marketId: null };
  if (scope === 'global') return nothing;
  if (scope === 'category') {
    if ((CATEGORIES as readonly string[]).includes(scopeId)) return { ...nothing, category: scopeId };
    const fields = [{ field: 'scope_id', received: scopeId, expected: `one of ${CATEGORIES.join(', ')}` }];
    throw new Failure('VALIDATION_ERROR', 'The body does not fit: scope_id', { fields });
  }
  if (scope === 'operator') {
    const operatorId = await selectOperatorId(db, scopeId, decodeId('operator', scopeId));
    if (operatorId === undefined) throw notFound('operator');
    return { ...nothing, operatorId };
  }
  const marketId = decodeId('market', scopeId);
  if (marketId === undefined || !(await marketExists(db, marketId))) throw notFound('market');
  return { ...nothing, marketId };
}

export const createBreaker: Handler<typeof endpoint> = async ({ db, actor, now, newId, requestId }, { body }) => {
  await takeTurn(db, now);
  const { config } = await readPlatformConfig(db);
  const followsPlatform = body.trigger_type === 'exposure_pct' && body.trigger_threshold == null;
  const breaker: Breaker = {
    ...(await readScope(db, body.scope, body.scope_id ?? '')),
    id: newId(),
    triggerType: body.trigger_type,
    triggerThreshold: followsPlatform ? config.risk.circuit_breaker_threshold_pct : (body.trigger_threshold ?? null),
    status: 'armed',
    cooldownMinutes: body.cooldown_minutes,
    autoReset: body.auto_reset,
    trippedAt: null,
    resetAt: null,
    tripReason: null,
  };
  await insertBreaker(db, breaker, followsPlatform, encodeId('admin', actor.adminId), now);
  await recordAudit(db, actor, newId(), now, {
    action: 'breaker.created',
    subject: encodeId('breaker', breaker.id),
    operatorId: breaker.operatorId,
    after: breaker,
    requestId,
  });
  const [row] = await selectBreakers(db, breaker.id);
  if (!row) throw new Error('The breaker just made cannot be read');
  return { data: showBreaker(row, config) };
};
