/** Tables as text: CSV (RFC 4180, formulas defused) and JSON Lines. */
import type { Sink } from './file-sink.ts';
import { CELL_TEXT, type Cells, looksLikeFormula, type TableColumn, type TableFile } from './table-file.ts';

const QUOTED = /[",;\t\r\n]|^\s|\s$/;

/** Text of others in a cell: a spreadsheet must take it for text, whatever it says. */
function csvText(text: string): string {
  const harmless = looksLikeFormula(text) ? `'${text}` : text;
  return QUOTED.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const csvCell = ({ kind }: TableColumn): ((value: unknown) => string) => {
  const text = CELL_TEXT[kind];
  return kind === 'text' || kind === 'json' ? (value) => csvText(text(value)) : text;
};

export function csvTable(sink: Sink, columns: readonly TableColumn[]): TableFile {
  const cells = columns.map(csvCell);
  const line = (row: Cells): string => {
    let text = '';
    for (let index = 0; index < cells.length; index += 1) {
      const value = row[index];
      if (index > 0) text += ',';
      if (value !== null && value !== undefined) text += (cells[index] as (value: unknown) => string)(value);
    }
    return text;
  };
  let head: string | undefined = `${columns.map(({ name }) => csvText(name)).join(',')}\r\n`;
  const take = (rows: readonly Cells[]): string => {
    let text = head ?? '';
    head = undefined;
    for (const row of rows) text += `${line(row)}\r\n`;
    return text;
  };
  return {
    write: (rows) => sink.write(take(rows)),
    async end() {
      if (head !== undefined) await sink.write(take([]));
      return sink.end();
    },
  };
}

const jsonCell = ({ kind }: TableColumn): ((value: unknown) => string) => {
  const text = CELL_TEXT[kind];
  if (kind === 'text') return JSON.stringify;
  return kind === 'instant' ? (value) => `"${text(value)}"` : text;
};

export function jsonLines(sink: Sink, columns: readonly TableColumn[]): TableFile {
  const cells = columns.map(jsonCell);
  const names = columns.map(({ name }, index) => `${index > 0 ? ',' : ''}${JSON.stringify(name)}:`);
  return {
    write(rows) {
      let text = '';
      for (const row of rows) {
        text += '{';
        for (let index = 0; index < cells.length; index += 1) {
          const value = row[index];
          text += names[index];
          text += value === null || value === undefined ? 'null' : (cells[index] as (value: unknown) => string)(value);
        }
        text += '}\n';
      }
      return sink.write(text);
    },
    end: () => sink.end(),
  };
}
