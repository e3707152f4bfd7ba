/** PKCE (RFC 7636): what a browser keeps, and what of it may be known. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** 43 characters that nobody guesses. */
export const randomSecret = (): string => randomBytes(32).toString('base64url');

export const challengeOf = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');

/** Whether this verifier belongs to the challenge. */
export function provesChallenge(verifier: string, challenge: string): boolean {
  const made = Buffer.from(challengeOf(verifier));
  const kept = Buffer.from(challenge);
  return made.length === kept.length && timingSafeEqual(made, kept);
}

/** What is stored of a secret that only has to be recognised. */
export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');
