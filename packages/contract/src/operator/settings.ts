/** An operator's settings, the configuration of its embed, its keys and origins. */
import { z } from 'zod';
import { at, endpoint } from '../endpoint.ts';
import { auditId } from '../ids.ts';
import { listed, paged, single } from '../page.ts';
import { colour, contrastRow, themes } from '../shapes/branding-preview.ts';
import { changeReason, configChange, configHistoryQuery, configValues } from '../shapes/config-change.ts';
import { apiKey, embedCode, embedCodeQuery, embedOrigin } from '../shapes/embed.ts';
import { operatorConfig } from '../shapes/operator-config.ts';
import { operatorConfigPatch } from '../shapes/operator-config-patch.ts';
import { operatorSettings, operatorSettingsPatch } from '../shapes/operator-settings.ts';
import { instant } from '../units.ts';

const common = { method: 'GET', audience: 'operator' } as const;

export const getSettings = endpoint({
  ...common,
  path: '/api/operator/settings',
  tag: 'Settings',
  summary: 'Get profile, branding and limits',
  answer: single(operatorSettings),
});
const settingsChange = {
  method: 'PATCH',
  audience: 'operator',
  needs: 'config',
  tag: 'Settings',
  summary: 'Change profile, branding and callback URL',
  description:
    'Send only what changes. A field that only the platform may change is answered with 403 and nothing is changed. Colours are shown repaired where they would not read.',
  body: operatorSettingsPatch,
  answer: single(
    z.object({
      updated_fields: z.array(z.string()).meta({ description: 'The fields sent, as `section.field`.' }),
      previous_values: configValues,
      new_values: configValues,
      contrast: z.array(contrastRow).optional().meta({ description: 'When the primary colour was sent: how it is shown.' }),
      audit_id: auditId,
      updated_at: instant,
    }),
  ),
  refusals: ['CONFLICT'],
} as const;
export const updateSettings = endpoint({ ...settingsChange, ...at('/api/operator/settings') });
/** The same, under the name the workspace's document gives it. */
export const updateWorkspaceSettings = endpoint({ ...settingsChange, ...at('/api/dashboard/settings') });
export const previewBranding = endpoint({
  ...common,
  path: '/api/operator/settings/branding-preview',
  tag: 'Settings',
  summary: 'See what becomes of a colour',
  description: 'The forms in which players would see it on both themes, and the contrast of each. Changes nothing.',
  query: z.strictObject({ primary_color: colour.optional().meta({ description: 'Absent: the colour in force.' }) }),
  answer: single(z.object({ themes, contrast: z.array(contrastRow) })),
});
export const getOperatorConfig = endpoint({
  ...common,
  path: '/api/operator/config',
  tag: 'Configuration',
  summary: 'Get the configuration of the embed',
  answer: single(z.object({ ...operatorConfig.shape, updated_at: instant })),
});
const changed = single(
  z.object({
    updated_keys: z.array(z.string()).meta({ description: 'The keys sent, as `group.key`.' }),
    previous_values: configValues,
    new_values: configValues,
    audit_id: auditId,
    updated_at: instant,
  }),
);
export const updateOperatorConfig = endpoint({
  method: 'POST',
  path: '/api/operator/config',
  audience: 'operator',
  needs: 'config',
  tag: 'Configuration',
  summary: 'Change some configuration values of the embed',
  description:
    'Send only what changes. In force at once; open embeds show it within a minute. Of `custom_footer_html` harmless markup is kept and the rest left out.',
  body: operatorConfigPatch.extend({ reason: changeReason.optional().meta({ description: 'Why; stored in the audit log.' }) }),
  answer: changed,
});
export const listOperatorConfigChanges = endpoint({
  ...common,
  path: '/api/operator/config/history',
  tag: 'Configuration',
  summary: 'List changes of the configuration of the embed',
  description: 'Newest first.',
  query: configHistoryQuery,
  answer: paged(configChange),
});
export const revertOperatorConfigChange = endpoint({
  method: 'POST',
  path: '/api/operator/config/history/{audit_id}/revert',
  audience: 'operator',
  needs: 'config',
  tag: 'Configuration',
  summary: 'Revert a change of the configuration of the embed',
  description:
    'Every key of the change gets back the value it had before. Itself a change. Refused when a key has been changed again since.',
  params: z.strictObject({ audit_id: auditId }),
  body: z.strictObject({ reason: changeReason.optional().meta({ description: 'Why; stored in the audit log.' }) }),
  answer: changed,
  refusals: ['NOT_FOUND', 'CONFLICT'],
});
const keyList = {
  ...common,
  tag: 'API keys',
  summary: 'List API keys',
  description: 'Newest first, with those revoked in the last 30 days. Keys and secrets are shown only when they are made.',
  answer: listed(apiKey),
} as const;
export const listApiKeys = endpoint({ ...keyList, ...at('/api/operator/api-keys') });
export const listDeveloperKeys = endpoint({ ...keyList, ...at('/api/developer/api-keys') });
export const listEmbedOrigins = endpoint({
  ...common,
  path: '/api/operator/embed/origins',
  tag: 'Embed',
  summary: 'List the origins that may show the embed',
  answer: listed(embedOrigin),
});
export const getEmbedCode = endpoint({
  ...common,
  path: '/api/operator/embed/code',
  tag: 'Embed',
  summary: 'Get the code that shows the embed',
  query: z.strictObject(embedCodeQuery),
  answer: single(embedCode),
  refusals: ['CONFLICT'],
});
