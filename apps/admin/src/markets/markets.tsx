/** Markets: what is open, what it trades, what it puts at stake. */
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatChance, formatCount, formatPrice } from '@predictu/ui/format/money.ts';
import { formatWords } from '@predictu/ui/format/words.ts';
import { CopyId, Money, Odds, Time } from '@predictu/ui/kit/figures.tsx';
import { PageHead } from '@predictu/ui/kit/panel.tsx';
import { OutcomeTag, Status } from '@predictu/ui/kit/status.tsx';
import { CATEGORY_CHOICES, MARKET_STATUS_CHOICES } from '@predictu/ui/nouns/choices.ts';
import { useGo } from '@predictu/ui/shell/address.ts';
import type { Column } from '@predictu/ui/table/columns.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { OperatorLink } from '../operators/operator-link.tsx';

type Market = Row<'listMarkets'>;

const COLUMNS: readonly Column<Market>[] = [
  { key: 'title', label: 'Market', cell: ({ title }) => <span title={title}>{title}</span>, text: ({ title }) => title },
  { key: 'category', label: 'Category', cell: ({ category }) => formatWords(category), text: ({ category }) => category },
  {
    key: 'operator',
    label: 'Offered by',
    cell: ({ operator }) => (operator ? <OperatorLink of={operator} /> : <span className="tertiary">everybody</span>),
    text: ({ operator }) => operator?.name ?? 'everybody',
  },
  {
    key: 'yes_price',
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
    cell: ({ status, tradeable, resolution }) =>
      resolution ? (
        <OutcomeTag outcome={resolution} />
      ) : (
        <Status {...(status === 'active' && !tradeable ? { value: 'paused', words: 'Not tradeable' } : { value: status })} />
      ),
    text: ({ status }) => status,
  },
  {
    key: 'volume',
    label: 'Volume',
    right: true,
    sort: 'volume',
    cell: ({ volume_usd }) => <Money value={volume_usd} />,
    text: ({ volume_usd }) => volume_usd,
  },
  {
    key: 'trades',
    label: 'Trades',
    right: true,
    sort: 'trade_count',
    cell: ({ trade_count }) => formatCount(trade_count),
    text: ({ trade_count }) => trade_count,
  },
  {
    key: 'exposure',
    label: 'Exposure',
    right: true,
    sort: 'exposure',
    cell: ({ exposure_usd }) => <Money value={exposure_usd} />,
    text: ({ exposure_usd }) => exposure_usd,
  },
  { key: 'end_date', label: 'Ends', sort: 'end_date', cell: ({ end_date }) => <Time at={end_date} />, text: ({ end_date }) => end_date },
  {
    key: 'created_at',
    label: 'Since',
    sort: 'created_at',
    optional: true,
    cell: ({ created_at }) => <Time at={created_at} />,
    text: ({ created_at }) => created_at,
  },
  { key: 'id', label: 'Id', optional: true, cell: ({ id }) => <CopyId id={id} />, text: ({ id }) => id },
];

export function Markets() {
  const go = useGo();
  return (
    <>
      <PageHead title="Markets" />
      <EndpointTable
        operation="listMarkets"
        name="markets"
        search="Words in the question"
        columns={COLUMNS}
        filters={[
          { name: 'status', label: 'Status', kind: 'choice', options: MARKET_STATUS_CHOICES },
          { name: 'category', label: 'Category', kind: 'choice', options: CATEGORY_CHOICES },
          {
            name: 'tradeable',
            label: 'Tradeable',
            kind: 'choice',
            options: [
              { value: 'true', label: 'Now' },
              { value: 'false', label: 'Not now' },
            ],
          },
        ]}
        rowKey={({ id }) => id}
        onOpen={({ id }) => go(`/markets/${id}`)}
        empty="The market source has brought no market yet."
      />
    </>
  );
}
