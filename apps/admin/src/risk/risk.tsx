import { Time } from '@predictu/ui/kit/figures.tsx';
import { PageHead } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';

export const Risk = () => (
  <>
    <PageHead title="Risk" />
    <EndpointTable
      operation="listRiskEvents"
      name="risk-events"
      rowKey={({ id }) => id}
      columns={[
        { key: 'created_at', label: 'Time, UTC', cell: ({ created_at }) => <Time at={created_at} />, text: ({ created_at }) => created_at },
        { key: 'severity', label: 'Severity', cell: ({ severity }) => <Status value={severity} /> },
      ]}
    />
  </>
);
