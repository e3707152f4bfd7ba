/** Links by e-mail: asked for, opened, and made a session of. The address bar never holds a session. */
import { Failure } from '@predictu/contract/errors';
import type { authCallback, endSignIn, getSignIn, requestLink } from '@predictu/contract/public/sign-in';
import {
  type AuthUser,
  adoptPerson,
  type Browser,
  beginHandover,
  browserOf,
  type Handover,
  type HandoverPurpose,
  type LinkPurpose,
  lookAtHandover,
  useHandover,
} from '../identity/identity.ts';
import { recordAudit } from '../platform/audit.ts';
import type { Db } from '../platform/db.ts';
import type { Handler } from '../platform/http.ts';
import { CALLBACK_PATH, continuePath, problemPath } from './link.rules.ts';
import { insertLinkRequest } from './link-request.sql.ts';
import { actorOf, describeMember, type LogInDependencies, openSession } from './log-in-person.ts';
import { passwordProblem } from './password.rules.ts';
import { memberByAuthUser, type Person, setSessionsFrom } from './person.sql.ts';
import { ACCESS, requireSecondFactor, requireStanding } from './prove-person.ts';

/** The same answer whoever has the address: finding out is the job's. */
export const askForLink =
  ({ identities }: LogInDependencies): Handler<typeof requestLink> =>
  async (context, { body: { email, purpose, next } }) => {
    const begun = purpose === 'magiclink' ? await identities.beginSignIn(email, browserOf(context)) : undefined;
    if (begun !== 'sent') {
      const { db, now, newId } = context;
      await insertLinkRequest(db, { id: newId(), purpose, email, nextPath: next, ...begun }, now);
    }
    return { data: { accepted: true } };
  };

type Query = Parameters<Handler<typeof authCallback>>[1]['query'];
type Opened = { user: AuthUser; purpose: HandoverPurpose } | { problem: 'link' | 'browser' } | { code: string };

/** What Supabase's own mails call these. */
const AS_LINK: Record<string, LinkPurpose> = {
  invite: 'invite',
  recovery: 'recovery',
  magiclink: 'magiclink',
  email: 'magiclink',
  signup: 'magiclink',
};

async function open({ identities }: LogInDependencies, query: Query, browser: Browser): Promise<Opened> {
  if (query.code !== undefined) {
    const user = await identities.exchangeCode(query.code, browser);
    return user ? { user, purpose: 'signin' } : { problem: 'browser' };
  }
  const purpose = AS_LINK[query.type ?? ''];
  if (query.token_hash === undefined || purpose === undefined) return { problem: 'link' };
  if (query.token_hash.startsWith('pkce_')) {
    const code = await identities.openFlowLink(query.token_hash);
    if (code !== undefined) return { code };
  }
  const user = await identities.redeemLink(purpose, query.token_hash);
  return user ? { user, purpose } : { problem: 'link' };
}

const withNext = (path: string, next: string | undefined): string =>
  next === undefined ? path : `${path}&next=${encodeURIComponent(next)}`;

/** Where a link leads. Writes in transactions of its own: that of a GET reads only, and a project answers over the network. */
export const openLink =
  (dependencies: LogInDependencies): Handler<typeof authCallback> =>
  async (context, { query }) => {
    const { now, newId, requestId } = context;
    const browser = browserOf(context);
    const opened = await open(dependencies, query, browser);
    if ('problem' in opened) return { location: problemPath(opened.problem) };
    if ('code' in opened) return { location: withNext(`${CALLBACK_PATH}?code=${opened.code}`, query.next) };
    const { user, purpose } = opened;
    const location = await dependencies.database.as(ACCESS, 'write', async (db) => {
      await adoptPerson(db, user, now);
      const person = await memberByAuthUser(db, user.id);
      if (!person) return problemPath('no_workspace');
      if (person.revokedAt !== null || person.operatorStatus === 'suspended') return problemPath('suspended');
      await beginHandover(db, browser, { userId: user.id, purpose }, now);
      await recordAudit(db, actorOf(person), newId(), now, {
        action: 'sign_in.link_opened',
        subject: `operator_member:${person.email}`,
        after: { purpose },
        requestId,
      });
      return continuePath(query.next);
    });
    return { location };
  };

const SETS_PASSWORD: readonly HandoverPurpose[] = ['invite', 'recovery'];
const nobody = (): Failure =>
  new Failure('UNAUTHORIZED', 'No link was opened in this browser, or it is too long ago', { reason: 'no_sign_in' });

async function personOf(db: Db, handover: Handover | undefined): Promise<Person> {
  const person = handover && (await memberByAuthUser(db, handover.userId));
  if (!person) throw nobody();
  requireStanding(person);
  return person;
}

export const showSignIn: Handler<typeof getSignIn> = async (context) => {
  const handover = await lookAtHandover(context.db, browserOf(context), context.now);
  const person = await personOf(context.db, handover);
  const purpose = handover?.purpose ?? 'signin';
  return {
    data: {
      purpose,
      email: person.email,
      operator_name: person.operatorName ?? '',
      totp_required: person.totpSecret !== null,
      sets_password: SETS_PASSWORD.includes(purpose),
    },
  };
};

function requireGoodPassword(password: string, email: string): void {
  const problem = passwordProblem(password, email);
  if (problem) throw new Failure('VALIDATION_ERROR', problem, { fields: [{ field: 'password', received: 'hidden', expected: problem }] });
}

/** Second factor first, then the password, then the session; the link's sign-in is used up by whichever comes through. */
export const finishSignIn =
  (dependencies: LogInDependencies): Handler<typeof endSignIn> =>
  async (context, { body: { totp, password } }) => {
    const { now, newId, requestId } = context;
    const browser = browserOf(context);
    const looked = await dependencies.database.as(ACCESS, 'read', async (db) => {
      const handover = await lookAtHandover(db, browser, now);
      return { handover, person: await personOf(db, handover) };
    });
    const { handover, person } = looked;
    const sets = handover !== undefined && SETS_PASSWORD.includes(handover.purpose);
    if (password !== undefined && !sets)
      throw new Failure('CONFLICT', 'This link signs in; ask for one that sets a password', { reason: 'not_for_passwords' });
    if (password !== undefined) requireGoodPassword(password, person.email);
    await dependencies.database.as(ACCESS, 'write', (db) =>
      requireSecondFactor(dependencies, 'operator', person, totp, false, { ...context, db }),
    );
    // Outside of any transaction: a project answers over the network.
    if (password !== undefined && handover) await dependencies.identities.setPassword(handover.userId, password);
    const { db } = context;
    if (!(await useHandover(db, browser, now))) throw nobody();
    if (password !== undefined && handover) {
      await setSessionsFrom(db, person.id, new Date(Math.floor(now.getTime() / 1_000) * 1_000));
      await recordAudit(db, actorOf(person), newId(), now, {
        action: 'sign_in.password',
        subject: `operator_member:${person.email}`,
        after: { by: handover.purpose },
        requestId,
      });
    }
    const session = await openSession(dependencies, 'operator', person, context, { by: handover?.purpose ?? 'signin' });
    return { data: { ...session, user: describeMember(person) } };
  };
