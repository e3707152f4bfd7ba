/**
 * The one table: a list operation with its filters, sort and page in the address, its columns chosen per person,
 * rows by keyboard, and a CSV of everything that matches.
 */
import type { ReactNode } from 'react';
import type { ApiError } from '../api/client.ts';
import { useEndpoint } from '../api/use-endpoint.tsx';
import type { Given, Operation, Row } from '../api/wire.ts';
import { formatCount } from '../format/money.ts';
import { formatWords } from '../format/words.ts';
import { Button } from '../kit/button.tsx';
import { Empty, Problem, Skeleton } from '../kit/panel.tsx';
import { type Address, useAddress } from '../shell/address.ts';
import type { Column, Filter } from './columns.ts';
import { Filters, Search } from './filters.tsx';
import { TableBody } from './table-body.tsx';
import { TableTools } from './table-tools.tsx';
import { useLayout } from './use-layout.ts';

export type EndpointTableProps<Op extends Operation> = {
  operation: Op;
  /** Path parameters and fixed query. */
  given?: Given<Op>;
  /** Names the person's column choice and the CSV file. */
  name: string;
  columns: readonly Column<Row<Op>>[];
  filters?: readonly Filter[];
  search?: string;
  rowKey: (row: Row<Op>) => string;
  onOpen?: (row: Row<Op>) => void;
  selected?: string | undefined;
  empty?: ReactNode;
  /** Milliseconds between refreshes. */
  every?: number;
  /** When two tables share an address: goes before each of this one's parameters. */
  prefix?: string;
  actions?: ReactNode;
};

type Listed<R> = { data: R[]; total?: number; pagination?: { page: number; limit: number; total: number; total_pages: number } };

export function EndpointTable<Op extends Operation>(props: EndpointTableProps<Op>) {
  const { operation, given, name, columns, filters = [], search, rowKey, onOpen, selected, empty, every, prefix = '', actions } = props;
  const [address, change] = useAddress();
  const names = [
    ...filters.flatMap((filter) => (filter.kind === 'days' ? [filter.from, filter.to] : [filter.name])),
    'search',
    'sort',
    'order',
    'page',
    'limit',
  ];
  const values: Address = Object.fromEntries(
    names.flatMap((key) => (address[prefix + key] === undefined ? [] : [[key, address[prefix + key]]])),
  );
  const set = (changes: Address) =>
    change({ ...Object.fromEntries(Object.entries({ page: undefined, ...changes }).map(([key, value]) => [prefix + key, value])) });
  const query = { ...(given?.query as object | undefined), ...values };
  const asked = { ...given, query } as unknown as Given<Op>;
  const answer = useEndpoint(operation, asked, every === undefined ? {} : { every });
  const list = answer.data as Listed<Row<Op>> | undefined;
  const layout = useLayout(name, columns);
  const total = list?.pagination?.total ?? list?.total ?? list?.data.length;
  const narrowed = names.some((key) => !['sort', 'order', 'page', 'limit'].includes(key) && values[key] !== undefined);
  return (
    <div>
      <div className="toolbar" role="search" aria-label={`${formatWords(name.replaceAll('-', ' '))}: filters`}>
        {search && <Search value={values['search'] ?? ''} placeholder={search} onChange={(text) => set({ search: text || undefined })} />}
        <Filters filters={filters} values={values} onChange={set} />
        <span className="toolbar-end">
          {total !== undefined && <span className="small tertiary figure">{formatCount(total)} in all</span>}
          {actions}
          <TableTools operation={operation} given={asked} name={name} layout={layout} columns={columns} />
        </span>
      </div>
      {answer.isError && <Problem error={answer.error as ApiError} again={() => void answer.refetch()} />}
      {list === undefined && !answer.isError && <Skeleton rows={8} />}
      {list?.data.length === 0 && (
        <Empty
          action={
            narrowed ? (
              <Button onClick={() => set(Object.fromEntries(names.map((key) => [key, undefined])))}>Clear the filters</Button>
            ) : undefined
          }
        >
          {narrowed ? 'Nothing matches these filters.' : (empty ?? 'There is nothing here yet.')}
        </Empty>
      )}
      {list !== undefined && list.data.length > 0 && (
        <TableBody
          columns={layout.shown}
          rows={list.data}
          rowKey={rowKey}
          sort={values['sort']}
          order={values['order']}
          onSort={(sort, order) => set({ sort, order })}
          stale={answer.isPlaceholderData}
          {...(onOpen ? { onOpen } : {})}
          selected={selected}
          onPage={(step) => {
            const next = (list.pagination?.page ?? 1) + step;
            if (next >= 1 && next <= (list.pagination?.total_pages ?? 1)) set({ page: next === 1 ? undefined : String(next) });
          }}
        />
      )}
      {list?.pagination && list.pagination.total_pages > 0 && (
        <Pager {...list.pagination} onPage={(page) => set({ page: page === 1 ? undefined : String(page) })} />
      )}
    </div>
  );
}

function Pager({
  page,
  limit,
  total,
  total_pages,
  onPage,
}: {
  page: number;
  limit: number;
  total: number;
  total_pages: number;
  onPage: (page: number) => void;
}) {
  return (
    <nav className="pager" aria-label="Pages">
      <span className="figure">
        {formatCount(Math.min(total, (page - 1) * limit + 1))} to {formatCount(Math.min(total, page * limit))} of {formatCount(total)}
      </span>
      <span className="space" />
      <Button kind="quiet" icon="left" aria-label="Previous page" disabled={page <= 1} onClick={() => onPage(page - 1)} />
      <span className="figure">
        {formatCount(page)} / {formatCount(total_pages)}
      </span>
      <Button kind="quiet" icon="right" aria-label="Next page" disabled={page >= total_pages} onClick={() => onPage(page + 1)} />
    </nav>
  );
}
