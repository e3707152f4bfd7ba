/** Price alerts that wait, and those that went off. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatTime } from '@predictu/ui/format/time.ts';
import { useNow } from '@predictu/ui/kit/figures.tsx';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { useTranslation } from 'react-i18next';
import { useChoices } from '../embed/choices.ts';
import { formatOdds } from '../embed/odds.ts';
import { goTo } from '../embed/place.ts';
import { Listed } from './listed.tsx';

export function Alerts() {
  const { t } = useTranslation();
  const list = useEndpoint('listPriceAlerts', {}, { every: 20_000 });
  return (
    <Listed of={list} empty={({ data }) => data.length === 0} none={t('noAlerts')}>
      {({ data }) => (
        <ul>
          {data.map((alert) => (
            <Alert key={alert.id} alert={alert} />
          ))}
        </ul>
      )}
    </Listed>
  );
}

function Alert({ alert }: { alert: Row<'listPriceAlerts'> }) {
  const { t } = useTranslation();
  const { odds } = useChoices();
  const now = useNow();
  const toasts = useToasts();
  const remove = useAct('deletePriceAlert', ['listPriceAlerts']);
  const over = alert.market_status === 'resolved' || alert.market_status === 'cancelled';
  return (
    <li className="card">
      <button type="button" className="question" onClick={() => goTo(`/markets/${alert.market_id}`)}>
        <span>{alert.market_title}</span>
      </button>
      <div className="row">
        <span className="column">
          <b>
            {t('yes')} {t(`alert.${alert.direction}`)} {formatOdds(alert.price, odds)}
          </b>
          <span className="small tertiary">
            {alert.fired_at !== null
              ? t('alert.fired', { at: formatTime(new Date(alert.fired_at), now) })
              : over
                ? t('alert.over')
                : t('alert.waits', { price: alert.current_price === null ? '–' : formatOdds(alert.current_price, odds) })}
          </span>
        </span>
        <span className="space" />
        <button
          type="button"
          className="plain-button"
          disabled={remove.isPending}
          onClick={() => remove.mutate({ params: { alert_id: alert.id } }, { onError: toasts.fail })}
        >
          {t('remove')}
        </button>
      </div>
    </li>
  );
}
