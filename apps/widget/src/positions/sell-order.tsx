/** Selling some or all of a position, at a quoted price. */
import { useClient, useRefresh } from '@predictu/ui/api/use-endpoint.tsx';
import type { Row } from '@predictu/ui/api/wire.ts';
import { formatShares, formatUsd } from '@predictu/ui/format/money.ts';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tellPage } from '../embed/bridge.ts';
import { useChoices } from '../embed/choices.ts';
import { formatOdds } from '../embed/odds.ts';
import { type Ended, Outcome } from '../markets/outcome.tsx';
import { placeOnce } from '../markets/place-once.ts';
import { QuoteRing } from '../markets/quote-ring.tsx';
import { RefusalWords } from '../markets/refusal-words.tsx';
import { useQuote } from '../markets/use-quote.ts';

type Position = Row<'listPlayerPositions'>;
const PARTS = [0.25, 0.5, 1] as const;

export function SellOrder({ position, onClose }: { position: Position; onClose: () => void }) {
  const { t } = useTranslation();
  const { odds } = useChoices();
  const client = useClient();
  const refresh = useRefresh();
  const [part, setPart] = useState<(typeof PARTS)[number]>(1);
  const [placing, setPlacing] = useState(false);
  const [ended, setEnded] = useState<Ended | null>(null);
  const key = useRef<{ quote: string; value: string } | null>(null);
  const quantity = part === 1 ? position.quantity : Math.floor(position.quantity * part * 100) / 100;
  const order = { market_id: position.market_id, outcome: position.outcome, side: 'sell' as const, quantity };
  const { quote, seconds, expired, refusal, again } = useQuote(ended ? null : order);
  const place = async () => {
    if (!quote) return;
    if (key.current?.quote !== quote.quote) key.current = { quote: quote.quote, value: crypto.randomUUID() };
    setPlacing(true);
    try {
      const { data } = await placeOnce(() =>
        client.call('placeTrade', { body: { ...order, quote: quote.quote } }, { idempotencyKey: key.current?.value ?? '' }),
      );
      tellPage('trade', { trade: data });
      setEnded({ trade: data });
    } catch (error) {
      setEnded({ refusal: error as Error });
    } finally {
      setPlacing(false);
    }
  };
  if (ended) {
    return (
      <Outcome
        ended={ended}
        onClose={() => {
          refresh(['listPlayerPositions', 'listPlayerTrades']);
          onClose();
        }}
      />
    );
  }
  return (
    <div className="sell">
      <div className="quick">
        {PARTS.map((value) => (
          <button key={value} type="button" aria-pressed={part === value} onClick={() => setPart(value)}>
            {value * 100}%
          </button>
        ))}
      </div>
      {refusal && (
        <div className="refusal" role="alert">
          <RefusalWords error={refusal} />
        </div>
      )}
      {quote && (
        <dl className="sum">
          <div>
            <dt>{t('sharesAt', { count: quote.quantity, shares: formatShares(quote.quantity), price: formatOdds(quote.price, odds) })}</dt>
            <dd className="figure">{formatUsd(quote.cost_usd)}</dd>
          </div>
          <div>
            <dt>{t('fee')}</dt>
            <dd className="figure">{formatUsd(quote.fee_usd)}</dd>
          </div>
          <div className="strong">
            <dt>{t('youGet')}</dt>
            <dd className="figure">{formatUsd(quote.total_usd)}</dd>
          </div>
        </dl>
      )}
      {quote && !expired && <QuoteRing seconds={seconds} words={t('heldSell', { seconds })} />}
      <button
        type="button"
        className="main-button"
        disabled={!quote || placing}
        aria-busy={placing}
        onClick={() => (expired ? again() : void place())}
      >
        {!quote ? t('loading') : expired ? t('newPrice') : t('sell', { amount: formatUsd(quote.total_usd) })}
      </button>
    </div>
  );
}
