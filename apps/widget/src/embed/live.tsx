/** The player's stream: prices of the markets on the screen, own trades, own balance. Figures change in place. */
import { useEvents } from '@predictu/ui/api/follow-events.ts';
import { useEndpoint, useRefresh } from '@predictu/ui/api/use-endpoint.tsx';
import { formatChance } from '@predictu/ui/format/money.ts';
import { useToasts } from '@predictu/ui/kit/toasts.tsx';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hearPage, tellPage } from './bridge.ts';
import { useEmbed } from './embed.tsx';
import { client, type Player } from './session.ts';

type Price = { yes: number | null; at: string | null };
/** What a settlement has just brought. */
export type PaidOut = { amount: number; what: string };
type Live = {
  balance: number | null;
  prices: Readonly<Record<string, Price>>;
  connected: boolean;
  paidOut: PaidOut | null;
  forgetPaidOut: () => void;
  /** Notifications the player has not looked at. */
  unread: number;
};

const Context = createContext<Live>({ balance: null, prices: {}, connected: false, paidOut: null, forgetPaidOut: () => {}, unread: 0 });
export const useLive = (): Live => useContext(Context);

type PriceEvent = { market_id: string; yes_price: number | null; priced_at: string | null };
type NotificationEvent = { kind: string; market_title: string | null; price: number | null };
type BalanceEvent = { balance_usd: number; entry: { type: string; amount_usd: number; description: string } | null };

export function LiveProvider({ player, children }: { player: Player | null; children: ReactNode }) {
  const [told, setTold] = useState<{ player: Player | null; balance: number } | null>(null);
  const balance = told?.player === player ? told.balance : (player?.balance_usd ?? null);
  const [prices, setPrices] = useState<Record<string, Price>>({});
  const [paidOut, setPaidOut] = useState<PaidOut | null>(null);
  const { config } = useEmbed();
  const refresh = useRefresh();
  const toasts = useToasts();
  const { t } = useTranslation();
  const unread = useEndpoint('listNotifications', { query: { limit: 1 } }, { enabled: player !== null, every: 60_000 }).data?.unread ?? 0;
  const connected = useEvents(player ? client.address('streamPlayer', {}) : null, ({ event, data }) => {
    if (event === 'price') {
      const { market_id, yes_price, priced_at } = data as PriceEvent;
      setPrices((before) => ({ ...before, [market_id]: { yes: yes_price, at: priced_at } }));
    } else if (event === 'balance') {
      const { balance_usd, entry } = data as BalanceEvent;
      setTold({ player, balance: balance_usd });
      if (entry?.type === 'settlement') {
        refresh(['listPlayerPositions', 'listPlayerTrades']);
        if (config.notifications.settlement_notification) setPaidOut({ amount: entry.amount_usd, what: entry.description });
      }
      tellPage('balance', { balance_usd });
    } else if (event === 'trade') {
      refresh(['listPlayerPositions', 'listPlayerTrades']);
    } else if (event === 'order') {
      refresh(['listPlayerOrders']);
    } else if (event === 'orderbook') {
      refresh(['getOrderBook']);
    } else if (event === 'notification') {
      const { kind, market_title, price } = data as NotificationEvent;
      refresh(['listNotifications', 'listPriceAlerts']);
      if (kind === 'price_alert') toasts.say(t('alertFired', { market: market_title, price: formatChance(price ?? 0) }));
    }
  });
  useEffect(
    () =>
      hearPage(({ type }) => {
        if (type !== 'predictu:refresh' || player === null) return;
        // A wallet of the operator's own is asked by this; what it answers comes as an event.
        void client.call('getBalance', {}).then(
          ({ data }) => setTold({ player, balance: data.balance_usd }),
          () => {},
        );
      }),
    [player],
  );
  const value = useMemo(
    () => ({ balance, prices, connected, paidOut, forgetPaidOut: () => setPaidOut(null), unread }),
    [balance, prices, connected, paidOut, unread],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}
