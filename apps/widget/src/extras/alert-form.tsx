/** Asking to be told of a price, on the page of its market. */
import './extra-words.ts';
import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChoices } from '../embed/choices.ts';
import { formatOdds } from '../embed/odds.ts';

const DIRECTIONS = ['above', 'below'] as const;

export function AlertForm({ marketId, yes, onClose }: { marketId: string; yes: number; onClose: () => void }) {
  const { t } = useTranslation();
  const { odds } = useChoices();
  const toasts = useToasts();
  const [direction, setDirection] = useState<(typeof DIRECTIONS)[number]>('above');
  const [chance, setChance] = useState(String(Math.min(99, Math.round(yes * 100) + 5)));
  const set = useAct('createPriceAlert', ['listPriceAlerts']);
  const percent = Number(chance);
  const usable = percent >= 1 && percent <= 99;
  const turn = (to: (typeof DIRECTIONS)[number]) => {
    setDirection(to);
    setChance(String(Math.max(1, Math.min(99, Math.round(yes * 100) + (to === 'above' ? 5 : -5)))));
  };
  return (
    <form
      className="block column alert-form"
      onSubmit={(event) => {
        event.preventDefault();
        set.mutate(
          { body: { market_id: marketId, direction, price: Math.round(percent * 100) / 10_000 } },
          {
            onSuccess: () => {
              toasts.say(t('alert.isSet'));
              onClose();
            },
          },
        );
      }}
    >
      <h2>{t('alert.title')}</h2>
      <div className="quick">
        {DIRECTIONS.map((one) => (
          <button key={one} type="button" aria-pressed={direction === one} onClick={() => turn(one)}>
            {t(`alert.${one}`)}
          </button>
        ))}
      </div>
      <label className="row">
        <input
          className="input figure"
          inputMode="decimal"
          aria-label={t(`alert.${direction}`)}
          value={chance}
          onChange={(event) => setChance(event.target.value.replace(/[^\d.]/g, '').slice(0, 5))}
        />
        <span>%</span>
        <span className="small tertiary">{usable && formatOdds(percent / 100, odds)}</span>
      </label>
      <p className="small tertiary">{t('alert.hint', { price: formatOdds(yes, odds) })}</p>
      {set.isError && (
        <p className="refusal" role="alert">
          {set.error.message}
        </p>
      )}
      <div className="row">
        <button type="submit" className="main-button" disabled={!usable || set.isPending}>
          {t('alert.set')}
        </button>
        <button type="button" className="plain-button" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
