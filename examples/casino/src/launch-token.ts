/** The note that lets one of our players into the platform: signed here, because the secret never reaches a browser. */
import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';

/** The platform takes at most five minutes. */
const LIFE_SECONDS = 120;

export function signLaunchToken(
  { apiKey, apiSecret }: { apiKey: string; apiSecret: string },
  player: { id: string; name: string },
): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({ sub: player.id, jti: randomUUID(), username: player.name })
    .setProtectedHeader({ alg: 'HS256', kid: apiKey })
    .setIssuedAt(now)
    .setExpirationTime(now + LIFE_SECONDS)
    .sign(new TextEncoder().encode(apiSecret));
}
