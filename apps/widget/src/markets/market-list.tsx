/** Discovery: search, categories, sorting, and every market with both prices. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatShortUsd, formatUsd } from '@predictu/ui/format/money.ts';
import { Problem, Skeleton } from '@predictu/ui/kit/panel.tsx';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChoices } from '../embed/choices.ts';
import { OPERATOR, useEmbed } from '../embed/embed.tsx';
import { useLive } from '../embed/live.tsx';
import { formatOdds } from '../embed/odds.ts';
import { goTo } from '../embed/place.ts';
import type { Player } from '../embed/session.ts';
import { Bell } from './bell.tsx';

type Market = Row<'listPlayerMarkets'>;
const SORTS = ['volume', 'trades', 'closing', 'newest', 'price_change'] as const;
type Sort = (typeof SORTS)[number];
/** The configuration's names of the same orders. */
const CONFIGURED: Record<string, Sort> = { volume: 'volume', created_at: 'newest', end_date: 'closing', trade_count: 'trades' };

export function MarketList({ player }: { player: Player | null }) {
  const { t } = useTranslation();
  const { config, display_name, logo_url } = useEmbed();
  const { balance } = useLive();
  const [search, setSearch] = useState('');
  const [category, setCategory] = useState<string | undefined>();
  const [sort, setSort] = useState<Sort>(CONFIGURED[config.ui.default_market_sort] ?? 'volume');
  const [shown, setShown] = useState(config.ui.markets_per_page);
  const categories = [
    ...config.categories.featured,
    ...config.categories.enabled.filter((name) => !config.categories.featured.includes(name)),
  ].filter((name) => !config.categories.hidden.includes(name));
  return (
    <>
      <header className="top">
        {logo_url ? <img className="logo" src={logo_url} alt="" /> : <span className="logo">{display_name.charAt(0)}</span>}
        <h1 className="ellipsis">{display_name}</h1>
        <span className="space" />
        {player && balance !== null && <span className="figure strong">{formatUsd(balance)}</span>}
        {player && <Bell />}
      </header>
      <div className="find-row">
        <input
          type="search"
          className="input"
          aria-label={t('search')}
          placeholder={t('search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        <select className="input" aria-label={t('sort.volume')} value={sort} onChange={(event) => setSort(event.target.value as Sort)}>
          {SORTS.map((name) => (
            <option key={name} value={name}>
              {t(`sort.${name}`)}
            </option>
          ))}
        </select>
      </div>
      <div className="categories" role="group" aria-label={t('markets')}>
        <button type="button" aria-pressed={category === undefined} onClick={() => setCategory(undefined)}>
          {t('all')}
        </button>
        {player && config.features.watchlist && (
          <button type="button" onClick={() => goTo('/watchlist')}>
            ★ {t('watched')}
          </button>
        )}
        {categories.map((name) => (
          <button key={name} type="button" aria-pressed={category === name} onClick={() => setCategory(name)}>
            {t(`category.${name}`)}
          </button>
        ))}
      </div>
      <Markets
        player={player}
        query={{ search: search.trim() || undefined, category, sort, limit: Math.min(200, shown) }}
        onMore={() => setShown(shown + config.ui.markets_per_page)}
      />
    </>
  );
}

type Asked = { search: string | undefined; category: string | undefined; sort: Sort; limit: number };

function Markets({ player, query, onMore }: { player: Player | null; query: Asked; onMore: () => void }) {
  const { t } = useTranslation();
  const { config } = useEmbed();
  const own = useEndpoint('listPlayerMarkets', { query }, { enabled: player !== null, every: 20_000 });
  const open = useEndpoint('listEmbedMarkets', { query: { ...query, operator: OPERATOR } }, { enabled: player === null, every: 20_000 });
  const list = player ? own : open;
  if (list.isError) return <Problem error={list.error} again={() => void list.refetch()} />;
  if (!list.data) return <Skeleton rows={5} height={96} />;
  const hidden = new Set<string>(config.categories.hidden);
  const markets = list.data.data.filter(({ category }) => !hidden.has(category));
  if (markets.length === 0) return <p className="explain">{t('noMarkets')}</p>;
  return (
    <ul>
      {markets.map((market) => (
        <MarketCard key={market.id} market={market} />
      ))}
      {list.data.pagination.total > markets.length && query.limit < 200 && (
        <li className="card">
          <button type="button" className="plain-button" onClick={onMore}>
            {t('more')}
          </button>
        </li>
      )}
    </ul>
  );
}

/** What is left of a dollar once Yes is rounded: the two add up on the screen. */
const otherSide = (yes: number): number => (yes > 0.01 && yes < 0.99 ? 1 - Math.round(yes * 100) / 100 : 1 - yes);

export function MarketCard({ market }: { market: Market }) {
  const { t } = useTranslation();
  const { config } = useEmbed();
  const { prices } = useLive();
  const { odds } = useChoices();
  const yes = prices[market.id]?.yes ?? market.yes_price;
  const open = () => goTo(`/markets/${market.id}`);
  return (
    <li className="card">
      <button type="button" className="question" onClick={open}>
        {market.image_url && <img className="thumb" src={market.image_url} alt="" loading="lazy" />}
        <span>{market.title}</span>
      </button>
      {market.result_pending && <p className="small medium">{t('resultPending')}</p>}
      {yes !== null && !market.result_pending && (
        <div className="prices">
          <button type="button" className="price yes" onClick={open}>
            <span>{t('yes')}</span>
            <span className="figure">{formatOdds(yes, odds)}</span>
          </button>
          <button type="button" className="price no" onClick={open}>
            <span>{t('no')}</span>
            <span className="figure">{formatOdds(otherSide(yes), odds)}</span>
          </button>
        </div>
      )}
      <span className="row small tertiary">
        <span>{t(`category.${market.category}`)}</span>
        {config.ui.show_global_volume && <span>{t('traded', { amount: formatShortUsd(market.global_volume_usd) })}</span>}
      </span>
    </li>
  );
}
