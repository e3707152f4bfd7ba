/** Balance, the way to the cashier, what else there is, odds and language. */
import { Money } from '@predictu/ui/kit/figures.tsx';
import { Icon, type IconName } from '@predictu/ui/kit/icon.tsx';
import { useTranslation } from 'react-i18next';
import { isFramed, tellPage } from '../embed/bridge.ts';
import { choose, type OddsFormat, useChoices } from '../embed/choices.ts';
import { type Embed, useEmbed } from '../embed/embed.tsx';
import { useLive } from '../embed/live.tsx';
import { type ExtraScreen, goTo } from '../embed/place.ts';
import type { Player } from '../embed/session.ts';
import { LANGUAGES, speak } from '../words/words.ts';

const FORMATS: readonly OddsFormat[] = ['price', 'percent', 'decimal', 'fractional', 'american'];

type Link = { screen: ExtraScreen; icon: IconName; on: (config: Embed['config']) => boolean };
/** What the operator has switched on; limits are always there. */
const LINKS: readonly Link[] = [
  { screen: 'notifications', icon: 'bell', on: () => true },
  { screen: 'watchlist', icon: 'star', on: (config) => config.features.watchlist },
  { screen: 'alerts', icon: 'activity', on: (config) => config.features.price_alerts },
  { screen: 'leaderboard', icon: 'reports', on: (config) => config.features.leaderboard },
  { screen: 'feed', icon: 'users', on: (config) => config.features.social_feed },
  { screen: 'referral', icon: 'plus', on: (config) => config.features.referral_program },
  { screen: 'limits', icon: 'risk', on: () => true },
  {
    screen: 'profile',
    icon: 'settings',
    on: ({ features, notifications }) => features.leaderboard || features.social_feed || notifications.daily_digest,
  },
];

function Links() {
  const { t } = useTranslation();
  const { config } = useEmbed();
  const { unread } = useLive();
  return (
    <nav className="links" aria-label={t('account')}>
      {LINKS.filter(({ on }) => on(config)).map(({ screen, icon }) => (
        <button key={screen} type="button" onClick={() => goTo(`/${screen}`)}>
          <Icon name={icon} size={18} />
          <span>{t(screen)}</span>
          <span className="space" />
          {screen === 'notifications' && unread > 0 && <span className="badge figure">{unread}</span>}
          <Icon name="right" />
        </button>
      ))}
    </nav>
  );
}

export function Account({ player }: { player: Player | null }) {
  const { t, i18n } = useTranslation();
  const { balance } = useLive();
  const { odds } = useChoices();
  return (
    <>
      <header className="top">
        <h1>{t('account')}</h1>
      </header>
      {player && (
        <section className="block column">
          <h2>{t('balance')}</h2>
          <p className="chance figure">
            <Money value={balance} />
          </p>
          {isFramed() && (
            <div className="row">
              <button type="button" className="plain-button" onClick={() => tellPage('deposit', {})}>
                {t('deposit')}
              </button>
              <button type="button" className="plain-button" onClick={() => tellPage('withdraw', {})}>
                {t('withdraw')}
              </button>
            </div>
          )}
        </section>
      )}
      {player && <Links />}
      <section className="block column" style={{ gap: 16 }}>
        <div className="field">
          <label htmlFor="odds">{t('odds')}</label>
          <select id="odds" className="input" value={odds} onChange={(event) => choose({ odds: event.target.value as OddsFormat })}>
            {FORMATS.map((format) => (
              <option key={format} value={format}>
                {t(`oddsFormat.${format}`)}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="language">{t('language')}</label>
          <select
            id="language"
            className="input"
            value={i18n.language}
            onChange={(event) => {
              choose({ language: event.target.value });
              speak(event.target.value);
            }}
          >
            {LANGUAGES.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
      </section>
    </>
  );
}
