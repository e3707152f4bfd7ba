/** The operator's own markets: prices and books, and what a member does about them. */
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatChance, formatCount, formatShares } from '@predictu/ui/format/money.ts';
import { Button } from '@predictu/ui/kit/button.tsx';
import { Money, Time } from '@predictu/ui/kit/figures.tsx';
import { Empty } from '@predictu/ui/kit/panel.tsx';
import { OutcomeTag, Status } from '@predictu/ui/kit/status.tsx';
import { MARKET_STATUS_CHOICES } from '@predictu/ui/nouns/choices.ts';
import { useGo } from '@predictu/ui/shell/address.ts';
import type { Column } from '@predictu/ui/table/columns.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { useState } from 'react';
import { ChangeMarket, NameResult, type OwnMarket, PauseMarket } from './own-market-acts.tsx';

type Doing = { what: 'change' | 'pause' | 'resolve'; market: OwnMarket };

const columns = (onDo: (doing: Doing) => void): readonly Column<Row<'listDeployedMarkets'>>[] => [
  { key: 'title', label: 'Market', cell: ({ title }) => <span title={title}>{title}</span>, text: ({ title }) => title },
  {
    key: 'status',
    label: 'Status',
    cell: ({ status, resolution, proposal }) =>
      resolution ? (
        <OutcomeTag outcome={resolution} />
      ) : proposal ? (
        <Status value="proposed" words={`${proposal.resolution} proposed`} />
      ) : (
        <Status value={status} />
      ),
    text: ({ status }) => status,
  },
  {
    key: 'yes',
    label: 'Price',
    right: true,
    cell: ({ yes_price }) => (yes_price === null ? '–' : formatChance(yes_price)),
    text: ({ yes_price }) => yes_price,
  },
  {
    key: 'anchor',
    label: 'Your price',
    right: true,
    cell: ({ anchor_price }) => formatChance(anchor_price),
    text: ({ anchor_price }) => anchor_price,
  },
  {
    key: 'yes_shares',
    label: 'Yes shares',
    right: true,
    cell: ({ yes_shares }) => formatShares(yes_shares),
    text: ({ yes_shares }) => yes_shares,
  },
  {
    key: 'no_shares',
    label: 'No shares',
    right: true,
    cell: ({ no_shares }) => formatShares(no_shares),
    text: ({ no_shares }) => no_shares,
  },
  {
    key: 'volume',
    label: 'Volume',
    right: true,
    cell: ({ volume_usd }) => <Money value={volume_usd} />,
    text: ({ volume_usd }) => volume_usd,
  },
  {
    key: 'trades',
    label: 'Trades',
    right: true,
    cell: ({ trade_count }) => formatCount(trade_count),
    text: ({ trade_count }) => trade_count,
  },
  {
    key: 'depth',
    label: 'Committed',
    right: true,
    cell: ({ liquidity_usd }) => <Money value={liquidity_usd} />,
    text: ({ liquidity_usd }) => liquidity_usd,
  },
  { key: 'end_date', label: 'Ends', cell: ({ end_date }) => <Time at={end_date} />, text: ({ end_date }) => end_date },
  {
    key: 'acts',
    label: 'Change',
    cell: (market) =>
      market.resolution || market.status === 'cancelled' ? null : (
        <span className="row">
          {!market.closed_at && (
            <>
              <Button onClick={() => onDo({ what: 'change', market })} aria-label={`Change ${market.title}`}>
                Price…
              </Button>
              <Button
                onClick={() => onDo({ what: 'pause', market })}
                aria-label={`${market.status === 'paused' ? 'Offer' : 'Pause'} ${market.title}`}
              >
                {market.status === 'paused' ? 'Offer…' : 'Pause…'}
              </Button>
            </>
          )}
          {market.resolver === 'operator' && (
            <Button kind="warns" onClick={() => onDo({ what: 'resolve', market })} aria-label={`Result of ${market.title}`}>
              Result…
            </Button>
          )}
        </span>
      ),
    text: () => null,
  },
];

export function OwnMarkets() {
  const go = useGo();
  const [doing, setDoing] = useState<Doing | null>(null);
  const close = () => setDoing(null);
  return (
    <>
      <EndpointTable
        operation="listDeployedMarkets"
        name="own-markets"
        columns={columns(setDoing)}
        filters={[{ name: 'status', label: 'Status', kind: 'choice', options: MARKET_STATUS_CHOICES }]}
        rowKey={({ id }) => id}
        onOpen={({ id }) => go(`/markets/${id}`)}
        every={10_000}
        empty={
          <Empty action={<Button onClick={() => go('/copilot')}>Draft a market</Button>}>
            You have no markets of your own yet. Draft one in a conversation and deploy it: only your players see it.
          </Empty>
        }
      />
      {doing?.what === 'change' && <ChangeMarket market={doing.market} onClose={close} />}
      {doing?.what === 'pause' && <PauseMarket market={doing.market} onClose={close} />}
      {doing?.what === 'resolve' && <NameResult market={doing.market} onClose={close} />}
    </>
  );
}
