/** One market with the figures of the operator's players. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatCount, formatPrice, formatUsd } from '@predictu/ui/format/money.ts';
import { Money } from '@predictu/ui/kit/figures.tsx';
import { Empty, Section, Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { ChanceStat, MarketHead, PriceAndRules } from '@predictu/ui/nouns/market-page.tsx';
import { ORDER_FILTERS, orderColumns } from '@predictu/ui/nouns/orders.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
import { EndpointTable } from '@predictu/ui/table/endpoint-table.tsx';
import { TableBody } from '@predictu/ui/table/table-body.tsx';
import { useParams } from '@tanstack/react-router';

export function MarketPage() {
  const { marketId } = useParams({ strict: false }) as { marketId: string };
  const go = useGo();
  const market = useEndpoint('getOwnMarket', { params: { market_id: marketId } }, { every: 10_000 });
  return (
    <Shown query={market}>
      {({ data }) => (
        <>
          <MarketHead market={data} />
          <Stats>
            <ChanceStat yes={data.pricing.yes_price} />
            <Stat name="Your volume" detail={`all operators ${formatUsd(data.global_metrics.volume_usd)}`}>
              <Money value={data.operator_metrics.volume_usd} />
            </Stat>
            <Stat name="Trades" detail={`${formatUsd(data.operator_metrics.avg_trade_usd)} on average`}>
              {formatCount(data.operator_metrics.trade_count)}
            </Stat>
            <Stat name="Players">{formatCount(data.operator_metrics.unique_traders)}</Stat>
            <Stat
              name="Exposure"
              detail={`Yes ${formatUsd(data.operator_metrics.yes_exposure_usd)} · No ${formatUsd(data.operator_metrics.no_exposure_usd)}`}
            >
              <Money value={data.operator_metrics.exposure_usd} />
            </Stat>
          </Stats>
          <PriceAndRules
            market={data}
            facts={[
              ['Resolved by', data.resolution_source ?? '–'],
              ['Spread', data.pricing.spread === null ? '–' : formatPrice(data.pricing.spread)],
            ]}
          />
          <Section title="Who trades it">
            {data.top_traders.length === 0 ? (
              <Empty>None of your players has traded it yet.</Empty>
            ) : (
              <TableBody
                rows={data.top_traders}
                rowKey={({ user_id }) => user_id}
                csv="market-traders"
                onOpen={({ user_id }) => go(`/users/${user_id}`)}
                columns={[
                  { key: 'player', label: 'Player', cell: ({ username, user_id }) => username ?? user_id },
                  { key: 'volume_usd', label: 'Volume', right: true, cell: ({ volume_usd }) => <Money value={volume_usd} /> },
                  { key: 'trade_count', label: 'Trades', right: true, cell: ({ trade_count }) => formatCount(trade_count) },
                  { key: 'pnl_usd', label: 'Result', right: true, cell: ({ pnl_usd }) => <Money value={pnl_usd} result /> },
                ]}
              />
            )}
          </Section>
          <Section title="Limit orders" subtitle="of your players">
            <EndpointTable
              operation="listOwnOrders"
              given={{ query: { market_id: data.id } }}
              name="market-orders"
              columns={orderColumns<Row<'listOwnOrders'>>({ market: false })}
              filters={ORDER_FILTERS}
              rowKey={({ id }) => id}
              onOpen={({ user_id }) => go(`/users/${user_id}`)}
              every={10_000}
              empty="Nothing rests here. Players place limit orders where `allow_limit_orders` is on."
            />
          </Section>
        </>
      )}
    </Shown>
  );
}
