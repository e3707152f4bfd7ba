/** The markets a player watches. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { useTranslation } from 'react-i18next';
import { MarketCard } from '../markets/market-list.tsx';
import { Listed } from './listed.tsx';

export function Watchlist() {
  const { t } = useTranslation();
  const list = useEndpoint('listWatchlist', {}, { every: 30_000 });
  return (
    <Listed of={list} empty={({ data }) => data.length === 0} none={t('noWatched')}>
      {({ data }) => (
        <ul>
          {data.map((market) => (
            <MarketCard key={market.id} market={market} />
          ))}
        </ul>
      )}
    </Listed>
  );
}
