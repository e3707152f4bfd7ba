/** Changing one limit. */
import { useAct } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export type OwnLimit = Answer<'getLimits'>['data']['limits'][number];

export function LimitForm({ limit, onClose }: { limit: OwnLimit; onClose: () => void }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const { kind } = limit;
  const isSession = kind === 'session';
  const [text, setText] = useState(String((isSession ? limit.minutes : limit.amount_usd) ?? ''));
  const set = useAct('setLimit', ['getLimits']);
  const value = Number(text);
  const usable = text !== '' && Number.isFinite(value) && (isSession ? value >= 15 && value <= 1_440 : value >= 0);
  const save = (wanted: number | null) =>
    set.mutate(
      {
        body:
          kind === 'session'
            ? { kind, minutes: wanted === null ? null : Math.round(wanted) }
            : { kind, amount_usd: wanted === null ? null : Math.round(wanted * 100) / 100 },
      },
      {
        onSuccess: () => {
          toasts.say(t('saved'));
          onClose();
        },
      },
    );
  const label = isSession ? t('limit.minutesLabel') : t('limit.amount', { kind: t(`limit.kind.${kind}`) });
  return (
    <form
      className="column change-limit"
      onSubmit={(event) => {
        event.preventDefault();
        save(value);
      }}
    >
      <label className="column small">
        {label}
        <input
          className="input figure"
          inputMode="decimal"
          value={text}
          onChange={(event) => setText(event.target.value.replace(/[^\d.]/g, '').slice(0, 12))}
        />
      </label>
      {set.isError && (
        <p className="refusal" role="alert">
          {set.error.message}
        </p>
      )}
      <div className="row wrap">
        <button type="submit" className="plain-button" disabled={!usable || set.isPending}>
          {t('save')}
        </button>
        {(isSession ? limit.minutes : limit.amount_usd) !== null && (
          <button type="button" className="plain-button" disabled={set.isPending} onClick={() => save(null)}>
            {t('limit.removeLimit')}
          </button>
        )}
        <button type="button" className="link" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
