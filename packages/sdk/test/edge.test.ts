/** The library runs where there is nothing but the web's own globals: no Node, no Buffer, no process. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { build, type Rollup } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

const WEB = {
  AbortController,
  AbortSignal,
  Blob,
  FormData,
  Headers,
  ReadableStream,
  Request,
  Response,
  TextDecoder,
  TextEncoder,
  URL,
  URLSearchParams,
  atob,
  btoa,
  clearTimeout,
  crypto,
  fetch,
  setTimeout,
};

let code = '';
const seen: string[] = [];
const server = createServer((request, response) => {
  const kind = request.headers['content-type']?.split(';')[0] ?? '';
  seen.push(`${request.method} ${request.url} ${request.headers.authorization} ${kind}`);
  request.resume();
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ data: [{ id: 'usr_1' }], pagination: { page: 1, limit: 1, total: 1, total_pages: 1 }, next_cursor: null }));
});

beforeAll(async () => {
  const entry = fileURLToPath(new URL('../src/index.ts', import.meta.url));
  const built = (await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, minify: true, lib: { entry, name: 'sdk', formats: ['iife'], fileName: 'sdk' } },
  })) as Rollup.RollupOutput[];
  code = built[0]?.output[0].code ?? '';
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
}, 60_000);
afterAll(() => server.close());

test('nothing of Node is in the bundle, and little of anything', () => {
  expect(code).not.toMatch(/\bnode:|\brequire\(|\bBuffer\b|__dirname/);
  expect(code.length).toBeGreaterThan(5_000);
  expect(code.length).toBeLessThan(40_000);
});

test('it calls, signs and verifies with the web’s globals alone', async () => {
  const { port } = server.address() as AddressInfo;
  const context = createContext({ ...WEB, baseUrl: `http://127.0.0.1:${port}` });
  const program = `${code};
    (async () => {
      const secret = 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=';
      const client = new sdk.PredictuOperator({ apiKey: 'pk_live_1', apiSecret: 'sk_live_1', baseUrl, webhookSecret: secret });
      const ids = [];
      for await (const user of client.users.list({ limit: 1 })) ids.push(user.id);
      for (const file of [new Uint8Array([1, 2]), new Uint8Array([1, 2]).buffer, new Blob(['logo'])]) await client.files.upload({ file, category: 'logo' });
      const body = JSON.stringify({ method: 'PING', timestamp: '', request_id: 'req_1', operator_id: 'op_1', params: {} });
      const timestamp = Math.floor(Date.now() / 1000);
      const verifier = new sdk.CallbackVerifier({ webhookSecret: secret });
      const headers = { 'webhook-id': 'req_1', 'webhook-timestamp': String(timestamp), 'webhook-signature': await sdk.signWebhook(secret, 'req_1', timestamp, body) };
      const callback = await verifier.verify(body, headers);
      const refused = await verifier.verify(body + ' ', headers).catch((error) => error.answer.status);
      return JSON.stringify({ ids, method: callback.method, refused, token: (await client.launchToken({ playerId: 'p' })).split('.').length });
    })()`;
  expect(JSON.parse(await runInContext(program, context))).toEqual({
    ids: ['usr_1'],
    method: 'PING',
    refused: 'INVALID_SIGNATURE',
    token: 3,
  });
  const basic = `Basic ${btoa('pk_live_1:sk_live_1')}`;
  const upload = `POST /api/operator/upload ${basic} multipart/form-data`;
  expect(seen).toEqual([`GET /api/operator/users?limit=1 ${basic} `, upload, upload, upload]);
});
