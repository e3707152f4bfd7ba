/**
 * A million trades exported to csv, jsonl and parquet, each beside COPY of the same rows in the same run, and how much memory that takes over idle.
 * `node --import tsx bench/exports.ts [--rounds 3] [--xlsx file]`; needs the million (bench/million.ts).
 */
import { chmodSync, copyFileSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { columnsOf, PERSONAL_COLUMNS } from '@predictu/contract/shapes/report-columns';
import { keyOfTrade } from '../apps/server/src/ledger/ledger.ts';
import { systemClock } from '../apps/server/src/platform/clock.ts';
import { openDatabase } from '../apps/server/src/platform/db.ts';
import { idMaker } from '../apps/server/src/platform/ids.ts';
import { type FileRow, insertFile } from '../apps/server/src/reports/report-file.sql.ts';
import { openReports } from '../apps/server/src/reports/reports.ts';
import { openMillion } from './million.ts';
import { MILLION } from './million-scene.ts';
import { runStatements } from './owner.ts';
import { median } from './statistics.ts';

const FORMATS = ['csv', 'jsonl', 'parquet'] as const;
const MEGABYTE = 1_048_576;
const MOST_RATIO = 3;
const MOST_MEGABYTES = 200;
const WORKER = { kind: 'worker', name: 'bench' } as const;
const { values: options } = parseArgs({ options: { rounds: { type: 'string', default: '3' }, xlsx: { type: 'string' } } });
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const log = { info: say, warn: (first: object | string, text = '') => say(`${text} ${(first as { err?: Error }).err?.stack ?? first}`) };

/** The same rows and columns, as one would first write them. */
const COPY = `select t.id, t.player_id, t.market_id, m.title, m.category, t.outcome, t.side, t.price / 10000.0 as price, t.mid / 10000.0 as mid, t.quantity / 100.0 as quantity,
  t.amount_cents / 100.0 as cost_usd, t.fee_cents / 100.0 as fee_usd, t.spread_cents / 100.0 as spread_usd,
  coalesce(t.realized_pnl_cents, case when p.quantity = 0 then p.realized_pnl_cents end) / 100.0 as pnl_usd,
  case when t.status = 'filled' and m.status in ('resolved', 'cancelled') then 'settled' else t.status end as status,
  call.id as s2s_transaction_id, call.status as s2s_callback_status, t.created_at, o.slug, o.name, ${keyOfTrade('t')} as idempotency_key
  from trades t join markets m on m.id = t.market_id join operators o on o.id = t.operator_id
  left join positions p on p.operator_id = t.operator_id and p.market_id = t.market_id and p.player_id = t.player_id and p.outcome = t.outcome
  left join lateral (select w.id, w.status from wallet_calls w where w.trade_id = t.id and w.method in ('BET_MAKE', 'BET_SELL') order by w.id limit 1) call on true
  order by t.id`;

const million = await openMillion(log);
const folder = join(tmpdir(), `predictu-copy-${process.pid}`);
mkdirSync(folder);
chmodSync(folder, 0o777);
const clock = systemClock;
const newId = idMaker(clock);
const database = openDatabase({ connectionString: million.appUrl });
const reports = openReports({ database, appUrl: million.appUrl, dataFolder: folder, clock, newId, log });

async function timed(work: () => Promise<unknown>): Promise<{ seconds: number; megabytes: number }> {
  let most = 0;
  const sample = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 50);
  const begun = performance.now();
  await work();
  clearInterval(sample);
  return { seconds: (performance.now() - begun) / 1_000, megabytes: most / MEGABYTE };
}

async function make(format: FileRow['format'], columns: readonly string[], filters: Record<string, unknown>): Promise<FileRow> {
  const id = newId();
  const file = {
    operator_id: null,
    id,
    kind: 'export',
    type: 'trades',
    format,
    compression: 'none',
    filters,
    columns: [...columns],
  } as const;
  const rest = { include_pii: false, recipients: [], estimated_rows: BigInt(MILLION.trades), created_by: 'bench', created_at: clock.now() };
  await database.as(WORKER, 'write', (db) => insertFile(db, { ...file, ...rest, columns: [...columns] }));
  await reports.makeWaiting();
  const [row] = await database.as(WORKER, 'read', (db) => db.query<FileRow>('select * from report_files where id = $1', [id]));
  if (row?.status !== 'ready') throw new Error(`The ${format} was not made`);
  return row;
}

try {
  const columns = Object.keys(columnsOf('platform', 'trades')).filter((name) => !PERSONAL_COLUMNS.includes(name));
  const period = { from: new Date(0).toISOString(), to: clock.now().toISOString() };
  await database.ping();
  const idle = process.memoryUsage.rss() / MEGABYTE;
  const ratios = new Map<string, number[]>(FORMATS.map((format) => [format, []]));
  let over = 0;
  for (let round = 1; round <= Number(options.rounds); round += 1) {
    const path = join(folder, `copy-${round}.csv`);
    const copied = await timed(() => runStatements(million.ownerUrl, `copy (${COPY}) to '${path}' (format csv, header)`));
    say(`round ${round}: COPY ${copied.seconds.toFixed(1)} s, ${(statSync(path).size / MEGABYTE).toFixed(0)} MB`);
    rmSync(path);
    for (const format of FORMATS) {
      let row: FileRow | undefined;
      const { seconds, megabytes } = await timed(async () => {
        row = await make(format, columns, period);
      });
      over = Math.max(over, megabytes - idle);
      ratios.get(format)?.push(seconds / copied.seconds);
      say(
        `round ${round}: ${format} ${row?.rows_done} rows, ${seconds.toFixed(1)} s, ${(Number(row?.file_size_bytes) / MEGABYTE).toFixed(0)} MB, ${(seconds / copied.seconds).toFixed(2)}x COPY, ${(megabytes - idle).toFixed(0)} MB over idle`,
      );
      rmSync(join(folder, 'reports', row?.file_name ?? ''));
    }
  }
  if (options.xlsx) {
    const all = Object.keys(columnsOf('platform', 'trades'));
    const row = await make('xlsx', all, { ...period, to: new Date(million.madeAt.getTime() - 72 * 86_400_000).toISOString() });
    copyFileSync(join(folder, 'reports', row.file_name ?? ''), options.xlsx);
    say(`xlsx: ${row.rows_done} rows`);
  }
  const held = FORMATS.every((format) => median(ratios.get(format) ?? []) <= MOST_RATIO) && over <= MOST_MEGABYTES;
  for (const format of FORMATS)
    process.stdout.write(`${format}: ${median(ratios.get(format) ?? []).toFixed(2)}x COPY (at most ${MOST_RATIO})\n`);
  process.stdout.write(
    `memory: ${over.toFixed(0)} MB over idle of ${idle.toFixed(0)} MB (at most ${MOST_MEGABYTES})\n${held ? 'holds' : 'does not hold'}\n`,
  );
} finally {
  await reports.close();
  await database.close();
  await million.stop();
  rmSync(folder, { recursive: true, force: true });
}
