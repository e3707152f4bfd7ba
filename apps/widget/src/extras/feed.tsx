/** What other players of the casino trade. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import { formatUsd } from '@predictu/ui/format/money.ts';
import { Time } from '@predictu/ui/kit/figures.tsx';
import { useTranslation } from 'react-i18next';
import { goTo } from '../embed/place.ts';
import { Listed } from './listed.tsx';

export function Feed() {
  const { t } = useTranslation();
  const list = useEndpoint('getFeed', {}, { every: 10_000 });
  return (
    <Listed of={list} empty={({ data }) => data.length === 0} none={t('noFeed')} rows={6}>
      {({ data }) => (
        <ul>
          {data.map((trade, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: trades of others carry no id.
            <li key={`${trade.created_at} ${index}`} className="card">
              <button type="button" className="column told" onClick={() => goTo(`/markets/${trade.market_id}`)}>
                <span>
                  {t(`feedLine.${trade.side}`, {
                    name: trade.mine ? t('board.you') : (trade.display_name ?? t('board.somebody')),
                    outcome: t(trade.outcome),
                    amount: formatUsd(trade.amount_usd),
                  })}
                </span>
                <b>{trade.market_title}</b>
                <span className="small tertiary">
                  <Time at={trade.created_at} age />
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </Listed>
  );
}
