/** A change of a configuration as its history shows it: who, why, and each key from what to what. */
import { z } from 'zod';
import { auditId } from '../ids.ts';
import { cursorQuery, pageQuery } from '../page.ts';
import { instant } from '../units.ts';

const values = z.record(z.string(), z.unknown());

/** `group.key` -> value, as a change answers it. */
export const configValues = values;
export const configChange = z
  .object({
    audit_id: auditId,
    kind: z.enum(['change', 'revert']),
    changed_at: instant,
    changed_by: z
      .object({
        kind: z.enum(['admin', 'operator_member', 'api_key', 'worker']),
        id: z.string(),
        name: z.string().nullable().meta({ description: 'E-mail address or name of the key pair; null where the reader may not see it.' }),
      })
      .meta({ id: 'ConfigAuthor' }),
    reason: z.string().nullable(),
    updated_keys: z.array(z.string()).meta({ description: 'Keys whose value changed, as `group.key`.' }),
    previous_values: values,
    new_values: values,
    changed_since: z
      .array(z.string())
      .meta({ description: 'Those keys that have another value by now. While there is one, the change cannot be reverted.' }),
  })
  .meta({ id: 'ConfigChange' });

export const configHistoryQuery = z.strictObject({
  ...pageQuery,
  ...cursorQuery,
  key: z.string().min(1).max(100).optional().meta({ description: 'Only changes of this key, as `group.key`.' }),
});

export const changeReason = z.string().trim().min(1).max(500);
