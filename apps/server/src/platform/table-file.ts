/** Tables written to files row by row, in constant memory. What a cell holds decides how each format says it. */

/** A word is text without a character that any format would have to quote; hundredths and ten-thousandths are whole numbers of them; json is anything JSON can say. */
export type CellKind = 'word' | 'text' | 'json' | 'integer' | 'number' | 'boolean' | 'hundredths' | 'tenThousandths' | 'instant';
export type TableColumn = { name: string; kind: CellKind };
export type TableHead = { title: string; about: readonly string[]; at: Date; columns: readonly TableColumn[] };
/** A cell of a kind, or null or undefined where there is nothing. */
export type Cells = readonly unknown[];
export type TableFile = {
  /** Takes a row; it is in memory until it is flushed. */
  put(row: Cells): void;
  /** Writes what was put; it may still be under way when the next rows are put, which is why there is a wait. */
  flush(): void | Promise<void>;
  /** Ends the file and answers its bytes. */
  end(): Promise<number>;
};

/** Rows wait as they are until they are flushed. */
export function waitingRows(write: (rows: readonly Cells[]) => Promise<void>): Pick<TableFile, 'put' | 'flush'> {
  let waiting: Cells[] = [];
  return {
    put: (row) => {
      waiting.push(row);
    },
    flush: () => {
      const rows = waiting;
      waiting = [];
      return write(rows);
    },
  };
}

const HUNDREDTHS = 100;
const TEN_THOUSANDTHS = 10_000;
const PAIRS = Array.from({ length: HUNDREDTHS }, (_, value) => String(value).padStart(2, '0'));
/** Two or four digits, looked up: amounts are the most of a table. */
const fraction = (value: number, scale: number): string =>
  scale === HUNDREDTHS ? `${PAIRS[value]}` : `${PAIRS[Math.trunc(value / HUNDREDTHS)]}${PAIRS[value % HUNDREDTHS]}`;

function decimal(value: bigint | number, scale: number): string {
  const whole = Number(value);
  const sign = whole < 0 ? '-' : '';
  // Beyond it a number no longer holds every unit.
  if (!Number.isSafeInteger(whole)) {
    const size = whole < 0 ? -BigInt(value) : BigInt(value);
    return `${sign}${size / BigInt(scale)}.${fraction(Number(size % BigInt(scale)), scale)}`;
  }
  const size = Math.abs(whole);
  return `${sign}${Math.trunc(size / scale)}.${fraction(size % scale, scale)}`;
}

/** A cell that is there as plain text. */
export const CELL_TEXT: Record<CellKind, (value: unknown) => string> = {
  word: String,
  text: String,
  json: (value) => JSON.stringify(value),
  integer: String,
  number: String,
  boolean: String,
  hundredths: (value) => decimal(value as bigint | number, HUNDREDTHS),
  tenThousandths: (value) => decimal(value as bigint | number, TEN_THOUSANDTHS),
  instant: (value) => (value as Date).toISOString(),
};

/** What a spreadsheet would take for a formula: also after it was saved and opened once more. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
export const looksLikeFormula = (text: string): boolean => FORMULA.test(text);
