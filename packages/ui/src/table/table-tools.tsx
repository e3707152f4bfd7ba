/** CSV and the column chooser at the right end of a table's toolbar. */

import { useState } from 'react';
import type { Client } from '../api/client.ts';
import { useClient } from '../api/use-endpoint.tsx';
import type { Given, Operation, Row } from '../api/wire.ts';
import { formatCounted } from '../format/words.ts';
import { Button } from '../kit/button.tsx';
import { useToasts } from '../kit/toasts.tsx';
import { ColumnChooser } from './column-chooser.tsx';
import type { Column } from './columns.ts';
import { csvOf, saveFile } from './csv.ts';
import type { TableLayout } from './use-layout.ts';

const MOST_ROWS = 10_000;
const PAGE = 200;

type Listed<R> = { data: R[]; pagination?: { total_pages: number } };

/** Every row that matches, page by page; more than 10,000 is a report's job. */
async function allRows<Op extends Operation>(client: Client, operation: Op, given: Given<Op>): Promise<{ rows: Row<Op>[]; more: boolean }> {
  const rows: Row<Op>[] = [];
  for (let page = 1; ; page += 1) {
    const paged = page === 1 && !('query' in given) ? given : { ...given, query: { ...(given.query as object), page, limit: PAGE } };
    const { data, pagination } = (await client.call(operation, paged as unknown as Given<Op>)) as Listed<Row<Op>>;
    rows.push(...data);
    if (!pagination || page >= pagination.total_pages) return { rows, more: false };
    if (rows.length >= MOST_ROWS) return { rows, more: true };
  }
}

export function TableTools<Op extends Operation>({
  operation,
  given,
  name,
  layout,
  columns,
}: {
  operation: Op;
  given: Given<Op>;
  name: string;
  layout: TableLayout<Row<Op>>;
  columns: readonly Column<Row<Op>>[];
}) {
  const client = useClient();
  const toasts = useToasts();
  const [saving, setSaving] = useState(false);
  const save = async () => {
    setSaving(true);
    try {
      const { rows, more } = await allRows(client, operation, given);
      saveFile(`${name}.csv`, 'text/csv;charset=utf-8', csvOf(layout.shown, rows));
      toasts.say(
        more
          ? `Saved the first ${formatCounted(rows.length, 'row')}; a report holds them all`
          : `Saved ${formatCounted(rows.length, 'row')}`,
      );
    } catch (error) {
      toasts.fail(error);
    } finally {
      setSaving(false);
    }
  };
  return (
    <>
      <Button kind="quiet" icon="download" busy={saving} onClick={() => void save()}>
        CSV
      </Button>
      <ColumnChooser layout={layout} columns={columns} />
    </>
  );
}
