/** People in this database, in the tables Supabase would have: links and codes work as GoTrue's do. */
import { randomUUID } from 'node:crypto';
import type { Actor } from '../platform/actor.ts';
import type { Clock } from '../platform/clock.ts';
import type { Database, Db } from '../platform/db.ts';
import {
  insertFlow,
  insertPerson,
  issueCode,
  personByEmail,
  putInvitationLink,
  putLink,
  setEncryptedPassword,
  takeFlow,
  takeInvitationLink,
  takeLink,
} from './auth-user.sql.ts';
import type { Browser } from './browser-cookies.ts';
import { challengeOf, digestOf, provesChallenge, randomSecret } from './code-challenge.ts';
import type { AuthUser, Identities, LinkPurpose } from './identities.ts';

const WORKER: Actor = { kind: 'worker', name: 'send-links' };
const ACCESS: Actor = { kind: 'access' };
const MINUTE_MS = 60_000;
const LINK_LIFE_MS = 60 * MINUTE_MS;
const INVITATION_LIFE_MS = 7 * 24 * 60 * MINUTE_MS;
const CODE_LIFE_MS = 5 * MINUTE_MS;
const VERIFIER_COOKIE = 'predictu-code-verifier';
/** What a link of a sign-in relates to: its flow. */
const FLOW = 'flow:';

/** What hashes and verifies passwords; with nobody's hash it compares with a decoy. */
type PasswordHashes = { hash(password: string): Promise<string>; verify(stored: string | undefined, password: string): Promise<boolean> };
export type EmbeddedOptions = { database: Database; clock: Clock; passwords: PasswordHashes };

const openingFlow =
  ({ database, clock }: EmbeddedOptions): Identities['openFlowLink'] =>
  async (tokenHash) => {
    const [, flowId = '', secret = ''] = /^pkce_([\da-f-]{36})_(.+)$/.exec(tokenHash) ?? [];
    const now = clock.now();
    if (!secret) return undefined;
    return database.as(ACCESS, 'write', async (db) => {
      const link = await takeLink(db, digestOf(secret), FLOW + flowId);
      if (!link || now.getTime() - link.createdAt.getTime() > LINK_LIFE_MS) return undefined;
      const code = randomUUID();
      return (await issueCode(db, flowId, code, now)) ? code : undefined;
    });
  };

async function acceptInvitation(db: Db, tokenHash: string, now: Date): Promise<AuthUser | undefined> {
  const email = await takeInvitationLink(db, tokenHash, now);
  if (email === undefined) return undefined;
  const id = randomUUID();
  const made = await insertPerson(db, { id, email, name: null, encryptedPassword: null, invitedAt: now }, now);
  return made ? { id, email } : personByEmail(db, email);
}

async function open(db: Db, purpose: Exclude<LinkPurpose, 'invite'>, tokenHash: string, now: Date): Promise<AuthUser | undefined> {
  const link = await takeLink(db, tokenHash, purpose);
  if (!link || now.getTime() - link.createdAt.getTime() > LINK_LIFE_MS) return undefined;
  return { id: link.userId, email: link.email };
}

const issuing =
  ({ database, clock }: EmbeddedOptions): Identities['issueLink'] =>
  ({ purpose, email, codeChallenge }) => {
    const now = clock.now();
    const secret = randomSecret();
    return database.as(WORKER, 'write', async (db) => {
      if (purpose === 'invite') {
        await putInvitationLink(db, { email, tokenHash: digestOf(secret), expiresAt: new Date(now.getTime() + INVITATION_LIFE_MS) }, now);
        return { tokenHash: secret, type: purpose };
      }
      const person = await personByEmail(db, email);
      if (!person) return undefined;
      const id = randomUUID();
      const flowId = randomUUID();
      const relatesTo = codeChallenge === null ? purpose : FLOW + flowId;
      if (codeChallenge !== null) await insertFlow(db, { id: flowId, userId: person.id, codeChallenge }, now);
      await putLink(db, { id, userId: person.id, tokenHash: digestOf(secret), relatesTo }, now);
      return codeChallenge === null ? { tokenHash: secret, type: purpose } : { tokenHash: `pkce_${flowId}_${secret}`, type: 'pkce' };
    });
  };

const exchanging =
  ({ database, clock }: EmbeddedOptions): Identities['exchangeCode'] =>
  async (code, browser) => {
    const now = clock.now();
    const verifier = browser.read(VERIFIER_COOKIE);
    if (!/^[\da-f-]{36}$/.test(code)) return undefined;
    // A wrong verifier uses the code up, too: whoever holds a code without its browser gets one try.
    const flow = await database.as(ACCESS, 'write', (db) => takeFlow(db, code));
    if (!flow || verifier === undefined || now.getTime() - flow.issuedAt.getTime() > CODE_LIFE_MS) return undefined;
    if (!provesChallenge(verifier, flow.codeChallenge)) return undefined;
    browser.write(VERIFIER_COOKIE, '', 0);
    return { id: flow.userId, email: flow.email };
  };

function beginSignIn(browser: Browser): { codeChallenge: string } {
  const verifier = randomSecret();
  browser.write(VERIFIER_COOKIE, verifier, LINK_LIFE_MS / 1_000);
  return { codeChallenge: challengeOf(verifier) };
}

/** The store in this database. */
export function embeddedIdentities(options: EmbeddedOptions): Identities {
  const { database, clock, passwords } = options;
  return {
    name: 'embedded',
    issueLink: issuing(options),
    openFlowLink: openingFlow(options),
    redeemLink(purpose, secret) {
      const now = clock.now();
      const tokenHash = digestOf(secret);
      return database.as(ACCESS, 'write', (db) =>
        purpose === 'invite' ? acceptInvitation(db, tokenHash, now) : open(db, purpose, tokenHash, now),
      );
    },
    beginSignIn: async (_, browser) => beginSignIn(browser),
    exchangeCode: exchanging(options),
    async checkPassword(email, password) {
      // Read in a transaction of its own: hashing takes long, and no transaction should idle meanwhile.
      const person = await database.as(ACCESS, 'read', (db) => personByEmail(db, email));
      const right = await passwords.verify(person?.encrypted_password ?? undefined, password);
      return right && person ? { id: person.id, email: person.email } : undefined;
    },
    async setPassword(userId, password) {
      const hashed = await passwords.hash(password);
      await database.as(ACCESS, 'write', (db) => setEncryptedPassword(db, userId, hashed, clock.now()));
    },
  };
}
