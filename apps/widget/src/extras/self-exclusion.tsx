/** Stopping oneself from buying: what it means in plain words, before it is done. */
import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer, Body } from '@predictu/ui/api/wire.ts';
import { formatClock, formatDate } from '@predictu/ui/format/time.ts';
import { useNow } from '@predictu/ui/kit/figures.tsx';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

type Period = Body<'excludeSelf'>['period'];
const PERIODS: readonly Period[] = ['24h', '7d', '30d', '6m', 'permanent'];
const DAYS: Partial<Record<Period, number>> = { '24h': 1, '7d': 7, '30d': 30 };

/** When a break that begins now ends; null for good. */
function endOf(period: Period, now: Date): Date | null {
  if (period === 'permanent') return null;
  const end = new Date(now);
  const days = DAYS[period];
  if (days === undefined) end.setUTCMonth(end.getUTCMonth() + 6);
  else end.setUTCDate(end.getUTCDate() + days);
  return end;
}
const shown = (at: Date): string => `${formatDate(at)}, ${formatClock(at)}`;

export function SelfExclusion({ exclusion }: { exclusion: Answer<'getLimits'>['data']['self_exclusion'] }) {
  const { t } = useTranslation();
  const now = useNow();
  const [period, setPeriod] = useState<Period | null>(null);
  const [confirming, setConfirming] = useState(false);
  const until = exclusion?.until ? new Date(exclusion.until) : null;
  const longer = PERIODS.filter((one) => {
    const end = endOf(one, now);
    return until === null || end === null || end > until;
  });
  return (
    <section className="block column">
      <h2>{t('exclusion.title')}</h2>
      {exclusion ? (
        <p className="refusal" role="status">
          {until ? t('exclusion.active', { at: shown(until) }) : t('exclusion.activeForGood')} {t('exclusion.can')}
        </p>
      ) : (
        <p>{t('exclusion.intro')}</p>
      )}
      {!exclusion?.permanent && (
        <div className="categories flush" role="group" aria-label={t('exclusion.title')}>
          {longer.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={period === one}
              onClick={() => {
                setPeriod(one);
                setConfirming(false);
              }}
            >
              {t(`exclusion.period.${one}`)}
            </button>
          ))}
        </div>
      )}
      {period !== null && longer.includes(period) && !confirming && (
        <button type="button" className="plain-button" onClick={() => setConfirming(true)}>
          {t(exclusion ? 'exclusion.longer' : 'exclusion.begin')}
        </button>
      )}
      {period !== null && confirming && (
        <Confirm
          period={period}
          onClose={() => {
            setConfirming(false);
            setPeriod(null);
          }}
        />
      )}
    </section>
  );
}

function Confirm({ period, onClose }: { period: Period; onClose: () => void }) {
  const { t } = useTranslation();
  const now = useNow();
  const [understood, setUnderstood] = useState(false);
  const exclude = useAct('excludeSelf', ['getLimits']);
  const end = endOf(period, now);
  return (
    <div className="column outcome serious" role="alertdialog" aria-label={t('exclusion.sure')}>
      <b>{t('exclusion.sure')}</b>
      <p>
        {end ? t('exclusion.until', { at: shown(end) }) : t('exclusion.forGood')} {t('exclusion.cannot')} {t('exclusion.can')}
      </p>
      <label className="check">
        <input type="checkbox" checked={understood} onChange={(event) => setUnderstood(event.target.checked)} />
        <span>{t('exclusion.understood')}</span>
      </label>
      {exclude.isError && (
        <p className="refusal" role="alert">
          {exclude.error.message}
        </p>
      )}
      <button
        type="button"
        className="main-button"
        disabled={!understood || exclude.isPending}
        onClick={() => exclude.mutate({ body: { period } }, { onSuccess: onClose })}
      >
        {t('exclusion.confirm')}
      </button>
      <button type="button" className="plain-button" onClick={onClose}>
        {t('cancel')}
      </button>
    </div>
  );
}
