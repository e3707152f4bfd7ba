/** Markets of the categories the operator offers, with its own players' figures. */
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatChance, formatCount, formatPrice } from '@predictu/ui/format/money.ts';
import { formatWords } from '@predictu/ui/format/words.ts';
import { Money, Odds, Time } from '@predictu/ui/kit/figures.tsx';
import { PageHead } from '@predictu/ui/kit/panel.tsx';
import { OutcomeTag, Status } from '@predictu/ui/kit/status.tsx';
import { CATEGORY_CHOICES, MARKET_STATUS_CHOICES } from '@predictu/ui/nouns/choices.ts';
import { useGo } from '@predictu/ui/shell/address.ts';
import type { Column } from '@predictu/ui/table/columns.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';

type Market = Row<'listOwnMarkets'>;

const COLUMNS: readonly Column<Market>[] = [
  { key: 'title', label: 'Market', cell: ({ title }) => <span title={title}>{title}</span>, text: ({ title }) => title },
  { key: 'category', label: 'Category', cell: ({ category }) => formatWords(category), text: ({ category }) => category },
  {
    key: 'yes',
    label: 'Yes',
    cell: ({ yes_price, title }) =>
      yes_price === null ? (
        'no price'
      ) : (
        <span className="row" style={{ minWidth: 96 }}>
          <span className="figure chance">{formatChance(yes_price)}</span>
          <Odds yes={yes_price} label={`${title}: ${formatChance(yes_price)} yes`} />
        </span>
      ),
    text: ({ yes_price }) => yes_price,
  },
  {
    key: 'spread',
    label: 'Spread',
    right: true,
    cell: ({ spread }) => (spread === null ? '–' : formatPrice(spread)),
    text: ({ spread }) => spread,
  },
  {
    key: 'status',
    label: 'Status',
    cell: ({ status, resolution }) => (resolution ? <OutcomeTag outcome={resolution} /> : <Status value={status} />),
    text: ({ status }) => status,
  },
  {
    key: 'volume',
    label: 'Your volume',
    right: true,
    sort: 'volume',
    cell: ({ operator_volume_usd }) => <Money value={operator_volume_usd} />,
    text: ({ operator_volume_usd }) => operator_volume_usd,
  },
  {
    key: 'global',
    label: 'All operators',
    right: true,
    optional: true,
    cell: ({ global_volume_usd }) => <Money value={global_volume_usd} />,
    text: ({ global_volume_usd }) => global_volume_usd,
  },
  {
    key: 'trades',
    label: 'Trades',
    right: true,
    sort: 'trade_count',
    cell: ({ operator_trade_count }) => formatCount(operator_trade_count),
    text: ({ operator_trade_count }) => operator_trade_count,
  },
  {
    key: 'players',
    label: 'Players',
    right: true,
    cell: ({ operator_user_count }) => formatCount(operator_user_count),
    text: ({ operator_user_count }) => operator_user_count,
  },
  {
    key: 'exposure',
    label: 'Exposure',
    right: true,
    cell: ({ operator_exposure_usd }) => <Money value={operator_exposure_usd} />,
    text: ({ operator_exposure_usd }) => operator_exposure_usd,
  },
  { key: 'end_date', label: 'Ends', sort: 'end_date', cell: ({ end_date }) => <Time at={end_date} />, text: ({ end_date }) => end_date },
];

export function Markets() {
  const go = useGo();
  return (
    <>
      <PageHead title="Markets" />
      <EndpointTable
        operation="listOwnMarkets"
        name="markets"
        search="Words in the question"
        columns={COLUMNS}
        filters={[
          { name: 'status', label: 'Status', kind: 'choice', options: MARKET_STATUS_CHOICES.filter(({ value }) => value !== 'cancelled') },
          { name: 'category', label: 'Category', kind: 'choice', options: CATEGORY_CHOICES },
        ]}
        rowKey={({ id }) => id}
        onOpen={({ id }) => go(`/markets/${id}`)}
        empty="No market of your categories is open."
      />
    </>
  );
}
