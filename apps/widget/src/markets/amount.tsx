/** How many dollars: typed, stepped or picked. */
import { useTranslation } from 'react-i18next';

export function Amount({ amount, quick, onChange }: { amount: number; quick: readonly number[]; onChange: (amount: number) => void }) {
  const { t } = useTranslation();
  const step = amount >= 100 ? 25 : amount >= 25 ? 5 : 1;
  return (
    <>
      <div className="amount">
        <button type="button" className="step" aria-label={t('less')} onClick={() => onChange(Math.max(1, amount - step))}>
          −
        </button>
        <label>
          <span className="screen-reader">{t('amount')}</span>
          <span aria-hidden="true">$</span>
          <input
            inputMode="decimal"
            value={amount === 0 ? '' : amount}
            size={Math.max(2, String(amount).length)}
            onChange={(event) => onChange(Math.max(0, Math.floor(Number(event.target.value.replace(/[^\d.]/g, '')) * 100) / 100 || 0))}
          />
        </label>
        <button type="button" className="step" aria-label={t('moreAmount')} onClick={() => onChange(amount + step)}>
          +
        </button>
      </div>
      <div className="quick">
        {quick.map((value) => (
          <button key={value} type="button" aria-pressed={amount === value} onClick={() => onChange(value)}>
            ${value}
          </button>
        ))}
      </div>
    </>
  );
}
