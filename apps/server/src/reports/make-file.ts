/** Makes one file: reads as whoever asked for it may, writes in constant memory, under its own name only when it is whole. */
import { renameSync, rmSync } from 'node:fs';
import { encodeId } from '@predictu/contract/ids';
import { type ColumnKind, columnsOf } from '@predictu/contract/shapes/report-columns';
import { platformFilters } from '@predictu/contract/shapes/report-filter';
import type { Actor } from '../platform/actor.ts';
import type { Database } from '../platform/db.ts';
import { openSink } from '../platform/file-sink.ts';
import { parquetTable } from '../platform/parquet-table.ts';
import { pdfTable } from '../platform/pdf-table.ts';
import type { TableFile, TableHead } from '../platform/table-file.ts';
import { csvTable, jsonLines } from '../platform/text-table.ts';
import { xlsxTable } from '../platform/xlsx-table.ts';
import { chooseSource } from './choose-source.ts';
import { cellKindOf, namingIds } from './report-cell.rules.ts';
import type { FileRow } from './report-file.sql.ts';

export type FileTask = Pick<FileRow, 'operator_id' | 'type' | 'format' | 'compression' | 'filters' | 'columns' | 'created_at'> & {
  path: string;
  now: Date;
};
export type MadeFile = { rows: number; bytes: number };

const TITLES: Record<FileTask['type'], string> = {
  trades: 'Trades',
  users: 'Users',
  positions: 'Positions',
  revenue: 'Revenue',
  settlements: 'Settlements',
  risk_events: 'Risk events',
  invoices: 'Invoices',
  ledger: 'Ledger',
};
/** Whoever asked sees what its side sees, by row level security. */
const readerOf = (owner: bigint | null): Actor =>
  owner === null
    ? { kind: 'admin', adminId: 0n, email: 'reports', permissions: [] }
    : { kind: 'operator', operatorId: owner, slug: '', memberId: 0n, email: 'reports', permissions: [] };

async function openTable({ format, compression, now }: FileTask, path: string, head: TableHead): Promise<TableFile> {
  switch (format) {
    case 'csv':
      return csvTable(await openSink(path, compression), head.columns);
    case 'jsonl':
      return jsonLines(await openSink(path, compression), head.columns);
    case 'parquet':
      return parquetTable(path, head.columns, compression);
    case 'xlsx':
      return xlsxTable(path, { ...head, at: now });
    case 'pdf':
      return pdfTable(path, head);
  }
}

function headOf(task: FileTask, kinds: readonly ColumnKind[]): TableHead {
  const given = Object.entries(task.filters).filter(([, value]) => value !== null);
  return {
    title: TITLES[task.type],
    about: [
      ...given.map(([name, value]) => `${name}: ${String(value)}`),
      `Made on ${task.now.toISOString()}. Amounts in US dollars, times in UTC.`,
    ],
    at: task.now,
    columns: task.columns.map((name, index) => ({ name, kind: cellKindOf(kinds[index] as ColumnKind) })),
  };
}

/** `onRows` is told how many rows there are so far. */
export async function makeFile(database: Database, task: FileTask, onRows: (rows: number) => void): Promise<MadeFile> {
  const known = columnsOf(task.operator_id === null ? 'platform' : 'operator', task.type);
  const kinds = task.columns.map((name) => known[name] ?? 'text');
  const nameIds = namingIds(kinds);
  const reader = readerOf(task.operator_id);
  const filters = platformFilters.parse(task.filters);
  const source = await database.as(reader, 'read', (db) =>
    chooseSource(db, { type: task.type, filters, owner: task.operator_id, now: task.now, columns: task.columns }),
  );
  const partial = `${task.path}.part`;
  rmSync(partial, { force: true });
  try {
    const table = await openTable(task, partial, headOf(task, kinds));
    let rows = 0;
    const take = (cells: unknown[]): void => {
      nameIds(cells);
      table.put(cells);
      rows += 1;
    };
    for await (const _ of source.pages((work) => database.as(reader, 'read', work), take)) {
      await table.flush();
      onRows(rows);
    }
    const bytes = await table.end();
    renameSync(partial, task.path);
    return { rows, bytes };
  } finally {
    rmSync(partial, { force: true });
  }
}

/** What a file is called in the data folder: of each try its own, so that two never meet. */
export const storedName = ({ kind, id, claim, format }: Pick<FileRow, 'kind' | 'id' | 'format'> & { claim: bigint }): string =>
  `${encodeId(kind, id)}-${claim}.${format}`;
