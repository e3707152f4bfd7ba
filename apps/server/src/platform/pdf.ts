/** PDF files: tagged for screen readers, with an embedded font of Latin, Greek and Cyrillic letters, the same bytes for the same content. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import PDFDocument from 'pdfkit';

export type PdfHead = { title: string; author: string /** The date the file itself names: of its content, not of now. */; at: Date };
export type Pdf = PDFKit.PDFDocument;
/** Content under one tag of the document's structure. */
export type PdfTag = PDFKit.PDFStructureElement;

/** A4, in points. */
export const PAGE = { width: 595.28, height: 841.89, margin: 48 } as const;
export const REGULAR = 'regular';
export const BOLD = 'bold';

const require = createRequire(import.meta.url);
let fonts: { regular: Buffer; bold: Buffer } | undefined;
const loadFonts = () => {
  fonts ??= {
    regular: readFileSync(require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf')),
    bold: readFileSync(require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf')),
  };
  return fonts;
};

/** A document to which pages are added; it is streamed. A tagged one is for screen readers too. */
export function openPdf({ title, author, at }: PdfHead, options: PDFKit.PDFDocumentOptions = {}): Pdf {
  const { regular, bold } = loadFonts();
  const pdf = new PDFDocument({
    pdfVersion: '1.7',
    lang: 'en',
    displayTitle: true,
    autoFirstPage: false,
    // The named fonts of PDF are not embedded and end with Latin-1.
    font: regular as unknown as string,
    info: { Title: title, Author: author, Creator: 'Predictu', Producer: 'Predictu', CreationDate: at, ModDate: at },
    ...options,
  });
  pdf.registerFont(REGULAR, regular);
  pdf.registerFont(BOLD, bold);
  return pdf;
}

/** Draws a document on pages of A4 and answers its bytes. `draw` adds tagged content to the root it is given. */
export async function writePdf(head: PdfHead, draw: (pdf: Pdf, root: PdfTag) => void): Promise<Uint8Array> {
  const pdf = openPdf(head, {
    size: 'A4',
    margin: PAGE.margin,
    // The types of the library lag behind it.
    subset: 'PDF/UA' as 'PDF/A-3a',
    tagged: true,
    autoFirstPage: true,
  });
  const chunks: Buffer[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk));
    pdf.on('end', () => resolve(Buffer.concat(chunks)));
    pdf.on('error', reject);
  });
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  draw(pdf, root);
  root.end();
  pdf.end();
  return done;
}
