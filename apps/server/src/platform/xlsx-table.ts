/** Tables as Excel workbooks, streamed: as many sheets as the rows need, text that is never a formula. */
import { once } from 'node:events';
import { createWriteStream, statSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { CELL_TEXT, type CellKind, type Cells, looksLikeFormula, type TableFile, type TableHead, waitingRows } from './table-file.ts';

/** What a sheet holds at most, less its head. */
const SHEET_ROWS = 1_048_575;
const CELL_CHARACTERS = 32_767;
const BUFFER_BYTES = 262_144;
const OWNER_ONLY = 0o600;
const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

const FORBIDDEN = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
/** A return as itself would be read as a new line. */
const ESCAPES: Record<string, string> = { '\r': '&#13;', '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string =>
  text
    .replace(FORBIDDEN, '')
    .slice(0, CELL_CHARACTERS)
    .replace(/[\r&<>"]/g, (character) => ESCAPES[character] ?? '');

/** Places in the styles below. */
const STYLE = { head: 1, hundredths: 2, tenThousandths: 3, instant: 4, literal: 5 } as const;
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="#,##0.00"/><numFmt numFmtId="165" formatCode="0.0000"/><numFmt numFmtId="166" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="166" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/></cellXfs></styleSheet>`;

const DAY_MS = 86_400_000;
/** Days from the spreadsheets' zero to 1970. */
const EPOCH_DAYS = 25_569;
const WIDTH: Record<CellKind, number> = {
  word: 22,
  text: 22,
  json: 30,
  integer: 12,
  number: 12,
  boolean: 10,
  hundredths: 14,
  tenThousandths: 10,
  instant: 20,
};

const LETTERS = 26;
/** A, B, … Z, AA … */
export function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % LETTERS));
  return index < LETTERS ? last : `${columnName(Math.floor(index / LETTERS) - 1)}${last}`;
}

type Cell = (at: string, value: unknown) => string;
const textCell =
  (text: (value: unknown) => string): Cell =>
  (at, value) => {
    const said = text(value);
    const style = looksLikeFormula(said) ? ` s="${STYLE.literal}"` : '';
    return `<c r="${at}"${style} t="inlineStr"><is><t xml:space="preserve">${escaped(said)}</t></is></c>`;
  };
const numberCell = (style: number, text: (value: unknown) => string): Cell => {
  const attribute = style === 0 ? '' : ` s="${style}"`;
  return (at, value) => `<c r="${at}"${attribute}><v>${text(value)}</v></c>`;
};
const CELLS: Record<CellKind, Cell> = {
  word: textCell(CELL_TEXT.word),
  text: textCell(CELL_TEXT.text),
  json: textCell(CELL_TEXT.json),
  integer: numberCell(0, CELL_TEXT.integer),
  number: numberCell(0, CELL_TEXT.number),
  boolean: (at, value) => `<c r="${at}" t="b"><v>${value ? 1 : 0}</v></c>`,
  hundredths: numberCell(STYLE.hundredths, CELL_TEXT.hundredths),
  tenThousandths: numberCell(STYLE.tenThousandths, CELL_TEXT.tenThousandths),
  instant: numberCell(STYLE.instant, (value) => String((value as Date).getTime() / DAY_MS + EPOCH_DAYS)),
};

const sheetHead = ({ columns }: TableHead): string =>
  `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns
    .map(
      ({ kind, name }, index) =>
        `<col min="${index + 1}" max="${index + 1}" width="${Math.max(WIDTH[kind], name.length + 2)}" customWidth="1"/>`,
    )
    .join('')}</cols><sheetData><row r="1">${columns
    .map(({ name }, index) => `<c r="${columnName(index)}1" s="${STYLE.head}" t="inlineStr"><is><t>${escaped(name)}</t></is></c>`)
    .join('')}</row>`;

/** The parts of a workbook that say what its sheets are. */
function addParts(zip: ZipFile, { title, at }: TableHead, sheets: number): void {
  const numbers = Array.from({ length: sheets }, (_, index) => index + 1);
  const name = (n: number): string => escaped(`${title.replace(/[\\/?*[\]:]/g, ' ').slice(0, 25)}${sheets > 1 ? ` ${n}` : ''}`);
  const add = (path: string, text: string): void => zip.addBuffer(Buffer.from(text), path, { mtime: at });
  add(
    '[Content_Types].xml',
    `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>${numbers
      .map(
        (n) =>
          `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`,
      )
      .join('')}</Types>`,
  );
  add(
    '_rels/.rels',
    `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  );
  add(
    'xl/_rels/workbook.xml.rels',
    `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="styles" Type="${RELATIONS}/styles" Target="styles.xml"/>${numbers
      .map((n) => `<Relationship Id="sheet${n}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${n}.xml"/>`)
      .join('')}</Relationships>`,
  );
  add(
    'xl/workbook.xml',
    `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${numbers.map((n) => `<sheet name="${name(n)}" sheetId="${n}" r:id="sheet${n}"/>`).join('')}</sheets></workbook>`,
  );
  add('xl/styles.xml', STYLES);
}

export function xlsxTable(path: string, head: TableHead, sheetRows = SHEET_ROWS): TableFile {
  const zip = new ZipFile();
  const done = pipeline(zip.outputStream, createWriteStream(path, { mode: OWNER_ONLY, flush: true }));
  done.catch(() => {});
  const cells = head.columns.map(({ kind }) => CELLS[kind]);
  const names = head.columns.map((_, index) => columnName(index));
  let sheet: PassThrough | undefined;
  let sheets = 0;
  let row = 0;
  const send = async (text: string): Promise<void> => {
    if (sheet && !sheet.write(text)) await Promise.race([once(sheet, 'drain'), done]);
  };
  const finishSheet = async (): Promise<void> => {
    await send(`</sheetData><autoFilter ref="A1:${names.at(-1)}${row}"/></worksheet>`);
    sheet?.end();
  };
  const startSheet = async (): Promise<void> => {
    if (sheet) await finishSheet();
    sheets += 1;
    row = 1;
    sheet = new PassThrough({ highWaterMark: BUFFER_BYTES });
    zip.addReadStream(sheet, `xl/worksheets/sheet${sheets}.xml`, { mtime: head.at, compressionLevel: 3 });
    await send(sheetHead(head));
  };
  const rowText = (values: Cells): string => {
    row += 1;
    let text = `<row r="${row}">`;
    for (const [index, cell] of cells.entries()) {
      const value = values[index];
      if (value !== null && value !== undefined) text += cell(`${names[index]}${row}`, value);
    }
    return `${text}</row>`;
  };
  return {
    ...waitingRows(async (rows) => {
      let text = '';
      for (const values of rows) {
        if (!sheet || row > sheetRows) {
          await send(text);
          text = '';
          await startSheet();
        }
        text += rowText(values);
        if (text.length > BUFFER_BYTES) {
          await send(text);
          text = '';
        }
      }
      await send(text);
    }),
    async end() {
      if (!sheet) await startSheet();
      await finishSheet();
      addParts(zip, head, sheets);
      zip.end();
      await done;
      return statSync(path).size;
    },
  };
}
