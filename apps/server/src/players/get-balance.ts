/** A player reads its own balance: what players poll most, so it is read together with all that wait. */
import type { getBalance as endpoint } from '@predictu/contract/player/account';
import type { Handler } from '../platform/http.ts';
import { type ReadTogether, readTogether } from '../platform/read-together.ts';
import { type BalanceKey, type BalanceRow, selectBalances } from './player-balance.sql.ts';

export type Balances = ReadTogether<BalanceKey, BalanceRow>;

export const openBalances = (appUrl: string): Balances =>
  readTogether({
    connectionString: appUrl,
    role: 'predictu_balances',
    name: 'predictu balances',
    statement: selectBalances,
  });

/** `refresh` asks an outside wallet in the background: what it answers is told on the player's stream, and here the next time. */
export const getBalance =
  (balances: Balances, refresh: (player: BalanceKey) => void): Handler<typeof endpoint> =>
  async ({ actor }) => {
    refresh(actor);
    const row = await balances.read(actor);
    if (!row) throw new Error('A player with a session has no row');
    return { data: { balance_usd: row.balance_cents, exposure_usd: row.exposure_cents, currency: row.currency } };
  };
