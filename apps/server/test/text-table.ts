/** Tests as tables that a trader can read: the first line names the columns, `|` separates them. */
export function textTable(text: string): Record<string, string>[] {
  const [head = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return rows.map((row) => {
    if (row.length !== head.length) throw new Error(`A row of ${row.length} cells under ${head.length} columns: ${row.join(' | ')}`);
    return Object.fromEntries(head.map((name, index) => [name, row[index] ?? '']));
  });
}
