/** Operators, for the platform. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { sortOrder } from '../filters.ts';
import { auditId, operatorId } from '../ids.ts';
import { listed, single } from '../page.ts';
import { configValues } from '../shapes/config-change.ts';
import { operatorDetail, operatorStatus, operatorSummary } from '../shapes/operator.ts';
import { createdOperator, newOperator, operatorPatch, suspension } from '../shapes/operator-change.ts';
import { operatorTier, trial } from '../shapes/trial.ts';
import { instant } from '../units.ts';

const common = { method: 'GET', audience: 'admin', tag: 'Operators' } as const;

export const listOperators = endpoint({
  ...common,
  path: '/api/internal/operators',
  summary: 'List operators',
  query: z.strictObject({
    status: operatorStatus.optional().meta({ description: 'Only operators in this state.' }),
    search: z.string().trim().min(1).max(100).optional().meta({ description: 'A part of the name or slug, in any case.' }),
    sort: z.enum(['created_at', 'name', 'revenue', 'users']).default('created_at').meta({ description: 'revenue: of all time.' }),
    order: sortOrder,
  }),
  answer: listed(operatorSummary),
});

export const getOperator = endpoint({
  ...common,
  path: '/api/internal/operators/{slug}',
  summary: 'Get an operator',
  params: z.strictObject({ slug: z.string().max(100) }),
  refusals: ['NOT_FOUND'],
  answer: single(operatorDetail),
});

const slugParams = z.strictObject({ slug: z.string().max(100) });
const writing = { audience: 'admin', needs: 'config', tag: 'Operators' } as const;

export const createOperator = endpoint({
  ...writing,
  method: 'POST',
  path: '/api/internal/operators',
  summary: 'Create an operator',
  description:
    'It begins as pending, with a key pair whose secret is shown in this answer only. Its contact is invited to be its first member.',
  body: newOperator,
  status: 201,
  answer: single(createdOperator),
  refusals: ['CONFLICT'],
});
export const updateOperator = endpoint({
  ...writing,
  method: 'PATCH',
  path: '/api/internal/operators/{slug}',
  summary: 'Change an operator',
  description: 'Send only what changes. Limits and terms are in force with the next trade.',
  params: slugParams,
  body: operatorPatch,
  answer: single(
    z.object({
      updated_fields: z.array(z.string()).meta({ description: 'The fields whose value changed, as `section.field`.' }),
      previous_values: configValues,
      new_values: configValues,
      audit_id: auditId.nullable().meta({ description: 'null when nothing changed.' }),
      updated_at: instant,
    }),
  ),
  refusals: ['NOT_FOUND'],
});
const standing = single(z.object({ id: operatorId, slug: z.string(), status: operatorStatus, updated_at: instant }));
export const suspendOperator = endpoint({
  ...writing,
  method: 'POST',
  path: '/api/internal/operators/{slug}/suspend',
  summary: 'Suspend an operator',
  description:
    'Its players, members and key pairs are refused and nothing is traded from now on. Open positions stay and are settled; wallet callbacks under way are finished.',
  params: slugParams,
  body: suspension,
  answer: standing,
  refusals: ['NOT_FOUND', 'CONFLICT'],
});
export const reinstateOperator = endpoint({
  ...writing,
  method: 'POST',
  path: '/api/internal/operators/{slug}/reinstate',
  summary: 'Reinstate an operator',
  description: 'It goes back to the state it was suspended from.',
  params: slugParams,
  body: suspension,
  answer: standing,
  refusals: ['NOT_FOUND', 'CONFLICT'],
});
export const changeTrial = endpoint({
  ...writing,
  method: 'POST',
  path: '/api/internal/operators/{slug}/trial',
  summary: 'Extend a trial, or end it by going on',
  description:
    'Either lifts read-only with the next request. `extend` counts from the end that was agreed, or from today when that is past.',
  params: slugParams,
  body: z.discriminatedUnion('action', [
    z.strictObject({ action: z.literal('extend'), days: z.number().int().min(1).max(365), reason: suspension.shape.reason }),
    z.strictObject({ action: z.literal('end'), reason: suspension.shape.reason }),
  ]),
  answer: single(z.object({ id: operatorId, slug: z.string(), tier: operatorTier, trial })),
  refusals: ['NOT_FOUND', 'CONFLICT'],
});
