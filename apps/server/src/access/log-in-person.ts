/** Logs a person in to God Mode or to an operator's console. */

import type { Id } from '@predictu/contract/ids';
import type { adminLogin, operatorLogin } from '@predictu/contract/public/auth';
import type { SessionClaims } from '@predictu/contract/shapes/session-claims';
import { readPlatformConfig } from '../config/config.ts';
import type { Actor } from '../platform/actor.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Handler } from '../platform/http.ts';
import { type Person, type Realm, recordLogin } from './person.sql.ts';
import { type AccessContext, type Login, type LoginDependencies, requireSecondFactor, withPassword } from './prove-person.ts';
import type { SessionTokens } from './sign-session.ts';

export type LogInDependencies = LoginDependencies & { tokens: SessionTokens };

/** The documented claims of a person's token. */
function claimsOf({ id, operatorId, operatorSlug, permissions }: Person): SessionClaims {
  return operatorId === null
    ? { sub: id as Id<'admin'>, role: 'predictu_admin', permissions }
    : {
        sub: id as Id<'operatorMember'>,
        role: 'operator_admin',
        operator_slug: operatorSlug ?? '',
        operator_id: operatorId as Id<'operator'>,
        permissions,
      };
}

type Acting = Pick<Person, 'id' | 'operatorId' | 'operatorSlug' | 'email' | 'permissions' | 'readOnly'>;
/** The actor a person is, for what they do and for the audit log. */
export function actorOf({ id, operatorId, operatorSlug, email, permissions, readOnly }: Acting): Actor {
  return operatorId === null
    ? { kind: 'admin', adminId: id, email, permissions }
    : { kind: 'operator', operatorId, slug: operatorSlug ?? '', memberId: id, email, permissions, readOnly };
}

/** Who has proved it gets a session; noted with how. */
export async function openSession(
  { tokens }: Pick<LogInDependencies, 'tokens'>,
  realm: Realm,
  person: Person,
  { db, now, newId, requestId, client }: AccessContext,
  how: object = {},
) {
  await recordLogin(db, realm, person.id, now);
  await recordAudit(db, actorOf(person), newId(), now, {
    action: `${realm}.login`,
    subject: `${realm}:${person.email}`,
    after: { ip: client.ip, user_agent: client.userAgent, second_factor: person.totpSecret !== null, ...how },
    requestId,
  });
  const { config } = await readPlatformConfig(db);
  const { token, expiresAt } = await tokens.sign(claimsOf(person), now, config.defaults.session_timeout_hours * 3_600);
  return { token, token_type: 'Bearer' as const, expires_at: expiresAt };
}

async function logIn(dependencies: LogInDependencies, realm: Realm, context: AccessContext, login: Login) {
  return withPassword(dependencies, realm, login, context, async (person) => {
    const required = realm === 'admin' && dependencies.adminTotpRequired;
    await requireSecondFactor(dependencies, realm, person, login.totp, required, context);
    return { person, session: await openSession(dependencies, realm, person, context) };
  });
}

const described = ({ email, name, permissions, totpSecret }: Person) => ({ email, name, permissions, totp_enrolled: totpSecret !== null });

/** A member as their session shows them. */
export const describeMember = (person: Person) => ({
  id: person.id as Id<'operatorMember'>,
  role: 'operator_admin' as const,
  operator_id: (person.operatorId ?? 0n) as Id<'operator'>,
  operator_slug: person.operatorSlug ?? '',
  ...described(person),
});

export const logInAdmin =
  (dependencies: LogInDependencies): Handler<typeof adminLogin> =>
  async (context, { body }) => {
    const { person, session } = await logIn(dependencies, 'admin', context, body);
    return { data: { ...session, user: { id: person.id as Id<'admin'>, role: 'predictu_admin', ...described(person) } } };
  };

export const logInMember =
  (dependencies: LogInDependencies): Handler<typeof operatorLogin> =>
  async (context, { body }) => {
    const { person, session } = await logIn(dependencies, 'operator', context, body);
    return { data: { ...session, user: describeMember(person) } };
  };
