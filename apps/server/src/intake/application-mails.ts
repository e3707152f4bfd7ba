/** What an applicant is told, step by step. The invitation itself is a mail of access. */
import type { MailTemplate } from '../platform/queue-mail.ts';

export type ApplicationWords = { company: string; name: string; reference: string; reason: string | null };

const mail = (
  name: string,
  words: (application: ApplicationWords) => { subject: string; heading: string; said: readonly string[]; quoted?: string | null },
): MailTemplate<ApplicationWords> => ({
  name,
  brand: 'platform',
  write(application) {
    const { subject, heading, said, quoted } = words(application);
    return {
      subject,
      heading,
      parts: [
        { kind: 'text', text: `Hello ${application.name}, ${said[0] ?? ''}` },
        ...(quoted ? [{ kind: 'note' as const, text: quoted }] : []),
        ...said.slice(1).map((text) => ({ kind: 'text' as const, text })),
        {
          kind: 'facts',
          facts: [
            ['Company', application.company],
            ['Application', application.reference],
          ],
        },
      ],
    };
  },
});

export const MAILS = {
  received: mail('application-received', ({ company }) => ({
    subject: `We have the application of ${company}`,
    heading: 'Your application is here',
    said: ['a person reads it, usually within two working days, and you hear from us either way.'],
  })),
  received_again: mail('application-received-again', ({ company }) => ({
    subject: `We have the application of ${company} already`,
    heading: 'We have it already',
    said: ['what you sent just now was joined to the application you sent before. Nothing is lost, and nothing is left for you to do.'],
  })),
  in_review: mail('application-in-review', ({ company }) => ({
    subject: `The application of ${company} is being read`,
    heading: 'A person is reading it',
    said: ['your application is being looked at now. We write when there is a decision or a question.'],
  })),
  needs_information: mail('application-question', ({ company, reason }) => ({
    subject: `A question about the application of ${company}`,
    heading: 'We need to know more',
    said: ['before we can decide we have a question:', 'Answer this mail; the application waits meanwhile.'],
    quoted: reason,
  })),
  rejected: mail('application-rejected', ({ company, reason }) => ({
    subject: `The application of ${company}`,
    heading: 'We cannot take you on',
    said: ['we have decided against your application, for this reason:', 'When that changes, apply again.'],
    quoted: reason,
  })),
} as const;

export const applicationMails = Object.values(MAILS);
