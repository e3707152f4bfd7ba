/** Thirteen months of a small demo, billed month by month as they passed: what the invoices say is what the ledger holds. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { issueInvoices } from '../src/billing/billing.ts';
import { buildDemo } from '../src/demo/build-demo.ts';
import { verifyBooks } from '../src/insights/verify-books.ts';
import { openPast } from '../src/open-past.ts';
import { readConfig } from '../src/platform/config.ts';
import { openDatabase } from '../src/platform/db.ts';
import { idMaker } from '../src/platform/ids.ts';
import { type TestDatabase, testDatabase } from './database.ts';

const END = new Date('2026-11-20T18:20:00Z');
const SCALE = { days: 400, players: 80, moves: 1_500 };
const log = pino({ level: 'silent' });

let db: TestDatabase;
let folder: string;
const rows = async (text: string): Promise<Record<string, unknown>[]> => (await db.owner.query(text)).rows;

beforeAll(async () => {
  db = await testDatabase();
  folder = mkdtempSync(join(tmpdir(), 'predictu-year-'));
  const config = readConfig({ PREDICTU_DATA_DIR: folder });
  await buildDemo({
    clock: { now: () => END },
    scale: SCALE,
    openPast: (clock) => openPast({ config, secret: 'a-secret-that-is-at-least-32-characters', appUrl: db.appUrl, log, clock }),
    progress: { step() {}, end() {} },
    casino: { port: 0, journal: join(folder, 'journal.jsonl'), log },
  });
}, 600_000);
afterAll(async () => {
  await db.drop();
  rmSync(folder, { recursive: true, force: true });
});

test('every operator that traded has one invoice for each whole month', async () => {
  expect(
    await rows(`select slug, count(*)::int as invoices, min(period_from) as first, max(period_to) as last from invoices i
      join operators o on o.id = i.operator_id group by 1 order by 1`),
  ).toEqual(
    ['example-casino', 'lucky-spins'].map((slug) => ({
      slug,
      invoices: 13,
      first: new Date('2025-10-01T00:00:00Z'),
      last: new Date('2026-11-01T00:00:00Z'),
    })),
  );
});

test('each is to the cent what the trades of its month and their ledger rows add up to', async () => {
  const billed =
    await rows(`select i.operator_id, i.period_from, i.trade_count, sum(l.gross_cents) filter (where l.kind = 'spread') as spread,
      sum(l.gross_cents) filter (where l.kind = 'fee') as fees
    from invoices i join invoice_lines l on l.invoice_id = i.id where i.trade_count > 0 group by i.id, 1, 2, 3 order by 1, 2`);
  const traded = await rows(`select t.operator_id, date_trunc('month', t.created_at, 'UTC') as period_from, count(*) as trade_count,
      sum(t.spread_cents)::numeric as spread, sum(f.fees)::numeric as fees
    from trades t cross join lateral (select coalesce(sum(amount_cents), 0) as fees from ledger_entries e where e.operator_id = t.operator_id
      and e.trade_id = t.id and e.type = 'trade_fee') f
    where t.status = 'filled' and t.wallet_mode <> 'shadow' and t.created_at >= '2025-10-01Z' and t.created_at < '2026-11-01Z' group by 1, 2 order by 1, 2`);
  const plain = (found: Record<string, unknown>[]) => found.map((row) => Object.values(row).map(String));
  expect(plain(billed)).toEqual(plain(traded));
});

test('the job run again, by two processes at once, changes nothing', async () => {
  const everything = () =>
    rows(
      `select md5(string_agg(i::text || l::text, '' order by l.invoice_id, l.kind)) from invoices i join invoice_lines l on l.invoice_id = i.id`,
    );
  const before = await everything();
  const other = openDatabase({ connectionString: db.appUrl });
  try {
    const newId = idMaker({ now: () => END });
    expect(await Promise.all([db.database, other, db.database, other].map((one) => issueInvoices(one, END, newId)))).toEqual([0, 0, 0, 0]);
  } finally {
    await other.close();
  }
  expect(await everything()).toEqual(before);
});

test('the books are right', async () => {
  const { checks } = await verifyBooks(db.database);
  expect(checks.filter(({ differences }) => differences.length > 0)).toEqual([]);
}, 120_000);
