/** Where the player stands among those of its casino. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { formatCount } from '@predictu/ui/format/money.ts';
import { Money } from '@predictu/ui/kit/figures.tsx';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { goTo } from '../embed/place.ts';
import { Listed } from './listed.tsx';

const PERIODS = ['day', 'week', 'month', 'all'] as const;
const MEASURES = ['pnl', 'volume'] as const;

export function Leaderboard() {
  const { t } = useTranslation();
  const [period, setPeriod] = useState<(typeof PERIODS)[number]>('week');
  const [by, setBy] = useState<(typeof MEASURES)[number]>('pnl');
  const board = useEndpoint('getLeaderboard', { query: { period, by } }, { every: 30_000 });
  return (
    <>
      <div className="categories" role="group" aria-label={t('leaderboard')}>
        {PERIODS.map((one) => (
          <button key={one} type="button" aria-pressed={period === one} onClick={() => setPeriod(one)}>
            {t(`board.period.${one}`)}
          </button>
        ))}
      </div>
      <div className="categories" role="group" aria-label={t('leaderboard')}>
        {MEASURES.map((one) => (
          <button key={one} type="button" aria-pressed={by === one} onClick={() => setBy(one)}>
            {t(`board.by.${one}`)}
          </button>
        ))}
      </div>
      <Listed of={board} empty={({ data }) => data.entries.length === 0} none={t('noLeaders')} rows={8}>
        {({ data: { entries, own, players } }) => (
          <>
            <p className="own-place">
              {own ? t('board.own', { place: formatCount(own.place), players: formatCount(players) }) : t('board.ownNone')}
              {own && <Money value={own.value_usd} result={by === 'pnl'} />}
            </p>
            <ol>
              {entries.map(({ place, display_name, value_usd, mine }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: players without a name have nothing else.
                <li key={index} className={`place${mine ? ' mine' : ''}`}>
                  <span className="figure tertiary">{place}</span>
                  <span className="ellipsis">{mine ? t('board.you') : (display_name ?? t('board.somebody'))}</span>
                  <Money value={value_usd} result={by === 'pnl'} />
                </li>
              ))}
            </ol>
            <p className="explain">
              <button type="button" className="link" onClick={() => goTo('/profile')}>
                {t('profile')}
              </button>
            </p>
          </>
        )}
      </Listed>
    </>
  );
}
