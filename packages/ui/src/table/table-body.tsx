/** Rows and heads of a table. Long pages are windowed; j and k move, Enter opens, c copies, [ and ] turn pages. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useRef } from 'react';
import { Button } from '../kit/button.tsx';
import { useToasts } from '../kit/toasts.tsx';
import { usePreferences } from '../shell/preferences.ts';
import { useShortcuts } from '../shell/shortcuts.ts';
import type { Column } from './columns.ts';
import { csvOf, saveFile } from './csv.ts';

export type TableBodyProps<R> = {
  columns: readonly Column<R>[];
  rows: readonly R[];
  rowKey: (row: R) => string;
  sort?: string | undefined;
  order?: string | undefined;
  onSort?: (sort: string, order: 'asc' | 'desc') => void;
  onOpen?: (row: R) => void;
  onPage?: (step: 1 | -1) => void;
  selected?: string | undefined;
  stale?: boolean;
  foot?: readonly (React.ReactNode | null)[];
  /** Names the file these rows can be saved as. */
  csv?: string;
};

const WINDOWED_FROM = 100;

export function TableBody<R>({
  columns,
  rows,
  rowKey,
  sort,
  order,
  onSort,
  onOpen,
  onPage,
  selected,
  stale = false,
  foot,
  csv,
}: TableBodyProps<R>) {
  const scroller = useRef<HTMLDivElement>(null);
  const toasts = useToasts();
  const { density } = usePreferences();
  const windowed = rows.length > WINDOWED_FROM;
  const height = density === 'dense' ? 32 : 40;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    enabled: windowed,
  });
  const shown = windowed ? virtual.getVirtualItems().map(({ index }) => index) : rows.map((_, index) => index);
  const above = windowed ? (virtual.getVirtualItems()[0]?.start ?? 0) : 0;
  const below = windowed ? virtual.getTotalSize() - (virtual.getVirtualItems().at(-1)?.end ?? 0) : 0;
  const move = (step: 1 | -1) => {
    const all = [...(scroller.current?.querySelectorAll<HTMLElement>('tbody tr[data-row]') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    all[Math.max(0, Math.min(all.length - 1, at + step))]?.focus();
  };
  const focused = () => rows[Number((document.activeElement as HTMLElement | null)?.dataset['row'] ?? -1)];
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    '[': () => onPage?.(-1),
    ']': () => onPage?.(1),
    '/': (event) => {
      event.preventDefault();
      document.querySelector<HTMLElement>('.table-search')?.focus();
    },
    c: () => {
      const row = focused();
      if (row !== undefined) void navigator.clipboard.writeText(rowKey(row)).then(() => toasts.say(`Copied ${rowKey(row)}`));
    },
  });
  const opens = (row: R) => (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || (event.key !== 'Enter' && event.key !== ' ')) return;
    event.preventDefault();
    onOpen?.(row);
  };
  const table = (
    <div className={`table-scroll ${stale ? 'stale' : ''}`} ref={scroller} style={windowed ? { maxHeight: '70vh' } : undefined}>
      <table className="data">
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.key} column={column} sort={sort} order={order} {...(onSort ? { onSort } : {})} />
            ))}
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr style={{ height: above }} />}
          {shown.map((index) => {
            const row = rows[index] as R;
            return (
              <tr
                key={rowKey(row)}
                data-row={index}
                className={onOpen ? 'opens' : undefined}
                tabIndex={onOpen ? 0 : -1}
                aria-selected={selected === undefined ? undefined : selected === rowKey(row)}
                onClick={() => onOpen?.(row)}
                onKeyDown={onOpen ? opens(row) : undefined}
              >
                {columns.map((column) => (
                  <td key={column.key} className={column.right ? 'right figure' : undefined}>
                    {column.cell(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          {below > 0 && <tr style={{ height: below }} />}
        </tbody>
        {foot && (
          <tfoot>
            <tr>
              {foot.map((cell, index) => (
                <td key={columns[index]?.key ?? index} className={columns[index]?.right ? 'right figure' : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
  if (csv === undefined) return table;
  return (
    <>
      {table}
      <div className="table-foot">
        <Button kind="quiet" icon="download" onClick={() => saveFile(`${csv}.csv`, 'text/csv;charset=utf-8', csvOf(columns, rows))}>
          CSV
        </Button>
      </div>
    </>
  );
}

function Head<R>({
  column,
  sort,
  order,
  onSort,
}: {
  column: Column<R>;
  sort: string | undefined;
  order: string | undefined;
  onSort?: (sort: string, order: 'asc' | 'desc') => void;
}) {
  const sorted = column.sort !== undefined && sort === column.sort;
  const direction = order === 'asc' ? 'asc' : 'desc';
  return (
    <th
      scope="col"
      className={column.right ? 'right' : undefined}
      aria-sort={sorted ? (direction === 'asc' ? 'ascending' : 'descending') : undefined}
    >
      {column.sort !== undefined && onSort ? (
        <button type="button" onClick={() => onSort(column.sort as string, sorted && direction === 'desc' ? 'asc' : 'desc')}>
          {column.label}
          {sorted && <span aria-hidden="true">{direction === 'asc' ? '↑' : '↓'}</span>}
        </button>
      ) : (
        column.label
      )}
    </th>
  );
}
