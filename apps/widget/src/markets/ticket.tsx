/** The ticket: outcome, amount, what you pay, what you get, the quote with its ring, one button with the full amount. */
import { useClient, useRefresh } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer } from '@predictu/ui/api/wire.ts';
import { formatShares, formatUsd } from '@predictu/ui/format/money.ts';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tellPage } from '../embed/bridge.ts';
import { useChoices } from '../embed/choices.ts';
import { useEmbed } from '../embed/embed.tsx';
import { formatOdds } from '../embed/odds.ts';
import type { Player } from '../embed/session.ts';
import { LimitTicket } from '../orders/lazy.tsx';
import { Amount } from './amount.tsx';
import { type Ended, Outcome } from './outcome.tsx';
import { placeOnce } from './place-once.ts';
import { QuoteDetails } from './quote-details.tsx';
import { QuoteRing } from './quote-ring.tsx';
import { RefusalWords } from './refusal-words.tsx';
import { type Order, useQuote } from './use-quote.ts';

type Market = Answer<'getPlayerMarket'>['data'];
type Side = 'yes' | 'no';

/** Nothing to fill in while a result is being confirmed: its state stands where the ticket does. */
export function Ticket({ market, player }: { market: Market; player: Player | null }) {
  const { t } = useTranslation();
  if (!market.result_pending) return <OpenTicket market={market} player={player} />;
  return (
    <section className="ticket" aria-label={t('amount')}>
      <p className="explain">{t('resultPendingLong')}</p>
    </section>
  );
}

function OpenTicket({ market, player }: { market: Market; player: Player | null }) {
  const { t } = useTranslation();
  const { config } = useEmbed();
  const { odds } = useChoices();
  const [outcome, setOutcome] = useState<Side>('yes');
  const [amount, setAmount] = useState(config.trading.default_trade_amount_usd);
  const [ended, setEnded] = useState<Ended | null>(null);
  const [kind, setKind] = useState<'market' | 'limit'>('market');
  const tradeable = player !== null && market.tradeable;
  // A market that waits may be ordered in; one that is over may not.
  const orders = player !== null && config.trading.allow_limit_orders && market.resolution === null;
  const limit = orders && kind === 'limit';
  const prices = market.prices;
  const shown = { yes: prices?.yes_ask ?? market.yes_price, no: prices?.no_ask ?? market.no_price };
  return (
    <section className="ticket" aria-label={t('amount')}>
      <div className="prices">
        {(['yes', 'no'] as const).map((side) => (
          <button key={side} type="button" className={`price ${side}`} aria-pressed={outcome === side} onClick={() => setOutcome(side)}>
            <span>{t(side)}</span>
            <span className="figure">{shown[side] === null ? '–' : formatOdds(shown[side], odds)}</span>
          </button>
        ))}
      </div>
      {orders && !ended && <Kind kind={kind} onChange={setKind} />}
      {limit && !ended && <LimitTicket market={market} outcome={outcome} />}
      {ended && <Outcome ended={ended} onClose={() => setEnded(null)} />}
      {!ended && !limit && tradeable && (
        <>
          <Amount amount={amount} quick={config.trading.quick_amounts} onChange={setAmount} />
          <BuyOrder
            key={`${outcome}`}
            market={market}
            outcome={outcome}
            amount={amount}
            confirmAbove={config.trading.confirm_trades_above_usd}
            onEnd={(end) => {
              const done = 'trade' in end && end.trade.status !== 'pending';
              setEnded(done && !config.notifications.trade_confirmation ? null : end);
            }}
          />
        </>
      )}
      {!ended && !limit && !tradeable && <p className="explain">{player === null ? t('signInToTrade') : t('notTradeable')}</p>}
    </section>
  );
}

/** Now, or when the price is right. */
function Kind({ kind, onChange }: { kind: 'market' | 'limit'; onChange: (kind: 'market' | 'limit') => void }) {
  const { t } = useTranslation();
  return (
    <div className="quick" role="group" aria-label={t('orderKind')}>
      <button type="button" aria-pressed={kind === 'market'} onClick={() => onChange('market')}>
        {t('marketOrder')}
      </button>
      <button type="button" aria-pressed={kind === 'limit'} onClick={() => onChange('limit')}>
        {t('limitOrder')}
      </button>
    </div>
  );
}

/** Quoting and buying. The key names one intention: whatever is lost on the way is asked again and happens once. */
function BuyOrder({
  market,
  outcome,
  amount,
  confirmAbove,
  onEnd,
}: {
  market: Market;
  outcome: Side;
  amount: number;
  confirmAbove: number;
  onEnd: (ended: Ended) => void;
}) {
  const { t } = useTranslation();
  const { config } = useEmbed();
  const { odds } = useChoices();
  const client = useClient();
  const refresh = useRefresh();
  const order: Order | null = amount > 0 ? { market_id: market.id, outcome, side: 'buy', amount_usd: amount } : null;
  const { quote, seconds, expired, refusal, again } = useQuote(order);
  const [placing, setPlacing] = useState(false);
  const [confirming, setConfirming] = useState<string | null>(null);
  const key = useRef<{ quote: string; value: string } | null>(null);
  const place = async () => {
    if (!quote || !order) return;
    if (quote.total_usd > confirmAbove && confirming !== quote.quote) {
      setConfirming(quote.quote);
      return;
    }
    if (key.current?.quote !== quote.quote) key.current = { quote: quote.quote, value: crypto.randomUUID() };
    setPlacing(true);
    try {
      const { data } = await placeOnce(() =>
        client.call('placeTrade', { body: { ...order, quote: quote.quote } }, { idempotencyKey: key.current?.value ?? '' }),
      );
      tellPage('trade', { trade: data });
      refresh(['listPlayerPositions', 'listPlayerTrades', 'getPlayerMarket']);
      onEnd({ trade: data });
      // Its price is used up: whoever goes on buying gets a new one.
      again();
    } catch (error) {
      onEnd({ refusal: error as Error });
    } finally {
      setPlacing(false);
    }
  };
  if (refusal) {
    return (
      <div className="refusal" role="alert">
        <RefusalWords error={refusal} />
        <button type="button" className="plain-button" onClick={again}>
          {t('newPrice')}
        </button>
      </div>
    );
  }
  return (
    <>
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
            <dt>{t('youPay')}</dt>
            <dd className="figure">{formatUsd(quote.total_usd)}</dd>
          </div>
          <div className="strong">
            <dt>{t('youGetIf', { outcome: t(outcome) })}</dt>
            <dd className={`figure ${outcome}`}>{formatUsd(quote.quantity)}</dd>
          </div>
        </dl>
      )}
      {quote && config.trading.show_advanced_trading && <QuoteDetails quote={quote} />}
      {quote && !expired && <QuoteRing seconds={seconds} words={t('held', { seconds })} />}
      <button
        type="button"
        className="main-button"
        disabled={!quote || placing}
        aria-busy={placing}
        onClick={() => (expired ? again() : void place())}
      >
        {!quote
          ? t('loading')
          : expired
            ? t('newPrice')
            : confirming === quote.quote
              ? t('confirm', { amount: formatUsd(quote.total_usd) })
              : t('buy', { outcome: t(outcome), amount: formatUsd(quote.total_usd) })}
      </button>
    </>
  );
}
