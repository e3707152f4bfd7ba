/** Watching a market, or no longer. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { Icon } from '@predictu/ui/kit/icon.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useTranslation } from 'react-i18next';

export function WatchStar({ marketId }: { marketId: string }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const list = useEndpoint('listWatchlist', {});
  const watch = useAct('watchMarket', ['listWatchlist']);
  const unwatch = useAct('unwatchMarket', ['listWatchlist']);
  const watched = list.data?.data.some(({ id }) => id === marketId) ?? false;
  const act = watched ? unwatch : watch;
  return (
    <button
      type="button"
      className={`icon-button star${watched ? ' on' : ''}`}
      aria-pressed={watched}
      aria-label={t(watched ? 'unwatch' : 'watch')}
      disabled={!list.data || watch.isPending || unwatch.isPending}
      onClick={() => act.mutate({ params: { market_id: marketId } }, { onError: toasts.fail })}
    >
      <Icon name="star" size={20} />
    </button>
  );
}
