/** What the player was told. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatUsd } from '@predictu/ui/format/money.ts';
import { Time } from '@predictu/ui/kit/figures.tsx';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChoices } from '../embed/choices.ts';
import { formatOdds } from '../embed/odds.ts';
import { goTo } from '../embed/place.ts';
import { Listed } from './listed.tsx';

type Notification = Row<'listNotifications'>;
const PAGE = 30;

export function Notifications() {
  const { t } = useTranslation();
  const [limit, setLimit] = useState(PAGE);
  const list = useEndpoint('listNotifications', { query: { limit } });
  const read = useAct('readNotifications', ['listNotifications']);
  return (
    <Listed of={list} empty={({ data }) => data.length === 0} none={t('noNotifications')}>
      {({ data, unread, pagination }) => (
        <>
          {unread > 0 && (
            <div className="row wide">
              <span className="space" />
              <button type="button" className="link" disabled={read.isPending} onClick={() => read.mutate({ body: {} })}>
                {t('told.readAll')}
              </button>
            </div>
          )}
          <ul>
            {data.map((one) => (
              <Told key={one.id} told={one} onOpen={() => read.mutate({ body: { ids: [one.id] } })} />
            ))}
          </ul>
          {pagination.total > limit && limit < 200 && (
            <button type="button" className="plain-button wide" onClick={() => setLimit(Math.min(200, limit + PAGE))}>
              {t('more')}
            </button>
          )}
        </>
      )}
    </Listed>
  );
}

function useToldWords({ kind, direction, price, amount_usd, outcome }: Notification): string {
  const { t } = useTranslation();
  const { odds } = useChoices();
  if (kind === 'price_alert') return t(`told.${direction ?? 'above'}`, { price: formatOdds(price ?? 0, odds) });
  const amount = formatUsd(amount_usd ?? 0);
  if (kind === 'referral') return t('told.referral', { amount });
  return amount_usd ? t('told.won', { amount }) : t('told.lost', { outcome: t(outcome ?? 'yes') });
}

function Told({ told, onOpen }: { told: Notification; onOpen: () => void }) {
  const words = useToldWords(told);
  return (
    <li className={`card${told.read_at === null ? ' unread' : ''}`}>
      <button
        type="button"
        className="column told"
        onClick={() => {
          if (told.read_at === null) onOpen();
          if (told.market_id) goTo(`/markets/${told.market_id}`);
        }}
      >
        <b>{words}</b>
        {told.market_title && <span>{told.market_title}</span>}
        <span className="small tertiary">
          <Time at={told.created_at} age />
        </span>
      </button>
    </li>
  );
}
