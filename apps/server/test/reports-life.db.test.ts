/** The life of files and schedules: links that expire, crashes, tries that fail, runs that happen once. */
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeId, type Id } from '@predictu/contract/ids';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportAttachments } from '../src/reports/reports.ts';
import { openTestServer, PASSWORD, type TestServer } from './server.ts';

// biome-ignore lint/suspicious/noExplicitAny: answers are looked into by assertions, which fail on what is not there.
type Data = any;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const WIDE = { from: '2020-01-01T00:00:00Z', to: '2030-01-01T00:00:00Z' };

let server: TestServer;
let member: string;
let folder: string;
beforeAll(async () => {
  server = await openTestServer();
  member = server.tenants[0].token;
  folder = join(server.dataFolder, 'reports');
  const market = encodeId('market', server.marketId as Id<'market'>);
  const order = { market_id: market, outcome: 'yes', side: 'buy', amount_usd: 20, limit_price: 0.99 };
  for (const { players } of server.tenants) {
    for (const { token } of players) await server.send('POST', '/api/casino/trades', token, order, { 'idempotency-key': 'report' });
  }
  server.clock.advance(1_000);
});
afterAll(() => server?.close());

const get = async (url: string, token = server.admin): Promise<Data> => (await server.send('GET', url, token)).body;
const makeReport = async (token = server.admin): Promise<Data> =>
  (
    await server.send('POST', token === server.admin ? '/api/internal/reports' : '/api/operator/reports/export', token, {
      type: 'trades',
      format: 'csv',
    })
  ).body.data;
const startExport = async (): Promise<Data> => (await server.send('POST', '/api/internal/export/trades', server.admin, WIDE)).body.data;
/** Sessions end within hours. */
async function logInAgain(): Promise<void> {
  const logIn = async (audience: string, email: string): Promise<string> =>
    (await server.send('POST', `/api/auth/${audience}/login`, undefined, { email, password: PASSWORD })).body.data.token;
  server.admin = await logIn('admin', 'admin@predictu.test');
  member = await logIn('operator', 'member@first-casino.test');
  server.tenants[1].token = await logIn('operator', 'member@second-casino.test');
}
const rowsOf = async (text: string, values: unknown[] = []): Promise<Data[]> => (await server.db.owner.query(text, values)).rows;

describe('a link', () => {
  test('of a report works for two hours, of an export for one, and says when it has expired', async () => {
    const report = await makeReport();
    const started = await startExport();
    expect((await get(`${started.poll_url.replace('/status', '')}/download`)).error).toMatchObject({
      code: 'CONFLICT',
      details: { status: 'processing' },
    });
    await server.reports.makeWaiting();
    const { data: exported } = await get(started.poll_url);
    const madeAt = server.clock.now().getTime();
    expect(Date.parse(report.expires_at) - madeAt).toBe(2 * HOUR_MS);
    expect(Date.parse(exported.expires_at) - madeAt).toBe(HOUR_MS);
    server.clock.advance(HOUR_MS - 1);
    expect((await server.send('GET', exported.download_url, server.admin)).status).toBe(200);
    server.clock.advance(1);
    const gone = await server.send('GET', exported.download_url, server.admin);
    expect(gone).toMatchObject({ status: 410, body: { error: { code: 'LINK_EXPIRED', details: { expired_at: exported.expires_at } } } });
    expect((await get(started.poll_url)).data).toMatchObject({ status: 'expired', download_url: null });
    expect((await server.send('GET', report.download_url, server.admin)).status).toBe(200);
    server.clock.advance(HOUR_MS);
    expect((await server.send('GET', report.download_url, server.admin)).status).toBe(410);
  });

  test('is its owner’s alone', async () => {
    const own = await makeReport(member);
    const platforms = await makeReport();
    const other = server.tenants[1].token;
    expect((await server.send('GET', own.download_url, member)).status).toBe(200);
    expect((await server.send('GET', own.download_url, other)).status).toBe(404);
    expect((await server.send('GET', own.poll_url, other)).status).toBe(404);
    expect((await server.send('GET', own.poll_url.replace('operator', 'internal'), server.admin)).status).toBe(404);
    expect((await server.send('GET', platforms.poll_url.replace('internal', 'operator'), member)).status).toBe(404);
    expect((await get('/api/operator/reports', other)).data).toEqual([]);
    expect((await get('/api/operator/reports', member)).data.map((file: Data) => file.report_id)).toEqual([own.report_id]);
  });

  test('leads nowhere once the job has removed the file, and what nobody knows goes with it', async () => {
    const fresh = await makeReport();
    writeFileSync(join(folder, 'rpt_0000000000001-1.csv.part'), 'half');
    expect(await server.reports.removeFiles()).toBeGreaterThan(1);
    const kept = readdirSync(folder);
    expect(kept.some((name) => name.startsWith(fresh.report_id))).toBe(true);
    expect(kept.some((name) => name.includes('.part') || name.startsWith('exp_'))).toBe(false);
    expect((await server.send('GET', fresh.download_url, server.admin)).status).toBe(200);
    expect(await server.reports.removeFiles()).toBe(0);
    server.clock.advance(31 * 24 * HOUR_MS);
    await server.reports.removeFiles();
    await server.reports.removeFiles();
    expect(await rowsOf('select id from report_files')).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
    server.clock.advance(-31 * 24 * HOUR_MS);
  });
});

describe('a file that is being made', () => {
  test('by a process that died is made by another, once nobody has heard of it for a minute', async () => {
    const started = await startExport();
    await rowsOf(`update report_files set claim = 7, claimed_until = $1, attempts = 1, rows_done = 3 where status = 'processing'`, [
      new Date(server.clock.now().getTime() + MINUTE_MS),
    ]);
    expect(await server.reports.makeWaiting()).toBe(0);
    expect((await get(started.poll_url)).data).toMatchObject({ status: 'processing', progress_pct: 75 });
    server.clock.advance(MINUTE_MS);
    expect(await server.reports.makeWaiting()).toBe(1);
    expect((await get(started.poll_url)).data).toMatchObject({ status: 'ready', row_count: 4 });
  });

  test('by several workers at once is made once', async () => {
    const started = await Promise.all([startExport(), startExport(), startExport()]);
    const counts = await Promise.all([server.reports.makeWaiting(), server.reports.makeWaiting(), server.reports.makeWaiting()]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(3);
    const attempts = await rowsOf(`select attempts, status from report_files where kind = 'export' and created_at = $1`, [
      server.clock.now(),
    ]);
    expect(attempts).toEqual(started.map(() => ({ attempts: 1, status: 'ready' })));
  });

  test('and fails three times is given up, and says so', async () => {
    const started = await startExport();
    await rowsOf(`update report_files set filters = '{"granularity": "century"}' where status = 'processing'`);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect((await rowsOf(`select status from report_files where status = 'processing'`)).length).toBe(1);
      await server.reports.makeWaiting();
      server.clock.advance(MINUTE_MS);
    }
    expect(await server.reports.makeWaiting()).toBe(0);
    const [row] = await rowsOf(`select status, error, attempts from report_files where status = 'failed'`);
    expect(row).toMatchObject({ attempts: 3, error: expect.stringContaining('Ask for it again') });
    await rowsOf(`update report_files set filters = $1 where status = 'failed'`, [JSON.stringify(WIDE)]);
    expect((await get(started.poll_url)).data).toMatchObject({ status: 'failed', error: row.error, download_url: null });
    expect(readdirSync(folder).filter((name) => name.startsWith(started.export_id))).toEqual([]);
  });

  test('with twenty others lets nobody ask for more', async () => {
    await rowsOf(
      `insert into report_files (id, kind, type, format, filters, columns, include_pii, estimated_rows, created_by, created_at, claimed_until)
       select n, 'export', 'trades', 'csv', '{}', '{id}', false, 1, 'x', $1, 'infinity' from generate_series(1, 20) n`,
      [server.clock.now()],
    );
    const refused = await server.send('POST', '/api/internal/export/trades', server.admin, WIDE);
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'CONFLICT', details: { limit: 20 } } } });
    expect((await makeReport(member)).status).toBe('ready');
    await rowsOf('delete from report_files where id <= 20');
  });
});

describe('a schedule', () => {
  beforeAll(logInAgain);
  const weekly = {
    name: 'Weekly Operator Trade Report',
    type: 'trades',
    format: 'xlsx',
    frequency: 'weekly',
    day_of_week: 1,
    time_utc: '08:00',
    recipients: ['ops@example.com', 'ops@example.com', 'finance@example.com'],
    enabled: true,
  };
  const create = async (body: object = weekly, token = server.admin): Promise<Data> =>
    await server.send('POST', token === server.admin ? '/api/internal/reports/scheduled' : '/api/operator/reports/scheduled', token, body);
  /** To a moment after the next run of it. */
  async function passNextRun(schedule: Data): Promise<void> {
    server.clock.advance(Date.parse(schedule.next_run_at) - server.clock.now().getTime() + 1);
    await logInAgain();
  }

  test('runs once for each time it is due, on what was before, and knows when next', async () => {
    const { status, body } = await create();
    expect(status).toBe(201);
    const made = body.data;
    const first = new Date(made.next_run_at);
    expect([first.getUTCDay(), first.toISOString().slice(11)]).toEqual([1, '08:00:00.000Z']);
    expect(made).toMatchObject({ recipients: ['ops@example.com', 'finance@example.com'], last_run_at: null, enabled: true });
    expect(await server.reports.runSchedules()).toBe(0);
    await passNextRun(made);
    const counts = await Promise.all([server.reports.runSchedules(), server.reports.runSchedules()]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
    await server.reports.makeWaiting();
    const { data } = await get('/api/internal/reports/scheduled');
    expect(Date.parse(data[0].next_run_at) - first.getTime()).toBe(7 * 24 * HOUR_MS);
    const { data: report } = await get(`/api/internal/reports/${data[0].last_report_id}`);
    const midnight = `${made.next_run_at.slice(0, 10)}T00:00:00.000Z`;
    expect(report).toMatchObject({
      status: 'ready',
      format: 'xlsx',
      schedule_id: made.id,
      created_by: made.id,
      delivery: 'email',
      filters: { to: midnight },
    });
    expect(Date.parse(midnight) - Date.parse(report.filters.from)).toBe(7 * 24 * HOUR_MS);
    const mails = await rowsOf(`select recipient, template, attachments from mails where template = 'report-ready' order by recipient`);
    expect(mails.map(({ recipient }) => recipient)).toEqual(['finance@example.com', 'ops@example.com']);
    expect(mails[0].attachments).toEqual([
      { source: 'report', reference: report.report_id, name: expect.stringMatching(/^trades-.*\.xlsx$/) },
    ]);
  });

  test('is changed, put to rest and removed by its owner alone, each change audited', async () => {
    const { body } = await create({ ...weekly, name: 'Own', columns: ['id'] }, member);
    const url = `/api/operator/reports/scheduled/${body.data.id}`;
    expect((await server.send('PATCH', url, server.tenants[1].token, { enabled: false })).status).toBe(404);
    expect((await server.send('PATCH', url.replace('operator', 'internal'), server.admin, { enabled: false })).status).toBe(404);
    const monthly = await server.send('PATCH', url, member, { frequency: 'monthly', day_of_month: 15, time_utc: '06:30' });
    expect(monthly.body.data).toMatchObject({ frequency: 'monthly', day_of_week: null, day_of_month: 15, columns: ['id'] });
    expect(monthly.body.data.next_run_at.slice(8)).toBe('15T06:30:00.000Z');
    const rested = await server.send('PATCH', url, member, { enabled: false });
    expect(rested.body.data).toMatchObject({ enabled: false, next_run_at: null });
    expect((await server.send('PATCH', url, member, { frequency: 'weekly' })).status).toBe(422);
    expect((await server.send('DELETE', url, member)).body.data).toEqual({ id: body.data.id, removed: true });
    expect((await get('/api/operator/reports/scheduled', member)).data).toEqual([]);
    const audited = await rowsOf(`select action from platform_audit_log where subject = $1 order by at, id`, [body.data.id]);
    expect(audited.map(({ action }) => action)).toEqual([
      'report.schedule',
      'report.schedule_changed',
      'report.schedule_changed',
      'report.schedule_removed',
    ]);
  });

  test.each([
    [{ ...weekly, day_of_week: undefined }, 'day_of_week'],
    [{ ...weekly, time_utc: '25:00' }, 'time_utc'],
    [{ ...weekly, recipients: [] }, 'recipients'],
    [{ ...weekly, recipients: ['nobody'] }, 'recipients.0'],
    [{ ...weekly, filters: { from: WIDE.from } }, 'filters.from'],
    [{ ...weekly, format: 'parquet' }, 'format'],
  ])('%j is refused for its %s', async (body, field) => {
    const { status, body: answer } = await create(body);
    expect([status, answer.error?.details.fields.map((problem: Data) => problem.field)]).toEqual([422, [field]]);
  });
});

test('what is sent by e-mail goes with its file, which only its owner’s mail can take', async () => {
  const body = { type: 'trades', format: 'csv', delivery: 'email', email: 'me@example.com' };
  const { data } = (await server.send('POST', '/api/operator/reports/export', member, body)).body;
  expect(data).toMatchObject({ status: 'ready', delivery: 'email', recipients: ['me@example.com'] });
  const [mail] = await rowsOf(`select operator_id, data, attachments from mails where recipient = 'me@example.com'`);
  expect(mail).toMatchObject({
    data: { rows: 2, attached: true, page: '/operator/reports' },
    attachments: [{ reference: data.report_id }],
  });
  const read = (operatorId: bigint | null) =>
    server.db.database.as({ kind: 'worker', name: 'mail' }, 'read', (db) =>
      reportAttachments(server.dataFolder).report(db, operatorId, data.report_id),
    );
  expect(Buffer.from(await read(server.tenants[0].operatorId)).toString()).toBe((await server.send('GET', data.download_url, member)).body);
  await expect(read(server.tenants[1].operatorId)).rejects.toThrow('gone');
});

test('files are readable by their owner only, and lie in the data folder', async () => {
  const report = await makeReport();
  expect(existsSync(folder)).toBe(true);
  const name = readdirSync(folder).find((one) => one.startsWith(report.report_id)) as string;
  expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
});
