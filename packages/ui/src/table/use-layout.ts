import { useState } from 'react';
import { type Column, type Layout, readLayout, shownColumns, writeLayout } from './columns.ts';

export type TableLayout<R> = { layout: Layout; shown: Column<R>[]; change: (layout: Layout | null) => void };

/** The columns of one table as this person arranged them. */
export function useLayout<R>(table: string, columns: readonly Column<R>[]): TableLayout<R> {
  const [layout, setLayout] = useState(() => readLayout(table, columns as readonly Column<never>[]));
  return {
    layout,
    shown: shownColumns(columns, layout),
    change: (next) => {
      writeLayout(table, next);
      setLayout(next ?? readLayout(table, columns as readonly Column<never>[]));
    },
  };
}
