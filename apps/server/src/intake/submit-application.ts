/** A company applies. Whatever it is, it lands as a row; only who opened the form like a person gets that far. */
import { Failure, refuse } from '@predictu/contract/errors';
import { encodeId, type Id } from '@predictu/contract/ids';
import type { applyAsOperator as apply, getApplicationForm as form } from '@predictu/contract/public/applications';
import { recordAudit } from '../platform/audit.ts';
import type { Handler } from '../platform/http.ts';
import { DUPLICATE_DAYS, landsAs, MOST_A_DAY, websiteHost } from './application.rules.ts';
import { countFrom, findOriginal, insertApplication } from './application.sql.ts';
import { digestSender, readForm, signForm } from './sign-form.ts';
import { tellApplicant } from './tell-applicant.ts';

const DAY_MS = 86_400_000;
const PROBLEMS = {
  unknown: 'Expected a form token of ours',
  too_young: 'Expected a form token older than three seconds',
  expired: 'Expected a form token of the last 24 hours',
  used: 'Expected a form token that was not used before',
} as const;

function fieldProblem(field: string, expected: string, received: unknown = 'hidden'): Failure {
  return new Failure('VALIDATION_ERROR', `The body does not fit: ${field}`, { fields: [{ field, received, expected }] });
}

export const getApplicationForm =
  (key: Uint8Array): Handler<typeof form> =>
  async ({ now }) => {
    const { token, usableAt, expiresAt } = signForm(key, now);
    return { data: { form_token: token, usable_at: usableAt, expires_at: expiresAt } };
  };

export const applyAsOperator =
  (key: Uint8Array): Handler<typeof apply> =>
  async (context, { body }) => {
    const { db, actor, now, newId, requestId, client, setHeader } = context;
    const { form_token: token, fax, consent: _, ...said } = body;
    const read = readForm(key, token, now);
    if ('problem' in read) throw fieldProblem('form_token', PROBLEMS[read.problem]);
    const host = websiteHost(said.website_url);
    if (host === undefined) throw fieldProblem('website_url', 'Expected an address with a host', said.website_url);
    const before = (days: number): Date => new Date(now.getTime() - days * DAY_MS);
    const sender = digestSender(key, client.ip);
    if ((await countFrom(db, sender, before(1))) >= MOST_A_DAY) {
      setHeader('retry-after', '86400');
      return refuse('RATE_LIMITED', 'Too many applications from here today', { retry_after_seconds: 86_400 });
    }
    const original = await findOriginal(db, said.contact_email, host, before(DUPLICATE_DAYS));
    const status = landsAs({ honeypot: fax, original });
    const id = newId() as Id<'application'>;
    const application = { ...said, id, status, website_host: host, created_at: now, updated_at: now, consent_at: now };
    const duplicateOf = status === 'duplicate' ? (original ?? null) : null;
    const landed = await insertApplication(db, {
      ...application,
      duplicate_of: duplicateOf,
      form_nonce: read.nonce,
      sender_digest: sender,
    });
    if (!landed) throw fieldProblem('form_token', PROBLEMS.used);
    await recordAudit(db, actor, newId(), now, {
      action: 'application.submit',
      subject: encodeId('application', id),
      after: { status, company: said.company, website_url: said.website_url, contact_email: said.contact_email },
      requestId,
    });
    if (status !== 'spam') await tellApplicant(context, application, status === 'duplicate' ? 'received_again' : 'received', { fact: id });
    return { data: { id, status: 'received' as const, submitted_at: now } };
  };
