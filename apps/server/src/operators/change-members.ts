/** The platform asks people of an operator to come in, and takes an invitation back. */
import type { inviteMember as invite, listMembers as list, revokeInvitation as revoke } from '@predictu/contract/admin/members';
import { refuse } from '@predictu/contract/errors';
import { type Access, listMembersOf, shownInvitation } from '../access/access.ts';
import { type Handler, notFound } from '../platform/http.ts';
import { requireOperator } from './operators.ts';

export const listMembers: Handler<typeof list> = async ({ db }, { params: { slug } }) => {
  const { id } = await requireOperator(db, slug);
  return { data: await listMembersOf(db, id) };
};

export const inviteMember =
  (access: Pick<Access, 'invite'>): Handler<typeof invite> =>
  async (context, { params: { slug }, body: { email, name, permissions } }) => {
    const { id } = await requireOperator(context.db, slug);
    const invited = await access.invite(context, { operatorId: id, email, name, permissions });
    return 'refused' in invited ? invited : { data: shownInvitation(invited) };
  };

export const revokeInvitation =
  (access: Pick<Access, 'revokeInvitation'>): Handler<typeof revoke> =>
  async (context, { params: { slug, invitation_id: id }, body: { reason } }) => {
    const operator = await requireOperator(context.db, slug);
    const found = await access.revokeInvitation(context, { operatorId: operator.id, id }, reason);
    if (found === undefined) throw notFound('invitation');
    if (!found) return refuse('CONFLICT', 'The invitation is not open any more', { reason: 'not_open' });
    return { data: { id, revoked_at: context.now } };
  };
