/** Finds out whether the caller is who they say: password first, then the second factor. */
import { Failure } from '@predictu/contract/errors';
import type { Identities } from '../identity/identity.ts';
import type { Actor } from '../platform/actor.ts';
import type { Database } from '../platform/db.ts';
import type { Context } from '../platform/http.ts';
import { checkTotp } from './check-totp.ts';
import type { Passwords } from './hash-password.ts';
import type { GuessLimits } from './limit-guesses.ts';
import { adminByEmail, memberByAuthUser, type Person, type Realm } from './person.sql.ts';
import { openSecret } from './seal-secret.ts';
import { secondFactor } from './totp.rules.ts';

export type AccessContext = Context<Extract<Actor, { kind: 'access' }>>;
export type LoginDependencies = {
  database: Database;
  /** Knows the passwords of members; those of the platform's staff are here. */
  identities: Identities;
  passwords: Passwords;
  guesses: GuessLimits;
  secretsKey: Uint8Array;
  /** Admins must have enrolled an authenticator. */
  adminTotpRequired: boolean;
};
export type Login = { email: string; password: string; totp?: string | undefined };

export const ACCESS: Actor = { kind: 'access' };
export const totpBelongsTo = (realm: Realm, id: bigint): string => `totp:${realm}:${id}`;

/** Throws FORBIDDEN when the role is revoked or the operator suspended. */
export function requireStanding(person: Pick<Person, 'revokedAt' | 'operatorStatus'>): void {
  if (person.revokedAt) throw new Failure('FORBIDDEN', 'This role has been revoked', { reason: 'role_revoked' });
  if (person.operatorStatus === 'suspended') throw new Failure('FORBIDDEN', 'The operator is suspended', { reason: 'operator_suspended' });
}

type Proving = Pick<LoginDependencies, 'database' | 'identities' | 'passwords'>;

async function adminOf({ database, passwords }: Proving, { email, password }: Login): Promise<Person | undefined> {
  // Read in a transaction of its own: hashing takes long, and no transaction should idle meanwhile.
  const person = await database.as(ACCESS, 'read', (db) => adminByEmail(db, email));
  return (await passwords.verify(person?.passwordHash ?? undefined, password)) ? person : undefined;
}

async function memberOf({ database, identities }: Proving, { email, password }: Login): Promise<Person | undefined> {
  const user = await identities.checkPassword(email, password);
  return user && database.as(ACCESS, 'read', (db) => memberByAuthUser(db, user.id));
}

/** Runs `then` for whoever the e-mail and password belong to; a wrong one counts against (address, e-mail). */
export function withPassword<T>(
  { guesses, ...proving }: LoginDependencies,
  realm: Realm,
  login: Login,
  context: AccessContext,
  then: (person: Person) => Promise<T>,
): Promise<T> {
  return guesses.guess(`${realm}|${context.client.ip}|${login.email.toLowerCase()}`, context.setHeader, async () => {
    const person = await (realm === 'admin' ? adminOf : memberOf)(proving, login);
    if (!person) throw new Failure('UNAUTHORIZED', 'Wrong e-mail or password');
    requireStanding(person);
    return then(person);
  });
}

/** Lets the person pass, or throws what is missing: a code, the right code, an authenticator. */
export async function requireSecondFactor(
  { guesses, secretsKey }: LoginDependencies,
  realm: Realm,
  person: Person,
  code: string | undefined,
  required: boolean,
  { db, now, setHeader }: AccessContext,
): Promise<void> {
  const { id, totpSecret } = person;
  switch (secondFactor({ enrolled: totpSecret !== null, required, code })) {
    case 'missing':
      throw new Failure('UNAUTHORIZED', 'The code of the authenticator is needed', { reason: 'totp_required' });
    case 'enrol':
      throw new Failure('FORBIDDEN', 'Enrol an authenticator first', { reason: 'totp_enrolment_required' });
    case 'check': {
      const secret = openSecret(secretsKey, totpSecret ?? '', totpBelongsTo(realm, id));
      // Counted for the person from everywhere: only who knows the password can use these guesses up.
      await guesses.guess(`code|${realm}|${id}`, setHeader, () => checkTotp(db, realm, person, secret, code ?? '', now));
      return;
    }
    case 'none':
  }
}
