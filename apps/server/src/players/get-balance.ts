/** A player reads its own balance. */
import type { getBalance as endpoint } from '@predictu/contract/player/account';
import type { Handler } from '../platform/http.ts';
import { selectBalance } from './player-balance.sql.ts';

export const getBalance: Handler<typeof endpoint> = async ({ db, actor }) => {
  const row = await selectBalance(db, actor.operatorId, actor.playerId);
  if (!row) throw new Error('A player with a session has no row');
  return { data: { balance_usd: row.balance_cents, exposure_usd: row.exposure_cents, currency: row.currency } };
};
