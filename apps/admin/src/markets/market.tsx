/** One market: price, book of exposure, who trades it, and its end. */

import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer, Row } from '@predictu/ui/api/wire.ts';
import { formatCount, formatPrice, formatUsd } from '@predictu/ui/format/money.ts';
import { formatCounted, formatWords } from '@predictu/ui/format/words.ts';
import { CopyId, Money, Time } from '@predictu/ui/kit/figures.tsx';
import { Note, Section, Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { ChanceStat, MarketHead, PriceAndRules } from '@predictu/ui/nouns/market-page.tsx';
import { OperatorName } from '@predictu/ui/nouns/operator-name.tsx';
import { ORDER_FILTERS, orderColumns } from '@predictu/ui/nouns/orders.tsx';
import { TRADE_FILTERS, tradeColumns } from '@predictu/ui/nouns/trades.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { TableBody } from '@predictu/ui/table/table-body.tsx';
import { Link, useParams } from '@tanstack/react-router';
import { MarketButtons } from './market-buttons.tsx';

type Market = Answer<'getMarket'>['data'];

export function MarketPage() {
  const { marketId } = useParams({ strict: false }) as { marketId: string };
  const market = useEndpoint('getMarket', { params: { market_id: marketId } }, { every: 10_000 });
  return (
    <Shown query={market}>
      {({ data }) => (
        <>
          <MarketHead
            market={data}
            facts={
              <>
                {data.operator && (
                  <span>
                    own market of{' '}
                    <Link className="link" to={`/operators/${data.operator.slug}`}>
                      {data.operator.name}
                    </Link>
                  </span>
                )}
                <span>
                  price confirmed <Time at={data.pricing.last_updated} age />
                </span>
              </>
            }
          >
            <MarketButtons market={data} />
          </MarketHead>
          {data.status === 'active' && !data.tradeable && (
            <div style={{ padding: '0 20px 12px' }}>
              <Note tone="warn">
                Players cannot buy now: <b>{formatWords(data.untradeable_reason ?? '')}</b>. {data.status_reason}
              </Note>
            </div>
          )}
          <Figures market={data} />
          <PriceAndRules
            market={data}
            facts={[
              ['Resolved by', data.resolution_source ?? '–'],
              ['At the source', <CopyId key="source" id={data.polymarket_id} />],
              ['Base spread', formatPrice(data.pricing.base_spread)],
              ['Spread now', data.pricing.risk_adjusted_spread === null ? '–' : formatPrice(data.pricing.risk_adjusted_spread)],
            ]}
          />
          <Section title="By operator">
            <TableBody
              rows={data.by_operator}
              rowKey={({ operator_slug }) => operator_slug}
              csv="market-by-operator"
              columns={[
                {
                  key: 'operator_slug',
                  label: 'Operator',
                  cell: ({ operator_slug }) => <OperatorName slug={operator_slug} />,
                  text: ({ operator_slug }) => operator_slug,
                },
                { key: 'volume_usd', label: 'Volume', right: true, cell: ({ volume_usd }) => <Money value={volume_usd} /> },
                { key: 'trade_count', label: 'Trades', right: true, cell: ({ trade_count }) => formatCount(trade_count) },
                { key: 'user_count', label: 'Players', right: true, cell: ({ user_count }) => formatCount(user_count) },
                { key: 'exposure_usd', label: 'Exposure', right: true, cell: ({ exposure_usd }) => <Money value={exposure_usd} /> },
              ]}
            />
          </Section>
          <Trades marketId={data.id} />
          <Orders marketId={data.id} />
        </>
      )}
    </Shown>
  );
}

function Figures({ market: { pricing, volume, exposure } }: { market: Market }) {
  return (
    <Stats>
      <ChanceStat yes={pricing.yes_price} />
      <Stat name="Volume" detail={`${formatUsd(volume['24h_usd'])} in 24 h · ${formatUsd(volume['7d_usd'])} in 7 days`}>
        <Money value={volume.total_usd} />
      </Stat>
      <Stat name="Trades" detail={formatCounted(volume.unique_traders, 'player')}>
        {formatCount(volume.trade_count)}
      </Stat>
      <Stat name="Exposure" detail={`Yes ${formatUsd(exposure.yes_usd)} · No ${formatUsd(exposure.no_usd)}`}>
        <Money value={exposure.total_usd} />
      </Stat>
      <Stat name="Worst outcome" detail={`${formatCount(exposure.position_count)} open positions`}>
        <Money value={exposure.net_usd} />
      </Stat>
    </Stats>
  );
}

function Trades({ marketId }: { marketId: string }) {
  const go = useGo();
  return (
    <Section title="Trades">
      <EndpointTable
        operation="listTrades"
        given={{ query: { market_id: marketId } }}
        name="market-trades"
        columns={tradeColumns<Row<'listTrades'>>({ market: false })}
        filters={TRADE_FILTERS}
        rowKey={({ id }) => id}
        onOpen={({ user_id }) => go(`/users/${user_id}`)}
        empty="Nobody has traded this market yet."
      />
    </Section>
  );
}

function Orders({ marketId }: { marketId: string }) {
  const go = useGo();
  return (
    <Section title="Limit orders">
      <EndpointTable
        operation="listOrders"
        given={{ query: { market_id: marketId } }}
        name="market-orders"
        columns={orderColumns<Row<'listOrders'>>({ market: false })}
        filters={ORDER_FILTERS}
        rowKey={({ id }) => id}
        onOpen={({ user_id }) => go(`/users/${user_id}`)}
        every={10_000}
        empty="Nothing rests in this market."
      />
    </Section>
  );
}
