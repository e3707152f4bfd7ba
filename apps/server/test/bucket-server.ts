/** A bucket that speaks as much S3 as we need, and checks the signature of every request by computing it itself. */
import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BucketSettings } from '../src/platform/files.ts';

export type BucketServer = {
  settings: BucketSettings;
  objects: Map<string, { bytes: Buffer; headers: Record<string, unknown> }>;
  /** Answers this status to the next so many requests. */
  fail: { status: number; times: number };
  close(): Promise<void>;
};
const KEY = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

function isSigned({ method, url = '', headers }: IncomingMessage, body: Buffer): boolean {
  const [, scope = '', signed = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/([^,]+), SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  const [day = '', region = '', service = ''] = scope.split('/');
  const hash = String(headers['x-amz-content-sha256']);
  if (hash !== 'UNSIGNED-PAYLOAD' && hash !== sha256(body)) return false;
  const named = signed.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [method, url, '', named.join(''), signed, hash].join('\n');
  const key = ['aws4_request'].reduce(hmac, hmac(hmac(hmac(`AWS4${KEY.secretAccessKey}`, day), region), service));
  return hmac(key, ['AWS4-HMAC-SHA256', String(headers['x-amz-date']), scope, sha256(canonical)].join('\n')).toString('hex') === signature;
}

export async function openBucketServer(): Promise<BucketServer> {
  const objects: BucketServer['objects'] = new Map();
  const http = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const end = (status: number, bytes?: Buffer) => response.writeHead(status).end(bytes);
    if (server.fail.times > 0) {
      server.fail.times -= 1;
      return end(server.fail.status);
    }
    if (!isSigned(request, body)) return end(403);
    const name = (request.url ?? '').replace(/^\/bucket\/logos\//, '');
    if (request.method === 'PUT') objects.set(name, { bytes: body, headers: request.headers });
    const found = objects.get(name);
    return found ? end(200, request.method === 'GET' ? found.bytes : undefined) : end(404);
  });
  await new Promise<void>((resolve) => {
    http.listen(0, '127.0.0.1', resolve);
  });
  const { port } = http.address() as AddressInfo;
  const server: BucketServer = {
    settings: { url: `http://127.0.0.1:${port}/bucket/logos/`, region: 'eu-central-1', ...KEY },
    objects,
    fail: { status: 500, times: 0 },
    close: () =>
      new Promise((resolve) => {
        http.closeAllConnections();
        http.close(() => resolve());
      }),
  };
  return server;
}
