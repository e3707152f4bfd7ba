import type { Row } from '@predictu/ui/api/wire.ts';
import { PageHead } from '@predictu/ui/kit/panel.tsx';
import { PLAYER_FILTERS, playerColumns } from '@predictu/ui/nouns/players.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';

const COLUMNS = playerColumns<Row<'listOwnPlayers'>>();

/** The operator's players. */
export function Users() {
  const go = useGo();
  return (
    <>
      <PageHead title="Players" />
      <EndpointTable
        operation="listOwnPlayers"
        name="players"
        search="Name, e-mail, own id or user id"
        columns={COLUMNS}
        filters={PLAYER_FILTERS}
        rowKey={({ id }) => id}
        onOpen={({ id }) => go(`/users/${id}`)}
        empty="No player has come yet. They appear when they first open the embed."
      />
    </>
  );
}
