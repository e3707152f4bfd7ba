/** One market: the chance, its history, the rules, and the ticket. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatChance, formatShortUsd, formatUsd } from '@predictu/ui/format/money.ts';
import { formatTime } from '@predictu/ui/format/time.ts';
import { useNow } from '@predictu/ui/kit/figures.tsx';
import { Icon } from '@predictu/ui/kit/icon.tsx';
import { Problem, Skeleton } from '@predictu/ui/kit/panel.tsx';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OPERATOR, useEmbed } from '../embed/embed.tsx';
import { useLive } from '../embed/live.tsx';
import { goTo } from '../embed/place.ts';
import type { Player } from '../embed/session.ts';
import { OpenOrders, OrderBook } from '../orders/lazy.tsx';
import { MarketCard } from './market-list.tsx';
import { PriceLine } from './price-line.tsx';
import { Ticket } from './ticket.tsx';
import { WatchStar } from './watch-star.tsx';

const AlertForm = lazy(() => import('../extras/alert-form.tsx').then((chunk) => ({ default: chunk.AlertForm })));

type Market = Answer<'getPlayerMarket'>['data'];

export function MarketPage({ id, player }: { id: string; player: Player | null }) {
  const { t } = useTranslation();
  const { config } = useEmbed();
  const { balance, prices } = useLive();
  const own = useEndpoint('getPlayerMarket', { params: { market_id: id } }, { enabled: player !== null, every: 5_000 });
  const open = useEndpoint(
    'getEmbedMarket',
    { params: { market_id: id }, query: { operator: OPERATOR } },
    { enabled: player === null, every: 15_000 },
  );
  const market = player ? own : open;
  const data = market.data?.data;
  const yes = data ? (prices[id]?.yes ?? data.yes_price) : null;
  return (
    <>
      <header className="top">
        <button type="button" className="icon-button" aria-label={t('back')} onClick={() => goTo('/')}>
          <Icon name="left" size={20} />
        </button>
        {data && <span className="secondary">{t(`category.${data.category}`)}</span>}
        <span className="space" />
        {player && balance !== null && <span className="figure strong">{formatUsd(balance)}</span>}
        {player && config.features.watchlist && <WatchStar marketId={id} />}
      </header>
      {market.isError && <Problem error={market.error} again={() => void market.refetch()} />}
      {!data && !market.isError && <Skeleton rows={5} height={64} />}
      {data && (
        <>
          <section className="market">
            <h1>{data.title}</h1>
            {yes !== null && (
              <div className="row" style={{ alignItems: 'baseline' }}>
                <span className="chance figure yes">{formatChance(yes)}</span>
                <span className="tertiary">{t('chanceOfYes')}</span>
                <span className="space" />
                {data.price_change_24h !== null && data.price_change_24h !== 0 && (
                  <span className="small figure">
                    {data.price_change_24h > 0 ? '▲' : '▼'} {Math.abs(Math.round(data.price_change_24h * 100))}¢ 24 h
                  </span>
                )}
              </div>
            )}
            {config.ui.show_market_charts && (
              <PriceLine points={data.price_history} label={`${data.title}: ${yes === null ? '' : formatChance(yes)}`} />
            )}
            <Facts market={data} />
          </section>
          {player && yes !== null && data.resolution === null && !data.result_pending && <AlertMe marketId={id} yes={yes} />}
          <Ticket market={data} player={player} />
          {config.trading.allow_limit_orders && player && <OpenOrders marketId={id} />}
          {config.ui.show_orderbook && player && <OrderBook marketId={id} />}
          <Rules market={data} />
          {config.ui.show_related_markets && <Related market={data} player={player} />}
        </>
      )}
    </>
  );
}

function Facts({ market }: { market: Market }) {
  const { t } = useTranslation();
  const { config } = useEmbed();
  const now = useNow();
  return (
    <div className="row wrap small tertiary">
      {config.ui.show_global_volume && <span>{t('traded', { amount: formatShortUsd(market.global_volume_usd) })}</span>}
      {market.resolution ? (
        <b>{t('paidOut', { result: t(market.resolution) })}</b>
      ) : (
        !market.result_pending && market.end_date && <span>{t('ends', { at: `${formatTime(new Date(market.end_date), now)} UTC` })}</span>
      )}
      <span className="space" />
      <button type="button" className="link" onClick={() => document.getElementById('rules')?.scrollIntoView()}>
        {t('rules')}
      </button>
    </div>
  );
}

function Rules({ market }: { market: Market }) {
  const { t } = useTranslation();
  return (
    <section className="block" id="rules">
      <h2>{t('rulesTitle')}</h2>
      <p className="rules">{market.description}</p>
      {market.resolution_source && <p className="small tertiary">{t('resolvedBy', { source: market.resolution_source })}</p>}
    </section>
  );
}

/** Asks to be told of a price, where the operator lets players. */
function AlertMe({ marketId, yes }: { marketId: string; yes: number }) {
  const { t } = useTranslation();
  const { config } = useEmbed();
  const [open, setOpen] = useState(false);
  if (!config.features.price_alerts || !config.notifications.price_alert_enabled) return null;
  if (open) {
    return (
      <Suspense fallback={<Skeleton rows={2} height={44} />}>
        <AlertForm marketId={marketId} yes={yes} onClose={() => setOpen(false)} />
      </Suspense>
    );
  }
  return (
    <div className="row wide">
      <button type="button" className="plain-button row" onClick={() => setOpen(true)}>
        <Icon name="bell" />
        {t('setAlert')}
      </button>
    </div>
  );
}

/** The closest to this one; whoever only looks around sees others of the category. */
function Related({ market, player }: { market: Market; player: Player | null }) {
  const { t } = useTranslation();
  const own = useEndpoint('listRelatedMarkets', { params: { market_id: market.id } }, { enabled: player !== null });
  const query = { category: market.category, limit: 4, operator: OPERATOR };
  const open = useEndpoint('listEmbedMarkets', { query }, { enabled: player === null });
  const others = ((player ? own : open).data?.data ?? []).filter(({ id }) => id !== market.id).slice(0, player ? 6 : 3);
  if (others.length === 0) return null;
  return (
    <section className="block flush">
      <h2>{t('related')}</h2>
      <ul>
        {others.map((other) => (
          <MarketCard key={other.id} market={other} />
        ))}
      </ul>
    </section>
  );
}
