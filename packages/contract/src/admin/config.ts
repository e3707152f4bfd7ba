/** The platform configuration. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { adminId, auditId } from '../ids.ts';
import { single } from '../page.ts';
import { platformConfig } from '../shapes/platform-config.ts';
import { platformConfigPatch } from '../shapes/platform-config-patch.ts';
import { instant } from '../units.ts';

export const getPlatformConfig = endpoint({
  method: 'GET',
  path: '/api/internal/config',
  audience: 'admin',
  tag: 'Configuration',
  summary: 'Get the platform configuration',
  answer: single(z.object({ ...platformConfig.shape, updated_at: instant, updated_by: z.string() })),
});

export const updatePlatformConfig = endpoint({
  method: 'POST',
  path: '/api/internal/config',
  audience: 'admin',
  needs: 'config',
  tag: 'Configuration',
  summary: 'Change some configuration values',
  description: 'Send only what changes. In force for the next trade everywhere; audited with the reason.',
  body: platformConfigPatch.extend({
    reason: z.string().trim().min(1).max(500).meta({ description: 'Why; stored in the audit log.' }),
  }),
  answer: single(
    z.object({
      updated_keys: z.array(z.string()).meta({ description: 'Keys whose value changed, as `group.key`.' }),
      previous_values: z.record(z.string(), z.unknown()),
      new_values: z.record(z.string(), z.unknown()),
      audit_id: auditId,
      updated_by: adminId,
      updated_at: instant,
    }),
  ),
});
