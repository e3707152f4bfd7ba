/** What people send to sign in, and the session they get. */
import { z } from 'zod';
import { operatorId, operatorMemberId } from '../ids.ts';
import { single } from '../page.ts';
import { instant } from '../units.ts';
import { permission } from './permission.ts';

export const email = z
  .string()
  .max(254)
  .regex(/^[^\s\p{C}@]+@[^\s\p{C}@]+$/u, 'Expected an e-mail address');
export const totpCode = z
  .string()
  .regex(/^\d{6}$/, 'Expected the 6 digits of the authenticator')
  .meta({ description: 'The current code of the authenticator app.' });
export const session = <T extends z.core.$ZodType>(user: T) =>
  single(z.object({ token: z.string(), token_type: z.literal('Bearer'), expires_at: instant, user }));
export const person = { email: z.string(), name: z.string().nullable(), permissions: z.array(permission), totp_enrolled: z.boolean() };
export const operatorUser = z
  .object({ id: operatorMemberId, role: z.literal('operator_admin'), operator_id: operatorId, operator_slug: z.string(), ...person })
  .meta({ id: 'OperatorUser' });
