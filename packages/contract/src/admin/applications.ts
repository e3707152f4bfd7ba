/** The review queue: companies that ask to become operators. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { inOrder, periodQuery } from '../filters.ts';
import { applicationId, auditId } from '../ids.ts';
import { cursorQuery, paged, pageQuery, single } from '../page.ts';
import { applicationDetail, applicationStatus, applicationSummary, DECIDED_STATUSES } from '../shapes/application.ts';
import { category } from '../shapes/category.ts';
import { invitation } from '../shapes/member.ts';
import { instant } from '../units.ts';

const common = { audience: 'admin', tag: 'Applications' } as const;
const params = z.strictObject({ application_id: applicationId });

export const listApplications = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/applications',
  summary: 'List applications',
  description: 'Newest first. Without `status` those a person may still have to look at: duplicates and spam are left out.',
  query: z
    .strictObject({
      ...pageQuery,
      ...cursorQuery,
      status: applicationStatus.optional(),
      category: category.optional().meta({ description: 'Only those that name this category.' }),
      search: z
        .string()
        .trim()
        .min(1)
        .max(100)
        .optional()
        .meta({ description: 'A part of company, website, name or e-mail address, in any case.' }),
      ...periodQuery,
    })
    .check(inOrder('from', 'to')),
  answer: paged(applicationSummary),
});
export const getApplication = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/applications/{application_id}',
  summary: 'Get an application',
  params,
  answer: single(applicationDetail),
  refusals: ['NOT_FOUND'],
});
export const decideApplication = endpoint({
  ...common,
  method: 'POST',
  path: '/api/internal/applications/{application_id}/status',
  needs: 'config',
  summary: 'Change the status of an application',
  description:
    'The applicant gets a mail that says so; the reason stands in it where the status asks for one (`needs_information`, `rejected`). Spam gets none.',
  params,
  body: z.strictObject({
    status: z.enum(DECIDED_STATUSES),
    reason: z.string().trim().min(1).max(1_000).meta({ description: 'Why; kept in the audit log.' }),
  }),
  answer: single(z.object({ id: applicationId, status: applicationStatus, audit_id: auditId, updated_at: instant })),
  refusals: ['NOT_FOUND', 'CONFLICT'],
});
export const noteApplication = endpoint({
  ...common,
  method: 'POST',
  path: '/api/internal/applications/{application_id}/notes',
  summary: 'Add a note to an application',
  description: 'For reviewers only; it stays.',
  params,
  body: z.strictObject({ note: z.string().trim().min(1).max(4_000) }),
  status: 201,
  answer: single(z.object({ audit_id: auditId, at: instant })),
  refusals: ['NOT_FOUND'],
});
export const resendInvitation = endpoint({
  ...common,
  method: 'POST',
  path: '/api/internal/applications/{application_id}/invitation',
  needs: 'config',
  summary: 'Send the invitation of an approved application again',
  description: 'A new link by e-mail, good for seven days; the one before works no longer.',
  params,
  body: z.strictObject({}),
  answer: single(invitation),
  refusals: ['NOT_FOUND', 'CONFLICT'],
});
