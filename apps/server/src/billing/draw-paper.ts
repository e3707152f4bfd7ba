/** Puts an invoice or credit note on A4. Everything it says comes from the paper's texts; every text is tagged. */
import { BOLD, branch, decorate, PAGE, type Pdf, type PdfTag, type PdfTagOptions, REGULAR, tagged, writePdf } from '../platform/pdf.ts';
import type { Paper } from './invoice-document.rules.ts';

const LEFT = PAGE.margin;
const WIDTH = PAGE.width - 2 * PAGE.margin;
const MIDDLE = LEFT + WIDTH / 2 + 12;
const HALF = WIDTH / 2 - 12;
const INK = '#14181f';
const SOFT = '#5b6472';
const RULE = '#d5d9df';
const SMALL = 8.5;
const TEXT = 9.5;
/** Left edge and width of the four columns of lines. */
const COLUMN = [
  [0, 250],
  [258, 90],
  [352, 52],
  [408, WIDTH - 408],
] as const;
const LAST = COLUMN.length - 1;

type Style = PdfTagOptions & { x: number; width: number; size?: number; font?: string; colour?: string; align?: 'left' | 'right' };

/** One text under its tag, at `y`; answers where it ends. */
function write(pdf: Pdf, parent: PdfTag, tag: string, text: string, y: number, style: Style): number {
  const { x, width, size = TEXT, font = REGULAR, colour = INK, align = 'left', scope } = style;
  // Digits of one width where they stand below each other.
  const options = { width, align, lineGap: 2, ...(align === 'right' && { features: ['tnum' as const] }) };
  const draw = () => void pdf.font(font).fontSize(size).fillColor(colour).text(text, x, y, options);
  tagged(pdf, parent, tag, draw, scope ? { scope } : {});
  return pdf.y;
}

function rule(pdf: Pdf, y: number): void {
  decorate(pdf, () => {
    const line = pdf.moveTo(LEFT, y).lineTo(LEFT + WIDTH, y);
    line.lineWidth(0.75).strokeColor(RULE).stroke();
  });
}

function head(pdf: Pdf, root: PdfTag, paper: Paper): number {
  const part = branch(pdf, root, 'Sect');
  const title = write(pdf, part, 'H1', paper.mark ? `${paper.title} – ${paper.mark}` : paper.title, PAGE.margin, {
    x: LEFT,
    width: WIDTH,
    size: 20,
    font: BOLD,
  });
  part.end();
  rule(pdf, title + 8);
  return title + 22;
}

function party(pdf: Pdf, root: PdfTag, label: string, lines: readonly string[], y: number, x: number): number {
  const part = branch(pdf, root, 'Sect');
  let at = write(pdf, part, 'H2', label, y, { x, width: HALF, size: SMALL, colour: SOFT }) + 2;
  for (const [index, line] of lines.entries()) at = write(pdf, part, 'P', line, at, { x, width: HALF, font: index === 0 ? BOLD : REGULAR });
  part.end();
  return at;
}

/** Labels beside texts. */
function labelled(pdf: Pdf, root: PdfTag, heading: string, pairs: Paper['facts'], y: number): number {
  const part = branch(pdf, root, 'Sect');
  let at = write(pdf, part, 'H2', heading, y, { x: LEFT, width: WIDTH, size: SMALL, colour: SOFT }) + 2;
  for (const [label, text] of pairs) {
    const line = branch(pdf, part, 'P');
    const ends = write(pdf, line, 'Span', label, at, { x: LEFT, width: 130, colour: SOFT });
    at = Math.max(ends, write(pdf, line, 'Span', text, at, { x: LEFT + 136, width: WIDTH - 136 }));
    line.end();
  }
  part.end();
  return at;
}

function row(pdf: Pdf, table: PdfTag, tag: 'TH' | 'TD', texts: readonly string[], y: number): number {
  const line = branch(pdf, table, 'TR');
  let ends = y;
  for (const [index, [x, width]] of COLUMN.entries()) {
    const style = tag === 'TH' ? ({ size: SMALL, colour: SOFT, scope: 'Column' } as const) : {};
    ends = Math.max(
      ends,
      write(pdf, line, tag, texts[index] ?? '', y, { x: LEFT + x, width, align: index === 0 ? 'left' : 'right', ...style }),
    );
  }
  line.end();
  return ends;
}

function table(pdf: Pdf, root: PdfTag, paper: Paper, y: number): number {
  const part = branch(pdf, root, 'Table');
  let at = row(pdf, part, 'TH', paper.columns, y) + 5;
  rule(pdf, at);
  for (const texts of paper.rows) at = row(pdf, part, 'TD', texts, at + 7) + 3;
  part.end();
  rule(pdf, at + 5);
  return at + 14;
}

function totals(pdf: Pdf, root: PdfTag, paper: Paper, y: number): number {
  const part = branch(pdf, root, 'Table');
  const [amountX, amountWidth] = COLUMN[LAST] as readonly [number, number];
  const labelX = amountX - 130;
  let at = y;
  for (const [index, [label, text]] of paper.totals.entries()) {
    const last = index === paper.totals.length - 1;
    const font = last ? BOLD : REGULAR;
    const line = branch(pdf, part, 'TR');
    const ends = write(pdf, line, 'TH', label, at, { x: LEFT + labelX, width: 110, font, scope: 'Row' });
    at = Math.max(ends, write(pdf, line, 'TD', text, at, { x: LEFT + amountX - 20, width: amountWidth + 20, align: 'right', font })) + 4;
    line.end();
  }
  part.end();
  return at;
}

function foot(pdf: Pdf, paper: Paper): void {
  const y = PAGE.height - PAGE.margin - 14;
  rule(pdf, y - 8);
  const draw = () => {
    pdf.font(REGULAR).fontSize(SMALL).fillColor(SOFT);
    pdf.text(`${paper.foot} · ${paper.number}`, LEFT, y, { width: WIDTH, lineBreak: false, ellipsis: true });
  };
  decorate(pdf, draw, 'Bottom');
}

/** The bytes of a paper; the same paper has the same. */
export const drawPaper = (paper: Paper): Promise<Uint8Array> =>
  writePdf({ title: paper.title, author: paper.seller[0] ?? '', at: paper.at }, (pdf, root) => {
    const top = head(pdf, root, paper);
    const parties = Math.max(party(pdf, root, 'From', paper.seller, top, LEFT), party(pdf, root, 'To', paper.buyer, top, MIDDLE));
    const facts = labelled(pdf, root, paper.kind, paper.facts, parties + 18);
    const lines = table(pdf, root, paper, facts + 22);
    let at = totals(pdf, root, paper, lines) + 14;
    for (const note of paper.notes) at = write(pdf, root, 'P', note, at, { x: LEFT, width: WIDTH, colour: SOFT }) + 4;
    if (paper.bank.length > 0) labelled(pdf, root, 'Payment', paper.bank, at + 12);
    foot(pdf, paper);
  });
