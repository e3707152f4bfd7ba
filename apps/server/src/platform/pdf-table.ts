/** Tables as PDF, page after page: a sheet as wide as its columns, with their names on top of each. Every cell is tagged under its column. */
import { once } from 'node:events';
import { createWriteStream, statSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';
import { BOLD, branch, closePage, decorate, openPdf, type Pdf, type PdfTag, REGULAR, tagged } from './pdf.ts';
import { type Letters, openLetters } from './pdf-letters.ts';
import { CELL_TEXT, type CellKind, type Cells, type TableColumn, type TableFile, type TableHead, waitingRows } from './table-file.ts';

const SIZE = 7;
const TITLE = 14;
const MARGIN = 32;
const LINE = 12;
const GAP = 8;
/** A4 on its side; wider where the columns need it, in the same proportion. */
const LEAST = { width: 841.89, proportion: 595.28 / 841.89 } as const;
const WIDTH: Record<CellKind, number> = {
  word: 78,
  text: 78,
  json: 120,
  integer: 44,
  number: 44,
  boolean: 30,
  hundredths: 58,
  tenThousandths: 34,
  instant: 110,
};
const LONG_TEXT = 150;
const LONG = /title|message|description|evidence|name|email/;
const RIGHT = new Set<CellKind>(['integer', 'number', 'hundredths', 'tenThousandths']);
const INK = '#14181f';
const SOFT = '#5b6472';
const RULE = '#d5d9df';
const BAND = '#f4f6f8';
const OWNER_ONLY = 0o600;
const AT_ONCE = 64;

type Placed = TableColumn & { x: number; width: number; right: boolean; text: (value: unknown) => string };
type Room = Pick<Placed, 'x' | 'width' | 'right'>;

function place(columns: readonly TableColumn[], bold: Letters): Placed[] {
  let x = MARGIN;
  return columns.map((column) => {
    const wished = column.kind === 'text' && LONG.test(column.name) ? LONG_TEXT : WIDTH[column.kind];
    const width = Math.max(wished, bold.width(column.name) + 1);
    const placed = { ...column, x, width, right: RIGHT.has(column.kind), text: CELL_TEXT[column.kind] };
    x += width + GAP;
    return placed;
  });
}

/** Draws row below row, on as many pages as it takes. Of the structure a page is one part, which is written when the page is full. */
class Sheets {
  readonly #pdf: Pdf;
  readonly #root: PdfTag;
  readonly #head: TableHead;
  readonly #columns: Placed[];
  readonly #thin: Letters;
  readonly #bold: Letters;
  readonly #wide: number;
  readonly #high: number;
  #table: PdfTag | undefined;
  #rows: PdfTag | undefined;
  #y = 0;
  #page = 0;

  constructor({ pdf, root }: { pdf: Pdf; root: PdfTag }, head: TableHead) {
    this.#pdf = pdf;
    this.#root = root;
    this.#head = head;
    this.#thin = openLetters(pdf, REGULAR, SIZE);
    this.#bold = openLetters(pdf, BOLD, SIZE);
    this.#columns = place(head.columns, this.#bold);
    const last = this.#columns.at(-1);
    this.#wide = Math.max(LEAST.width, (last ? last.x + last.width : 0) + MARGIN);
    this.#high = this.#wide * LEAST.proportion;
  }

  row(values: Cells, odd: boolean): void {
    const rows = this.#room();
    if (odd) decorate(this.#pdf, () => this.#band());
    const line = branch(this.#pdf, rows, 'TR');
    for (const [index, column] of this.#columns.entries()) {
      const value = values[index];
      if (value === null || value === undefined) branch(this.#pdf, line, 'TD').end();
      else tagged(this.#pdf, line, 'TD', () => this.#cell(this.#thin, column.text(value), column));
    }
    line.end();
    this.#y += LINE;
  }

  /** A page there is in any case. */
  end(): void {
    if (this.#page === 0) this.#startPage();
    this.#endPage();
    this.#table?.end();
    this.#root.end();
    this.#pdf.end();
  }

  /** The rows of the page that has room for another. */
  #room(): PdfTag {
    if (this.#page === 0 || this.#y + LINE > this.#high - MARGIN) this.#startPage();
    this.#rows ??= branch(this.#pdf, this.#table as PdfTag, 'TBody');
    return this.#rows;
  }

  #cell(letters: Letters, text: string, { x, width, right }: Room): void {
    const shown = letters.fitting(text, width);
    letters.draw(shown, right ? x + width - letters.width(shown) : x, this.#y);
  }

  #band(): void {
    const band = this.#pdf.rect(MARGIN - 4, this.#y - 2, this.#wide - 2 * MARGIN + 8, LINE);
    band.fill(BAND).fillColor(INK);
  }

  #endPage(): void {
    if (this.#page === 0) return;
    this.#rows?.end();
    this.#rows = undefined;
    closePage(this.#pdf);
  }

  #startPage(): void {
    this.#endPage();
    const pdf = this.#pdf.addPage({ size: [this.#wide, this.#high], margin: 0 });
    this.#page += 1;
    this.#y = MARGIN - 8;
    if (this.#page === 1) this.#title();
    pdf.fillColor(SOFT);
    decorate(pdf, () => this.#thin.draw(`${this.#head.title} · ${this.#page}`, MARGIN, this.#high - MARGIN + 10), 'Bottom');
    if (this.#page === 1) this.#names();
    // Said once is enough.
    else decorate(pdf, () => this.#columns.forEach((column) => void this.#cell(this.#bold, column.name, column)), 'Top');
    this.#y += LINE;
    decorate(pdf, () => {
      const line = pdf.moveTo(MARGIN, this.#y - 2).lineTo(this.#wide - MARGIN, this.#y - 2);
      line.lineWidth(0.75).strokeColor(RULE).stroke();
    });
    this.#y += 2;
    pdf.fillColor(INK);
  }

  /** The head of the table, on its first page. */
  #names(): void {
    this.#table = branch(this.#pdf, this.#root, 'Table');
    const head = branch(this.#pdf, this.#table, 'THead');
    const line = branch(this.#pdf, head, 'TR');
    for (const column of this.#columns) {
      tagged(this.#pdf, line, 'TH', () => this.#cell(this.#bold, column.name, column), { scope: 'Column' });
    }
    line.end();
    head.end();
  }

  #title(): void {
    const room = { x: MARGIN, width: this.#wide - 2 * MARGIN, right: false };
    this.#pdf.fillColor(INK);
    tagged(this.#pdf, this.#root, 'H1', () => this.#cell(openLetters(this.#pdf, BOLD, TITLE), this.#head.title, room));
    this.#y += 22;
    this.#pdf.fillColor(SOFT);
    for (const line of this.#head.about) {
      tagged(this.#pdf, this.#root, 'P', () => this.#cell(this.#thin, line, room));
      this.#y += LINE;
    }
    this.#y += 6;
  }
}

export function pdfTable(path: string, head: TableHead): TableFile {
  const document = openPdf({ title: head.title, author: 'Predictu', at: head.at });
  const file = createWriteStream(path, { mode: OWNER_ONLY, flush: true });
  document.pdf.pipe(file);
  const done = finished(file);
  done.catch(() => {});
  const sheets = new Sheets(document, head);
  let rows = 0;
  return {
    ...waitingRows(async (more) => {
      for (const values of more) {
        sheets.row(values, rows % 2 === 1);
        rows += 1;
        // Nothing leaves for the disk before the loop has turned.
        if (rows % AT_ONCE === 0) await turn();
        if (file.writableNeedDrain) await Promise.race([once(file, 'drain'), done]);
      }
    }),
    async end() {
      sheets.end();
      await done;
      return statSync(path).size;
    },
  };
}
