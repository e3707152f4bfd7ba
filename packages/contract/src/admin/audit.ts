/** Who changed what, from what to what, and why. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { inOrder, periodQuery } from '../filters.ts';
import { auditId, operatorId } from '../ids.ts';
import { cursorQuery, paged, pageQuery } from '../page.ts';
import { instant } from '../units.ts';

const ACTOR_KINDS = ['admin', 'operator_member', 'api_key', 'player', 'worker', 'public'] as const;
const value = z.unknown();

export const listAuditLog = endpoint({
  method: 'GET',
  path: '/api/internal/audit-log',
  audience: 'admin',
  tag: 'Audit log',
  summary: 'List changes',
  description: 'Every change anybody made, newest first. The log is append-only: the database refuses to change or remove a row.',
  query: z
    .strictObject({
      ...pageQuery,
      ...cursorQuery,
      action: z
        .string()
        .regex(/^[a-z0-9_.]{1,60}$/)
        .optional()
        .meta({ description: 'The whole name, or its beginning: `operator.` finds every change of an operator.' }),
      actor_kind: z.enum(ACTOR_KINDS).optional(),
      actor: z
        .string()
        .min(1)
        .max(254)
        .optional()
        .meta({ description: 'E-mail address of an admin or member, an id, or the name of a job.' }),
      subject: z
        .string()
        .min(1)
        .max(200)
        .optional()
        .meta({ description: 'What was changed, exactly: `operator:example-casino`, `mkt_…`.' }),
      operator: z.string().min(1).max(100).optional().meta({ description: 'Slug or id.' }),
      request_id: z.string().min(1).max(64).optional(),
      audit_id: auditId.optional(),
      ...periodQuery,
    })
    .check(inOrder('from', 'to')),
  answer: paged(
    z
      .object({
        audit_id: auditId,
        at: instant,
        actor: z.object({
          kind: z.enum(ACTOR_KINDS),
          id: z.string(),
          name: z.string().nullable().meta({ description: 'E-mail address, name of a key pair or of a player; null where there is none.' }),
        }),
        action: z.string(),
        subject: z.string(),
        subject_name: z.string().nullable().meta({
          description: 'What people call it: the name of an operator or a player, the title of a market; null where it has none.',
        }),
        operator: z.object({ id: operatorId, slug: z.string(), name: z.string() }).nullable(),
        reason: z.string().nullable(),
        request_id: z.string().nullable(),
        before: value.nullable(),
        after: value.nullable(),
        changes: z
          .array(z.object({ field: z.string(), before: value.nullable(), after: value.nullable() }))
          .meta({ description: 'What differs between before and after, field by field; nested fields by their path.' }),
      })
      .meta({ id: 'AuditEntry' }),
  ),
});
