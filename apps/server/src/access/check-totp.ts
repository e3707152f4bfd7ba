/** One-time codes: 6 digits, 30 seconds, one step of leeway either way; each is accepted once. */
import { Failure } from '@predictu/contract/errors';
import { Secret, TOTP } from 'otpauth';
import type { Db } from '../platform/db.ts';
import { type Person, type Realm, takeTotpStep } from './person.sql.ts';

const PERIOD_SECONDS = 30;
const LEEWAY_STEPS = 1;

const authenticator = (email: string, secret: Secret) =>
  new TOTP({ issuer: 'Predictu', label: email, secret, digits: 6, period: PERIOD_SECONDS });

/** A new authenticator: its secret for typing and the address its QR code holds. */
export function newAuthenticator(email: string): { secret: string; otpauthUrl: string } {
  const secret = new Secret({ size: 20 });
  return { secret: secret.base32, otpauthUrl: authenticator(email, secret).toString() };
}

/** Accepts a code of this secret and uses it up, or throws UNAUTHORIZED. */
export async function checkTotp(
  db: Db,
  realm: Realm,
  person: Pick<Person, 'id' | 'email'>,
  secret: string,
  token: string,
  now: Date,
): Promise<void> {
  const timestamp = now.getTime();
  const delta = authenticator(person.email, Secret.fromBase32(secret)).validate({ token, timestamp, window: LEEWAY_STEPS });
  const step = delta === null ? undefined : BigInt(Math.floor(timestamp / 1_000 / PERIOD_SECONDS) + delta);
  if (step === undefined || !(await takeTotpStep(db, realm, person.id, step))) {
    throw new Failure('UNAUTHORIZED', 'The code is wrong or was used before', { reason: 'totp_invalid' });
  }
}
