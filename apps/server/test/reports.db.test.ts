/** Reports and exports over HTTP: every type and format against the lists of the same thing, links, permissions, crashes, tenancy. */
import { gunzipSync } from 'node:zlib';
import { decompress, init } from '@bokuweb/zstd-wasm';
import {
  EXPORT_TYPES,
  OPERATOR_COLUMNS,
  OPERATOR_REPORT_TYPES,
  PLATFORM_COLUMNS,
  REPORT_TYPES,
} from '@predictu/contract/shapes/report-columns';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rollUp } from '../src/insights/roll-up.ts';
import type { Read } from '../src/reports/row-source.ts';
import { type BuyShares, readBuyShares, readTradePage } from '../src/trading/trading.ts';
import { type ListScene, listScene } from './list-scene.ts';
import type { TestServer } from './server.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by assertions, which fail on what is not there.
type Data = any;
const WIDE = { from: '2020-01-01T00:00:00Z', to: '2030-01-01T00:00:00Z' };

let scene: ListScene;
let server: TestServer;
let member: string;

beforeAll(async () => {
  scene = await listScene();
  ({ server } = scene);
  member = server.tenants[0].token;
  await rollUp(server.db.database);
  await server.db.owner.query(
    `insert into risk_events (id, operator_id, type, severity, wall, message, scope, value_cents, threshold_cents, created_at)
     select n, $1, 'wall_violation', 'warning', 1 + n % 5, '=HYPERLINK("x"), number ' || n, '{"kind": "approached"}', n * 100, 5000, $2 from generate_series(1, 12) n`,
    [scene.operators[0], server.clock.now()],
  );
  server.clock.advance(1_000);
  await init();
});
afterAll(() => scene?.close());

const ask = async (url: string, body: unknown, token = server.admin): Promise<Data> => {
  const answer = await server.send('POST', url, token, body);
  expect([answer.status, answer.body.error]).toEqual([url.includes('/export/') ? 202 : 200, undefined]);
  return answer.body.data;
};
/** A slow machine may take longer than an answer waits. */
async function report(body: object, token?: string): Promise<Data> {
  const answered = await ask(token ? '/api/operator/reports/export' : '/api/internal/reports', { format: 'csv', ...body }, token);
  if (answered.status !== 'processing') return answered;
  await server.reports.makeWaiting();
  return (await server.send('GET', answered.poll_url, token ?? server.admin)).body.data;
}
const fetchFile = (url: string, token = server.admin) =>
  server.http.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } });
const textOf = async (file: Data, token?: string): Promise<string> => (await fetchFile(file.download_url, token)).body;

async function exported(type: string, body: object = {}): Promise<Data> {
  const started = await ask(`/api/internal/export/${type}`, { ...WIDE, ...body });
  expect(started).toMatchObject({ status: 'processing', poll_url: `/api/internal/export/${started.export_id}/status`, download_url: null });
  await server.reports.makeWaiting();
  const { body: answer } = await server.send('GET', started.poll_url, server.admin);
  expect(answer.data).toMatchObject({ status: 'ready', progress_pct: 100, row_count: started.estimated_rows });
  return answer.data;
}

/** RFC 4180, read by a second hand. */
function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  const [head = [], ...lines] = rows.filter((row) => row.length > 1 || row[0] !== '');
  return lines.map((line) => Object.fromEntries(head.map((name, index) => [name, line[index] ?? ''])));
}
/** A cell as the list would say it; what a spreadsheet would take for a formula has an apostrophe before it. */
const same = (cell: unknown, value: unknown): void => {
  const said = value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : value;
  if (typeof said === 'number') expect(Number(cell)).toBe(said);
  else expect(String(cell).replace(/^'(?==)/, '')).toBe(String(said));
};

const LISTS: Record<string, string> = { trades: 'trades', users: 'users', positions: 'positions', settlements: 'settlements' };

describe('a report', () => {
  test.each(Object.entries(LISTS))('of %s is its list of the operator, column by column', async (type, list) => {
    const file = await report({ type, filters: WIDE }, member);
    expect(file).toMatchObject({ status: 'ready', type, format: 'csv', progress_pct: 100 });
    const rows = parseCsv(await textOf(file, member));
    const { rows: listed } = await scene.all(`/api/operator/${list}`, member, 200);
    expect(rows).toHaveLength(listed.length);
    expect(file.row_count).toBe(listed.length);
    const byId = new Map(listed.map((row: Data) => [row.id, row]));
    for (const row of rows) {
      const { s2s_callbacks: calls, ...known } = byId.get(row['id']) as Data;
      const flat = calls
        ? { ...known, s2s_callbacks_sent: calls.sent, s2s_callbacks_confirmed: calls.confirmed, s2s_callbacks_failed: calls.failed }
        : known;
      expect(Object.keys(row)).toEqual(Object.keys(OPERATOR_COLUMNS[type as keyof typeof OPERATOR_COLUMNS]));
      for (const [name, cell] of Object.entries(row)) same(cell, flat[name]);
    }
  });

  test('of revenue adds up to what the revenue page says', async () => {
    const { data } = await scene.page(`/api/operator/revenue?from=${WIDE.from}&to=${WIDE.to}&granularity=month`, member);
    const file = await report({ type: 'revenue', filters: { ...WIDE, granularity: 'month' } }, member);
    const rows = parseCsv(await textOf(file, member));
    const cents = (name: string): number => rows.reduce((sum, row) => sum + Math.round(Number(row[name]) * 100), 0);
    expect(data.totals.gross_revenue_usd).toBeGreaterThan(0);
    expect(cents('gross_usd')).toBe(Math.round(data.totals.gross_revenue_usd * 100));
    expect(cents('operator_share_usd')).toBe(Math.round(data.totals.operator_share_usd * 100));
    expect(rows.reduce((sum, row) => sum + Number(row['trade_count']), 0)).toBe(data.totals.trade_count);
  });

  test.each(REPORT_TYPES.flatMap((type) => (['csv', 'xlsx', 'pdf'] as const).map((format) => [type, format] as const)))(
    'of %s as %s is handed out whole',
    async (type, format) => {
      const file = await report({ type, format, filters: WIDE });
      expect(file).toMatchObject({ status: 'ready', columns: Object.keys(PLATFORM_COLUMNS[type]) });
      const { statusCode, headers, rawPayload } = await fetchFile(file.download_url);
      expect(statusCode).toBe(200);
      expect(rawPayload).toHaveLength(file.file_size_bytes);
      expect(headers['content-disposition']).toContain(`.${format}"`);
      const begins = { csv: Object.keys(PLATFORM_COLUMNS[type]).join(',').slice(0, 4), xlsx: 'PK\u0003\u0004', pdf: '%PDF' }[format];
      expect(rawPayload.subarray(0, 4).toString('latin1')).toBe(begins);
    },
  );

  test.each(OPERATOR_REPORT_TYPES)('of %s holds nothing of another operator', async (type) => {
    const text = await textOf(await report({ type, filters: WIDE }, member), member);
    const own = new Set(scene.players.filter(({ operatorId }) => operatorId === server.tenants[0].operatorId).map(({ id }) => id));
    const foreign = scene.players.filter(({ id }) => !own.has(id)).map(({ id }) => id);
    const { rows } = await server.db.owner.query(
      `select external_id from players where id = any($1::bigint[]) and external_id like 'ext%' and username is not null`,
      [foreign],
    );
    expect(rows.length).toBeGreaterThan(0);
    for (const { external_id: external } of rows) expect(text).not.toContain(external);
  });

  test('has the columns asked for, in their order, of the rows asked for', async () => {
    const columns = ['created_at', 'side', 'cost_usd', 'id'];
    const filters = { ...WIDE, side: 'buy', user_id: null, min_amount: 5 };
    const rows = parseCsv(await textOf(await report({ type: 'trades', columns, filters }, member), member));
    const { rows: listed } = await scene.all('/api/operator/trades?side=buy&min_amount=5&order=asc', member, 200);
    expect(rows.map(({ id }) => id)).toEqual(listed.map(({ id }: Data) => id));
    expect(Object.keys(rows[0] ?? {})).toEqual(columns);
  });

  test('of one operator, for the platform, by slug; a name that nobody has is refused', async () => {
    const slug = 'first-casino';
    const file = await report({ type: 'trades', filters: { ...WIDE, operator: slug }, columns: ['operator_slug'] });
    const rows = parseCsv(await textOf(file));
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map(({ operator_slug: name }) => name))).toEqual(new Set([slug]));
    const body = { type: 'trades', format: 'csv', filters: { operator: 'nobody' } };
    expect(await server.send('POST', '/api/internal/reports', server.admin, body)).toMatchObject({
      status: 422,
      body: { error: { code: 'VALIDATION_ERROR' } },
    });
  });

  test.each([
    [{ type: 'ledger', format: 'csv' }, 'type'],
    [{ type: 'trades', format: 'docx' }, 'format'],
    [{ type: 'trades', format: 'csv', columns: ['password_hash'] }, 'columns.0'],
    [{ type: 'trades', format: 'csv', columns: ['id', 'id'] }, 'columns.1'],
    [{ type: 'trades', format: 'csv', filters: { tier: 'sharp' } }, 'filters.tier'],
    [{ type: 'users', format: 'csv', filters: { status: 'filled' } }, 'filters.status'],
    [{ type: 'trades', format: 'csv', filters: { from: WIDE.to, to: WIDE.from } }, 'filters.to'],
    [{ type: 'trades', format: 'csv', delivery: 'email' }, 'email'],
  ])('%j is refused for its %s', async (body, field) => {
    const { status, body: answer } = await server.send('POST', '/api/internal/reports', server.admin, body);
    expect(status).toBe(422);
    expect(answer.error.details.fields.map((problem: Data) => problem.field)).toContain(field);
  });
});

describe('an export', () => {
  test.each(EXPORT_TYPES)('of %s says the same in every format, without a name', async (type) => {
    const csv = parseCsv(await textOf(await exported(type)));
    const lines = (await textOf(await exported(type, { format: 'jsonl' })))
      .trim()
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
    const { rawPayload } = await fetchFile((await exported(type, { format: 'parquet' })).download_url);
    const parquet = await parquetReadObjects({ file: new Uint8Array(rawPayload).buffer });
    expect([lines.length, parquet.length]).toEqual([csv.length, csv.length]);
    const columns = Object.keys(csv[0] ?? {});
    expect(columns.filter((name) => ['user_name', 'email', 'username', 'external_id', 'external_user_id'].includes(name))).toEqual([]);
    for (const [index, row] of csv.entries()) {
      for (const name of columns) {
        same(row[name], lines[index][name]);
        const cell = parquet[index]?.[name];
        const plain = typeof cell === 'bigint' ? Number(cell) : cell instanceof Date ? cell.toISOString() : cell;
        if (typeof plain === 'number') expect(plain).toBeCloseTo(Number(row[name]), 9);
        else same(row[name], plain ?? null);
      }
    }
    if (type !== 'settlements') expect(csv.length).toBeGreaterThan(0);
  });

  test('compressed holds the same bytes', async () => {
    const plain = await textOf(await exported('trades'));
    const gzip = await fetchFile((await exported('trades', { compression: 'gzip' })).download_url);
    expect(gzip.headers['content-disposition']).toContain('.csv.gz"');
    expect(gunzipSync(gzip.rawPayload).toString()).toBe(plain);
    const zstd = await fetchFile((await exported('trades', { compression: 'zstd' })).download_url);
    expect(Buffer.from(decompress(zstd.rawPayload)).toString()).toBe(plain);
    for (const compression of ['gzip', 'zstd']) {
      const { rawPayload } = await fetchFile((await exported('trades', { compression, format: 'parquet' })).download_url);
      const rows = await parquetReadObjects({
        file: new Uint8Array(rawPayload).buffer,
        compressors: { GZIP: (bytes) => new Uint8Array(gunzipSync(bytes)), ZSTD: (bytes) => decompress(bytes) },
      });
      expect(rows).toHaveLength(parseCsv(plain).length);
    }
  });

  test('sums of the ledger equal the ledger to the cent', async () => {
    const rows = parseCsv(await textOf(await exported('ledger')));
    const { rows: sums } = await server.db.owner.query('select count(*)::int as n, sum(amount_cents)::text as cents from ledger_entries');
    const cents = rows.reduce((sum, row) => sum + Math.abs(Math.round(Number(row['amount_usd']) * 100)), 0);
    expect([rows.length, String(cents)]).toEqual([sums[0].n, sums[0].cents]);
  });

  test('has names with the permission only, and is not handed to others', async () => {
    const file = await exported('users', { include_pii: true });
    const rows = parseCsv(await textOf(file));
    expect(rows.some(({ email }) => email?.includes('@example.com'))).toBe(true);
    await server.db.owner.query(`update admin_users set permissions = '{read,write,config,billing}'`);
    const login = await server.send('POST', '/api/auth/admin/login', undefined, {
      email: 'admin@predictu.test',
      password: 'correct horse battery',
    });
    const weak = login.body.data.token;
    const refused = { status: 403, body: { error: { code: 'FORBIDDEN', details: { needed: 'users' } } } };
    expect(await server.send('POST', '/api/internal/export/users', weak, { ...WIDE, include_pii: true })).toMatchObject(refused);
    expect((await fetchFile(file.download_url, weak)).statusCode).toBe(403);
    expect((await server.send('POST', '/api/internal/export/users', weak, WIDE)).status).toBe(202);
    await server.reports.makeWaiting();
    await server.db.owner.query(`update admin_users set permissions = '{read,write,users,config,billing}'`);
  });
});

describe('the profits of very many trades, worked out ahead', () => {
  const admin = { kind: 'admin', adminId: 1n, email: 'test', permissions: [] } as const;
  const read: Read = (work) => server.db.database.as(admin, 'read', work);
  /** Profits by trade, with shares worked out ahead or looked up. */
  async function profits(operatorId: bigint | undefined, shares?: BuyShares): Promise<Map<unknown, unknown>> {
    const found = new Map<unknown, unknown>();
    const page = { filter: { operatorId }, columns: ['id', 'pnl_usd'], after: undefined, limit: 5_000, shares } as const;
    await read((db) =>
      readTradePage(db, page, ([id, profit]) => found.set(id, profit === undefined || profit === null ? null : BigInt(profit as number))),
    );
    return found;
  }
  const trades = async () => (await server.db.owner.query('select id, side from trades order by id')).rows;

  test('are those of the trades one by one, of all operators and of one', async () => {
    for (const operatorId of [undefined, server.tenants[0].operatorId]) {
      const one = await profits(operatorId);
      expect(await profits(operatorId, await readBuyShares(read, operatorId))).toEqual(one);
      expect(one.size).toBeGreaterThan(5);
    }
    const shares = await readBuyShares(read, undefined);
    const known = await profits(undefined);
    const buys = (await trades()).filter(({ id, side }) => side === 'buy' && known.get(id) !== null);
    expect(buys.filter(({ id }) => shares(id) === known.get(id)).length).toBeGreaterThan(5);
  });

  test('are found in any order', async () => {
    const shares = await readBuyShares(read, undefined);
    const ids = (await trades()).map(({ id }) => BigInt(id));
    const there = ids.map(shares);
    expect(there.some((share) => share !== undefined)).toBe(true);
    expect(ids.toReversed().map(shares).toReversed()).toEqual(there);
  });

  test('are looked up where a position changed while it was read', async () => {
    const [row] = (
      await server.db.owner.query(
        `select p.ctid, p.trade_count from positions p where p.quantity = 0 and p.trade_count > 1 and exists
           (select from trades t where t.operator_id = p.operator_id and t.player_id = p.player_id and t.market_id = p.market_id and t.outcome = p.outcome) limit 1`,
      )
    ).rows;
    const before = await profits(undefined, await readBuyShares(read, undefined));
    await server.db.owner.query('update positions set trade_count = trade_count + 1 where ctid = $1', [row.ctid]);
    expect(await profits(undefined, await readBuyShares(read, undefined))).toEqual(before);
  });
});
