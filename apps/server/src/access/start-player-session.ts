/** Lets a player in: the operator's launch token, used up, becomes a session of the same player as always. */
import { Failure } from '@predictu/contract/errors';
import type { Id } from '@predictu/contract/ids';
import type { embedInit } from '@predictu/contract/public/auth';
import { type LaunchClaims, launchClaims } from '@predictu/contract/shapes/launch-claims';
import type { Cents } from '@predictu/contract/units';
import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { readPlatformConfig } from '../config/config.ts';
import type { Db } from '../platform/db.ts';
import type { Handler } from '../platform/http.ts';
import type { NewId } from '../platform/ids.ts';
import type { ApiKey } from './api-key.sql.ts';
import { noteUse, usableKey } from './authenticate-api-key.ts';
import { apiKeyBelongsTo } from './create-key-pair.ts';
import { isVerifiedOrigin } from './embed-origin.sql.ts';
import { launchProblem } from './launch-token.rules.ts';
import { insertPlayerSession, takeLaunchToken } from './player-session.sql.ts';
import { maySignLaunchTokens } from './scope.rules.ts';
import { openSecret } from './seal-secret.ts';
import type { SessionTokens } from './sign-session.ts';

const SESSION_SECONDS = 24 * 3_600;
const MAY_PLAY = ['live', 'testing'];

export type AdmittedPlayer = {
  id: bigint;
  externalId: string;
  username: string | null;
  balance: Cents;
  limitTier: 'new' | 'regular' | 'vip';
  tier: 'normal' | 'sharp' | 'restricted' | 'banned';
};
/** Finds or makes the one player of (operator, external id); the players slice does it, in the same transaction. */
export type AdmitPlayer = (
  db: Db,
  player: { operatorId: bigint; externalId: string; username: string | null; email: string | null },
  now: Date,
  newId: NewId,
) => Promise<AdmittedPlayer>;
export type StartDependencies = { secretsKey: Uint8Array; tokens: SessionTokens; admitPlayer: AdmitPlayer };

const invalid = (message = 'The launch token is not valid') => new Failure('UNAUTHORIZED', message);

/** The key pair a token names in its header, as long as it may sign. */
async function signerOf(db: Db, token: string, now: Date): Promise<ApiKey> {
  let kid: string | undefined;
  try {
    kid = decodeProtectedHeader(token).kid;
  } catch {
    throw invalid();
  }
  const key = typeof kid === 'string' ? await usableKey(db, kid, now) : undefined;
  if (!key) throw invalid();
  return key;
}

async function verifiedClaims(token: string, secret: string, now: Date): Promise<LaunchClaims> {
  const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), { algorithms: ['HS256'], currentDate: now }).catch(
    (error: unknown) => {
      if (error instanceof errors.JWTExpired) throw invalid('The launch token has expired');
      if (error instanceof errors.JOSEError) throw invalid();
      throw error;
    },
  );
  const claims = launchClaims.safeParse(payload);
  if (!claims.success) throw invalid(`The launch token lacks a good claim: ${claims.error.issues[0]?.path.join('.') ?? ''}`);
  const problem = launchProblem(claims.data, Math.floor(now.getTime() / 1_000));
  if (problem) throw invalid(problem);
  return claims.data;
}

async function requireOpenDoor(db: Db, key: ApiKey): Promise<void> {
  if (!maySignLaunchTokens(key.scopes)) {
    throw new Failure('FORBIDDEN', 'This key pair may not sign launch tokens', { needed: ['s2s_callback', 'server_api'] });
  }
  if (!MAY_PLAY.includes(key.operatorStatus))
    throw new Failure('OPERATOR_NOT_LIVE', 'The operator is not live', { status: key.operatorStatus });
  const { config } = await readPlatformConfig(db);
  if (!config.features.embed_enabled) throw new Failure('FORBIDDEN', 'The embed is switched off', { reason: 'embed_disabled' });
}

/** The browser keeps other pages from framing the embed; this tells one whose origin was removed while it was open. */
async function requireVerified(db: Db, operatorId: bigint, origin: string): Promise<void> {
  if (await isVerifiedOrigin(db, operatorId, origin)) return;
  throw new Failure('FORBIDDEN', 'The embed may not be shown on this page', { reason: 'origin_not_verified', origin });
}

export const startPlayerSession =
  ({ secretsKey, tokens, admitPlayer }: StartDependencies): Handler<typeof embedInit> =>
  async ({ db, now, newId, client }, { body: { token, origin: page } }) => {
    const key = await signerOf(db, token, now);
    const claims = await verifiedClaims(token, openSecret(secretsKey, key.secretEncrypted, apiKeyBelongsTo(key.apiKey)), now);
    await requireOpenDoor(db, key);
    const { operatorId } = key;
    if (page !== undefined && page !== client.baseUrl) await requireVerified(db, operatorId, page);
    if (!(await takeLaunchToken(db, operatorId, claims.jti, new Date(claims.exp * 1_000))))
      throw invalid('The launch token was already used');
    const wanted = { operatorId, externalId: claims.sub, username: claims.username ?? null, email: claims.email ?? null };
    const player = await admitPlayer(db, wanted, now, newId);
    await noteUse(db, key, now);
    const sessionId = newId();
    const session = await tokens.sign(
      { sub: player.id as Id<'user'>, role: 'player', operator_id: operatorId as Id<'operator'>, sid: sessionId },
      now,
      SESSION_SECONDS,
    );
    const { userAgent } = client;
    const origin = page ?? client.origin;
    const { expiresAt } = session;
    await insertPlayerSession(db, { id: sessionId, operatorId, playerId: player.id, origin, userAgent, createdAt: now, expiresAt });
    const user = {
      id: player.id as Id<'user'>,
      external_id: player.externalId,
      username: player.username,
      operator_slug: key.operatorSlug,
      balance_usd: player.balance,
      limit_tier: player.limitTier,
      tier: player.tier,
    };
    return { data: { token: session.token, expires_at: expiresAt, user } };
  };
