/** The operators that bring most, each with how full its limit is. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatCount, formatPercent } from '@predictu/ui/format/money.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { Gauge, Money, Monogram } from '@predictu/ui/kit/figures.tsx';
import { Section, Shown } from '@predictu/ui/kit/panel.tsx';
import { Status } from '@predictu/ui/kit/status.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import { TableBody } from '@predictu/ui/table/table-body.tsx';

const MOST = 8;

export function Operators({ exposure }: { exposure: Answer<'getExposure'>['data'] | undefined }) {
  const go = useGo();
  const operators = useEndpoint('listOperators', {}, { every: 120_000 });
  const used = (slug: string) => exposure?.by_operator.find(({ operator_slug }) => operator_slug === slug)?.utilization_pct;
  return (
    <Section
      title="Operators"
      actions={
        <Button kind="quiet" onClick={() => go('/operators')}>
          All operators
        </Button>
      }
    >
      <Shown query={operators}>
        {({ data }) => (
          <TableBody
            rows={[...data].sort((one, other) => other.revenue_total_usd - one.revenue_total_usd).slice(0, MOST)}
            rowKey={({ slug }) => slug}
            onOpen={({ slug }) => go(`/operators/${slug}`)}
            columns={[
              {
                key: 'name',
                label: 'Operator',
                cell: ({ name, primary_color }) => (
                  <span className="row">
                    <Monogram name={name} colour={primary_color} />
                    {name}
                  </span>
                ),
              },
              { key: 'status', label: 'Status', cell: ({ status }) => <Status value={status} /> },
              { key: 'user_count', label: 'Players', right: true, cell: ({ user_count }) => formatCount(user_count) },
              { key: 'trade_count', label: 'Trades', right: true, cell: ({ trade_count }) => formatCount(trade_count) },
              {
                key: 'revenue_30d_usd',
                label: 'Revenue, 30 days',
                right: true,
                cell: ({ revenue_30d_usd }) => <Money value={revenue_30d_usd} />,
              },
              {
                key: 'exposure',
                label: 'Exposure of limit',
                cell: ({ name, slug }) => {
                  const percent = used(slug);
                  if (percent === undefined) return '–';
                  return (
                    <span className="row" style={{ minWidth: 120 }}>
                      <Gauge percent={percent} label={`Exposure of ${name}`} />
                      <span className="figure">{formatPercent(percent)}</span>
                    </span>
                  );
                },
              },
            ]}
          />
        )}
      </Shown>
    </Section>
  );
}
