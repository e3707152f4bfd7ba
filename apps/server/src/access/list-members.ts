/** The people of an operator: members, and those who were asked to come. */
import type { Id } from '@predictu/contract/ids';
import type { Db } from '../platform/db.ts';
import { type Invitation, selectOpenInvitations } from './invitation.sql.ts';
import { selectMembers } from './person.sql.ts';

/** An invitation as the wire shows it. */
export const shownInvitation = ({ id, email, name, permissions, created_at, expires_at, sent_at }: Invitation) => ({
  id: id as Id<'invitation'>,
  email,
  name,
  permissions,
  created_at,
  expires_at,
  sent_at,
});

/** As an admin. */
export async function listMembersOf(db: Db, operatorId: bigint) {
  const [members, invitations] = await Promise.all([selectMembers(db, operatorId), selectOpenInvitations(db, operatorId)]);
  return {
    members: members.map(({ id, ...rest }) => ({ ...rest, id: id as Id<'operatorMember'> })),
    invitations: invitations.map(shownInvitation),
  };
}
