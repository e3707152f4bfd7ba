/** Tables as Parquet: exact decimals, instants in milliseconds, one row group at a time in memory. */
import { chmodSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import { type Compression, zstdCompressor } from './file-sink.ts';
import { CELL_TEXT, type CellKind, type TableColumn, type TableFile } from './table-file.ts';

type Schema = ConstructorParameters<typeof ParquetWriter>[0]['schema'];

/** A group has at least so many rows, unless it is the last. */
const ROW_GROUP = 20_000;
const DIGITS_OF_INT64 = 18;
const OWNER_ONLY = 0o600;

const ELEMENT: Record<CellKind, Partial<Schema[number]>> = {
  word: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  json: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT64' },
  number: { type: 'DOUBLE' },
  boolean: { type: 'BOOLEAN' },
  hundredths: { type: 'INT64', converted_type: 'DECIMAL', precision: DIGITS_OF_INT64, scale: 2 },
  tenThousandths: { type: 'INT64', converted_type: 'DECIMAL', precision: DIGITS_OF_INT64, scale: 4 },
  instant: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
};
const VALUE: Record<CellKind, (value: never) => unknown> = {
  word: String,
  text: String,
  json: CELL_TEXT.json,
  integer: BigInt,
  number: Number,
  boolean: Boolean,
  hundredths: BigInt,
  tenThousandths: BigInt,
  instant: (value: Date) => BigInt(value.getTime()),
};
const CODEC = { none: 'UNCOMPRESSED', gzip: 'GZIP', zstd: 'ZSTD' } as const;

const schemaOf = (columns: readonly TableColumn[]): Schema => [
  { name: 'root', num_children: columns.length },
  ...columns.map(({ name, kind }) => ({ name, repetition_type: 'OPTIONAL' as const, ...ELEMENT[kind] })),
];

export async function parquetTable(path: string, columns: readonly TableColumn[], compression: Compression): Promise<TableFile> {
  const compressors = {
    GZIP: (bytes: Uint8Array) => gzipSync(bytes),
    ...(compression === 'zstd' && { ZSTD: await zstdCompressor() }),
  };
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: schemaOf(columns),
    codec: CODEC[compression],
    compressors,
    createdBy: 'Predictu',
  });
  chmodSync(path, OWNER_ONLY);
  const values = columns.map(({ kind }) => VALUE[kind] as (value: unknown) => unknown);
  let data: unknown[][] = columns.map(() => []);
  let waiting = 0;
  const write = async (): Promise<void> => {
    const columnData = columns.map(({ name }, index) => ({ name, data: data[index] as unknown[] }));
    const rowGroupSize = waiting;
    data = columns.map(() => []);
    waiting = 0;
    await writer.write({ columnData, rowGroupSize });
  };
  return {
    put(row) {
      for (let index = 0; index < data.length; index += 1) {
        const value = row[index];
        data[index]?.push(value === null || value === undefined ? null : (values[index] as (value: unknown) => unknown)(value));
      }
      waiting += 1;
    },
    async flush() {
      if (waiting >= ROW_GROUP) await write();
    },
    async end() {
      if (waiting > 0) await write();
      await writer.finish();
      return statSync(path).size;
    },
  };
}
