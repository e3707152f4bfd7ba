/** Every operation towards an operator's wallet, and what waits for a person. */

import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { Drawer } from '@predictu/ui/kit/drawer.tsx';
import { PageHead, Shown } from '@predictu/ui/kit/panel.tsx';
import { CALL_FILTERS, CallButtons, CallDetails, callColumns } from '@predictu/ui/nouns/callbacks.tsx';
import { OperatorName } from '@predictu/ui/nouns/operator-name.tsx';
import { useAddress } from '@predictu/ui/shell/address.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { useCallback } from 'react';

type Call = Row<'listWalletCalls'>;
const COLUMNS = callColumns<Call>({ operator: true });
const REFRESHES = ['listWalletCalls', 'getWalletCall', 'listPendingSettlements'] as const;

export function Callbacks() {
  const [address, change] = useAddress();
  const close = useCallback(() => change({ open: undefined }), [change]);
  return (
    <>
      <PageHead title="Callbacks" />
      <EndpointTable
        operation="listWalletCalls"
        name="callbacks"
        columns={COLUMNS}
        filters={[{ name: 'operator', label: 'Operator', kind: 'text', hint: 'Slug or id.' }, ...CALL_FILTERS]}
        rowKey={({ id }) => id}
        onOpen={({ id }) => change({ open: id })}
        selected={address['open']}
        every={10_000}
        empty="No operator keeps the balances of its players itself yet."
      />
      {address['open'] && <CallDrawer id={address['open']} onClose={close} />}
    </>
  );
}

function CallDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const call = useEndpoint('getWalletCall', { params: { call_id: id } }, { every: 10_000 });
  const replay = useAct('replayWalletCall', REFRESHES);
  const handle = useAct('handleWalletCall', REFRESHES);
  const shown = call.data?.data;
  return (
    <Drawer
      title={
        <>
          <h2 className="mono">{shown?.method ?? 'Callback'}</h2>
          <span className="small secondary">
            <OperatorName slug={shown?.operator_slug} />
          </span>
        </>
      }
      onClose={onClose}
      footer={
        shown && (
          <CallButtons
            call={shown}
            acts={{
              replay: (call_id, reason) => replay.mutateAsync({ params: { call_id }, body: { reason } }),
              handle: (call_id, reason) => handle.mutateAsync({ params: { call_id }, body: { reason } }),
            }}
          />
        )
      }
    >
      <Shown query={call}>{({ data }) => <CallDetails call={data} />}</Shown>
    </Drawer>
  );
}
