/** The player's open limit orders, of one market or all, each with its way out. */
import { useAct, useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatShares, formatUsd } from '@predictu/ui/format/money.ts';
import { formatTime } from '@predictu/ui/format/time.ts';
import { useNow } from '@predictu/ui/kit/figures.tsx';
import { Problem } from '@predictu/ui/kit/panel.tsx';
import { useTranslation } from 'react-i18next';
import { useChoices } from '../embed/choices.ts';
import { formatOdds } from '../embed/odds.ts';
import { goTo } from '../embed/place.ts';
import { ORDERS } from './words.ts';

type Order = Row<'listPlayerOrders'>;

export function OpenOrders({ marketId }: { marketId?: string }) {
  const { t } = useTranslation(ORDERS);
  const only = marketId === undefined ? {} : { market_id: marketId };
  const open = useEndpoint('listPlayerOrders', { query: { ...only, status: 'open', limit: 100 } }, { every: 15_000 });
  const pending = useEndpoint('listPlayerOrders', { query: { ...only, status: 'pending', limit: 100 } }, { every: 15_000 });
  if (open.isError) return <Problem error={open.error} again={() => void open.refetch()} />;
  const orders = [...(open.data?.data ?? []), ...(pending.data?.data ?? [])];
  if (orders.length === 0) return null;
  return (
    <section className="block flush">
      <h2>{t('openOrders')}</h2>
      <ul>
        {orders.map((order) => (
          <OrderCard key={order.id} order={order} named={marketId === undefined} />
        ))}
      </ul>
    </section>
  );
}

function OrderCard({ order, named }: { order: Order; named: boolean }) {
  const { t } = useTranslation(ORDERS);
  const { odds } = useChoices();
  const now = useNow();
  const cancel = useAct('cancelOrder', ['listPlayerOrders', 'listPlayerPositions', 'getOrderBook']);
  return (
    <li className="card">
      {named && (
        <button type="button" className="question" onClick={() => goTo(`/markets/${order.market_id}`)}>
          <span>{order.market_title}</span>
        </button>
      )}
      <div className="row wrap small">
        <b>{t('rests', { side: t(order.side), outcome: t(order.outcome), price: formatOdds(order.limit_price, odds) })}</b>
        {order.current_price !== null && <span className="tertiary">{t('away', { price: formatOdds(order.current_price, odds) })}</span>}
      </div>
      <div className="row small">
        <span>
          {order.quantity !== null
            ? t('sharesKept', { count: order.quantity, shares: formatShares(order.quantity) })
            : order.held_usd > 0
              ? t('heldNow', { amount: formatUsd(order.held_usd) })
              : formatUsd(order.amount_usd ?? 0)}
        </span>
        {order.expires_at && <span className="tertiary">{t('expires', { at: `${formatTime(new Date(order.expires_at), now)} UTC` })}</span>}
        <span className="space" />
        {order.status === 'pending' ? (
          <span className="tertiary">{t('pending')}</span>
        ) : (
          <button
            type="button"
            className="plain-button"
            disabled={cancel.isPending}
            aria-busy={cancel.isPending}
            onClick={() => cancel.mutate({ params: { order_id: order.id } })}
          >
            {t('cancel')}
          </button>
        )}
      </div>
      {order.status === 'open' && order.side === 'buy' && order.held_usd === 0 && <p className="small tertiary">{t('wallet')}</p>}
      {cancel.isError && (
        <p className="refusal" role="alert">
          {cancel.error.message}
        </p>
      )}
    </li>
  );
}
