/** The way to what the player was told, with how much of it is new. */
import { Icon } from '@predictu/ui/kit/icon.tsx';
import { useTranslation } from 'react-i18next';
import { useLive } from '../embed/live.tsx';
import { goTo } from '../embed/place.ts';

export function Bell() {
  const { t } = useTranslation();
  const { unread } = useLive();
  const label = unread > 0 ? `${t('notifications')}: ${unread}` : t('notifications');
  return (
    <button type="button" className="icon-button bell" aria-label={label} onClick={() => goTo('/notifications')}>
      <Icon name="bell" size={20} />
      {unread > 0 && <span className="badge figure">{unread > 99 ? '99+' : unread}</span>}
    </button>
  );
}
