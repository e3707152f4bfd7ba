/** Every format, read back by another hand: values, kinds, formulas, many sheets and groups. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decompress } from '@bokuweb/zstd-wasm';
import excel from 'exceljs';
import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PdfPart, partsOf, structureOfPdf } from '../../test/pdf-structure.ts';
import { textsOfPdf } from '../../test/pdf-text.ts';
import { checkPdf } from './check-pdf.ts';
import { openSink, zstdCompressor } from './file-sink.ts';
import { parquetTable } from './parquet-table.ts';
import { pdfTable } from './pdf-table.ts';
import { CELL_TEXT, looksLikeFormula, type TableColumn, type TableFile } from './table-file.ts';
import { csvTable, jsonLines } from './text-table.ts';
import { columnName, xlsxTable } from './xlsx-table.ts';

const COLUMNS: TableColumn[] = [
  { name: 'id', kind: 'text' },
  { name: 'title', kind: 'text' },
  { name: 'scope', kind: 'json' },
  { name: 'count', kind: 'integer' },
  { name: 'rate', kind: 'number' },
  { name: 'open', kind: 'boolean' },
  { name: 'amount_usd', kind: 'hundredths' },
  { name: 'price', kind: 'tenThousandths' },
  { name: 'created_at', kind: 'instant' },
];
const AT = new Date('2026-03-19T12:34:56.789Z');
const HOSTILE = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '=cmd|" /C calc"!A0', '-2+3+cmd'];
const HARMLESS = ['plain', 'a "quoted", text', 'two\nlines', ' spaces ', 'semi;colon', 'Ωμέγα 😀', '1=2', '', '<b>&amp;', 'x\u0001y'];
const rowOf = (text: string, n: number): unknown[] => [
  `id-${n}`,
  text,
  { n, text },
  n,
  n / 8,
  n % 2 === 0,
  BigInt(n) * -7n,
  BigInt(n % 10_001),
  AT,
];
const ROWS = [...HOSTILE, ...HARMLESS].map(rowOf);
const EMPTY = COLUMNS.map(() => null);
const HEAD = { title: 'Trades', about: ['from: 2026-03-01', 'operator: example'], at: AT, columns: COLUMNS };

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'predictu-tables-'));
  await zstdCompressor();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** In pieces of any size; the bytes it answers are those on the disk. */
async function written(name: string, open: (path: string) => TableFile | Promise<TableFile>, rows: readonly unknown[][]): Promise<Buffer> {
  const path = join(folder, name);
  const file = await open(path);
  for (let at = 0; at < rows.length; at += 7) {
    for (const row of rows.slice(at, at + 7)) file.put(row);
    await file.flush();
  }
  expect(await file.end()).toBe(statSync(path).size);
  expect(statSync(path).mode & 0o077).toBe(0);
  return readFileSync(path);
}

describe('csv', () => {
  const csv = async (rows: readonly unknown[][]) =>
    (await written('t.csv', async (path) => csvTable(await openSink(path, 'none'), COLUMNS), rows)).toString();
  test('has a head, even without a row', async () => {
    expect(await csv([])).toBe(`${COLUMNS.map(({ name }) => name).join(',')}\r\n`);
  });
  test('defuses text that looks like a formula and leaves numbers alone', async () => {
    const lines = (await csv(HOSTILE.map(rowOf))).split('\r\n').slice(1);
    expect(lines[0]).toBe(`id-0,'=1+1,"{""n"":0,""text"":""=1+1""}",0,0,true,0.00,0.0000,2026-03-19T12:34:56.789Z`);
    expect(lines[2]).toContain(`id-2,'-1,`);
    expect(lines[2]).toContain(',-0.14,');
    expect(await csv([EMPTY])).toContain('\r\n,,,,,,,,\r\n');
  });
  test('a page of any size is written whole, in any alphabet', async () => {
    const many = Array.from({ length: 14 }, (_, n) => rowOf('Ωμέγα 😀 x'.repeat(40_000), n));
    const text = await csv(many);
    expect(Buffer.byteLength(text)).toBeGreaterThan(8_000_000);
    expect(text).not.toContain('\ufffd');
    const lines = text.trimEnd().split('\r\n').slice(1);
    expect(lines.map((line) => line.slice(0, line.indexOf(',')))).toEqual(many.map(([id]) => id));
    expect(lines.every((line) => line.includes(`,${'Ωμέγα 😀 x'.repeat(40_000)},`))).toBe(true);
  });
  test('compressed is the same text, in frames one after the other', async () => {
    const many = Array.from({ length: 9_000 }, (_, n) => rowOf('text of some length, '.repeat(8), n));
    const plain = await csv(many);
    expect(plain.length).toBeGreaterThan(2_200_000);
    const gzip = await written('t.csv.gz', async (path) => csvTable(await openSink(path, 'gzip'), COLUMNS), many);
    expect(gunzipSync(gzip).toString()).toBe(plain);
    const zstd = await written('t.csv.zst', async (path) => csvTable(await openSink(path, 'zstd'), COLUMNS), many);
    const frames = zstd
      .toString('latin1')
      .split('\u0028\u00b5\u002f\u00fd')
      .slice(1)
      .map((frame) => Buffer.from(`\u0028\u00b5\u002f\u00fd${frame}`, 'latin1'));
    expect(frames.length).toBeGreaterThan(1);
    expect(frames.map((frame) => Buffer.from(decompress(frame)).toString()).join('')).toBe(plain);
  });
});

test('jsonl says every value as JSON', async () => {
  const text = (await written('t.jsonl', async (path) => jsonLines(await openSink(path, 'none'), COLUMNS), [...ROWS, EMPTY])).toString();
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  for (const [n, line] of lines.slice(0, -1).entries()) {
    const [id, title, scope, count, rate, open, cents, price, at] = ROWS[n] as [
      string,
      string,
      object,
      number,
      number,
      boolean,
      bigint,
      bigint,
      Date,
    ];
    expect(line).toEqual({
      id,
      title,
      scope,
      count,
      rate,
      open,
      amount_usd: Number(cents) / 100,
      price: Number(price) / 10_000,
      created_at: at.toISOString(),
    });
  }
  expect(lines.at(-1)).toEqual(Object.fromEntries(COLUMNS.map(({ name }) => [name, null])));
});

describe('xlsx', () => {
  test('is read by another program, as numbers, dates and text that is no formula', async () => {
    await written('t.xlsx', (path) => xlsxTable(path, HEAD), [...ROWS, EMPTY]);
    const book = new excel.Workbook();
    await book.xlsx.readFile(join(folder, 't.xlsx'));
    const sheet = book.worksheets[0] as excel.Worksheet;
    expect([sheet.name, sheet.rowCount]).toEqual(['Trades', ROWS.length + 2]);
    expect((sheet.getRow(1).values as unknown[]).slice(1)).toEqual(COLUMNS.map(({ name }) => name));
    for (const [n, row] of ROWS.entries()) {
      const cell = (column: number): excel.Cell => sheet.getRow(n + 2).getCell(column);
      expect(cell(2).type).not.toBe(excel.ValueType.Formula);
      expect(String(cell(2).value ?? '')).toBe(String(row[1]).replace('\u0001', ''));
      expect([cell(4).value, cell(5).value, cell(6).value]).toEqual(row.slice(3, 6));
      expect(cell(7).value).toBe(Number(row[6]) / 100);
      expect([cell(7).numFmt, cell(9).numFmt]).toEqual(['#,##0.00', 'yyyy-mm-dd hh:mm:ss']);
      expect(Math.abs((cell(9).value as Date).getTime() - AT.getTime())).toBeLessThan(2);
    }
  });
  test('goes on in another sheet when one is full', async () => {
    await written(
      'many.xlsx',
      (path) => xlsxTable(path, HEAD, 10),
      Array.from({ length: 25 }, (_, n) => rowOf('x', n)),
    );
    const book = new excel.Workbook();
    await book.xlsx.readFile(join(folder, 'many.xlsx'));
    expect(book.worksheets.map(({ name, rowCount }) => [name, rowCount])).toEqual([
      ['Trades 1', 11],
      ['Trades 2', 11],
      ['Trades 3', 6],
    ]);
  });
  test('without a row is a sheet with its head', async () => {
    await written('none.xlsx', (path) => xlsxTable(path, HEAD), []);
    const book = new excel.Workbook();
    await book.xlsx.readFile(join(folder, 'none.xlsx'));
    expect(book.worksheets[0]?.rowCount).toBe(1);
  });
  test.each([
    [0, 'A'],
    [25, 'Z'],
    [26, 'AA'],
    [51, 'AZ'],
    [52, 'BA'],
    [701, 'ZZ'],
    [702, 'AAA'],
  ])('column %d is %s', (index, name) => {
    expect(columnName(index)).toBe(name);
  });
});

describe('parquet', () => {
  test.each(['none', 'gzip', 'zstd'] as const)('%s, in several groups, has exact sums', async (compression) => {
    const many = [...Array.from({ length: 45_000 }, (_, n) => rowOf(`t ${n % 100}`, n)), EMPTY];
    const bytes = await written('t.parquet', (path) => parquetTable(path, COLUMNS, compression), many);
    const file = new Uint8Array(bytes).buffer;
    const metadata = parquetMetadata(file);
    expect(metadata.row_groups).toHaveLength(3);
    const money = metadata.schema.find(({ name }) => name === 'amount_usd');
    expect(money).toMatchObject({ type: 'INT64', converted_type: 'DECIMAL', scale: 2, precision: 18 });
    const rows = await parquetReadObjects({
      file,
      compressors: { GZIP: (input) => new Uint8Array(gunzipSync(input)), ZSTD: (input) => decompress(input) },
    });
    expect(rows).toHaveLength(many.length);
    const cents = rows.reduce((sum, row) => sum + Math.round(Number(row['amount_usd'] ?? 0) * 100), 0);
    expect(cents).toBe(many.reduce((sum, row) => sum + Number(row[6] ?? 0n), 0));
    expect(rows[44_999]).toMatchObject({ id: 'id-44999', title: 't 99', count: 44_999n, open: false, created_at: AT });
    expect(Object.values(rows.at(-1) ?? {})).toEqual(COLUMNS.map(() => null));
  });
});

describe('pdf', () => {
  const many = Array.from({ length: 150 }, (_, n) =>
    rowOf(n % 3 === 0 ? 'Ωμέγα' : 'A title that is much too long for the width of its column', n),
  );
  let bytes: Buffer;
  beforeAll(async () => {
    bytes = await written('t.pdf', (path) => pdfTable(path, HEAD), many);
  });

  test('has every row, on as many pages as it takes, each with the names of its columns', () => {
    const pages = bytes.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThan(1);
    const texts = textsOfPdf(bytes);
    expect(texts[0]).toBe(HEAD.title);
    expect(texts.filter((text) => text === 'Ωμέγα')).toHaveLength(50);
    for (const { name } of COLUMNS) expect(texts.filter((text) => text === name)).toHaveLength(pages);
    for (const [index] of many.entries()) expect(texts).toContain(`id-${index}`);
    expect(texts.some((text) => text.startsWith('A title that is') && text.endsWith('…'))).toBe(true);
  });

  test('is tagged: a heading, a table with headers of columns, a cell under each of them in every row', () => {
    const { root, texts, untagged, unclaimed } = structureOfPdf(bytes);
    expect(root.tag).toBe('Document');
    expect(root.parts.map(({ tag }) => tag)).toEqual(['H1', ...HEAD.about.map(() => 'P'), 'Table']);
    const [head, ...bodies] = partsOf(root, 'Table')[0]?.parts ?? [];
    expect(head?.tag).toBe('THead');
    expect(head?.parts[0]?.parts.map(({ tag, scope }) => [tag, scope])).toEqual(COLUMNS.map(() => ['TH', 'Column']));
    expect(bodies.map(({ tag }) => tag)).toEqual(bodies.map(() => 'TBody'));
    const rows = bodies.flatMap((body) => body.parts);
    expect(rows).toHaveLength(many.length);
    for (const { tag, parts } of rows) expect([tag, ...parts.map((part) => part.tag)]).toEqual(['TR', ...COLUMNS.map(() => 'TD')]);
    const claimed = (part: PdfPart): number => part.texts + part.parts.reduce((sum, inside) => sum + claimed(inside), 0);
    expect([texts, untagged, unclaimed]).toEqual([claimed(root), 0, 0]);
  });

  test('says its title and language, has its letters inside, and only shows pages', () => {
    const source = bytes.toString('latin1');
    expect(source).toContain('/Marked true');
    expect(source).toContain('/Lang (en)');
    expect(source).toContain('/DisplayDocTitle true');
    expect(source).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(source).toContain('/FontFile2');
    expect(source).not.toContain('/Type1');
    expect(() => checkPdf(bytes)).not.toThrow();
  });

  test('is the same for the same rows, and a page even without any', async () => {
    expect((await written('again.pdf', (path) => pdfTable(path, HEAD), many)).equals(bytes)).toBe(true);
    const none = await written('none.pdf', (path) => pdfTable(path, HEAD), []);
    expect(partsOf(structureOfPdf(none).root, 'TH')).toHaveLength(COLUMNS.length);
    expect(textsOfPdf(none)).toContain(COLUMNS[0]?.name);
  });
});

test('amounts of any size are said exactly', () => {
  fc.assert(
    fc.property(fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt({ min: -20_000n, max: 20_000n })), (value) => {
      for (const [kind, digits] of [
        ['hundredths', 2],
        ['tenThousandths', 4],
      ] as const) {
        const text = CELL_TEXT[kind](value);
        expect(text).toMatch(new RegExp(`^-?\\d+\\.\\d{${digits}}$`));
        expect(BigInt(text.replace('.', ''))).toBe(value);
        expect(text.startsWith('-')).toBe(value < 0n);
        if (Number.isSafeInteger(Number(value))) expect(CELL_TEXT[kind](Number(value))).toBe(text);
      }
    }),
  );
});

test.each(HOSTILE)('%j looks like a formula', (text) => expect(looksLikeFormula(text)).toBe(true));
test.each(HARMLESS)('%j does not', (text) => expect(looksLikeFormula(text)).toBe(false));
