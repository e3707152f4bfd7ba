/**
 * Who may come in. Nouns: people (the platform's staff and operators' members), key pairs, launch tokens, player sessions.
 * What always holds: a revoked role or key pair stops working at the next request in every process; a launch token works once;
 * secrets rest encrypted or hashed and leave only when they are made. Locks: none held across calls.
 */
import type { Redis } from 'ioredis';
import { forgetHandovers, type Identities, openIdentities, type SupabaseSettings } from '../identity/identity.ts';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Db } from '../platform/db.ts';
import type { Authenticate } from '../platform/http-access.ts';
import type { NewId } from '../platform/ids.ts';
import { accessMails } from './access-mails.ts';
import { selectActorNames } from './actor-name.sql.ts';
import { allowOrigin, awaitOrigin, checkOrigin } from './allow-origin.ts';
import { authenticateApiKey } from './authenticate-api-key.ts';
import { personTokens } from './authenticate-person.ts';
import { playerTokens } from './authenticate-player.ts';
import { createApiKey, deleteApiKey, revokeDeveloperKey, rotateApiKey } from './change-api-keys.ts';
import { addEmbedOrigin, removeEmbedOrigin } from './change-embed-origins.ts';
import { checkEmbedOrigin, verifyOrigins } from './check-embed-origins.ts';
import { confirmPage } from './confirm-link.ts';
import { runCreateAdmin } from './create-admin.ts';
import { createKeyPair, type KeyPairRequest } from './create-key-pair.ts';
import { createAdmin, createMember, type PersonRequest } from './create-person.ts';
import { selectFramingOrigins } from './embed-origin.sql.ts';
import { beginTotp, confirmTotp } from './enrol-totp.ts';
import { forgetExpired } from './forget-launch-tokens.ts';
import { openPasswords, type Passwords } from './hash-password.ts';
import { inviteMember, revokeInvitation, revokeInvitationsOf } from './invite-member.ts';
import { guessLimits } from './limit-guesses.ts';
import { CONFIRM_PATH } from './link.rules.ts';
import { linkMails } from './link-mails.ts';
import { forgetLinkRequests } from './link-request.sql.ts';
import { listMembersOf, shownInvitation } from './list-members.ts';
import { type LogInDependencies, logInAdmin, logInMember } from './log-in-person.ts';
import { type LookupTxt, openTxtLookup } from './lookup-txt.ts';
import { selectAddresses } from './member-address.sql.ts';
import { askForLink, finishSignIn, openLink, showSignIn } from './open-link.ts';
import { insertPlayerSessions, type PlayerSession, revokeSessionsOf } from './player-session.sql.ts';
import { openSecret, sealSecret } from './seal-secret.ts';
import { type SendLinksDependencies, sendLinks } from './send-links.ts';
import { sessionTokens } from './sign-session.ts';
import { type AdmitPlayer, startPlayerSession } from './start-player-session.ts';

export type { AdmitPlayer, KeyPairRequest, PersonRequest, PlayerSession };
/** Secrets at rest, with the key `keys.secrets`: for what other slices must get back. */
export {
  accessMails,
  CONFIRM_PATH,
  confirmPage,
  forgetExpired,
  linkMails,
  listMembersOf,
  openSecret,
  openTxtLookup,
  sealSecret,
  selectActorNames,
  selectAddresses,
  shownInvitation,
};

export type AccessOptions = {
  database: Database;
  /** Of the same database, for the connection that looks up who is asking. */
  appUrl: string;
  clock: Clock;
  newId: NewId;
  /** 32 bytes each, derived from the instance's secret: one signs sessions, one encrypts secrets at rest. */
  keys: { session: Uint8Array; secrets: Uint8Array };
  admitPlayer: AdmitPlayer;
  adminTotpRequired?: boolean;
  redis?: Redis | undefined;
  passwords?: Passwords;
  /** The project that knows the members; the tables of this database when absent. */
  supabase?: SupabaseSettings | undefined;
  /** How TXT records are asked for; by the machine's resolvers when absent. */
  lookupTxt?: LookupTxt;
  /** Origins may be http and this machine: development and the demo. */
  loopback?: () => boolean;
};

const DAY_MS = 86_400_000;
export type Access = ReturnType<typeof openAccess>;

type Callers = Pick<AccessOptions, 'database' | 'appUrl' | 'clock'> & { secretsKey: AccessOptions['keys']['secrets'] };

/** Who is calling: by key pair, by a token seen lately, or by one to be verified first; then whether they still stand. */
function openCallers({ database, appUrl, clock, secretsKey }: Callers, tokens: ReturnType<typeof sessionTokens>) {
  const players = playerTokens(database, clock);
  const people = personTokens(appUrl, clock);
  const verify = async (token: string): Promise<Actor> => {
    const { claims, issuedAt, expiresAt } = await tokens.read(token, clock.now());
    return claims.role === 'player' ? players.admit(token, claims, expiresAt) : people.admit(token, { claims, issuedAt, expiresAt });
  };
  const authenticate: Authenticate = (credentials) =>
    credentials.scheme === 'basic'
      ? authenticateApiKey({ database, secretsKey }, credentials, clock.now())
      : (players.known(credentials.token) ?? people.known(credentials.token) ?? verify(credentials.token));
  return { authenticate, close: people.close };
}

/** Logins, second factors and links, by the names of their endpoints. */
const loginHandlers = (login: LogInDependencies) => ({
  adminLogin: logInAdmin(login),
  operatorLogin: logInMember(login),
  adminTotpBegin: beginTotp(login, 'admin'),
  adminTotpConfirm: confirmTotp(login, 'admin'),
  operatorTotpBegin: beginTotp(login, 'operator'),
  operatorTotpConfirm: confirmTotp(login, 'operator'),
  requestLink: askForLink(login),
  authCallback: openLink(login),
  getSignIn: showSignIn,
  endSignIn: finishSignIn(login),
});

/** Asking people in, and the links they are sent. */
const invitations = (dependencies: SendLinksDependencies) => ({
  /** Asks somebody to come in; the refusal when they are in, or on their way elsewhere. As an admin. */
  invite: inviteMember,
  revokeInvitation,
  /** Open invitations of an application come to nothing. */
  revokeInvitationsOf,
  /** Writes the links that were asked for, by e-mail. */
  sendLinks: () => sendLinks(dependencies),
  /** Forgets sign-ins and requests for links that are over. */
  forgetSignIns: () =>
    dependencies.database.as({ kind: 'worker', name: 'forget-sign-ins' }, 'write', async (db) => {
      await forgetHandovers(db, dependencies.clock.now());
      await forgetLinkRequests(db, new Date(dependencies.clock.now().getTime() - 90 * DAY_MS));
    }),
});

/** Opens the door of one process: who is calling, logins, key pairs and player sessions. */
export function openAccess({
  database,
  appUrl,
  clock,
  newId,
  keys,
  admitPlayer,
  adminTotpRequired = false,
  redis,
  passwords = openPasswords(),
  supabase,
  lookupTxt = openTxtLookup(),
  loopback = () => false,
}: AccessOptions) {
  const tokens = sessionTokens(keys.session);
  const secretsKey = keys.secrets;
  const identities: Identities = openIdentities({ database, clock, passwords, supabase });
  const login = { database, identities, passwords, guesses: guessLimits(clock, redis), secretsKey, adminTotpRequired, tokens };
  const checks = { database, clock, newId, lookupTxt };

  return {
    ...openCallers({ database, appUrl, clock, secretsKey }, tokens),
    /** By the names of their endpoints in the contract. */
    handlers: {
      ...loginHandlers(login),
      embedInit: startPlayerSession({ secretsKey, tokens, admitPlayer }),
      createApiKey: createApiKey(secretsKey),
      deleteApiKey,
      rotateApiKey: rotateApiKey(secretsKey),
      createDeveloperKey: createApiKey(secretsKey),
      revokeDeveloperKey,
      addEmbedOrigin: addEmbedOrigin(loopback),
      removeEmbedOrigin,
      checkEmbedOrigin: checkEmbedOrigin(checks),
    },
    ...invitations({ database, clock, newId, identities, secretsKey }),
    /** Lets an origin show the operator's embed, verified: for origins somebody vouches for. */
    allowOrigin: (db: Db, request: { operatorId: bigint; origin: string }, now: Date) => allowOrigin(db, newId, request, now),
    /** @throws VALIDATION_ERROR naming `field` for what can be no origin. */
    checkOrigin: (origin: string, field?: string) => checkOrigin(origin, loopback(), field),
    /** Adds an origin that its domain must prove; undefined when the operator has it already. */
    awaitOrigin: (db: Db, request: { operatorId: bigint; origin: string }, now: Date) => awaitOrigin(db, newId, request, now),
    /** Asks the domains of all origins that wait, or of one operator's. Never inside a transaction. */
    verifyOrigins: (operatorId?: bigint) => verifyOrigins(checks, operatorId),
    /** Origins that may frame an operator's embed, by its slug; none for an unknown one. */
    framingOrigins: (slug: string): Promise<string[]> => database.as({ kind: 'access' }, 'read', (db) => selectFramingOrigins(db, slug)),
    /** Makes a key pair; the only time the secret is shown. Any role that may write the operator's keys. */
    createKeyPair: (db: Db, request: KeyPairRequest, now: Date) => createKeyPair(db, { secretsKey, newId }, request, now),
    createAdmin: (db: Db, actor: Actor, request: PersonRequest, now: Date) => createAdmin(db, { passwords, newId }, actor, request, now),
    createMember: (db: Db, actor: Actor, request: PersonRequest & { operatorId: bigint }, now: Date) =>
      createMember(db, { passwords, newId }, actor, request, now),
    /** Notes sessions nobody has a token of: those of the demo's past. */
    noteSessions: (db: Db, sessions: readonly PlayerSession[]) => insertPlayerSessions(db, sessions),
    /** Ends every session of a player; all processes notice within three seconds. */
    endSessionsOf: (db: Db, player: { operatorId: bigint; playerId: bigint }, now: Date) =>
      revokeSessionsOf(db, player.operatorId, player.playerId, now),
    /** The command `predictu admin create`; returns its exit code. */
    runCreateAdmin: (args: readonly string[], io: Pick<Parameters<typeof runCreateAdmin>[1], 'password' | 'terminal'>) =>
      runCreateAdmin(args, { database, passwords, newId, now: clock.now(), ...io }),
  };
}
