/** Tables written to files row by row, in constant memory. What a cell holds decides how each format says it. */

/** Whole numbers of hundredths and ten-thousandths are bigints; json is anything JSON can say. */
export type CellKind = 'text' | 'json' | 'integer' | 'number' | 'boolean' | 'hundredths' | 'tenThousandths' | 'instant';
export type TableColumn = { name: string; kind: CellKind };
export type TableHead = { title: string; about: readonly string[]; at: Date; columns: readonly TableColumn[] };
/** A cell of a kind, or null or undefined where there is nothing. */
export type Cells = readonly unknown[];
export type TableFile = {
  write(rows: readonly Cells[]): void | Promise<void>;
  /** Ends the file and answers its bytes. */
  end(): Promise<number>;
};

const padded = (value: number, digits: number): string => String(value).padStart(digits, '0');

function decimal(value: bigint, scale: number, digits: number): string {
  const whole = Number(value);
  // Beyond it a number no longer holds every unit.
  if (!Number.isSafeInteger(whole)) {
    const size = value < 0n ? -value : value;
    return `${value < 0n ? '-' : ''}${size / BigInt(scale)}.${padded(Number(size % BigInt(scale)), digits)}`;
  }
  const size = Math.abs(whole);
  return `${whole < 0 ? '-' : ''}${Math.trunc(size / scale)}.${padded(size % scale, digits)}`;
}

const HUNDREDTHS = 100;
const TEN_THOUSANDTHS = 10_000;

/** A cell that is there as plain text. */
export const CELL_TEXT: Record<CellKind, (value: unknown) => string> = {
  text: String,
  json: (value) => JSON.stringify(value),
  integer: String,
  number: String,
  boolean: String,
  hundredths: (value) => decimal(value as bigint, HUNDREDTHS, 2),
  tenThousandths: (value) => decimal(value as bigint, TEN_THOUSANDTHS, 4),
  instant: (value) => (value as Date).toISOString(),
};

/** What a spreadsheet would take for a formula: also after it was saved and opened once more. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;
export const looksLikeFormula = (text: string): boolean => FORMULA.test(text);
