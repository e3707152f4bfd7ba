/** Every GET of the registry on a busy platform, with each of its parameters: no statement goes through a large table from end to end. */
import { contract, type OperationId } from '@predictu/contract';
import type { Endpoint } from '@predictu/contract/endpoint';
import { encodeId, type IdKind, PREFIXES } from '@predictu/contract/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApi } from '../src/platform/openapi.ts';
import { type BusyPlatform, fillPlatform } from './busy-platform.ts';
import { START } from './factories.ts';
import { type PlanWatch, watchPlans } from './plan-watch.ts';
import { openTestServer, type TestServer } from './server.ts';

type Parameter = { name: string; in: string; required?: boolean; schema: { enum?: string[]; pattern?: string } };
const document = openApi(contract, { title: 'plans', version: '0', description: '', serverUrl: '/' }) as {
  paths: Record<string, Record<string, { operationId: string; parameters?: Parameter[] }>>;
};
const parametersOf = new Map(
  Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId, parameters = [] }): [string, Parameter[]] => [operationId, parameters]),
  ),
);
/** Finds what was opened in a browser by the hash in its cookie. */
const BY_COOKIE = 'getSignIn';
/** Streams and files go on where a list ended; a redirect reads nothing. */
const reads = (Object.entries(contract) as [OperationId, Endpoint][]).filter(
  ([id, { method, stream, file, redirects }]) => method === 'GET' && !stream && !file && !redirects && id !== BY_COOKIE,
);

let server: TestServer;
let own: TestServer['tenants'][0];
let platform: BusyPlatform;
let watch: PlanWatch;
/** Statements that were planned, by endpoint. */
const asked = new Map<OperationId, number>();

beforeAll(async () => {
  server = await openTestServer();
  [own] = server.tenants;
  await server.send('POST', '/api/operator/config', own.token, {
    trading: { allow_limit_orders: true },
    ui: { show_orderbook: true },
    features: { social_feed: true, referral_program: true },
  });
  platform = await fillPlatform(server);
  watch = watchPlans(server.db.database, platform.large);
}, 300_000);
afterAll(() => server?.close());

/** Where an id of each kind is found. */
const IDS: Partial<Record<IdKind, string>> = {
  application: 'select id from operator_applications',
  transaction: 'select id from wallet_calls where operator_id = $1',
  export: `select id from report_files where kind = 'export' and operator_id is null`,
  report: `select id from report_files where kind = 'report' and operator_id is not distinct from $3`,
  invoice: `select id from invoices where operator_id = $1 and status = 'sent'`,
  mail: 'select id from mails',
  market: 'select id from markets where operator_id is null order by id desc',
  operator: 'select $1 as id',
  order: 'select id from limit_orders where player_id = $2',
  settlement: 'select settlement_id as id from settlement_records where operator_id = $1',
  audit: 'select id from platform_audit_log',
  trade: 'select id from trades where operator_id = $1',
  user: 'select $2 as id',
};
async function idOf(kind: IdKind, audience: Endpoint['audience']): Promise<string> {
  const text = IDS[kind];
  if (!text) throw new Error(`No statement finds an id of the kind ${kind}`);
  const given = [own.operatorId, own.players[0].id, audience === 'admin' ? 'null' : own.operatorId];
  const { rows } = await server.db.owner.query(`${text.replaceAll(/\$(\d)/g, (_, n) => String(given[n - 1]))} limit 1`);
  return encodeId(kind, BigInt(rows[0]?.id ?? 1));
}

/** Asked of endpoints whose parameters need each other. */
const TOGETHER: Partial<Record<OperationId, string[]>> = {
  previewBreaker: ['scope=global', 'scope=operator&scope_id=first-casino', 'scope=category&scope_id=sports'],
};
const DAY = 86_400_000;
/** Values of parameters whose schema does not say which to take. */
const VALUES: Record<string, string> = {
  slug: 'first-casino',
  operator: 'first-casino',
  search: 'number 77',
  from: new Date(START.getTime() - 3 * DAY).toISOString(),
  to: new Date(START.getTime() - 2 * DAY).toISOString(),
  page: '3',
  limit: '200',
  min_amount: '5',
  max_amount: '20',
  min_balance: '5',
  max_balance: '20',
  action: 'config.updated',
  actor: 'x77',
  subject: 'x77',
  request_id: 'x77',
  key: 'ui.theme',
  recipient: 'x77@',
  template: 'x77',
  primary_color: '#112233',
  height: '600px',
  width: '100%',
  scope_id: '',
};

async function valuesOf({ name, schema }: Parameter, audience: Endpoint['audience']): Promise<string[]> {
  if (schema.enum) return schema.enum;
  const kind = (Object.keys(PREFIXES) as IdKind[]).find((one) => schema.pattern?.startsWith(`^${PREFIXES[one]}_`));
  if (kind) return [await idOf(kind, audience)];
  const value = VALUES[name];
  if (value === undefined) throw new Error(`What is a value of the parameter ${name}?`);
  return value === '' ? [] : [value];
}

/** What is asked of an endpoint: nothing beyond what it needs, then each parameter by itself with each value of a closed list. */
async function queriesOf(parameters: readonly Parameter[], audience: Endpoint['audience']): Promise<string[]> {
  const needed: [string, string][] = [];
  const single: [string, string][] = [];
  for (const parameter of parameters.filter(({ name, in: where }) => where === 'query' && name !== 'cursor')) {
    const values = await valuesOf(parameter, audience);
    if (parameter.required) needed.push([parameter.name, values[0] ?? '']);
    for (const value of values) single.push([parameter.name, value]);
  }
  return [[], ...single.map((pair) => [pair])].map((more) =>
    String(new URLSearchParams([...needed.filter(([name]) => name !== more[0]?.[0]), ...more])),
  );
}

const tokenOf = (audience: Endpoint['audience']): string | undefined =>
  ({ admin: server.admin, operator: own.token, player: own.players[0].token, public: undefined })[audience];

/** Asks all an endpoint can be asked, a second page by its cursor included; answers what went through a large table and the query that did it first. */
async function scansOf(id: OperationId, { path, audience }: Endpoint): Promise<Map<string, string>> {
  const parameters = parametersOf.get(id) ?? [];
  let url: string = path;
  for (const parameter of parameters.filter(({ in: where }) => where === 'path'))
    url = url.replace(`{${parameter.name}}`, (await valuesOf(parameter, audience))[0] ?? '');
  const found = new Map<string, string>();
  const ask = async (query: string): Promise<string | undefined> => {
    watch.forget();
    const { status, body } = await server.send('GET', `${url}?${query}`, tokenOf(audience));
    expect(status, `${url}?${query}: ${JSON.stringify(body)} ${status < 500 ? '' : server.lines.at(-1)}`).toBe(200);
    asked.set(id, (asked.get(id) ?? 0) + watch.asked());
    for (const scan of watch.scans()) if (!found.has(scan)) found.set(scan, query);
    return body.next_cursor;
  };
  for (const query of TOGETHER[id] ?? (await queriesOf(parameters, audience))) {
    const cursor = await ask(query);
    if (cursor) await ask(`${query}&cursor=${encodeURIComponent(cursor)}`);
  }
  return found;
}

test('every table is large here, or known to stay small', () => {
  expect(platform.unknown).toEqual([]);
});

test('a scan is seen, within a function as well', async () => {
  const { owner, database } = server.db;
  await owner.query(
    `create function all_amounts() returns bigint language plpgsql security definer as $$ begin return (select sum(amount_cents) from trades); end $$`,
  );
  const seen = async (text: string): Promise<string[]> => {
    watch.forget();
    await database.as({ kind: 'worker', name: 'test' }, 'read', (tx) => tx.query(text));
    return watch.scans();
  };
  const few = 'select count(*) as total from trades where amount_cents = 77';
  expect(await seen(few)).toEqual([`trades: ${few}`]);
  expect(await seen('select all_amounts()')).toEqual(['trades: within a function']);
  expect(await seen(`select count(*) as total from trades where side = 'buy'`)).toEqual([]);
  expect(await seen(`select id from trades where operator_id = 101 and id = 5`)).toEqual([]);
});

/** Pages of wide lists in an order that has no index: from 50,000 rows on, columns in memory choose them. */
const BY_COLUMNS = /^(trades|players): select (t|p)\.id as id from (trades t|players p)\b(?!.* like ).* order by /;
/** Who sums over everybody reads everybody's row of figures, and nobody's trades; no index may stand on what every trade moves. */
const WHOLE: Partial<Record<OperationId, string[]>> = {
  getCohorts: ['rollup_player_totals', 'rollup_players'],
  getLifetimeValue: ['players', 'rollup_player_totals'],
  getPatterns: ['player_sessions', 'rollup_player_days'],
  getExposure: ['players'],
};

describe('no large table is read from end to end', () => {
  test.each(reads)('%s', async (id, endpoint) => {
    const found = [...(await scansOf(id, endpoint))].filter(([scan]) => !BY_COLUMNS.test(scan));
    const tables = new Set(found.map(([scan]) => scan.slice(0, scan.indexOf(':'))));
    const whole = WHOLE[id] ?? [];
    expect(found.filter(([scan]) => !whole.some((table) => scan.startsWith(`${table}: `)))).toEqual([]);
    expect([...tables].sort()).toEqual(whole);
  });
});

test('what asks nothing here is known', () => {
  const silent = reads.map(([id]) => id).filter((id) => !asked.get(id));
  // Answers without the database, or on a connection of its own by the player's key.
  expect(silent).toEqual(['health', 'getApplicationForm', 'getBalance']);
});
