/** Players' balances, and what their open shares would pay if every one of them won: hundredths of a share are cents. */
import type { Cents } from '@predictu/contract/units';
import { int8s, type Statement } from '../platform/arrays.ts';

/** `n`: whose it is, of those asked for. */
export type BalanceRow = { n: number; balance_cents: Cents; exposure_cents: Cents; currency: string };
export type BalanceKey = { operatorId: bigint; playerId: bigint };

/** The rows of those who ask are all that is visible, and each is answered its own. */
export const selectBalances = (players: readonly BalanceKey[]): Statement => ({
  name: 'balances_together',
  text: 'select n, balance_cents, exposure_cents, currency from balances_together($1::bigint[], $2::bigint[])',
  values: [int8s(players, ({ operatorId }) => operatorId), int8s(players, ({ playerId }) => playerId)],
});
