/** Signs the token with which a player of yours enters: your server hands it to the page, the embed exchanges it once. */
import { base64url, utf8 } from './encoding.ts';
import { newKey, nowMs } from './runtime.ts';

export type LaunchPlayer = {
  /** Your own id of the player. */
  playerId: string;
  username?: string;
  email?: string;
};
export type LaunchOptions = {
  /** At most 300. */
  lifetimeSeconds?: number;
};
export type KeyPair = { apiKey: string; apiSecret: string };

const LONGEST_LIFE_SECONDS = 300;
const part = (value: object): string => base64url(utf8(JSON.stringify(value)));

/** A JWT, HS256 with the secret; good for one use within its life. */
export async function signLaunchToken(
  { apiKey, apiSecret }: KeyPair,
  { playerId, username, email }: LaunchPlayer,
  { lifetimeSeconds = 60 }: LaunchOptions = {},
): Promise<string> {
  if (!playerId) throw new TypeError('Expected your id of the player');
  if (!(lifetimeSeconds > 0 && lifetimeSeconds <= LONGEST_LIFE_SECONDS))
    throw new RangeError(`Expected 1 to ${LONGEST_LIFE_SECONDS} seconds`);
  const iat = Math.floor(nowMs() / 1_000);
  const claims = {
    sub: playerId,
    iat,
    exp: iat + Math.floor(lifetimeSeconds),
    jti: newKey(),
    ...(username === undefined ? {} : { username }),
    ...(email === undefined ? {} : { email }),
  };
  const signed = `${part({ alg: 'HS256', typ: 'JWT', kid: apiKey })}.${part(claims)}`;
  const key = await crypto.subtle.importKey('raw', utf8(apiSecret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return `${signed}.${base64url(new Uint8Array(await crypto.subtle.sign('HMAC', key, utf8(signed))))}`;
}
