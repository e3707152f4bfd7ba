/** The screens behind the account, loaded when the first of them is opened. */
import './extra-words.ts';
import { Icon } from '@predictu/ui/kit/icon.tsx';
import type { ComponentType, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type ExtraScreen, goTo } from '../embed/place.ts';
import type { Player } from '../embed/session.ts';
import { Account } from './account.tsx';
import { Alerts } from './alerts.tsx';
import { Feed } from './feed.tsx';
import { Leaderboard } from './leaderboard.tsx';
import { Limits } from './limits.tsx';
import { Notifications } from './notifications.tsx';
import { Profile } from './profile.tsx';
import { Referral } from './referral.tsx';
import { Watchlist } from './watchlist.tsx';

const SCREENS: Record<Exclude<ExtraScreen, 'account'>, ComponentType> = {
  watchlist: Watchlist,
  alerts: Alerts,
  notifications: Notifications,
  leaderboard: Leaderboard,
  feed: Feed,
  referral: Referral,
  limits: Limits,
  profile: Profile,
};

export function Extras({ screen, player }: { screen: ExtraScreen; player: Player | null }) {
  const { t } = useTranslation();
  if (screen === 'account') return <Account player={player} />;
  const Screen = SCREENS[screen];
  return <Behind title={t(screen)}>{player ? <Screen /> : <p className="explain">{t('signInToTrade')}</p>}</Behind>;
}

function Behind({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      <header className="top">
        <button type="button" className="icon-button" aria-label={t('back')} onClick={() => goTo('/account')}>
          <Icon name="left" size={20} />
        </button>
        <h1>{title}</h1>
      </header>
      {children}
    </>
  );
}
