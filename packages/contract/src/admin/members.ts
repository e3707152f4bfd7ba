/** People of an operator, for the platform: who has come in, and who was asked to. */
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { invitationId } from '../ids.ts';
import { single } from '../page.ts';
import { invitation, member, newMember } from '../shapes/member.ts';
import { instant } from '../units.ts';

const common = { audience: 'admin', tag: 'Operators' } as const;
const params = z.strictObject({ slug: z.string().max(100) });

export const listMembers = endpoint({
  ...common,
  method: 'GET',
  path: '/api/internal/operators/{slug}/members',
  summary: 'List the members of an operator',
  description: 'Members in the order they came, and invitations that were not accepted yet.',
  params,
  answer: single(z.object({ members: z.array(member), invitations: z.array(invitation) })),
  refusals: ['NOT_FOUND'],
});
export const inviteMember = endpoint({
  ...common,
  method: 'POST',
  path: '/api/internal/operators/{slug}/members',
  needs: 'users',
  summary: 'Invite a member',
  description: 'A link by e-mail, good for seven days. Inviting the same address again sends a new link; the one before works no longer.',
  params,
  body: newMember,
  status: 201,
  answer: single(invitation),
  refusals: ['NOT_FOUND', 'CONFLICT'],
});
export const revokeInvitation = endpoint({
  ...common,
  method: 'POST',
  path: '/api/internal/operators/{slug}/members/{invitation_id}/revoke',
  needs: 'users',
  summary: 'Take an invitation back',
  params: z.strictObject({ slug: z.string().max(100), invitation_id: invitationId }),
  body: z.strictObject({ reason: z.string().trim().min(1).max(500).meta({ description: 'Why; kept in the audit log.' }) }),
  answer: single(z.object({ id: invitationId, revoked_at: instant })),
  refusals: ['NOT_FOUND', 'CONFLICT'],
});
