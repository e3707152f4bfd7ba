/** The token of the public form: says when it was opened, under our key, so that nobody sends one faster than a person reads it. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const LEAST_AGE_MS = 3_000;
const LIFE_MS = 24 * 3_600_000;

export type FormToken = { token: string; usableAt: Date; expiresAt: Date };
export type FormProblem = 'unknown' | 'too_young' | 'expired';

const signature = (key: Uint8Array, text: string): string => createHmac('sha256', key).update(text).digest('base64url');

/** A token for one submission, from three seconds on until tomorrow. */
export function signForm(key: Uint8Array, now: Date): FormToken {
  const text = `${now.getTime().toString(36)}.${randomBytes(12).toString('base64url')}`;
  const after = (ms: number): Date => new Date(now.getTime() + ms);
  return { token: `${text}.${signature(key, text)}`, usableAt: after(LEAST_AGE_MS), expiresAt: after(LIFE_MS) };
}

/** The token's own name, which counts once, or why it does not count. */
export function readForm(key: Uint8Array, token: string, now: Date): { nonce: string } | { problem: FormProblem } {
  const [at = '', nonce = '', signed = ''] = token.split('.');
  const expected = Buffer.from(signature(key, `${at}.${nonce}`));
  const given = Buffer.from(signed);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return { problem: 'unknown' };
  const age = now.getTime() - Number.parseInt(at, 36);
  if (age < LEAST_AGE_MS) return { problem: 'too_young' };
  return age > LIFE_MS ? { problem: 'expired' } : { nonce };
}

/** Tells senders apart without keeping their addresses. */
export const digestSender = (key: Uint8Array, ip: string): string => signature(key, `sender|${ip}`).slice(0, 22);
