/** Changes the platform configuration. Stands with risk because the caps of exposure move with the limits, in one commit. */
import type { updatePlatformConfig as endpoint } from '@predictu/contract/admin/config';
import { encodeId, type Id } from '@predictu/contract/ids';
import { changePlatformConfig } from '../config/config.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Handler } from '../platform/http.ts';
import { takeTurn } from '../platform/sequencer.ts';
import { capPlatformScopes } from './exposure.sql.ts';

export const updatePlatformConfig: Handler<typeof endpoint> = async ({ db, actor, now, newId, requestId }, { body }) => {
  const { reason, ...patch } = body;
  await takeTurn(db, now);
  const { config, change } = await changePlatformConfig(db, patch, now, encodeId('admin', actor.adminId));
  await capPlatformScopes(db, config);
  const auditId = await recordAudit(db, actor, newId(), now, {
    action: 'config.updated',
    subject: 'platform_config',
    before: change.previous,
    after: change.next,
    reason,
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
};
