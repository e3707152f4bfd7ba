/** A table as a CSV file: RFC 4180, with formulas defused for spreadsheet programs. */
import { type Column, textOf } from './columns.ts';

const quoted = (value: string | number | null | undefined): string => {
  const text =
    value === null || value === undefined ? '' : typeof value === 'number' ? String(value) : value.replace(/^(?=[=+\-@\t\r])/, "'");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export function csvOf<R>(columns: readonly Column<R>[], rows: readonly R[]): string {
  const written = columns.filter((column) => rows.some((row) => textOf(column, row) !== undefined));
  const lines = [written.map(({ label }) => quoted(label)), ...rows.map((row) => written.map((column) => quoted(textOf(column, row))))];
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}

export function saveFile(name: string, type: string, content: BlobPart): void {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}
