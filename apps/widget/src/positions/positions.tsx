/** What the player holds, and selling it. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatShares } from '@predictu/ui/format/money.ts';
import { Money } from '@predictu/ui/kit/figures.tsx';
import { Problem, Skeleton } from '@predictu/ui/kit/panel.tsx';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { choose, useChoices } from '../embed/choices.ts';
import { useEmbed } from '../embed/embed.tsx';
import { useLive } from '../embed/live.tsx';
import { formatOdds } from '../embed/odds.ts';
import { goTo } from '../embed/place.ts';
import type { Player } from '../embed/session.ts';
import { OpenOrders } from '../orders/lazy.tsx';
import { SellOrder } from './sell-order.tsx';

type Position = Row<'listPlayerPositions'>;

export function Positions({ player }: { player: Player | null }) {
  const { t } = useTranslation();
  const [closed, setClosed] = useState(false);
  const list = useEndpoint(
    'listPlayerPositions',
    { query: closed ? { limit: 50 } : { status: 'open', limit: 200 } },
    { enabled: player !== null, every: 10_000 },
  );
  const { config } = useEmbed();
  const stays = useStayingPositions(player !== null && !closed);
  const [sold, setSold] = useState<Position | null>(null);
  const listed = [...stays, ...(list.data?.data.filter(({ status }) => closed === (status !== 'open')) ?? [])];
  // A position that is sold out leaves the list; what it ended with stays until the player has read it.
  const shown = sold && !listed.some(({ id }) => id === sold.id) ? [sold, ...listed] : listed;
  return (
    <>
      <header className="top">
        <h1>{t('positions')}</h1>
      </header>
      <div className="categories" role="group" aria-label={t('positions')}>
        <button type="button" aria-pressed={!closed} onClick={() => setClosed(false)}>
          {t('open')}
        </button>
        <button type="button" aria-pressed={closed} onClick={() => setClosed(true)}>
          {t('closed')}
        </button>
      </div>
      {player === null && <p className="explain">{t('signInToTrade')}</p>}
      {player !== null && !closed && config.trading.allow_limit_orders && <OpenOrders />}
      {list.isError && <Problem error={list.error} again={() => void list.refetch()} />}
      {player !== null && !list.data && !list.isError && <Skeleton rows={4} height={96} />}
      {list.data && shown.length === 0 && <p className="explain">{t('noPositions')}</p>}
      <ul>
        {shown.map((position) => (
          <PositionCard key={position.id} position={position} onSelling={(selling) => setSold(selling ? position : null)} />
        ))}
      </ul>
    </>
  );
}

const KEPT_AT_MOST = 200;
const LATEST = 50;

/** Settled positions that stay until the player puts them away: where the operator does not close them by itself. */
function useStayingPositions(wanted: boolean): Position[] {
  const { config } = useEmbed();
  const { putAway } = useChoices();
  const enabled = wanted && !config.trading.auto_close_positions_on_settlement;
  const list = useEndpoint('listPlayerPositions', { query: { status: 'settled', limit: LATEST } }, { enabled, every: 30_000 });
  return enabled ? (list.data?.data.filter(({ id }) => !putAway.includes(id)) ?? []) : [];
}

function PositionCard({ position, onSelling }: { position: Position; onSelling: (selling: boolean) => void }) {
  const { t } = useTranslation();
  const { config } = useEmbed();
  const { prices } = useLive();
  const { odds, putAway } = useChoices();
  const [selling, setSelling] = useState(false);
  const sell = (open: boolean) => {
    setSelling(open);
    onSelling(open);
  };
  const yes = prices[position.market_id]?.yes ?? null;
  const now = yes === null ? position.current_price : position.outcome === 'yes' ? yes : 1 - yes;
  const isOpen = position.status === 'open';
  return (
    <li className="card">
      <button type="button" className="question" onClick={() => goTo(`/markets/${position.market_id}`)}>
        <span>{position.market_title}</span>
      </button>
      <div className="row wrap small">
        <span className={`tag ${position.outcome}`}>{t(position.outcome)}</span>
        <span>{t('shares', { count: position.quantity, shares: formatShares(position.quantity) })}</span>
        {position.avg_price !== null && <span className="tertiary">{t('paid', { price: formatOdds(position.avg_price, odds) })}</span>}
        {isOpen && now !== null && <span className="tertiary">{t('now', { price: formatOdds(now, odds) })}</span>}
      </div>
      <div className="row wrap">
        {isOpen && (
          <span className="nowrap">
            {t('worth')} <Money value={position.market_value_usd} />
          </span>
        )}
        {config.ui.show_user_pnl && (
          <span className="nowrap">
            {t('result')} <Money value={isOpen ? position.unrealized_pnl_usd : position.realized_pnl_usd} result />
          </span>
        )}
        <span className="space" />
        {isOpen && position.result_pending && <span className="small secondary">{t('resultPending')}</span>}
        {isOpen && !position.result_pending && (
          <button type="button" className="plain-button" aria-expanded={selling} onClick={() => sell(!selling)}>
            {t('sellAction')}
          </button>
        )}
        {position.status === 'settled' && !config.trading.auto_close_positions_on_settlement && !putAway.includes(position.id) && (
          <button
            type="button"
            className="plain-button"
            onClick={() => choose({ putAway: [position.id, ...putAway].slice(0, KEPT_AT_MOST) })}
          >
            {t('dismiss')}
          </button>
        )}
      </div>
      {selling && !position.result_pending && <SellOrder position={position} onClose={() => sell(false)} />}
    </li>
  );
}
