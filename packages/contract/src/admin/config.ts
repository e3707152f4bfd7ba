/** The platform configuration. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { adminId, auditId } from '../ids.ts';
import { paged, single } from '../page.ts';
import { changeReason, configChange, configHistoryQuery, configValues } from '../shapes/config-change.ts';
import { platformConfig } from '../shapes/platform-config.ts';
import { platformConfigPatch } from '../shapes/platform-config-patch.ts';
import { instant } from '../units.ts';

const common = { audience: 'admin', tag: 'Configuration' } as const;
const changed = single(
  z.object({
    updated_keys: z.array(z.string()).meta({ description: 'Keys whose value changed, as `group.key`.' }),
    previous_values: configValues,
    new_values: configValues,
    audit_id: auditId,
    updated_by: adminId,
    updated_at: instant,
  }),
);

export const getPlatformConfig = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/config',
  summary: 'Get the platform configuration',
  answer: single(z.object({ ...platformConfig.shape, updated_at: instant, updated_by: z.string() })),
});

export const updatePlatformConfig = endpoint({
  ...common,
  method: 'POST',
  path: '/api/internal/config',
  needs: 'config',
  summary: 'Change some configuration values',
  description:
    'Send only what changes. In force for the next trade everywhere; audited with the reason. Breakers look at the new limits at once: one whose threshold is reached trips in the same commit.',
  body: platformConfigPatch.extend({ reason: changeReason.meta({ description: 'Why; stored in the audit log.' }) }),
  answer: changed,
});

export const listPlatformConfigChanges = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/config/history',
  summary: 'List changes of the platform configuration',
  description: 'Newest first.',
  query: configHistoryQuery,
  answer: paged(configChange),
});

export const revertPlatformConfigChange = endpoint({
  ...common,
  method: 'POST',
  path: '/api/internal/config/history/{audit_id}/revert',
  needs: 'config',
  summary: 'Revert a change of the platform configuration',
  description:
    'Every key of the change gets back the value it had before. Itself a change. Refused when a key has been changed again since.',
  params: z.strictObject({ audit_id: auditId }),
  body: z.strictObject({ reason: changeReason.optional().meta({ description: 'Why; stored in the audit log.' }) }),
  answer: changed,
  refusals: ['NOT_FOUND', 'CONFLICT'],
});
