/** What halting a scope would mean now, written out before anybody confirms. */

import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Query } from '@predictu/ui/api/wire.ts';
import { formatCount, formatPercent, formatUsd } from '@predictu/ui/format/money.ts';
import { formatCounted } from '@predictu/ui/format/words.ts';
import { Gauge, Money } from '@predictu/ui/kit/figures.tsx';
import { Shown } from '@predictu/ui/kit/panel.tsx';
import { OperatorName } from '@predictu/ui/nouns/operator-name.tsx';
import { TableBody } from '@predictu/ui/table/table-body.tsx';

export type BreakerScope = Query<'previewBreaker'>;

export function ScopePreview({ scope, threshold }: { scope: BreakerScope; threshold?: number }) {
  const preview = useEndpoint('previewBreaker', { query: scope });
  return (
    <Shown query={preview} rows={3}>
      {({ data }) => (
        <div className="column" style={{ gap: 10 }}>
          <p>
            Halting <b>{data.scope_label}</b> stops buying in <b>{formatCounted(data.open_markets, 'open market')}</b>. In the last 15
            minutes{' '}
            {formatCounted(
              data.operators.reduce((sum, { players }) => sum + players, 0),
              'player',
            )}{' '}
            bought for {formatUsd(data.operators.reduce((sum, { volume_usd }) => sum + volume_usd, 0))} there.
          </p>
          {data.current_value !== null && data.limit_usd !== null && (
            <span className="row small secondary">
              <Gauge percent={data.current_value} tick={threshold} label={`Exposure of ${data.scope_label}`} />
              {formatPercent(data.current_value)} of {formatUsd(data.limit_usd)}
              {threshold !== undefined && data.current_value >= threshold && <b className="loss">trips at once</b>}
            </span>
          )}
          <TableBody
            rows={data.operators}
            rowKey={({ operator_slug }) => operator_slug}
            columns={[
              {
                key: 'operator_slug',
                label: 'Operator',
                cell: ({ operator_slug }) => <OperatorName slug={operator_slug} />,
                text: ({ operator_slug }) => operator_slug,
              },
              { key: 'exposure_usd', label: 'Exposure', right: true, cell: ({ exposure_usd }) => <Money value={exposure_usd} /> },
              { key: 'buys', label: 'Buys, 15 min', right: true, cell: ({ buys }) => formatCount(buys) },
              { key: 'players', label: 'Players', right: true, cell: ({ players }) => formatCount(players) },
              { key: 'volume_usd', label: 'Volume', right: true, cell: ({ volume_usd }) => <Money value={volume_usd} /> },
            ]}
          />
        </div>
      )}
    </Shown>
  );
}
