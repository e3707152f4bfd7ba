/** The platform's public keys, fetched once in a while and whenever a token names one that is new. */
import type { Bytes } from './encoding.ts';
import { nowMs } from './runtime.ts';

export type KeySet = {
  /** Whether the signature is that of the key named; null when there is no such key. @throws when the keys cannot be fetched. */
  verify(kid: string, signature: Bytes, signed: Bytes): Promise<boolean | null>;
};
export type KeySetSettings = { url: string; fetch: typeof fetch; timeoutMs: number };

const FRESH_MS = 300_000;
/** A stranger who sends made-up key ids does not make us ask more often than this. */
const PATIENCE_MS = 5_000;
const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
type Jwk = { kid?: string; kty?: string; alg?: string; n?: string; e?: string };

async function imported(keys: readonly Jwk[]): Promise<Map<string, CryptoKey>> {
  const made = new Map<string, CryptoKey>();
  for (const { kid, kty, alg = 'RS256', n, e } of keys) {
    if (!kid || kty !== 'RSA' || alg !== 'RS256' || !n || !e) continue;
    made.set(kid, await crypto.subtle.importKey('jwk', { kty, alg, n, e, use: 'sig' }, ALGORITHM, false, ['verify']));
  }
  return made;
}

export function openKeySet({ url, fetch: ask, timeoutMs }: KeySetSettings): KeySet {
  let keys = new Map<string, CryptoKey>();
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let underWay: Promise<void> | undefined;

  async function load(): Promise<void> {
    const response = await ask(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { accept: 'application/json' },
    });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    const body = (await response.json()) as { keys?: Jwk[] };
    if (!Array.isArray(body.keys)) throw new Error(`${url} holds no keys`);
    keys = await imported(body.keys);
    fetchedAt = nowMs();
  }
  const refresh = (): Promise<void> => {
    underWay ??= load().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };

  return {
    async verify(kid, signature, signed) {
      const age = nowMs() - fetchedAt;
      if (age > FRESH_MS || (!keys.has(kid) && age > PATIENCE_MS)) await refresh();
      const key = keys.get(kid);
      return key ? crypto.subtle.verify(ALGORITHM, key, signature, signed) : null;
    },
  };
}
