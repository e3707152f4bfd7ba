/** Every operation of the published document, called with values its schemas allow and with spoiled ones: never a 500, always the envelope. */
import { contract } from '@predictu/contract';
import { errorEnvelope } from '@predictu/contract/errors';
import { encodeId, type Id, type IdKind } from '@predictu/contract/ids';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { booksReport } from '../src/insights/books-report.ts';
import { verifyBooks } from '../src/insights/verify-books.ts';
import { openApi } from '../src/platform/openapi.ts';
import { makeBreaker } from './factories.ts';
import { arbitraryOf, type Known, type Schema, spoiled } from './json-schema-arbitrary.ts';
import { openTestServer, type TestServer } from './server.ts';

type Parameter = { name: string; in: 'path' | 'query' | 'header'; required: boolean; schema: Schema };
type Operation = {
  operationId: string;
  security: Record<string, unknown>[];
  parameters: Parameter[];
  requestBody?: { content: { 'application/json'?: { schema: Schema }; 'multipart/form-data'?: unknown } };
  responses: Record<string, { content: Record<string, unknown> }>;
};
const document = openApi(contract, { title: 'fuzz', version: '0', description: '', serverUrl: '/' }) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(
    ([method, operation]) => [operation.operationId, method.toUpperCase() as 'GET' | 'POST', path, operation] as const,
  ),
);
const RUNS = Number(process.env['FUZZ_RUNS'] ?? 40);
/** Each of these makes argon2 work. */
const SLOW_RUNS = 4;

let server: TestServer;
let known: Known;
beforeAll(async () => {
  server = await openTestServer();
  const wire = <K extends IdKind>(kind: K, id: bigint) => encodeId(kind, id as Id<K>);
  const breaker = await makeBreaker(server.db.owner, { scope: 'category', category: 'crypto' });
  known = {
    components: document.components.schemas,
    ids: [wire('market', server.marketId), wire('user', server.tenants[0].players[0].id), wire('breaker', breaker)],
  };
});
afterAll(() => server?.close());

const tokenOf = ({ security }: Operation): string | undefined => {
  const [scheme = {}] = security;
  if ('adminSession' in scheme) return server.admin;
  if ('operatorSession' in scheme) return server.tenants[0].token;
  return 'playerSession' in scheme ? server.tenants[0].players[0].token : undefined;
};

const streams = ({ responses }: Operation): boolean =>
  Object.values(responses).some(({ content }) => content && 'text/event-stream' in content);

test('the document names every operation of the registry once', () => {
  expect(operations.map(([id]) => id).sort()).toEqual(Object.keys(contract).sort());
});

test.each(operations.filter(([, , , operation]) => !streams(operation)))('%s', async (_, method, path, operation) => {
  const values = (where: Parameter['in']) => {
    const parameters = operation.parameters.filter((parameter) => parameter.in === where);
    return fc.record(Object.fromEntries(parameters.map(({ name, schema }) => [name, arbitraryOf(schema, known)])), {
      requiredKeys: parameters.filter(({ required }) => required).map(({ name }) => name),
    }) as fc.Arbitrary<Record<string, unknown>>;
  };
  // What takes a form gets no body here, only the wrong type; forms have a zoo of their own.
  const schema = operation.requestBody?.content['application/json']?.schema;
  const good = schema ? arbitraryOf(schema, known) : fc.constant(undefined);
  const body = schema
    ? fc.oneof({ weight: 3, arbitrary: good }, { weight: 2, arbitrary: spoiled(good) }, { weight: 1, arbitrary: fc.jsonValue() })
    : good;
  const seen = new Map<number, number>();

  await fc.assert(
    fc.asyncProperty(values('path'), values('query'), values('header'), body, async (params, query, headers, payload) => {
      const search = new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]));
      const url = `${path.replace(/\{(\w+)\}/g, (__, name: string) => encodeURIComponent(String(params[name])))}?${search}`;
      const answer = await server.inject({
        method,
        url,
        headers: {
          ...(headers as Record<string, string>),
          'content-type': 'application/json',
          ...(tokenOf(operation) && { authorization: `Bearer ${tokenOf(operation)}` }),
        },
        ...(payload !== undefined && { payload: JSON.stringify(payload) }),
      });
      seen.set(answer.status, (seen.get(answer.status) ?? 0) + 1);
      expect(answer.status, JSON.stringify({ url, payload, body: answer.body, log: server.lines.at(-1) })).toBeLessThan(500);
      expect(Object.keys(operation.responses), `undocumented ${answer.status} ${JSON.stringify(answer.body)}`).toContain(
        String(answer.status),
      );
      if (answer.status >= 400) errorEnvelope.parse(answer.body);
    }),
    { numRuns: path.includes('/auth/') ? SLOW_RUNS : RUNS, seed: 20_260_601 },
  );
  expect(seen.size).toBeGreaterThan(0);
});

test('the books are right after all of it', async () => {
  const report = await verifyBooks(server.db.database);
  expect(report.ok, booksReport(report)).toBe(true);
});
