/** The ticket of a limit order: side, limit, how much, until when. Placed once, whatever is lost on the way. */
import { useClient, useEndpoint, useRefresh } from '@predictu/ui/api/use-endpoint.tsx';
import type { Answer, Body } from '@predictu/ui/api/wire.ts';
import { formatShares, formatUsd } from '@predictu/ui/format/money.ts';
import { useNow } from '@predictu/ui/kit/figures.tsx';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChoices } from '../embed/choices.ts';
import { useEmbed } from '../embed/embed.tsx';
import { formatOdds } from '../embed/odds.ts';
import { Amount } from '../markets/amount.tsx';
import { placeOnce } from '../markets/place-once.ts';
import { ORDERS } from './words.ts';

type Market = Answer<'getPlayerMarket'>['data'];
type Order = Answer<'placeOrder'>['data'];
type Outcome = 'yes' | 'no';
type Side = 'buy' | 'sell';

const DAY_MS = 86_400_000;
const LIVES = { end: null, day: DAY_MS, week: 7 * DAY_MS } as const;
type Life = keyof typeof LIVES;
const LEAST_CENTS = 0.1;
const MOST_CENTS = 99.9;

const tenths = (cents: number): number => Math.min(MOST_CENTS, Math.max(LEAST_CENTS, Math.round(cents * 10) / 10));

/** Where the limit begins: a little better than the price of the moment. */
const startOf = (market: Market, outcome: Outcome, side: Side): number => {
  const prices = market.prices;
  const mid = (outcome === 'yes' ? market.yes_price : market.no_price) ?? 0.5;
  const now = side === 'buy' ? prices?.[`${outcome}_ask`] : prices?.[`${outcome}_bid`];
  return tenths(Math.round((now ?? mid) * 100) + (side === 'buy' ? -2 : 2));
};

export function LimitTicket({ market, outcome }: { market: Market; outcome: Outcome }) {
  const { t } = useTranslation(ORDERS);
  const { odds } = useChoices();
  const [side, setSide] = useState<Side>('buy');
  const [placed, setPlaced] = useState<Order | null>(null);
  if (placed) {
    return (
      <div className="outcome" role="status">
        {placed.price === null ? (
          <p>
            {t('placed')}{' '}
            {placed.side === 'buy' && (placed.held_usd > 0 ? t('placedHeld', { amount: formatUsd(placed.held_usd) }) : t('wallet'))}
          </p>
        ) : (
          <p>{t('executed', { price: formatOdds(placed.price, odds) })}</p>
        )}
        <button type="button" className="plain-button" onClick={() => setPlaced(null)}>
          {t('another')}
        </button>
      </div>
    );
  }
  return (
    <>
      <div className="quick" role="group" aria-label={t('side')}>
        {(['buy', 'sell'] as const).map((value) => (
          <button key={value} type="button" aria-pressed={side === value} onClick={() => setSide(value)}>
            {t(`${value}Side`)}
          </button>
        ))}
      </div>
      <LimitForm key={`${side}.${outcome}`} market={market} outcome={outcome} side={side} onPlaced={setPlaced} />
    </>
  );
}

type FormProps = { market: Market; outcome: Outcome; side: Side; onPlaced: (order: Order) => void };

function LimitForm({ market, outcome, side, onPlaced }: FormProps) {
  const { t } = useTranslation(ORDERS);
  const { config } = useEmbed();
  const { odds } = useChoices();
  const now = useNow();
  const free = useFreeShares(market.id, outcome, side === 'sell');
  const [cents, setCents] = useState(() => startOf(market, outcome, side));
  const [amount, setAmount] = useState(config.trading.default_trade_amount_usd);
  const [quantity, setQuantity] = useState<number | null>(null);
  const [life, setLife] = useState<Life>('end');
  const { place, placing, problem } = usePlaceOrder(onPlaced);
  const limit = Math.round(cents * 100) / 10_000;
  const offered = quantity ?? free;
  const order = {
    market_id: market.id,
    outcome,
    side,
    limit_price: limit,
    ...(side === 'buy' ? { amount_usd: amount } : { quantity: offered }),
  };
  const ready = side === 'buy' ? amount > 0 : offered > 0;
  return (
    <>
      <LimitPrice words={t(side === 'buy' ? 'atMost' : 'atLeast')} unit={t('cents')} cents={cents} onChange={setCents} />
      {side === 'buy' ? (
        <Amount amount={amount} quick={config.trading.quick_amounts} onChange={setAmount} />
      ) : (
        <label className="line">
          <span>{t('have', { shares: formatShares(free) })}</span>
          <input
            className="input"
            inputMode="decimal"
            aria-label={t('shares')}
            value={offered}
            onChange={(event) => setQuantity(Math.max(0, Math.floor(Number(event.target.value.replace(/[^\d.]/g, '')) * 100) / 100 || 0))}
          />
        </label>
      )}
      <label className="line">
        <span>{t('until')}</span>
        <select className="input" value={life} onChange={(event) => setLife(event.target.value as Life)}>
          {(Object.keys(LIVES) as Life[]).map((value) => (
            <option key={value} value={value}>
              {t(value)}
            </option>
          ))}
        </select>
      </label>
      <dl className="sum">
        {side === 'buy' && (
          <div>
            <dt>{t('about')}</dt>
            <dd className="figure">{formatShares(Math.floor((amount / limit) * 100) / 100)}</dd>
          </div>
        )}
        <div className="strong">
          <dt>{t(side === 'buy' ? 'hold' : 'keep')}</dt>
          <dd className="figure">{side === 'buy' ? formatUsd(amount) : formatShares(offered)}</dd>
        </div>
      </dl>
      {problem && (
        <p className="refusal" role="alert">
          {problem.message}
        </p>
      )}
      <button
        type="button"
        className="main-button"
        disabled={!ready || placing}
        aria-busy={placing}
        onClick={() => {
          const ms = LIVES[life];
          void place(
            { ...order, expires_at: ms === null ? null : new Date(now.getTime() + ms).toISOString() },
            JSON.stringify([order, life]),
          );
        }}
      >
        {t(side === 'buy' ? 'placeBuy' : 'placeSell', { outcome: t(outcome), price: formatOdds(limit, odds) })}
      </button>
    </>
  );
}

/** The key names one intention: the same order tried again is the same order. */
function usePlaceOrder(onPlaced: (order: Order) => void) {
  const client = useClient();
  const refresh = useRefresh();
  const [placing, setPlacing] = useState(false);
  const [problem, setProblem] = useState<Error | null>(null);
  const sent = useRef<{ intention: string; key: string; body: Body<'placeOrder'> } | null>(null);
  const place = async (body: Body<'placeOrder'>, intention: string) => {
    if (sent.current?.intention !== intention) sent.current = { intention, key: crypto.randomUUID(), body };
    const { key, body: first } = sent.current;
    setPlacing(true);
    setProblem(null);
    try {
      const { data } = await placeOnce(() => client.call('placeOrder', { body: first }, { idempotencyKey: key }));
      sent.current = null;
      refresh(['listPlayerOrders', 'listPlayerPositions', 'listPlayerTrades', 'getOrderBook']);
      onPlaced(data);
    } catch (error) {
      sent.current = null;
      setProblem(error as Error);
    } finally {
      setPlacing(false);
    }
  };
  return { place, placing, problem };
}

function useFreeShares(marketId: string, outcome: Outcome, enabled: boolean): number {
  const positions = useEndpoint('listPlayerPositions', { query: { market_id: marketId, status: 'open' } }, { enabled });
  const orders = useEndpoint('listPlayerOrders', { query: { market_id: marketId, status: 'open', side: 'sell' } }, { enabled });
  const held = positions.data?.data.find((position) => position.outcome === outcome)?.quantity ?? 0;
  const offered = (orders.data?.data ?? []).reduce((sum, order) => sum + (order.outcome === outcome ? (order.quantity ?? 0) : 0), 0);
  return Math.max(0, Math.round((held - offered) * 100) / 100);
}

function LimitPrice({ words, unit, cents, onChange }: { words: string; unit: string; cents: number; onChange: (cents: number) => void }) {
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  return (
    <>
      <p className="small secondary">{words}</p>
      <div className="amount">
        <button type="button" className="step" aria-label={t('less')} onClick={() => onChange(tenths(cents - 1))}>
          −
        </button>
        <label>
          <span className="screen-reader">{words}</span>
          <input
            inputMode="decimal"
            value={text ?? cents}
            size={4}
            onChange={(event) => {
              setText(event.target.value);
              const value = Number(event.target.value.replace(/[^\d.]/g, ''));
              if (value > 0) onChange(tenths(value));
            }}
            onBlur={() => setText(null)}
          />
          <span className="unit small tertiary">{unit}</span>
        </label>
        <button type="button" className="step" aria-label={t('moreAmount')} onClick={() => onChange(tenths(cents + 1))}>
          +
        </button>
      </div>
    </>
  );
}
