/** Exposure by category, market and player: each row opens what it is about. */
import type { Answer } from '../api/wire.ts';
import { formatPercent } from '../format/money.ts';
import { formatWords } from '../format/words.ts';
import { Gauge, Money } from '../kit/figures.tsx';
import { Empty, Section } from '../kit/panel.tsx';
import { Status } from '../kit/status.tsx';
import { useGo } from '../shell/address.ts';
import type { Column } from '../table/columns.ts';
import { TableBody } from '../table/table-body.tsx';

type Exposure = Answer<'getOperatorExposure'>['data'];
type Category = Exposure['by_category'][number];
type Market = Exposure['by_market'][number];
type Player = Exposure['high_exposure_users'][number];

const used = <R extends { utilization_pct: number | null; limit_usd: number | null }>(name: (row: R) => string): Column<R> => ({
  key: 'used',
  label: 'Of its limit',
  cell: (row) =>
    row.utilization_pct === null ? (
      'no limit'
    ) : (
      <span className="row" style={{ minWidth: 160 }}>
        <Gauge percent={row.utilization_pct} label={name(row)} />
        <span className="figure">{formatPercent(row.utilization_pct)}</span>
      </span>
    ),
});

export function ExposureTables({
  categories,
  markets,
  players,
}: {
  categories: readonly Category[];
  markets: readonly Market[];
  players: readonly Player[];
}) {
  const go = useGo();
  return (
    <>
      <Section title="By category">
        <TableBody
          rows={categories}
          rowKey={({ category }) => category}
          csv="exposure-by-category"
          columns={[
            { key: 'category', label: 'Category', cell: ({ category }) => formatWords(category) },
            { key: 'exposure_usd', label: 'Exposure', right: true, cell: ({ exposure_usd }) => <Money value={exposure_usd} /> },
            { key: 'limit_usd', label: 'Limit', right: true, cell: ({ limit_usd }) => <Money value={limit_usd} /> },
            used<Category>(({ category }) => `Exposure of ${category}`),
            {
              key: 'status',
              label: 'State',
              cell: ({ status }) => (
                <Status value={status} words={{ green: 'Clear', yellow: 'Watch', red: 'Close to the limit' }[status]} />
              ),
            },
          ]}
        />
      </Section>
      <Section title="Markets at stake">
        {markets.length === 0 ? (
          <Empty>No shares are open.</Empty>
        ) : (
          <TableBody
            rows={markets}
            rowKey={({ market_id }) => market_id}
            csv="markets-at-stake"
            onOpen={({ market_id }) => go(`/markets/${market_id}`)}
            columns={[
              { key: 'title', label: 'Market', cell: ({ title }) => <span title={title}>{title}</span> },
              { key: 'exposure_usd', label: 'Exposure', right: true, cell: ({ exposure_usd }) => <Money value={exposure_usd} /> },
              { key: 'yes_exposure_usd', label: 'On Yes', right: true, cell: ({ yes_exposure_usd }) => <Money value={yes_exposure_usd} /> },
              { key: 'no_exposure_usd', label: 'On No', right: true, cell: ({ no_exposure_usd }) => <Money value={no_exposure_usd} /> },
              {
                key: 'net_exposure_usd',
                label: 'Worst outcome',
                right: true,
                cell: ({ net_exposure_usd }) => <Money value={net_exposure_usd} />,
              },
              used<Market>(({ title }) => `Exposure of ${title}`),
            ]}
          />
        )}
      </Section>
      <Section title="Players at stake">
        {players.length === 0 ? (
          <Empty>No player holds open shares.</Empty>
        ) : (
          <TableBody
            rows={players}
            rowKey={({ user_id }) => user_id}
            csv="players-at-stake"
            onOpen={({ user_id }) => go(`/users/${user_id}`)}
            columns={[
              { key: 'player', label: 'Player', cell: ({ username, user_id }) => username ?? user_id },
              { key: 'tier', label: 'Risk tier', cell: ({ tier }) => <Status value={tier} /> },
              { key: 'position_count', label: 'Positions', right: true, cell: ({ position_count }) => position_count },
              { key: 'exposure_usd', label: 'Exposure', right: true, cell: ({ exposure_usd }) => <Money value={exposure_usd} /> },
            ]}
          />
        )}
      </Section>
    </>
  );
}
