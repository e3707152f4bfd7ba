/** Asks somebody to come in. The mail with the link follows from the row: making a link may take the network. */
import { type Refusal, refuse } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import { ALL_PERMISSIONS, type Permission } from '@predictu/contract/shapes/permission';
import type { Actor } from '../platform/actor.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Context } from '../platform/http.ts';
import { extendInvitation, type Invitation, insertInvitation, lockOpenInvitation, revokeOpen, selectInvitation } from './invitation.sql.ts';
import { INVITATION_DAYS } from './link.rules.ts';
import { insertLinkRequest } from './link-request.sql.ts';
import { memberOfEmail } from './person.sql.ts';

const DAY_MS = 86_400_000;
type From = Pick<Context, 'db' | 'now' | 'newId' | 'requestId'> & { actor: Actor };

export type InvitationRequest = { email: string; name: string | null; permissions?: readonly Permission[] | undefined } & (
  | { operatorId: bigint }
  /** The operator is made when it is accepted. */
  | { applicationId: bigint; blueprint: object; trialDays: number }
);

const refused = (email: string, reason: 'member' | 'invited_elsewhere'): Refusal =>
  refuse('CONFLICT', reason === 'member' ? `${email} is a member already` : `${email} is invited elsewhere already`, { reason, email });

const sameTarget = (open: Invitation, request: InvitationRequest): boolean =>
  'operatorId' in request ? open.operator_id === request.operatorId : open.application_id === request.applicationId;

/** As an admin. The same address again: a new link in place of the one before. */
export async function inviteMember(from: From, request: InvitationRequest): Promise<Invitation | Refusal> {
  const { db, now, newId } = from;
  const { email, name, permissions = ALL_PERMISSIONS } = request;
  if (await memberOfEmail(db, email)) return refused(email, 'member');
  const open = await lockOpenInvitation(db, email);
  // One that has run out is in nobody's way.
  if (open && open.expires_at <= now && !sameTarget(open, request)) await revokeOpen(db, { id: open.id }, now);
  else if (open && !sameTarget(open, request)) return refused(email, 'invited_elsewhere');
  const expiresAt = new Date(now.getTime() + INVITATION_DAYS * DAY_MS);
  const again = open && sameTarget(open, request) ? open : undefined;
  const id = again?.id ?? newId();
  if (again) await extendInvitation(db, id, expiresAt);
  else {
    const target =
      'operatorId' in request
        ? { operator_id: request.operatorId }
        : { application_id: request.applicationId, blueprint: request.blueprint, trial_days: request.trialDays };
    await insertInvitation(db, { id, email, name, permissions, expires_at: expiresAt, ...target }, now);
  }
  await insertLinkRequest(db, { id: newId(), purpose: 'invite', email, invitationId: id }, now);
  await noteInvitation(from, again ? 'invitation.resend' : 'invitation.create', id, request, {
    email,
    permissions,
    expires_at: expiresAt.toISOString(),
  });
  const target =
    'operatorId' in request
      ? { operator_id: request.operatorId, application_id: null }
      : { operator_id: null, application_id: request.applicationId };
  return again
    ? { ...again, expires_at: expiresAt, sent_at: null }
    : { id, email, name, permissions: [...permissions], expires_at: expiresAt, sent_at: null, created_at: now, ...target };
}

const noteInvitation = (
  { db, actor, now, newId, requestId }: From,
  action: string,
  id: bigint,
  request: InvitationRequest,
  after: object,
) =>
  recordAudit(db, actor, newId(), now, {
    action,
    subject: encodeId('invitation', id as Id<'invitation'>),
    operatorId: 'operatorId' in request ? request.operatorId : null,
    after,
    requestId,
  });

async function noteRevoked(
  { db, actor, now, newId, requestId }: From,
  { id, email, operator_id: operatorId }: Invitation,
  reason: string,
): Promise<void> {
  await recordAudit(db, actor, newId(), now, {
    action: 'invitation.revoke',
    subject: encodeId('invitation', id as Id<'invitation'>),
    operatorId,
    before: { email },
    after: { revoked: true },
    reason,
    requestId,
  });
}

/** Undefined when the operator has no such invitation, false when it is not open any more. As an admin. */
export async function revokeInvitation(
  from: From,
  { operatorId, id }: { operatorId: bigint; id: bigint },
  reason: string,
): Promise<boolean | undefined> {
  const invitation = await selectInvitation(from.db, id);
  if (invitation?.operator_id !== operatorId) return undefined;
  const [revoked] = await revokeOpen(from.db, { id }, from.now);
  if (revoked) await noteRevoked(from, revoked, reason);
  return revoked !== undefined;
}

/** Open invitations of an application come to nothing. As an admin. */
export async function revokeInvitationsOf(from: From, applicationId: bigint, reason: string): Promise<void> {
  for (const invitation of await revokeOpen(from.db, { applicationId }, from.now)) await noteRevoked(from, invitation, reason);
}
