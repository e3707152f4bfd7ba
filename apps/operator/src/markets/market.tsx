/** One market with the figures of the operator's players. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { TimeChart } from '@predictu/ui/charts/time-chart.tsx';
import { formatChance, formatCount, formatPrice, formatUsd } from '@predictu/ui/format/money.ts';
import { formatWords } from '@predictu/ui/format/words.ts';
import { CopyId, Money, Odds, Time } from '@predictu/ui/kit/figures.tsx';
import { Empty, Facts, Section, Shown, Stat, Stats } from '@predictu/ui/kit/panel.tsx';
import { OutcomeTag, Status } from '@predictu/ui/kit/status.tsx';
import { useGo } from '@predictu/ui/shell/address.ts';
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
          <div className="page-head">
            <div className="column" style={{ flex: '1 1 320px' }}>
              <h1>{data.title}</h1>
              <span className="row wrap small secondary">
                <Status value={data.status} />
                {data.resolution && <OutcomeTag outcome={data.resolution} />}
                <span>{formatWords(data.category)}</span>
                <CopyId id={data.id} />
                <span>
                  ends <Time at={data.end_date} />
                </span>
              </span>
            </div>
          </div>
          <Stats>
            <Stat
              name="Chance of Yes"
              detail={
                data.pricing.yes_price !== null && (
                  <Odds yes={data.pricing.yes_price} label={`${formatChance(data.pricing.yes_price)} yes`} />
                )
              }
            >
              {data.pricing.yes_price === null ? 'no price' : formatChance(data.pricing.yes_price)}
            </Stat>
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
          <div className="columns">
            <Section title="Price of Yes" subtitle="by the hour, seven days">
              {data.price_history.length < 2 ? (
                <Empty>No price has been seen for two hours yet.</Empty>
              ) : (
                <TimeChart
                  caption="Price of Yes over seven days"
                  times={data.price_history.map(({ timestamp }) => timestamp)}
                  series={[{ label: 'Yes', colour: 'yes', values: data.price_history.map(({ yes_price }) => yes_price) }]}
                  steps
                  format={formatPrice}
                />
              )}
            </Section>
            <Section title="Rules">
              <div className="section-body column" style={{ gap: 12 }}>
                <p style={{ whiteSpace: 'pre-wrap', maxHeight: 180, overflow: 'auto' }}>
                  {data.description || 'The source gives no rules.'}
                </p>
                <Facts
                  of={[
                    ['Resolved by', data.resolution_source ?? '–'],
                    ['Spread', data.pricing.spread === null ? '–' : formatPrice(data.pricing.spread)],
                  ]}
                />
              </div>
            </Section>
          </div>
          <Section title="Who trades it">
            {data.top_traders.length === 0 ? (
              <Empty>None of your players has traded it yet.</Empty>
            ) : (
              <TableBody
                rows={data.top_traders}
                rowKey={({ user_id }) => user_id}
                onOpen={({ user_id }) => go(`/users/${user_id}`)}
                columns={[
                  { key: 'player', label: 'Player', cell: ({ username, user_id }) => username ?? user_id },
                  { key: 'volume', label: 'Volume', right: true, cell: ({ volume_usd }) => <Money value={volume_usd} /> },
                  { key: 'trades', label: 'Trades', right: true, cell: ({ trade_count }) => formatCount(trade_count) },
                  { key: 'result', label: 'Result', right: true, cell: ({ pnl_usd }) => <Money value={pnl_usd} result /> },
                ]}
              />
            )}
          </Section>
        </>
      )}
    </Shown>
  );
}
