/** What the player traded, each with its receipt's figures. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatPrice, formatShares } from '@predictu/ui/format/money.ts';
import { Money, Time } from '@predictu/ui/kit/figures.tsx';
import { Problem, Skeleton } from '@predictu/ui/kit/panel.tsx';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChoices } from '../embed/choices.ts';
import { formatOdds } from '../embed/odds.ts';
import type { Player } from '../embed/session.ts';

type Trade = Row<'listPlayerTrades'>;

export function History({ player }: { player: Player | null }) {
  const { t } = useTranslation();
  const [limit, setLimit] = useState(20);
  const list = useEndpoint('listPlayerTrades', { query: { limit } }, { enabled: player !== null });
  return (
    <>
      <header className="top">
        <h1>{t('history')}</h1>
      </header>
      {player === null && <p className="explain">{t('signInToTrade')}</p>}
      {list.isError && <Problem error={list.error} again={() => void list.refetch()} />}
      {player !== null && !list.data && !list.isError && <Skeleton rows={5} height={72} />}
      {list.data?.data.length === 0 && <p className="explain">{t('noHistory')}</p>}
      <ul>
        {list.data?.data.map((trade) => (
          <TradeCard key={trade.id} trade={trade} />
        ))}
      </ul>
      {list.data && list.data.pagination.total > limit && limit < 200 && (
        <button type="button" className="plain-button" style={{ margin: 16 }} onClick={() => setLimit(Math.min(200, limit + 40))}>
          {t('more')}
        </button>
      )}
    </>
  );
}

function TradeCard({ trade }: { trade: Trade }) {
  const { t } = useTranslation();
  const { odds } = useChoices();
  const [open, setOpen] = useState(false);
  return (
    <li className="card">
      <button type="button" className="question" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span>{trade.market_title}</span>
      </button>
      <div className="row wrap small">
        <span>{t(`side.${trade.side}`)}</span>
        <span className={`tag ${trade.outcome}`}>{t(trade.outcome)}</span>
        <span>
          {formatShares(trade.quantity)} × {formatOdds(trade.price, odds)}
        </span>
        <span className="space" />
        <Money value={trade.cost_usd} />
      </div>
      <div className="row small tertiary">
        <Time at={trade.created_at} />
        <span>{t(`status.${trade.status}`)}</span>
        <span className="space" />
        {trade.pnl_usd !== null && <Money value={trade.pnl_usd} result />}
      </div>
      {open && (
        <dl className="sum">
          <div>
            <dt>{t('mid')}</dt>
            <dd className="figure">{formatPrice(trade.mid)}</dd>
          </div>
          <div>
            <dt>{t('spread')}</dt>
            <dd>
              <Money value={trade.spread_usd} />
            </dd>
          </div>
          <div>
            <dt>{t('fee')}</dt>
            <dd>
              <Money value={trade.fee_usd} />
            </dd>
          </div>
          <div>
            <dt>{t('receipt')}</dt>
            <dd className="mono small">{trade.id}</dd>
          </div>
        </dl>
      )}
    </li>
  );
}
