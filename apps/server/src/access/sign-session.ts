/** Session tokens: JWTs, HS256 under the instance's key, one audience each. */
import { createSecretKey, randomUUID } from 'node:crypto';
import { Failure } from '@predictu/contract/errors';
import { type SessionClaims, type SessionRole, sessionClaims } from '@predictu/contract/shapes/session-claims';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';

const ISSUER = 'predictu';
const ALGORITHM = 'HS256';
const AUDIENCES: Record<SessionRole, string> = { predictu_admin: 'admin', operator_admin: 'operator', player: 'player' };

export type VerifiedSession = { claims: SessionClaims; issuedAt: Date; expiresAt: Date };
export type SessionTokens = {
  sign(claims: SessionClaims, now: Date, lifeSeconds: number): Promise<{ token: string; expiresAt: Date }>;
  /** The claims of a token that is ours and alive; anything else throws UNAUTHORIZED. */
  read(token: string, now: Date): Promise<VerifiedSession>;
};

export function sessionTokens(secret: Uint8Array): SessionTokens {
  const key = createSecretKey(secret);
  return {
    async sign(claims, now, lifeSeconds) {
      const issuedAt = Math.floor(now.getTime() / 1_000);
      const token = await new SignJWT(z.encode(sessionClaims, claims))
        .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCES[claims.role])
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + lifeSeconds)
        .setJti(randomUUID())
        .sign(key);
      return { token, expiresAt: new Date((issuedAt + lifeSeconds) * 1_000) };
    },

    async read(token, now) {
      const verified = await jwtVerify(token, key, {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: Object.values(AUDIENCES),
        requiredClaims: ['exp', 'iat'],
        currentDate: now,
      }).catch((error: unknown) => {
        if (error instanceof errors.JWTExpired) throw new Failure('UNAUTHORIZED', 'Token expired');
        if (error instanceof errors.JOSEError) throw new Failure('UNAUTHORIZED', 'Invalid token');
        throw error;
      });
      const { payload } = verified;
      const claims = sessionClaims.safeParse(payload);
      if (!claims.success || payload.aud !== AUDIENCES[claims.data.role]) throw new Failure('UNAUTHORIZED', 'Invalid token');
      return { claims: claims.data, issuedAt: new Date((payload.iat ?? 0) * 1_000), expiresAt: new Date((payload.exp ?? 0) * 1_000) };
    },
  };
}
