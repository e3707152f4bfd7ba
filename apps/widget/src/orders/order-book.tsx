/** The order book of a market: what rests at each price, and where the house trades at once. */
import { useEndpoint } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatPrice, formatShares } from '@predictu/ui/format/money.ts';
import { Problem, Skeleton } from '@predictu/ui/kit/panel.tsx';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ORDERS } from './words.ts';

type Book = Answer<'getOrderBook'>['data'];
type Level = Book['yes']['bids'][number];
const SHOWN = 6;

export function OrderBook({ marketId }: { marketId: string }) {
  const { t } = useTranslation(ORDERS);
  const [outcome, setOutcome] = useState<'yes' | 'no'>('yes');
  const book = useEndpoint('getOrderBook', { params: { market_id: marketId } }, { every: 10_000 });
  const side = book.data?.data[outcome];
  const most = Math.max(1, ...[...(side?.asks ?? []), ...(side?.bids ?? [])].filter(({ house }) => !house).map(({ quantity }) => quantity));
  return (
    <section className="block">
      <div className="row">
        <h2>{t('book')}</h2>
        <span className="space" />
        <div className="quick book-outcome" role="group" aria-label={t('book')}>
          {(['yes', 'no'] as const).map((value) => (
            <button key={value} type="button" aria-pressed={outcome === value} onClick={() => setOutcome(value)}>
              {t(value)}
            </button>
          ))}
        </div>
      </div>
      {book.isError && <Problem error={book.error} again={() => void book.refetch()} />}
      {!book.data && !book.isError && <Skeleton rows={4} height={28} />}
      {side && side.asks.length + side.bids.length === 0 && <p className="small tertiary">{t('emptyBook')}</p>}
      {side && side.asks.length + side.bids.length > 0 && (
        <table className="book">
          <thead>
            <tr>
              <th className="left">{t('price')}</th>
              <th className="right">{t('quantity')}</th>
            </tr>
          </thead>
          <Levels words={t('sellers')} levels={side.asks.slice(0, SHOWN).reverse()} tone="no" most={most} />
          <Levels words={t('buyers')} levels={side.bids.slice(0, SHOWN)} tone="yes" most={most} />
        </table>
      )}
    </section>
  );
}

function Levels({ words, levels, tone, most }: { words: string; levels: readonly Level[]; tone: 'yes' | 'no'; most: number }) {
  const { t } = useTranslation(ORDERS);
  return (
    <tbody aria-label={words}>
      {levels.map(({ price, quantity, house }) => (
        <tr key={price} className={house ? 'house' : undefined}>
          <td className={`figure ${tone}`}>
            {formatPrice(price)} {house && <span className="tag">{t('house')}</span>}
          </td>
          <td className="right figure depth">
            {!house && <span className={`bar ${tone}`} style={{ width: `${(quantity / most) * 100}%` }} aria-hidden="true" />}
            {formatShares(quantity)}
          </td>
        </tr>
      ))}
    </tbody>
  );
}
