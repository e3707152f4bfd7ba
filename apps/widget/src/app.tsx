import { ApiProvider } from '@predictu/ui/api/use-endpoint.tsx';
import { formatUsd } from '@predictu/ui/format/money.ts';
import { Icon, type IconName } from '@predictu/ui/kit/icon.tsx';
import { Problem, Skeleton } from '@predictu/ui/kit/panel.tsx';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { reportHeight } from './embed/bridge.ts';
import { EmbedProvider, unknownOperator, useEmbed } from './embed/embed.tsx';
import { LiveProvider, useLive } from './embed/live.tsx';
import { goTo, isExtra, type Place, usePlace } from './embed/place.ts';
import { client, tryAgain, useSessionState } from './embed/session.ts';
import { History } from './history/history.tsx';
import { MarketList } from './markets/market-list.tsx';
import { MarketPage } from './markets/market-page.tsx';
import { Positions } from './positions/positions.tsx';

const Extras = lazy(() => import('./extras/extras.tsx').then((chunk) => ({ default: chunk.Extras })));

const NAVIGATION: readonly { screen: Place['screen']; icon: IconName; path: string }[] = [
  { screen: 'markets', icon: 'markets', path: '/' },
  { screen: 'positions', icon: 'columns', path: '/positions' },
  { screen: 'history', icon: 'document', path: '/history' },
  { screen: 'account', icon: 'users', path: '/account' },
];

export function App() {
  const { t } = useTranslation();
  return (
    <EmbedProvider
      failed={(error) =>
        unknownOperator(error) ? (
          <p className="explain" role="alert">
            {t('wrongOperator')}
          </p>
        ) : (
          <Problem error={error} again={() => location.reload()} />
        )
      }
    >
      <Frame />
    </EmbedProvider>
  );
}

function Frame() {
  const state = useSessionState();
  const player = state.phase === 'player' ? state.player : null;
  const place = usePlace();
  const content = useRef<HTMLDivElement>(null);
  // Another player begins anew, with nothing of the first one's answers; who signs in keeps what was typed as a visitor.
  const first = useRef<string | null>(null);
  first.current ??= player?.id ?? null;
  useEffect(() => (content.current ? reportHeight(content.current) : undefined), []);
  return (
    <ApiProvider key={player && player.id !== first.current ? player.id : 'first'} client={client}>
      <LiveProvider player={player}>
        <div className="widget" ref={content}>
          <Standing />
          <PaidOut />
          <main className="screen">
            {place.screen === 'markets' && <MarketList player={player} />}
            {place.screen === 'market' && place.id && <MarketPage key={place.id} id={place.id} player={player} />}
            {place.screen === 'positions' && <Positions player={player} />}
            {place.screen === 'history' && <History player={player} />}
            {isExtra(place.screen) && (
              <Suspense fallback={<Skeleton rows={5} height={64} />}>
                <Extras key={place.screen} screen={place.screen} player={player} />
              </Suspense>
            )}
          </main>
          <Footer />
          {place.screen !== 'market' && <Navigation place={place} />}
        </div>
      </LiveProvider>
    </ApiProvider>
  );
}

/** Who is looking, when that is not simply a player who may trade. */
function Standing() {
  const { t } = useTranslation();
  const { display_name, standing } = useEmbed();
  const state = useSessionState();
  useEffect(() => {
    if (standing !== 'closed') tryAgain();
  }, [standing]);
  if (state.phase === 'refused') {
    return (
      <p className="standing problem" role="alert">
        {t('sessionRefused', { message: state.message })}
      </p>
    );
  }
  if (standing === 'closed' || (standing === 'testing' && state.phase !== 'player'))
    return (
      <p className="standing" role="status">
        {t('notLive', { name: display_name })}
      </p>
    );
  if (standing === 'testing')
    return (
      <p className="standing" role="status">
        {t('testing', { name: display_name })}
      </p>
    );
  if (state.phase === 'signing-in')
    return (
      <p className="standing" role="status">
        {t('signingIn')}
      </p>
    );
  if (state.phase === 'visitor')
    return (
      <p className="standing" role="status">
        {t('visitor', { name: display_name })}
      </p>
    );
  return null;
}

function Navigation({ place }: { place: Place }) {
  const { t } = useTranslation();
  return (
    <nav className="bottom" aria-label={t('markets')}>
      {NAVIGATION.map(({ screen, icon, path }) => (
        <button
          key={screen}
          type="button"
          aria-current={place.screen === screen || (screen === 'account' && isExtra(place.screen)) ? 'page' : undefined}
          onClick={() => goTo(path)}
        >
          <Icon name={icon} size={18} />
          {t(screen)}
        </button>
      ))}
    </nav>
  );
}

/** A settlement that has just paid, until the player has seen it. */
function PaidOut() {
  const { t } = useTranslation();
  const { paidOut, forgetPaidOut } = useLive();
  if (!paidOut) return null;
  return (
    <p className="standing" role="status">
      {t('settledNotice', { amount: formatUsd(paidOut.amount), what: paidOut.what })}{' '}
      <button type="button" className="link" onClick={forgetPaidOut}>
        {t('dismiss')}
      </button>
    </p>
  );
}

/** The operator's own words at the foot: shown in a frame of their own, without scripts. */
function Footer() {
  const { config } = useEmbed();
  const html = config.ui.custom_footer_html;
  if (!html) return null;
  return (
    <iframe
      className="footer"
      title="Footer"
      sandbox=""
      srcDoc={`<style>body{margin:0;font:12px/17px sans-serif;color:gray}</style>${html}`}
    />
  );
}
