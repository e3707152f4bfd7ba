/** Every template there is, with data as it waits: what its recipient reads, as text and as HTML. */
import { JSDOM } from 'jsdom';
import { expect, test } from 'vitest';
import { mailTemplates } from '../src/mails.ts';
import { type MailBrand, renderMail } from '../src/platform/mail-text.ts';
import type { MailTemplate } from '../src/platform/queue-mail.ts';

const BRAND: MailBrand = { name: 'Lucky Spins', colour: '#00ff88', logoUrl: null, footer: 'Lucky Spins.', replyTo: null };
const invoice = { invoice: 'inv_0000000000001', number: 'INV-000001', total: '125000', left: '125000', dueOn: '2026-07-01' };
const application = { company: 'Halcyon', name: 'Ines', reference: 'app_0000000000001', reason: 'Which licence?' };
const key = {
  name: 'Production',
  prefix: 'pk_live_ab12',
  permissions: ['server_api', 'read_only'],
  by: 'ines@halcyon.example',
  at: '2026-06-01T12:00:00.000Z',
  expires_at: null,
};
const origin = {
  origin: 'https://play.halcyon.example',
  at: '2026-06-01T12:00:00.000Z',
  detail: 'play.halcyon.example has no such record',
  record: 'predictu-verify=pred_verify_0123',
};
const LINK = '/auth/confirm?token_hash=abc&type=invite';

/** Data as the next release reads it, and the subject it gives. */
const CASES: Record<string, [data: object, subject: string]> = {
  'invoice-sent': [invoice, 'Invoice INV-000001: $1,250.00 due on 2026-07-01'],
  'invoice-overdue': [invoice, 'Invoice INV-000001 is overdue'],
  'invoice-taken-back': [{ ...invoice, reason: 'A duplicate' }, 'Invoice INV-000001 was taken back'],
  invitation: [{ company: 'Halcyon', name: 'Ines', trialDays: 14 }, 'Your invitation to Predictu for Halcyon'],
  'sign-in-link': [{ email: 'ines@halcyon.example' }, 'Your link to sign in to Predictu'],
  'password-link': [{ email: 'ines@halcyon.example' }, 'Set a new password for Predictu'],
  'api-key-created': [key, 'A key pair was made: Production'],
  'api-key-rotated': [{ ...key, overlap_until: '2026-06-02T12:00:00.000Z' }, 'A key pair was rotated: Production'],
  'api-key-revoked': [key, 'A key pair was withdrawn: Production'],
  'origin-verified': [origin, 'https://play.halcyon.example may show your markets'],
  'origin-waiting': [origin, 'https://play.halcyon.example is not verified yet'],
  'credits-low': [{ left: 95, answers: { claude: 19, rules: 95 } }, '95 credits are left for your copilot'],
  'application-received': [application, 'We have the application of Halcyon'],
  'application-received-again': [application, 'We have the application of Halcyon already'],
  'application-in-review': [application, 'The application of Halcyon is being read'],
  'application-question': [application, 'A question about the application of Halcyon'],
  'application-rejected': [application, 'The application of Halcyon'],
  'player-digest': [
    { often: 'daily', name: 'ana', trades: 3, pnl: '-250', open: 1, worth: '1234', movers: [{ title: 'Will it?', now: 60, before: 40 }] },
    'Your day in prediction markets',
  ],
  trial: [
    { name: 'Halcyon', notice: 'grace', ends_at: '2026-06-01T00:00:00.000Z', read_only_from: '2026-06-08T00:00:00.000Z' },
    'The trial of Halcyon has ended',
  ],
  'report-ready': [
    { title: 'trades', rows: 12, from: null, to: null, attached: true, page: '/operator/reports', scheduled: true },
    'Report: trades',
  ],
};
const rendered = (name: string) => {
  const template = mailTemplates.find((one) => one.name === name) as MailTemplate<object>;
  const [data] = CASES[name] as [object, string];
  const waited = JSON.parse(JSON.stringify(data)) as object;
  return renderMail(template.write(waited, LINK), BRAND, 'https://predictu.example');
};

test('every template has a case, under a name of its own', () => {
  expect(mailTemplates.map(({ name }) => name).sort()).toEqual(Object.keys(CASES).sort());
});

test.each(Object.entries(CASES))('%s says the same as text and as HTML', (name, [, subject]) => {
  const { text, html, ...mail } = rendered(name);
  expect(mail.subject).toBe(subject);
  expect(`${text}${html}`).not.toMatch(/undefined|null|NaN|\[object|Invalid Date/);
  const { document } = new JSDOM(html).window;
  const words = (part: string): string => part.replace(/[\s:]+/g, '');
  const shown = words(document.body.textContent ?? '') + [...document.querySelectorAll('a')].map(({ href }) => words(href)).join('');
  for (const line of text.split('\n').filter((one) => one.trim() && one !== '-- ')) expect(shown).toContain(words(line));
  for (const { href } of document.querySelectorAll('a')) expect(href).toMatch(/^https:\/\/predictu\.example\//);
});

const NOTICES = ['api-key-created', 'api-key-rotated', 'api-key-revoked', 'origin-verified', 'origin-waiting', 'credits-low'];
test('notices of access and credits, as they are read', async () => {
  const texts = NOTICES.map((name) => `${rendered(name).subject}\n\n${rendered(name).text}`);
  await expect(texts.join('\n==========\n\n')).toMatchFileSnapshot('./mail-templates.snapshot.txt');
});
