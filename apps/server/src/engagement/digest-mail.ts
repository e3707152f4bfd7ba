/** The e-mail that sums up a player's days, in its operator's name. */
import type { MailPart } from '../platform/mail-text.ts';
import type { MailTemplate } from '../platform/queue-mail.ts';

/** Amounts are cents as text: they wait as JSON. */
export type DigestMail = {
  /** Whose days these are; absent in messages of releases before. */
  player?: string;
  often: 'daily' | 'weekly';
  name: string | null;
  trades: number;
  pnl: string;
  open: number;
  worth: string;
  /** Whole percents. */
  movers: { title: string; now: number; before: number }[];
};

function dollars(text: string, signed = false): string {
  const amount = BigInt(text);
  const size = amount < 0n ? -amount : amount;
  const sign = amount < 0n ? '-' : signed && amount > 0n ? '+' : '';
  return `${sign}$${size / 100n}.${String(size % 100n).padStart(2, '0')}`;
}

const partsOf = ({ trades, pnl, open, worth, movers }: DigestMail): MailPart[] => [
  {
    kind: 'facts',
    facts: [
      ['Trades', String(trades)],
      ['Result of what was closed', dollars(pnl, true)],
      ['Open positions', open === 0 ? 'none' : `${open}, worth ${dollars(worth)} now`],
    ],
  },
  ...(movers.length > 0 ? [{ kind: 'text' as const, text: 'Markets you watch that moved most:' }] : []),
  ...movers.map(({ title, now, before }): MailPart => ({ kind: 'text', text: `${title}\nYes ${now}%, was ${before}%` })),
  { kind: 'note', text: 'You asked for this e-mail. Unsubscribe below, or choose how often it comes on your account’s page.' },
];

export const playerDigest: MailTemplate<DigestMail> = {
  name: 'player-digest',
  brand: 'operator',
  write: (data) => ({
    subject: data.often === 'daily' ? 'Your day in prediction markets' : 'Your week in prediction markets',
    heading: data.name ? `Hello ${data.name}` : 'Hello',
    parts: partsOf(data),
  }),
};
