/**
 * Door of pricing. Nouns: spread, fee, quote, receipt; all of them rules without state. What is not pure is here:
 * the signature of a binding quote. Invariant: a token that `readQuote` returns was signed by this installation, unaltered.
 */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { type QuoteClaims, readClaims, writeClaims } from './quote.rules.ts';

export type QuoteSigner = {
  signQuote(claims: QuoteClaims): string;
  /** The claims, or undefined when the token was altered or is not ours. Expiry and match: `checkQuote`. */
  readQuote(token: string): QuoteClaims | undefined;
};

/** HMAC-SHA256 with a key derived from the instance secret: quotes and sessions never share a key. */
export function quoteSigner(instanceSecret: string): QuoteSigner {
  const key = Buffer.from(hkdfSync('sha256', instanceSecret, '', 'predictu quote', 32));
  const seal = (payload: string): string => createHmac('sha256', key).update(payload).digest('base64url');
  return {
    signQuote(claims) {
      const payload = Buffer.from(writeClaims(claims)).toString('base64url');
      return `${payload}.${seal(payload)}`;
    },
    readQuote(token) {
      const [payload, signature, ...rest] = token.split('.');
      if (payload === undefined || signature === undefined || rest.length > 0) return undefined;
      // Compared as text: base64url has several spellings of the same bytes.
      const given = Buffer.from(signature);
      const expected = Buffer.from(seal(payload));
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
      return readClaims(Buffer.from(payload, 'base64url').toString());
    },
  };
}
