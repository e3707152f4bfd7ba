/** The markets most is at stake in. */
import type { Answer } from '../api/wire.ts';
import { formatCount } from '../format/money.ts';
import { Button } from '../kit/button.tsx';
import { Money, Odds } from '../kit/figures.tsx';
import { Empty, Section } from '../kit/panel.tsx';
import { useGo } from '../shell/address.ts';
import { TableBody } from '../table/table-body.tsx';

type Market = Answer<'getOperatorExposure'>['data']['by_market'][number];

/** Yes shares as part of all. */
const partOfYes = ({ yes_exposure_usd, exposure_usd }: Market): number => (exposure_usd === 0 ? 0 : yes_exposure_usd / exposure_usd);

export function TopMarkets({ markets, most = 8 }: { markets: readonly Market[]; most?: number }) {
  const go = useGo();
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
      {markets.length === 0 ? (
        <Empty>No shares are open.</Empty>
      ) : (
        <TableBody
          rows={markets.slice(0, most)}
          rowKey={({ market_id }) => market_id}
          onOpen={({ market_id }) => go(`/markets/${market_id}`)}
          columns={[
            { key: 'title', label: 'Market', cell: ({ title }) => <span title={title}>{title}</span> },
            {
              key: 'sides',
              label: 'Yes and No',
              cell: (market) => (
                <span className="row" style={{ minWidth: 72 }}>
                  <Odds yes={partOfYes(market)} label={`${Math.round(partOfYes(market) * 100)}% of the open shares are Yes`} />
                </span>
              ),
            },
            { key: 'position_count', label: 'Positions', right: true, cell: ({ position_count }) => formatCount(position_count) },
            { key: 'exposure_usd', label: 'Exposure', right: true, cell: ({ exposure_usd }) => <Money value={exposure_usd} /> },
            {
              key: 'net_exposure_usd',
              label: 'Worst outcome',
              right: true,
              cell: ({ net_exposure_usd }) => <Money value={net_exposure_usd} />,
            },
          ]}
        />
      )}
    </Section>
  );
}
