/** What the keepers of an operator's access are told: key pairs made, rotated and withdrawn, and how the proof of an origin went. */
import { encodeId, type Id } from '@predictu/contract/ids';
import type { Actor } from '../platform/actor.ts';
import type { Context } from '../platform/http.ts';
import type { MailPart } from '../platform/mail-text.ts';
import { type MailTemplate, queueMail } from '../platform/queue-mail.ts';
import { selectAddresses } from './member-address.sql.ts';

/** Instants are ISO 8601; the prefix is what anybody may see of a pair. */
export type KeyWords = {
  name: string;
  prefix: string;
  permissions: readonly string[];
  by: string;
  at: string;
  expires_at: string | null;
  /** Of a rotation: until when the pair before works. */
  overlap_until?: string;
};
export type OriginWords = { origin: string; at: string; detail: string; record: string };

const instant = (text: string): string => `${text.slice(0, 10)}, ${text.slice(11, 16)} UTC`;
const NOT_YOU = 'If nobody of yours did this, withdraw the pair in the console at once and change your passwords.';

const keyFacts = ({ name, prefix, permissions, by, at, expires_at: expiresAt }: KeyWords): MailPart => ({
  kind: 'facts',
  facts: [
    ['Key pair', name],
    ['Begins with', prefix],
    ['May', permissions.join(', ')],
    ['By', by],
    ['At', instant(at)],
    ['Works until', expiresAt === null ? 'it is withdrawn' : instant(expiresAt)],
  ],
});
const TO_KEYS: MailPart = { kind: 'link', label: 'Open key pairs', href: '/operator/api-keys' };

export const keyCreatedMail: MailTemplate<KeyWords> = {
  name: 'api-key-created',
  brand: 'platform',
  write: (words) => ({
    subject: `A key pair was made: ${words.name}`,
    heading: 'A new key pair',
    parts: [
      { kind: 'text', text: 'Whoever holds its secret calls the API as you. The secret was shown once and stands in no mail.' },
      keyFacts(words),
      TO_KEYS,
      { kind: 'note', text: NOT_YOU },
    ],
  }),
};

const untilWhen = ({ overlap_until: until }: KeyWords): string =>
  until === undefined
    ? 'The pair before it works no longer.'
    : `The pair before it works until ${instant(until)}: bring in the new one by then.`;

export const keyRotatedMail: MailTemplate<KeyWords> = {
  name: 'api-key-rotated',
  brand: 'platform',
  write: (words) => ({
    subject: `A key pair was rotated: ${words.name}`,
    heading: 'A key pair was rotated',
    parts: [{ kind: 'text', text: untilWhen(words) }, keyFacts(words), TO_KEYS, { kind: 'note', text: NOT_YOU }],
  }),
};

export const keyRevokedMail: MailTemplate<KeyWords> = {
  name: 'api-key-revoked',
  brand: 'platform',
  write: (words) => ({
    subject: `A key pair was withdrawn: ${words.name}`,
    heading: 'A key pair was withdrawn',
    parts: [
      { kind: 'text', text: 'It works no longer, for ever. What still uses it is answered 401.' },
      {
        kind: 'facts',
        facts: [
          ['Key pair', words.name],
          ['Begins with', words.prefix],
          ['By', words.by],
          ['At', instant(words.at)],
        ],
      },
      TO_KEYS,
    ],
  }),
};

const TO_EMBED: MailPart = { kind: 'link', label: 'Open the embed', href: '/operator/embed' };

export const originVerifiedMail: MailTemplate<OriginWords> = {
  name: 'origin-verified',
  brand: 'platform',
  write: ({ origin, at, detail }) => ({
    subject: `${origin} may show your markets`,
    heading: 'An origin is verified',
    parts: [
      { kind: 'text', text: 'Its pages show the embed from now on.' },
      {
        kind: 'facts',
        facts: [
          ['Origin', origin],
          ['Found', detail],
          ['At', instant(at)],
        ],
      },
      TO_EMBED,
      { kind: 'note', text: 'If nobody of yours asked for it, remove it in the console: its pages then show the embed no longer.' },
    ],
  }),
};

export const originWaitingMail: MailTemplate<OriginWords> = {
  name: 'origin-waiting',
  brand: 'platform',
  write: ({ origin, detail, record }) => ({
    subject: `${origin} is not verified yet`,
    heading: 'An origin waits for its proof',
    parts: [
      {
        kind: 'text',
        text: `We ask its domain every five minutes and have not found the TXT record for a day. Its pages do not show the embed.`,
      },
      {
        kind: 'facts',
        facts: [
          ['Origin', origin],
          ['Last answer', detail],
        ],
      },
      { kind: 'text', text: 'The record to add, at the domain or below it as the console shows:' },
      { kind: 'code', text: record },
      TO_EMBED,
      { kind: 'note', text: 'We go on asking, and tell you when it is found.' },
    ],
  }),
};

export const accessMails = [keyCreatedMail, keyRotatedMail, keyRevokedMail, originVerifiedMail, originWaitingMail];

/** Who did it, as colleagues know them. */
export function nameOf(actor: Actor): string {
  if (actor.kind === 'operator' || actor.kind === 'admin') return actor.email;
  if (actor.kind === 'apiKey') return `the key pair ${encodeId('apiKey', actor.keyId as Id<'apiKey'>)}`;
  return 'the platform';
}

/** In the transaction of what it tells: everybody who may change key pairs and origins. */
export async function tellKeepers<Words extends object>(
  context: Pick<Context, 'db' | 'now' | 'newId'>,
  template: MailTemplate<Words>,
  { operatorId, fact, words }: { operatorId: bigint; fact: string; words: NoInfer<Words> },
): Promise<void> {
  const to = await selectAddresses(context.db, operatorId, 'config');
  await queueMail(context, template, { operatorId, to, data: words, key: `${template.name}:${fact}` });
}
