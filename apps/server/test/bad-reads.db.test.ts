/** What a reader can get wrong, for every GET of the registry that takes it: each with its own code, in the documented envelope. */
import { contract, type OperationId } from '@predictu/contract';
import type { Endpoint } from '@predictu/contract/endpoint';
import { errorEnvelope } from '@predictu/contract/errors';
import { encodeId, type Id, type IdKind } from '@predictu/contract/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApi } from '../src/platform/openapi.ts';
import { START } from './factories.ts';
import { openTestServer, type TestServer } from './server.ts';

type Parameter = { name: string; in: string; required?: boolean; schema: { enum?: unknown[]; type?: string } };
const document = openApi(contract, { title: 'reads', version: '0', description: '', serverUrl: '/' }) as {
  paths: Record<string, Record<string, { operationId: string; parameters: Parameter[] }>>;
};
const parametersOf = new Map(
  Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId, parameters }): [string, Parameter[]] => [operationId, parameters]),
  ),
);
type Read = { id: OperationId; endpoint: Endpoint; query: Parameter[]; path: Parameter[] };
const reads = (Object.entries(contract) as [OperationId, Endpoint][])
  .filter(([, { method, redirects }]) => method === 'GET' && !redirects)
  .map(([id, endpoint]): Read => {
    const parameters = parametersOf.get(id) ?? [];
    return { id, endpoint, query: parameters.filter((one) => one.in === 'query'), path: parameters.filter((one) => one.in === 'path') };
  });
const taking = (...names: string[]): [OperationId, Read][] =>
  reads.filter(({ query }) => names.every((name) => query.some((one) => one.name === name))).map((read) => [read.id, read]);

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
  const { token } = server.tenants[0];
  const switches = {
    trading: { allow_limit_orders: true },
    ui: { show_orderbook: true },
    features: { social_feed: true, referral_program: true },
  };
  expect((await server.send('POST', '/api/operator/config', token, switches)).status).toBe(200);
});
afterAll(() => server?.close());

const wire = <K extends IdKind>(kind: K, id: bigint): string => encodeId(kind, id as Id<K>);
/** Ids that are there, for the paths that need one. */
const PATHS: Record<string, () => string> = {
  user_id: () => wire('user', server.tenants[0].players[0].id),
  market_id: () => wire('market', server.marketId),
  operator_id: () => wire('operator', server.tenants[0].operatorId),
  slug: () => 'first-casino',
};
/** Ids of the right kind that nobody has. */
const NOBODY: Record<string, () => string> = {
  user_id: () => wire('user', 12_345n),
  market_id: () => wire('market', 12_345n),
  operator_id: () => wire('operator', 12_345n),
  slug: () => 'no-such-casino',
  order_id: () => wire('order', 12_345n),
  call_id: () => wire('transaction', 12_345n),
  settlement_id: () => wire('settlement', 12_345n),
  invoice_id: () => wire('invoice', 12_345n),
  application_id: () => wire('application', 12_345n),
  report_id: () => wire('report', 12_345n),
  export_id: () => wire('export', 12_345n),
  mail_id: () => wire('mail', 12_345n),
};
/** For parameters without which an endpoint does not answer. */
const NEEDED: Record<string, string> = { operator: 'first-casino', scope: 'global', resolution: 'yes' };

const urlOf = ({ endpoint, query }: Read, more: Record<string, string>, ids = PATHS): string => {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const id = ids[name] ?? NOBODY[name];
    if (!id) throw new Error(`No value for {${name}} of ${endpoint.path}`);
    return id();
  });
  const needed = query.filter(({ required }) => required).map(({ name }) => [name, NEEDED[name] ?? ''] as const);
  return `${path}?${new URLSearchParams({ ...Object.fromEntries(needed), ...more })}`;
};
const tokenOf = ({ endpoint }: Read): string | undefined =>
  ({ admin: server.admin, operator: server.tenants[0].token, player: server.tenants[0].players[0].token, public: undefined })[
    endpoint.audience
  ];

async function expectRefused(read: Read, more: Record<string, string>, status: number, code: string, ids = PATHS): Promise<void> {
  const url = urlOf(read, more, ids);
  const answer = await server.send('GET', url, tokenOf(read));
  expect([url, answer.status, answer.body?.error?.code]).toEqual([url, status, code]);
  errorEnvelope.parse(answer.body);
  const [name] = Object.keys(more);
  if (name !== undefined) expect(answer.body.error.details).toMatchObject({ fields: [expect.objectContaining({ field: name })] });
}

describe('pages', () => {
  test.each(taking('limit'))('%s: a limit that is too high, too low or no number', async (_, read) => {
    for (const limit of ['201', '0', '-1', 'many', '1e2', '']) await expectRefused(read, { limit }, 400, 'BAD_REQUEST');
  });
  test.each(taking('page'))('%s: a page before the first, or no number', async (_, read) => {
    for (const page of ['0', '-1', '1.5', 'last', '9999999999']) await expectRefused(read, { page }, 400, 'BAD_REQUEST');
  });
  test.each(taking('page').filter(([, { path }]) => path.every(({ name }) => name in PATHS)))(
    '%s: a page far past the end is empty, with the true total',
    async (_, read) => {
      const [first, far] = await Promise.all(
        [{}, { page: '900000', limit: '200' }].map((more) =>
          server.send('GET', urlOf(read, more as Record<string, string>), tokenOf(read)),
        ),
      );
      expect([first?.status, far?.status]).toEqual([200, 200]);
      expect(far?.body.data).toEqual([]);
      const { total } = first?.body.pagination ?? first?.body ?? {};
      expect(total).toEqual(expect.any(Number));
      expect(far?.body.pagination ?? { total: far?.body.total }).toMatchObject({ total });
      if (far?.body.pagination)
        expect(far.body.pagination).toEqual({ page: 900_000, limit: 200, total, total_pages: Math.ceil(total / 200) });
      expect(far?.body.next_cursor ?? null).toBeNull();
    },
  );
  test.each(taking('cursor').filter(([, { path }]) => path.every(({ name }) => name in PATHS)))(
    '%s: a cursor that is none of ours',
    async (_, read) => {
      const other = Buffer.from('1.2.3.4.5.6', 'latin1').toString('base64url');
      const huge = Buffer.from(`${'9'.repeat(19)}.${'9'.repeat(19)}`, 'latin1').toString('base64url');
      for (const cursor of ['broken', '%00', 'AAAA', other, 'null']) await expectRefused(read, { cursor }, 400, 'BAD_REQUEST');
      expect((await server.send('GET', urlOf(read, { cursor: huge }), tokenOf(read))).status).toBeLessThan(500);
    },
  );
});

describe('filters', () => {
  const closed = reads.flatMap((read) =>
    read.query.filter(({ schema }) => schema.enum).map(({ name }): [string, Read, string] => [`${read.id} ${name}`, read, name]),
  );
  test.each(closed)('%s: a value that is not in the list', async (_, read, name) => {
    for (const value of ['nonsense', '', 'NULL', '0']) await expectRefused(read, { [name]: value }, 400, 'BAD_REQUEST');
  });
  test.each(reads.filter(({ endpoint }) => !endpoint.stream).map((read): [OperationId, Read] => [read.id, read]))(
    '%s: a parameter nobody knows',
    async (_, read) => {
      await expectRefused(read, { colour: 'red' }, 400, 'BAD_REQUEST');
    },
  );
  test.each(taking('from'))('%s: times that are none', async (_, read) => {
    for (const from of ['yesterday', '2026-13-01T00:00:00Z', '1780000000', '']) await expectRefused(read, { from }, 400, 'BAD_REQUEST');
  });
  test.each(taking('from', 'to').filter(([, { path }]) => path.every(({ name }) => name in PATHS)))(
    '%s: times in the wrong order',
    async (_, read) => {
      const [early, late] = [new Date(START.getTime() - 86_400_000).toISOString(), START.toISOString()];
      await expectRefused(read, { to: early, from: late }, 400, 'BAD_REQUEST');
    },
  );
  const named = reads.flatMap((read) =>
    read.query
      .filter(({ name }) => name.endsWith('_id') && name in PATHS)
      .map(({ name }): [string, Read, string] => [`${read.id} ${name}`, read, name]),
  );
  test.each(named)('%s: an id of another kind, and none at all', async (_, read, name) => {
    for (const value of ['rpt_0000000000001', '12', 'usr_', '']) await expectRefused(read, { [name]: value }, 400, 'BAD_REQUEST');
  });
});

describe('ids', () => {
  const withPath = reads
    .filter(({ path, endpoint }) => path.length > 0 && !endpoint.stream)
    .map((read): [OperationId, Read] => [read.id, read]);
  test.each(withPath)('%s: one that nobody has is not there', async (_, read) => {
    await expectRefused(read, {}, 404, 'NOT_FOUND', NOBODY);
  });
  test.each(withPath)('%s: what is no id at all is not there either, and never an error of ours', async (_, read) => {
    const odd = Object.fromEntries(read.path.map(({ name }) => [name, () => 'zzz_!']));
    const answer = await server.send('GET', urlOf(read, {}, odd), tokenOf(read));
    expect([400, 404]).toContain(answer.status);
    errorEnvelope.parse(answer.body);
  });
});
