/** What the mails with links say. The link itself travels sealed. */
import type { MailTemplate } from '../platform/queue-mail.ts';
import { INVITATION_DAYS, INVITATION_LIFE_MS, LINK_LIFE_MS } from './link.rules.ts';

export type InvitationWords = { company: string; name: string | null; trialDays: number | null };

const hello = (name: string | null): string => (name === null ? 'Hello' : `Hello ${name}`);

export const invitationMail: MailTemplate<InvitationWords> = {
  name: 'invitation',
  brand: 'platform',
  lifeMs: INVITATION_LIFE_MS,
  write: ({ company, name, trialDays }, link) => ({
    subject: `Your invitation to Predictu for ${company}`,
    heading: trialDays === null ? `Your account for ${company}` : `${company} is approved`,
    parts: [
      {
        kind: 'text',
        text:
          trialDays === null
            ? `${hello(name)}, you are invited to the console of ${company}.`
            : `${hello(name)}, this link makes your operator, on trial for ${trialDays} days. You choose a password and are in.`,
      },
      { kind: 'link', label: 'Accept the invitation', href: link },
      { kind: 'note', text: `It works once, for ${INVITATION_DAYS} days. Whoever has it can come in: keep it to yourself.` },
    ],
  }),
};

export const signInMail: MailTemplate<{ email: string }> = {
  name: 'sign-in-link',
  brand: 'platform',
  lifeMs: LINK_LIFE_MS,
  write: ({ email }, link) => ({
    subject: 'Your link to sign in to Predictu',
    heading: 'Sign in',
    parts: [
      { kind: 'text', text: `Somebody asked for a link to sign in as ${email}. Open it in the browser in which it was asked for.` },
      { kind: 'link', label: 'Sign in', href: link },
      { kind: 'note', text: 'It works once, for an hour. If it was not you, nothing has happened and nothing will.' },
    ],
  }),
};

export const recoveryMail: MailTemplate<{ email: string }> = {
  name: 'password-link',
  brand: 'platform',
  lifeMs: LINK_LIFE_MS,
  write: ({ email }, link) => ({
    subject: 'Set a new password for Predictu',
    heading: 'Set a new password',
    parts: [
      { kind: 'text', text: `Somebody asked for a new password for ${email}. Setting one ends every other session of yours.` },
      { kind: 'link', label: 'Set a new password', href: link },
      { kind: 'note', text: 'It works once, for an hour. If it was not you, your password stays as it is.' },
    ],
  }),
};

export const linkMails = [invitationMail, signInMail, recoveryMail];
