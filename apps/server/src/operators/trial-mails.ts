/** What an operator on trial is told, in time. */
import type { MailPart } from '../platform/mail-text.ts';
import type { MailTemplate } from '../platform/queue-mail.ts';
import type { TrialNotice } from './trial.rules.ts';

export type TrialWords = { name: string; notice: TrialNotice; ends_at: string; read_only_from: string };

const day = (instant: string): string => `${instant.slice(0, 10)}, ${instant.slice(11, 16)} UTC`;

const SAID: Record<TrialNotice, (words: TrialWords) => { subject: string; text: string }> = {
  ends_in_7: ({ name }) => ({
    subject: `The trial of ${name} ends in a week`,
    text: 'Tell us how you want to go on; answering this mail is enough.',
  }),
  ends_in_3: ({ name }) => ({
    subject: `The trial of ${name} ends in three days`,
    text: 'Tell us how you want to go on; answering this mail is enough.',
  }),
  ends_in_1: ({ name }) => ({
    subject: `The trial of ${name} ends tomorrow`,
    text: 'After it everything still works for a week, so that nothing stops in the middle.',
  }),
  grace: ({ name }) => ({
    subject: `The trial of ${name} has ended`,
    text: 'Everything still works for a week. Then the workspace can be read and not changed.',
  }),
  read_only_in_2: ({ name }) => ({
    subject: `${name} becomes read-only in two days`,
    text: 'Then your players sell and withdraw as always, but buy and deposit no more, until we go on together.',
  }),
  over: ({ name }) => ({
    subject: `${name} is read-only now`,
    text: 'Your players sell and withdraw as always; they buy and deposit no more. Markets settle, wins are paid, and nothing is deleted.',
  }),
};

export const trialMail: MailTemplate<TrialWords> = {
  name: 'trial',
  brand: 'platform',
  write(words) {
    const { subject, text } = SAID[words.notice](words);
    const facts: MailPart = {
      kind: 'facts',
      facts: [
        ['Trial until', day(words.ends_at)],
        ['Read-only from', day(words.read_only_from)],
      ],
    };
    return {
      subject,
      heading: subject,
      parts: [{ kind: 'text', text }, facts, { kind: 'link', label: 'Open the workspace', href: '/dashboard' }],
    };
  },
};
