/** The player's stream: prices of the markets on the screen, own trades, own balance. Figures change in place. */
import { useEvents } from '@predictu/ui/api/follow-events.ts';
import { useRefresh } from '@predictu/ui/api/use-endpoint.tsx';
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { tellPage } from './bridge.ts';
import { client, type Player } from './session.ts';

type Price = { yes: number | null; at: string | null };
type Live = { balance: number | null; prices: Readonly<Record<string, Price>>; connected: boolean };

const Context = createContext<Live>({ balance: null, prices: {}, connected: false });
export const useLive = (): Live => useContext(Context);

type PriceEvent = { market_id: string; yes_price: number | null; priced_at: string | null };
type BalanceEvent = { balance_usd: number };

export function LiveProvider({ player, children }: { player: Player | null; children: ReactNode }) {
  const [balance, setBalance] = useState<number | null>(player?.balance_usd ?? null);
  const [prices, setPrices] = useState<Record<string, Price>>({});
  const refresh = useRefresh();
  const connected = useEvents(player ? client.address('streamPlayer', {}) : null, ({ event, data }) => {
    if (event === 'price') {
      const { market_id, yes_price, priced_at } = data as PriceEvent;
      setPrices((before) => ({ ...before, [market_id]: { yes: yes_price, at: priced_at } }));
    } else if (event === 'balance') {
      const { balance_usd } = data as BalanceEvent;
      setBalance(balance_usd);
      tellPage('balance', { balance_usd });
    } else if (event === 'trade') {
      refresh(['listPlayerPositions', 'listPlayerTrades']);
    }
  });
  const value = useMemo(() => ({ balance, prices, connected }), [balance, prices, connected]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}
