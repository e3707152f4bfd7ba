/** Changes the platform configuration, or takes a change back. Stands with risk because caps and breakers move with the limits, in one commit. */
import type { revertPlatformConfigChange as revertEndpoint, updatePlatformConfig as updateEndpoint } from '@predictu/contract/admin/config';
import { isRefusal } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import type { PlatformConfigPatch } from '@predictu/contract/shapes/platform-config-patch';
import { changePlatformConfig, PLATFORM_CONFIG, platformConfigBefore } from '../config/config.ts';
import type { Actor } from '../platform/actor.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Context, Handler } from '../platform/http.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { capPlatformScopes } from './exposure.sql.ts';
import { reEvaluateBreakers } from './re-evaluate-breakers.ts';
import { requestEvaluation } from './sharp-detection.sql.ts';

type AdminContext = Context<Extract<Actor, { kind: 'admin' }>>;
type Act = { action: 'config.updated' | 'config.reverted'; reason: string | undefined };

/** Who is sharp depends on these. */
const SCORED_BY = ['risk.sharp_score_threshold', 'risk.restricted_score_threshold', 'features.sharp_detection'];

/** The caller holds the sequencer. */
async function apply({ db, actor, now, newId, requestId }: AdminContext, patch: PlatformConfigPatch, { action, reason }: Act) {
  const { config, change } = await changePlatformConfig(db, patch, now, encodeId('admin', actor.adminId));
  await capPlatformScopes(db, config);
  await reEvaluateBreakers(db, config, now);
  if (config.features.sharp_detection && change.keys.some((key) => SCORED_BY.includes(key))) await requestEvaluation(db);
  const auditId = await recordAudit(db, actor, newId(), now, {
    action,
    subject: PLATFORM_CONFIG,
    before: change.previous,
    after: change.next,
    reason: reason ?? null,
    requestId,
  });
  return {
    data: {
      updated_keys: change.keys,
      previous_values: change.previous,
      new_values: change.next,
      audit_id: auditId as Id<'audit'>,
      updated_by: actor.adminId as Id<'admin'>,
      updated_at: now,
    },
  };
}

export const updatePlatformConfig: Handler<typeof updateEndpoint> = async (context, { body }) => {
  const { reason, ...patch } = body;
  await takeTurn(context.db, context.now);
  return apply(context, patch, { action: 'config.updated', reason });
};

export const revertPlatformConfigChange: Handler<typeof revertEndpoint> = async (context, { params, body }) => {
  await takeTurn(context.db, context.now);
  const patch = await platformConfigBefore(context.db, params.audit_id);
  if (isRefusal(patch)) return patch;
  return apply(context, patch, { action: 'config.reverted', reason: body.reason });
};
