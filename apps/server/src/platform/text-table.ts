/** Tables as text: CSV (RFC 4180, formulas defused) and JSON Lines. */
import type { Sink } from './file-sink.ts';
import { CELL_TEXT, type CellKind, type Cells, looksLikeFormula, type TableColumn, type TableFile } from './table-file.ts';

type Say = (value: unknown) => string;

const PAGE_BYTES = 1_048_576;
/** Longer texts in the making cost the garbage collector more than writing them costs. */
const PIECE = 8_192;
/** Of a UTF-16 unit as UTF-8. */
const MOST_BYTES = 3;

/** Lines gathered as bytes: one page of them, while the page before goes to the file. */
function linesTo(sink: Sink): { put(line: string): void; flush(): Promise<void>; end(): Promise<number> } {
  let page = Buffer.allocUnsafe(PAGE_BYTES);
  let spare = Buffer.allocUnsafe(PAGE_BYTES);
  let used = 0;
  let piece = '';
  let writing: void | Promise<void>;
  function gather(): void {
    const most = used + piece.length * MOST_BYTES;
    if (most > page.length) {
      const wider = Buffer.allocUnsafe(Math.max(most, page.length * 2));
      page.copy(wider, 0, 0, used);
      page = wider;
    }
    used += page.write(piece, used);
    piece = '';
  }
  async function flush(): Promise<void> {
    gather();
    await writing;
    writing = sink.write(page.subarray(0, used));
    if (writing) writing.catch(() => {});
    [page, spare] = [spare, page];
    used = 0;
  }
  return {
    put(line) {
      piece += line;
      if (piece.length > PIECE) gather();
    },
    flush,
    async end() {
      await flush();
      await writing;
      return sink.end();
    },
  };
}

const QUOTED = /[",;\t\r\n]|^\s|\s$/;

/** Text of others in a cell: a spreadsheet must take it for text, whatever it says. */
function csvText(text: string): string {
  const harmless = looksLikeFormula(text) ? `'${text}` : text;
  return QUOTED.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const CSV: Record<CellKind, Say> = {
  ...CELL_TEXT,
  text: (value) => csvText(String(value)),
  json: (value) => csvText(CELL_TEXT.json(value)),
};

export function csvTable(sink: Sink, columns: readonly TableColumn[]): TableFile {
  const cells = columns.map(({ kind }) => CSV[kind]);
  const lines = linesTo(sink);
  lines.put(`${columns.map(({ name }) => csvText(name)).join(',')}\r\n`);
  return {
    ...lines,
    put(row: Cells) {
      let line = '';
      for (let index = 0; index < cells.length; index += 1) {
        const value = row[index];
        if (index > 0) line += ',';
        if (value !== null && value !== undefined) line += (cells[index] as Say)(value);
      }
      lines.put(`${line}\r\n`);
    },
  };
}

const quoted = (say: Say): Say => {
  return (value) => `"${say(value)}"`;
};
const JSON_CELL: Record<CellKind, Say> = {
  ...CELL_TEXT,
  word: quoted(CELL_TEXT.word),
  text: JSON.stringify,
  instant: quoted(CELL_TEXT.instant),
};

export function jsonLines(sink: Sink, columns: readonly TableColumn[]): TableFile {
  const cells = columns.map(({ kind }) => JSON_CELL[kind]);
  const names = columns.map(({ name }, index) => `${index > 0 ? ',' : ''}${JSON.stringify(name)}:`);
  const lines = linesTo(sink);
  return {
    ...lines,
    put(row: Cells) {
      let line = '{';
      for (let index = 0; index < cells.length; index += 1) {
        const value = row[index];
        line += names[index];
        line += value === null || value === undefined ? 'null' : (cells[index] as Say)(value);
      }
      lines.put(`${line}}\n`);
    },
  };
}
