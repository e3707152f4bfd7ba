/** Tables as PDF, page after page: a sheet as wide as its columns, with their names on top of each. */
import { once } from 'node:events';
import { createWriteStream, statSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { BOLD, openPdf, type Pdf, REGULAR } from './pdf.ts';
import { CELL_TEXT, type CellKind, type Cells, type TableColumn, type TableFile, type TableHead, waitingRows } from './table-file.ts';

const SIZE = 7;
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
  instant: 82,
};
const LONG_TEXT = 150;
const LONG = /title|message|description|evidence|name|email/;
const RIGHT = new Set<CellKind>(['integer', 'number', 'hundredths', 'tenThousandths']);
const INK = '#14181f';
const SOFT = '#5b6472';
const RULE = '#d5d9df';
const BAND = '#f4f6f8';
const AS_IT_IS = { lineBreak: false };
/** With a feature an embedded font does not remember every word it ever drew. */
const EMBEDDED = { lineBreak: false, features: ['tnum' as const] };
/** The named fonts of PDF know these, and draw them fifty times as fast as an embedded one. */
const PLAIN = /^[\u0020-\u007e\u00a0-\u00ff\u2013\u2014\u2018\u2019\u201c\u201d\u2026\u20ac]*$/;
const FONTS = { thin: ['Helvetica', REGULAR], bold: ['Helvetica-Bold', BOLD] } as const;
type Weight = keyof typeof FONTS;
const OWNER_ONLY = 0o600;
const ELLIPSIS = '…';

type Measure = (text: string) => number;
type Placed = TableColumn & { x: number; width: number; right: boolean; text: (value: unknown) => string };

/** One text as it is; answers nothing of where it ends. */
function draw(pdf: Pdf, weight: Weight, text: string, x: number, y: number): void {
  const plain = PLAIN.test(text);
  pdf.font(FONTS[weight][plain ? 0 : 1]).text(text, x, y, plain ? AS_IT_IS : EMBEDDED);
}

/** Widths of single characters, kept: the width of a text is their sum. */
function measureOf(pdf: Pdf, weight: Weight): Measure {
  const widths = new Map<string, number>();
  return (text) => {
    let sum = 0;
    for (const character of text) {
      let width = widths.get(character);
      if (width === undefined) {
        const font = FONTS[weight][PLAIN.test(character) ? 0 : 1];
        width = pdf.font(font).fontSize(SIZE).widthOfString(character, EMBEDDED);
        widths.set(character, width);
      }
      sum += width;
    }
    return sum;
  };
}

/** As much of a text as fits. */
function fitting(text: string, room: number, measure: Measure): string {
  const line = text.replace(/\s+/g, ' ');
  if (measure(line) <= room) return line;
  let cut = '';
  let left = room - measure(ELLIPSIS);
  for (const character of line) {
    left -= measure(character);
    if (left < 0) break;
    cut += character;
  }
  return cut + ELLIPSIS;
}

function place(columns: readonly TableColumn[], measure: Measure): Placed[] {
  let x = MARGIN;
  return columns.map((column) => {
    const wished = column.kind === 'text' && LONG.test(column.name) ? LONG_TEXT : WIDTH[column.kind];
    const width = Math.max(wished, measure(column.name) + 1);
    const placed = { ...column, x, width, right: RIGHT.has(column.kind), text: CELL_TEXT[column.kind] };
    x += width + GAP;
    return placed;
  });
}

/** Draws row below row, on as many pages as it takes. */
class Sheets {
  readonly #pdf: Pdf;
  readonly #head: TableHead;
  readonly #columns: Placed[];
  readonly #measures: Record<Weight, Measure>;
  readonly #wide: number;
  readonly #high: number;
  #y = 0;
  #page = 0;

  constructor(pdf: Pdf, head: TableHead) {
    this.#pdf = pdf;
    this.#head = head;
    this.#measures = { thin: measureOf(pdf, 'thin'), bold: measureOf(pdf, 'bold') };
    this.#columns = place(head.columns, this.#measures.bold);
    const last = this.#columns.at(-1);
    this.#wide = Math.max(LEAST.width, (last ? last.x + last.width : 0) + MARGIN);
    this.#high = this.#wide * LEAST.proportion;
  }

  row(values: Cells, odd: boolean): void {
    this.#room();
    if (odd) {
      const band = this.#pdf.rect(MARGIN - 4, this.#y - 2, this.#wide - 2 * MARGIN + 8, LINE);
      band.fill(BAND).fillColor(INK);
    }
    for (const [index, column] of this.#columns.entries()) {
      const value = values[index];
      if (value !== null && value !== undefined) this.#cell('thin', column.text(value), column);
    }
    this.#y += LINE;
  }

  /** A page there is in any case. */
  end(): void {
    if (this.#page === 0) this.#startPage();
    this.#pdf.end();
  }

  #room(): void {
    if (this.#page === 0 || this.#y + LINE > this.#high - MARGIN) this.#startPage();
  }

  #cell(weight: Weight, text: string, { x, width, right }: Pick<Placed, 'x' | 'width' | 'right'>): void {
    const measure = this.#measures[weight];
    const shown = fitting(text, width, measure);
    draw(this.#pdf, weight, shown, right ? x + width - measure(shown) : x, this.#y);
  }

  #startPage(): void {
    const pdf = this.#pdf.addPage({ size: [this.#wide, this.#high], margin: 0 });
    this.#page += 1;
    this.#y = MARGIN - 8;
    if (this.#page === 1) this.#title();
    pdf.fontSize(SIZE).fillColor(SOFT);
    draw(pdf, 'thin', `${this.#head.title} · ${this.#page}`, MARGIN, this.#high - MARGIN + 10);
    for (const column of this.#columns) this.#cell('bold', column.name, column);
    this.#y += LINE;
    const line = pdf.moveTo(MARGIN, this.#y - 2).lineTo(this.#wide - MARGIN, this.#y - 2);
    line.lineWidth(0.75).strokeColor(RULE).stroke();
    this.#y += 2;
    pdf.fillColor(INK);
  }

  #title(): void {
    this.#pdf.fontSize(14).fillColor(INK);
    draw(this.#pdf, 'bold', this.#head.title, MARGIN, this.#y);
    this.#y += 22;
    this.#pdf.fontSize(SIZE).fillColor(SOFT);
    for (const line of this.#head.about) {
      this.#cell('thin', line, { x: MARGIN, width: this.#wide - 2 * MARGIN, right: false });
      this.#y += LINE;
    }
    this.#y += 6;
  }
}

export function pdfTable(path: string, head: TableHead): TableFile {
  const pdf = openPdf({ title: head.title, author: 'Predictu', at: head.at });
  const file = createWriteStream(path, { mode: OWNER_ONLY, flush: true });
  pdf.pipe(file);
  const done = finished(file);
  done.catch(() => {});
  const sheets = new Sheets(pdf, head);
  let rows = 0;
  return {
    ...waitingRows(async (more) => {
      for (const values of more) {
        sheets.row(values, rows % 2 === 1);
        rows += 1;
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
