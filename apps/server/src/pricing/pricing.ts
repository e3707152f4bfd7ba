/**
 * Door of pricing. Nouns: spread, fee, quote, receipt; all of them rules without state. What is not pure is here:
 * the seal of a binding quote. Invariants: a token that `readQuote` returns was sealed by this installation, unaltered;
 * and nobody outside can read in it what the price was made of (the player's score, the platform's exposure).
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { type QuoteClaims, readClaims, writeClaims } from './quote.rules.ts';

export type QuoteSigner = {
  signQuote(claims: QuoteClaims): string;
  /** The claims, or undefined when the token was altered or is not ours. Expiry and match: `checkQuote`. */
  readQuote(token: string): QuoteClaims | undefined;
};

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM, which seals and authenticates, with a key derived from the instance secret: quotes and sessions never share a key. */
export function quoteSigner(instanceSecret: string): QuoteSigner {
  const key = Buffer.from(hkdfSync('sha256', instanceSecret, '', 'predictu quote', 32));
  return {
    signQuote(claims) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce);
      const sealed = [cipher.update(writeClaims(claims), 'utf8'), cipher.final()];
      return Buffer.concat([nonce, ...sealed, cipher.getAuthTag()]).toString('base64url');
    },
    readQuote(token) {
      const bytes = Buffer.from(token, 'base64url');
      // base64url has several spellings of the same bytes; only ours counts.
      if (bytes.length <= NONCE_BYTES + TAG_BYTES || bytes.toString('base64url') !== token) return undefined;
      const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
      decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
      try {
        return readClaims(decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8'));
      } catch {
        return undefined;
      }
    },
  };
}
