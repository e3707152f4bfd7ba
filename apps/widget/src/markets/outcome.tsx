/** How a trade ended: done, waiting for a wallet, or refused in the player's own words. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatShares } from '@predictu/ui/format/money.ts';
import { useTranslation } from 'react-i18next';
import { RefusalWords } from './refusal-words.tsx';

type Trade = Answer<'placeTrade'>['data'];
export type Ended = { trade: Trade } | { refusal: Error };

export function Outcome({ ended, onClose }: { ended: Ended; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="outcome" role="status">
      {'refusal' in ended ? (
        <>
          <b>{t('refused')}</b>
          <RefusalWords error={ended.refusal} />
        </>
      ) : (
        <Placed trade={ended.trade} />
      )}
      <button type="button" className="plain-button" onClick={onClose}>
        OK
      </button>
    </div>
  );
}

/** A trade that waits for an operator's wallet is followed until it ends. */
function Placed({ trade }: { trade: Trade }) {
  const { t } = useTranslation();
  const list = useEndpoint(
    'listPlayerTrades',
    { query: { market_id: trade.market_id, limit: 20 } },
    { enabled: trade.status === 'pending', every: 1_000 },
  );
  const status = list.data?.data.find(({ id }) => id === trade.id)?.status ?? trade.status;
  if (status === 'pending') return <p>{t('pending')}</p>;
  if (status === 'cancelled') return <p>{t('cancelled')}</p>;
  return <b>{t(trade.side === 'buy' ? 'bought' : 'sold', { shares: formatShares(trade.quantity), outcome: t(trade.outcome) })}</b>;
}
