/** The markets most is at stake in, with their price and what they would cost. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { formatCount } from '@predictu/ui/format/money.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { Money, Odds } from '@predictu/ui/kit/figures.tsx';
import { Empty, Section, Shown } from '@predictu/ui/kit/panel.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import { TableBody } from '@predictu/ui/table/table-body.tsx';

const MOST = 8;

export function TopMarkets() {
  const go = useGo();
  const exposure = useEndpoint('getExposure', {}, { every: 60_000 });
  return (
    <Section
      title="Top markets"
      subtitle="by open shares"
      actions={
        <Button kind="quiet" onClick={() => go('/exposure')}>
          Exposure
        </Button>
      }
    >
      <Shown query={exposure}>
        {({ data }) =>
          data.top_markets.length === 0 ? (
            <Empty>No shares are open.</Empty>
          ) : (
            <TableBody
              rows={data.top_markets.slice(0, MOST)}
              rowKey={({ market_id }) => market_id}
              onOpen={({ market_id }) => go(`/markets/${market_id}`)}
              columns={[
                { key: 'title', label: 'Market', cell: ({ title }) => <span title={title}>{title}</span> },
                {
                  key: 'sides',
                  label: 'Yes and No',
                  cell: ({ yes_exposure_usd, exposure_usd, title }) => (
                    <span className="row" style={{ minWidth: 72 }}>
                      <Odds
                        yes={exposure_usd === 0 ? 0 : yes_exposure_usd / exposure_usd}
                        label={`${title}: open shares on Yes and on No`}
                      />
                    </span>
                  ),
                },
                { key: 'positions', label: 'Positions', right: true, cell: ({ position_count }) => formatCount(position_count) },
                { key: 'exposure', label: 'Exposure', right: true, cell: ({ exposure_usd }) => <Money value={exposure_usd} /> },
                { key: 'worst', label: 'Worst outcome', right: true, cell: ({ net_exposure_usd }) => <Money value={net_exposure_usd} /> },
              ]}
            />
          )
        }
      </Shown>
    </Section>
  );
}
