/** The platform as the casino sees it: public keys at an address, and callbacks signed in both ways. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { Webhook } from 'standardwebhooks';

export const OPERATOR_ID = 'op_0000000000001';

/** What a test may get wrong on purpose. */
export type Forgery = {
  claims?: Record<string, unknown>;
  issuedAt?: number;
  expiresAt?: number;
  /** The body sent instead of the one signed. */
  sentBody?: string;
  headers?: Record<string, string>;
  /** Gives up waiting for the answer. */
  signal?: AbortSignal;
  /** Signs with a key that is not published. */
  unknownKey?: boolean;
};
export type Sent = {
  httpStatus: number;
  text: string;
  answer: { status?: string; balance?: number; transaction_id?: string; message?: string };
};

export async function openFakePlatform() {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const stranger = await generateKeyPair('RS256');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'RS256', use: 'sig' }] };
  const webhookSecret = `whsec_${randomBytes(24).toString('base64')}`;
  let keysAreThere = true;
  const server = createServer((request, response) => {
    if (request.url !== '/.well-known/jwks.json' || !keysAreThere) return response.writeHead(keysAreThere ? 404 : 503).end();
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(keys));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** Body and headers of one attempt. */
  async function sign(
    body: string,
    method: string,
    { claims = {}, issuedAt, expiresAt, headers = {}, unknownKey = false }: Forgery = {},
  ): Promise<Record<string, string>> {
    const now = Math.floor(Date.now() / 1_000);
    const digest = createHash('sha256').update(body).digest('hex');
    const token = await new SignJWT({ sub: OPERATOR_ID, iss: 'predictu', jti: randomUUID(), method, digest, ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'k1' })
      .setIssuedAt(issuedAt ?? now)
      .setExpirationTime(expiresAt ?? now + 30)
      .sign(unknownKey ? stranger.privateKey : privateKey);
    const id = `msg_${randomUUID()}`;
    return {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'webhook-id': id,
      'webhook-timestamp': String(now),
      'webhook-signature': new Webhook(webhookSecret).sign(id, new Date(now * 1_000), body),
      ...headers,
    };
  }

  async function post(callbackUrl: string, body: string, headers: Record<string, string>, signal?: AbortSignal): Promise<Sent> {
    const response = await fetch(callbackUrl, { method: 'POST', headers, body, signal: signal ?? null });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { httpStatus: response.status, text, answer: isJson ? (JSON.parse(text) as Sent['answer']) : {} };
  }

  return {
    url,
    webhookSecret,
    sign,
    post,
    hideKeys(): void {
      keysAreThere = false;
    },
    /** One attempt at an operation, signed afresh. */
    async call(
      callbackUrl: string,
      method: string,
      params: Record<string, unknown>,
      requestId: string = randomUUID(),
      forgery: Forgery = {},
    ): Promise<Sent> {
      const body = JSON.stringify({ method, timestamp: new Date().toISOString(), request_id: requestId, operator_id: OPERATOR_ID, params });
      return post(callbackUrl, forgery.sentBody ?? body, await sign(body, method, forgery), forgery.signal);
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
export type FakePlatform = Awaited<ReturnType<typeof openFakePlatform>>;
