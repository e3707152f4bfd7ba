/** Balance, the way to the cashier, odds and language. */
import { Money } from '@predictu/ui/kit/figures.tsx';
import { useTranslation } from 'react-i18next';
import { isFramed, tellPage } from '../embed/bridge.ts';
import { choose, type OddsFormat, useChoices } from '../embed/choices.ts';
import { useLive } from '../embed/live.tsx';
import type { Player } from '../embed/session.ts';
import { LANGUAGES, speak } from '../words/words.ts';

const FORMATS: readonly OddsFormat[] = ['price', 'percent', 'decimal', 'fractional', 'american'];

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
        <section className="block">
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
