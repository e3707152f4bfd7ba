/** Writes the links that were asked for. Whether anybody has an address is found out here, where nobody waits for the answer. */
import { encodeId, type Id } from '@predictu/contract/ids';
import type { Identities } from '../identity/identity.ts';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Db } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { type MailTemplate, mailSeal, queueMail } from '../platform/queue-mail.ts';
import { noteSent, selectInvitation } from './invitation.sql.ts';
import { LINK_ATTEMPTS, linkPath, linkRetryMinutes, MOST_LINKS_AN_HOUR } from './link.rules.ts';
import { type InvitationWords, invitationMail, recoveryMail, signInMail } from './link-mails.ts';
import { countSent, decideLink, type LinkOutcome, type LinkRequest, putOffLink, takeDueLinks } from './link-request.sql.ts';
import { memberOfEmail, selectInvitationWords } from './person.sql.ts';
import { sealSecret } from './seal-secret.ts';

export type SendLinksDependencies = { database: Database; clock: Clock; newId: NewId; identities: Identities; secretsKey: Uint8Array };

const WORKER: Actor = { kind: 'worker', name: 'send-links' };
const AT_ONCE = 20;
const MINUTE_MS = 60_000;

type Letter = { operatorId: bigint | null } & (
  | { template: MailTemplate<InvitationWords>; data: InvitationWords }
  | { template: MailTemplate<{ email: string }>; data: { email: string } }
);

/** What is to be sent, or why nothing is. */
async function letterOf(db: Db, request: LinkRequest, now: Date): Promise<Letter | LinkOutcome> {
  if (request.invitationId !== null) {
    const invitation = await selectInvitation(db, request.invitationId);
    if (!invitation?.open || invitation.expires_at <= now) return 'nobody';
    const words = await selectInvitationWords(db, invitation.id);
    return words ? { operatorId: invitation.operator_id, template: invitationMail, data: words } : 'nobody';
  }
  const member = await memberOfEmail(db, request.email);
  if (!member || member.revokedAt !== null) return 'nobody';
  if ((await countSent(db, request.email, new Date(now.getTime() - 60 * MINUTE_MS))) >= MOST_LINKS_AN_HOUR) return 'too_many';
  const template = request.purpose === 'recovery' ? recoveryMail : signInMail;
  return { operatorId: member.operatorId, template, data: { email: member.email } };
}

async function sendOne({ database, clock, newId, identities, secretsKey }: SendLinksDependencies, request: LinkRequest): Promise<void> {
  const { id, purpose, email, codeChallenge, nextPath } = request;
  const decide = (outcome: LinkOutcome) => database.as(WORKER, 'write', (db) => decideLink(db, id, outcome, clock.now()));
  const letter = await database.as(WORKER, 'read', (db) => letterOf(db, request, clock.now()));
  if (typeof letter === 'string') return void (await decide(letter));
  const link = await identities.issueLink({ purpose, email, codeChallenge });
  if (!link?.tokenHash) return void (await decide('nobody'));
  const key = `link:${encodeId('request', id as Id<'request'>)}`;
  const sealed = sealSecret(secretsKey, linkPath({ ...link, next: nextPath }), mailSeal(key));
  await database.as(WORKER, 'write', async (db) => {
    const now = clock.now();
    await decideLink(db, id, 'sent', now);
    await queueMail<object>({ db, now, newId }, letter.template as MailTemplate<object>, {
      operatorId: letter.operatorId,
      to: email,
      data: letter.data,
      key,
      sealed,
    });
    if (request.invitationId !== null) await noteSent(db, request.invitationId, now);
  });
}

/** Until nothing is due. A store that does not answer is asked again later; after the last time the request has failed. */
export async function sendLinks(dependencies: SendLinksDependencies): Promise<void> {
  const { database, clock } = dependencies;
  for (;;) {
    const now = clock.now();
    const lease = new Date(now.getTime() + 2 * MINUTE_MS);
    const due = await database.as(WORKER, 'write', (db) => takeDueLinks(db, now, lease, AT_ONCE));
    if (due.length === 0) return;
    for (const request of due) {
      try {
        await sendOne(dependencies, request);
      } catch (error) {
        await putOff(dependencies, request);
        throw error;
      }
    }
  }
}

async function putOff({ database, clock }: SendLinksDependencies, { id, attempts }: LinkRequest): Promise<void> {
  const now = clock.now();
  const again = new Date(now.getTime() + linkRetryMinutes(attempts) * MINUTE_MS);
  await database.as(WORKER, 'write', (db) => (attempts >= LINK_ATTEMPTS ? decideLink(db, id, 'failed', now) : putOffLink(db, id, again)));
}
