/** Signs one request twice: a JWT by the operator's own RSA key, and Standard Webhooks with every live secret. */
import { createHash, randomUUID } from 'node:crypto';
import { encodeId } from '@predictu/contract/ids';
import {
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  exportPKCS8,
  exportSPKI,
  generateKeyPair,
  importPKCS8,
  type JWK,
  SignJWT,
} from 'jose';
import { Webhook } from 'standardwebhooks';
import { openSecret, sealSecret } from '../access/access.ts';

const ALGORITHM = 'RS256';
/** Life of a signature. */
const LIFE_S = 30;
const MODULUS_BITS = 2_048;
/** Keys never change under their id: as many opened ones as a process keeps. */
const KEPT_KEYS = 5_000;

export type SigningKey = { kid: string; privateEncrypted: string };
export type Unsigned = {
  operatorId: bigint;
  method: string;
  /** The raw body; what is signed is its bytes. */
  body: string;
  /** Standard Webhooks' id of the message: the request_id. */
  messageId: string;
  now: Date;
};
export type Signer = {
  /** Headers of one attempt. Never the same twice. */
  sign(request: Unsigned, key: SigningKey, secrets: readonly { id: bigint; secretEncrypted: string }[]): Promise<Record<string, string>>;
};

const keyBelongsTo = (operatorId: bigint, kid: string): string => `wallet_signing_key:${operatorId}:${kid}`;
export const secretBelongsTo = (operatorId: bigint, id: bigint): string => `wallet_webhook_secret:${operatorId}:${id}`;

export type NewKey = { kid: string; publicJwk: JWK; privateEncrypted: string; fingerprint: string };

/** A fresh key pair. The fingerprint is SHA-256 over the public key's SPKI bytes (DER), in hex. */
export async function makeSigningKey(secretsKey: Uint8Array, operatorId: bigint): Promise<NewKey> {
  const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, { modulusLength: MODULUS_BITS, extractable: true });
  const jwk = await exportJWK(publicKey);
  const kid = await calculateJwkThumbprint(jwk);
  const der = Buffer.from((await exportSPKI(publicKey)).replace(/-----[^-]+-----|\s/g, ''), 'base64');
  return {
    kid,
    publicJwk: { ...jwk, kid, alg: ALGORITHM, use: 'sig' },
    privateEncrypted: sealSecret(secretsKey, await exportPKCS8(privateKey), keyBelongsTo(operatorId, kid)),
    fingerprint: `sha256:${createHash('sha256').update(der).digest('hex')}`,
  };
}

export function openSigner(secretsKey: Uint8Array): Signer {
  const keys = new Map<string, Promise<CryptoKey>>();
  const webhooks = new Map<bigint, Webhook>();

  const remember = <K, V>(kept: Map<K, V>, name: K, make: () => V): V => {
    const known = kept.get(name);
    if (known !== undefined) return known;
    const made = make();
    const oldest = kept.keys().next();
    if (kept.size >= KEPT_KEYS && !oldest.done) kept.delete(oldest.value);
    kept.set(name, made);
    return made;
  };

  return {
    async sign({ operatorId, method, body, messageId, now }, { kid, privateEncrypted }, secrets) {
      const key = await remember(keys, `${operatorId}.${kid}`, () =>
        importPKCS8(openSecret(secretsKey, privateEncrypted, keyBelongsTo(operatorId, kid)), ALGORITHM),
      );
      const issuedAt = Math.floor(now.getTime() / 1_000);
      const token = await new SignJWT({ method, digest: createHash('sha256').update(body).digest('hex') })
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
        .setIssuer('predictu')
        .setSubject(encodeId('operator', operatorId))
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + LIFE_S)
        .setJti(randomUUID())
        .sign(key);
      const signatures = secrets.map(({ id, secretEncrypted }) =>
        remember(webhooks, id, () => new Webhook(openSecret(secretsKey, secretEncrypted, secretBelongsTo(operatorId, id)))).sign(
          messageId,
          now,
          body,
        ),
      );
      return {
        authorization: `Bearer ${token}`,
        'webhook-id': messageId,
        'webhook-timestamp': String(issuedAt),
        ...(signatures.length > 0 && { 'webhook-signature': signatures.join(' ') }),
      };
    },
  };
}
