/** Players of all operators. */
import type { Row } from '@predictu/ui/api/wire.ts';
import { PageHead } from '@predictu/ui/kit/panel.tsx';
import { PLAYER_FILTERS, playerColumns } from '@predictu/ui/nouns/players.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import type { Column } from '@predictu/ui/table/columns.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';

type Player = Row<'listPlayers'>;
const [name, ...rest] = playerColumns<Player>();
const COLUMNS: readonly Column<Player>[] = [
  ...(name ? [name] : []),
  { key: 'operator', label: 'Operator', cell: ({ operator_name }) => operator_name, text: ({ operator_slug }) => operator_slug },
  ...rest,
];

export function Users() {
  const go = useGo();
  return (
    <>
      <PageHead title="Users" />
      <EndpointTable
        operation="listPlayers"
        name="users"
        search="Name, e-mail, own id or user id"
        columns={COLUMNS}
        filters={[{ name: 'operator', label: 'Operator', kind: 'text', hint: 'Slug or id.' }, ...PLAYER_FILTERS]}
        rowKey={({ id }) => id}
        onOpen={({ id }) => go(`/users/${id}`)}
        empty="No player has come yet."
      />
    </>
  );
}
