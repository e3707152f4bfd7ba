/** PDF files, tagged for screen readers (PDF/UA), with an embedded font of Latin, Greek and Cyrillic letters, the same bytes for the same content. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type PDFDocument from 'pdfkit';

export type PdfHead = { title: string; author: string /** The date the file itself names: of its content, not of now. */; at: Date };
export type Pdf = PDFKit.PDFDocument;
/** Content under one tag of the document's structure. */
export type PdfTag = PDFKit.PDFStructureElement;
/** The types of the library lag behind it: the header of a row or a column says so. */
export type PdfTagOptions = { scope?: 'Row' | 'Column' };

/** A4, in points. */
export const PAGE = { width: 595.28, height: 841.89, margin: 48 } as const;
export const REGULAR = 'regular';
export const BOLD = 'bold';
const GATHERED_BYTES = 65_536;

const require = createRequire(import.meta.url);
/** With the first document: most processes make none. */
const loadLibrary = (): typeof PDFDocument => require('pdfkit') as typeof PDFDocument;
let fonts: { regular: Buffer; bold: Buffer } | undefined;
const loadFonts = () => {
  fonts ??= {
    regular: readFileSync(require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf')),
    bold: readFileSync(require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf')),
  };
  return fonts;
};

/** The library writes a line at a time, the table of a million places at its end included: they leave together. */
function gatherLines(pdf: Pdf): void {
  const send = pdf.push.bind(pdf);
  let waiting: Uint8Array[] = [];
  let bytes = 0;
  pdf.push = (line: Uint8Array | null): boolean => {
    if (line) {
      waiting.push(line);
      bytes += line.length;
    }
    if (line && bytes < GATHERED_BYTES) return true;
    const gathered = Buffer.concat(waiting);
    [waiting, bytes] = [[], 0];
    const wanted = gathered.length === 0 || send(gathered);
    return line ? wanted : send(null);
  };
}

/** A document to which pages are added; it is streamed. Everything on them is under a tag below `root`, or decoration. */
export function openPdf(
  { title, author, at }: PdfHead,
  pages: Pick<PDFKit.PDFDocumentOptions, 'size' | 'margin'> = {},
): { pdf: Pdf; root: PdfTag } {
  const { regular, bold } = loadFonts();
  const Document = loadLibrary();
  const pdf = new Document({
    pdfVersion: '1.7',
    // The types of the library lag behind it.
    subset: 'PDF/UA' as 'PDF/A-3a',
    tagged: true,
    lang: 'en',
    displayTitle: true,
    autoFirstPage: false,
    // The named fonts of PDF are not embedded and end with Latin-1.
    font: regular as unknown as string,
    info: { Title: title, Author: author, Creator: 'Predictu', Producer: 'Predictu', CreationDate: at, ModDate: at },
    ...pages,
  });
  gatherLines(pdf);
  pdf.registerFont(REGULAR, regular);
  pdf.registerFont(BOLD, bold);
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  return { pdf, root };
}

/** A part of the structure, which holds others; whoever opens it ends it. */
export function branch(pdf: Pdf, parent: PdfTag, tag: string): PdfTag {
  const part = pdf.struct(tag);
  parent.add(part);
  return part;
}

/** What is drawn, under a tag of its own. */
export function tagged(pdf: Pdf, parent: PdfTag, tag: string, draw: () => void, options: PdfTagOptions = {}): void {
  // Drawn at once, because the parent stands in the document already.
  parent.add(pdf.struct(tag, options as object, draw));
}

/** What is drawn and no reader is told of: lines, page numbers, headers said before. */
export function decorate(pdf: Pdf, draw: () => void, attached?: 'Top' | 'Bottom'): void {
  pdf.markContent('Artifact', attached ? { type: 'Pagination', attached: [attached] } : { type: 'Layout' });
  draw();
  pdf.endMarkedContent();
}

type ParentTree = { get(page: number): object; add(page: number, parents: object): void };
/** Writes whose the texts of the page are: kept until the end, they would grow with the file. Nothing may be added to the page afterwards. */
export function closePage(pdf: Pdf): void {
  const tree = (pdf as unknown as { getStructParentTree(): ParentTree }).getStructParentTree();
  const page = (pdf.page as unknown as { structParentTreeKey: number }).structParentTreeKey;
  const parents = pdf.ref(tree.get(page));
  parents.end(undefined);
  Object.assign(parents, { data: {} });
  tree.add(page, parents);
}

/** Draws a document on pages of A4 and answers its bytes. `draw` adds tagged content to the root it is given. */
export async function writePdf(head: PdfHead, draw: (pdf: Pdf, root: PdfTag) => void): Promise<Uint8Array> {
  const { pdf, root } = openPdf(head, { size: 'A4', margin: PAGE.margin });
  const chunks: Buffer[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  pdf.addPage();
  draw(pdf, root);
  root.end();
  pdf.end();
  return done;
}
