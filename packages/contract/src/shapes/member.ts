/** A person of an operator, or one who was asked to become one. */
import { z } from 'zod';
import { invitationId, operatorMemberId } from '../ids.ts';
import { instant } from '../units.ts';
import { permission } from './permission.ts';
import { email } from './sign-in.ts';

export const invitation = z
  .object({
    id: invitationId,
    email: z.string(),
    name: z.string().nullable(),
    permissions: z.array(permission),
    created_at: instant,
    expires_at: instant,
    sent_at: instant.nullable().meta({ description: 'When its mail was last written; null while it is being written.' }),
  })
  .meta({ id: 'Invitation' });

export const member = z
  .object({
    id: operatorMemberId,
    email: z.string(),
    name: z.string().nullable(),
    permissions: z.array(permission),
    totp_enrolled: z.boolean(),
    revoked_at: instant.nullable(),
    last_login_at: instant.nullable(),
    created_at: instant,
  })
  .meta({ id: 'OperatorMember' });

export const newMember = z.strictObject({
  email,
  name: z.string().trim().min(1).max(200).nullable().default(null),
  permissions: z
    .array(permission)
    .min(1)
    .refine((names) => new Set(names).size === names.length, 'Expected each permission once')
    .optional()
    .meta({ description: 'All of them when absent.' }),
});
