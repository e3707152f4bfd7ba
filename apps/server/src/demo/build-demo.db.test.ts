/** A small history, built as the demo is, looked at afterwards. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { verifyBooks } from '../insights/verify-books.ts';
import { openPast } from '../open-past.ts';
import { virtualClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { openServices } from '../services.ts';
import { buildDemo, isEmpty } from './build-demo.ts';
import type { DemoFile } from './demo-file.ts';

const END = new Date('2026-11-20T18:20:00Z');
const SCALE = { days: 8, players: 120, moves: 900 };
const SECRET = 'a-secret-that-is-at-least-32-characters';
const log = pino({ level: 'silent' });

let db: TestDatabase;
let folder: string;
let operators: DemoFile['operators'];
const steps: number[] = [];
const rows = async (text: string): Promise<Record<string, unknown>[]> => (await db.owner.query(text)).rows;
const count = async (text: string): Promise<number> => Number((await rows(`select count(*) as n from ${text}`))[0]?.['n']);

beforeAll(async () => {
  db = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'predictu-history-'));
  const config = readConfig({ PREDICTU_DATA_DIR: folder });
  expect(await isEmpty(db.database)).toBe(true);
  // As a start does: what serves afterwards is open before there is a history.
  const serving = await openServices({ config, secret: SECRET, appUrl: db.appUrl, log, clock: virtualClock(END) });
  operators = await buildDemo({
    clock: { now: () => END },
    scale: SCALE,
    openPast: (clock) => openPast({ config, secret: SECRET, appUrl: db.appUrl, log, clock }),
    progress: { step: (_, done) => void steps.push(done), end() {} },
    casino: { port: 0, journal: join(folder, 'journal.jsonl'), log },
  });
  await serving.close();
}, 600_000);
afterAll(async () => {
  await db.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('the books are right', async () => {
  const report = await verifyBooks(db.database);
  expect(report.checks.filter(({ differences }) => differences.length > 0)).toEqual([]);
  expect(report.ok).toBe(true);
}, 120_000);

test('progress moves smoothly to the end', () => {
  expect(steps.length).toBeGreaterThan(50);
  steps.forEach((done, index) => {
    expect(done).toBeGreaterThanOrEqual(steps[index - 1] ?? 0);
    expect(done - (steps[index - 1] ?? 0)).toBeLessThan(0.06);
  });
});

test('ids are of the times they name: lists and sums of a period are read by them', async () => {
  for (const table of ['trades', 'ledger_entries', 'risk_events']) {
    const [{ ahead } = {}] = await rows(
      `select max(abs(extract(epoch from (to_timestamp(((id >> 22) + 1704067200000) / 1000.0) - created_at)))) as ahead from ${table}`,
    );
    expect([table, Number(ahead) < 60]).toEqual([table, true]);
  }
});

test('everything happened within the history, on every day of it', async () => {
  const [span] = await rows(
    `select min(created_at) as first, max(created_at) as last, count(distinct created_at::date) as days, count(*) as trades from trades`,
  );
  const begin = END.getTime() - SCALE.days * 86_400_000;
  expect(Number(span?.['first'])).toBeGreaterThanOrEqual(begin);
  expect(Number(span?.['last'])).toBeLessThanOrEqual(END.getTime());
  expect(Number(span?.['days'])).toBeGreaterThanOrEqual(SCALE.days);
  expect(Number(span?.['trades'])).toBeGreaterThan(SCALE.moves * 0.6);
  for (const table of ['ledger_entries', 'player_sessions', 'risk_events', 'wallet_calls'])
    expect(await count(`${table} where created_at > '${END.toISOString()}'`)).toBe(0);
});

test('players come over time, each within sessions of its own device', async () => {
  expect(await count('players')).toBe(SCALE.players + 1);
  expect(await count(`players p where (select min(t.created_at) from trades t where t.player_id = p.id) < p.created_at`)).toBe(0);
  expect(await count(`(select distinct created_at::date from players) d`)).toBeGreaterThan(5);
  expect(
    await count(`trades t where not exists (select from player_sessions s where s.player_id = t.player_id
      and t.created_at between s.created_at - interval '1 minute' and s.expires_at) and t.balance_after_cents >= 0
      and not exists (select from idempotency_keys k where k.trade_id = t.id and k.key like 'demo-leave-%')`),
  ).toBe(0);
});

test('markets ended in every way, and one result was corrected', async () => {
  const ways = new Map(
    (await rows('select outcome, status, count(*) as n from market_settlements group by 1, 2')).map((row) => [
      `${row['outcome']} ${row['status']}`,
      Number(row['n']),
    ]),
  );
  for (const way of ['yes decided', 'no decided', 'void decided']) expect(ways.get(way) ?? 0).toBeGreaterThan(0);
  expect(await count('market_settlements where corrects_id is not null')).toBeGreaterThan(0);
  expect(await count(`market_settlements where status = 'proposed' and needs_approval`)).toBe(2);
});

test('walls refused, breakers tripped and were reset', async () => {
  expect(await count(`risk_events where type = 'wall_violation' and wall = 1`)).toBeGreaterThan(0);
  for (const word of ['tripped', 'reset'])
    expect(await count(`risk_events where type = 'circuit_breaker' and message like '%${word}%'`)).toBeGreaterThan(0);
});

test('the second operator has moved to its own wallet, which keeps the same books', async () => {
  const lucky = operators.find(({ slug }) => slug === 'lucky-spins');
  expect(lucky?.webhook_secret).toMatch(/^whsec_/);
  const [row] = await rows(`select wallet_mode, callback_url from operators where slug = 'lucky-spins'`);
  expect(row).toMatchObject({ wallet_mode: 'seamless', callback_url: expect.stringContaining('127.0.0.1') });
  expect(await count(`trades where wallet_mode = 'seamless' and status = 'filled'`)).toBeGreaterThan(5);
  expect(await count(`players p join operators o on o.id = p.operator_id where o.slug = 'lucky-spins' and p.balance_cents > 0`)).toBe(0);
  expect(await count(`wallet_calls where status = 'confirmed'`)).toBeGreaterThan(5);
  expect(await count(`wallet_attempts where outcome = 'refused'`)).toBeGreaterThan(0);
});

test('risk desks have acted: flagged players are restricted, some accounts are not free to play', async () => {
  expect(await count(`players where tier <> 'normal' and blocked_categories = '{}' and trade_count > 0`)).toBe(0);
  expect(await count(`players where status = 'suspended'`)).toBeGreaterThan(0);
  expect(await count(`players where cooldown_until > '${END.toISOString()}'`)).toBeGreaterThan(0);
});

test('what waits for a person at the own wallet is one callback of a kind', async () => {
  const kinds = await rows(`select method, reason_code, count(*) as n from wallet_calls where status = 'failed' group by 1, 2`);
  for (const { n } of kinds) expect(Number(n)).toBe(1);
});

test('on every desk lie two reports that can be fetched and one that comes every week; an export is ready', async () => {
  const files = await rows(`select operator_id, kind, format, status, file_name from report_files order by id`);
  const desks = new Set(files.map((row) => row['operator_id']));
  expect(desks.size).toBe(3);
  for (const desk of desks) {
    const reports = files.filter((row) => row['operator_id'] === desk && row['kind'] === 'report');
    expect(reports.map((row) => [row['format'], row['status']])).toEqual([
      ['csv', 'ready'],
      ['pdf', 'ready'],
    ]);
  }
  const exported = files.filter((row) => row['kind'] === 'export');
  expect(exported.map((row) => [row['format'], row['status']])).toEqual([['jsonl', 'ready']]);
  for (const row of files) expect(statSync(join(folder, 'reports', String(row['file_name']))).size).toBeGreaterThan(100);
  const schedules = await rows(`select operator_id, frequency, next_run_at from report_schedules`);
  expect(schedules).toHaveLength(3);
  for (const row of schedules) {
    expect(row['frequency']).toBe('weekly');
    expect(Number(row['next_run_at'])).toBeGreaterThan(END.getTime());
  }
});

test('one operator has a market of its own, which only its players have traded', async () => {
  const own = await rows(
    `select o.slug, m.status, (select count(*) from trades t where t.market_id = m.id) as trade_count from markets m join operators o on o.id = m.operator_id`,
  );
  expect(own).toMatchObject([{ slug: 'example-casino', status: 'active' }]);
  expect(Number(own[0]?.['trade_count'])).toBeGreaterThan(3);
  expect(
    await count(`trades t join markets m on m.id = t.market_id where m.operator_id is not null and m.operator_id <> t.operator_id`),
  ).toBe(0);
});

test('leaders of the boards show their names, some of them', async () => {
  const named = await rows(
    `select r.period, count(*) as n, count(f.display_name) as named from (select distinct on (period, operator_id, player_id) period, operator_id, player_id from leaderboard_results) r
     left join player_profiles f on f.operator_id = r.operator_id and f.player_id = r.player_id and f.show_name group by 1`,
  );
  expect(named.length).toBeGreaterThan(2);
  for (const { period, n, named: shown } of named) {
    expect(Number(shown) / Number(n), String(period)).toBeGreaterThan(0.25);
    expect(Number(shown) / Number(n), String(period)).toBeLessThan(0.7);
  }
});

test('an operator on its way in waits for its domain', async () => {
  expect(
    await rows(`select o.slug, e.status from embed_origins e join operators o on o.id = e.operator_id where o.slug = 'harbour-bets'`),
  ).toEqual([{ slug: 'harbour-bets', status: 'pending_verification' }]);
});
