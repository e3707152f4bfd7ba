/** Operators, for the platform. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { sortOrder } from '../filters.ts';
import { listed, single } from '../page.ts';
import { operatorDetail, operatorStatus, operatorSummary } from '../shapes/operator.ts';

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
