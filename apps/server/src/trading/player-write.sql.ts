/** What a batch writes of players. */
import { booleans, formsOf, inForm, instants, int8s, type Statement } from '../platform/arrays.ts';
import type { World } from './world.rules.ts';
import type { Player } from './world-rows.rules.ts';

const PLAYER_COLUMNS = [
  ...['operator_id bigint', 'id bigint', 'balance bigint', 'open_shares bigint', 'trade_count bigint', 'volume bigint', 'fees bigint'],
  ...['realized bigint', 'closed bigint', 'won bigint', 'deposited bigint', 'withdrawn bigint', 'traded bool'],
];
const playersForms = (columns: readonly string[], at: string, set: string) =>
  formsOf(
    ({ rows, matching }) => `
update players p set balance_cents = u.balance, open_shares = u.open_shares, trade_count = u.trade_count, volume_cents = u.volume,
  fees_cents = u.fees, realized_pnl_cents = u.realized, closed_count = u.closed, won_count = u.won, deposited_cents = u.deposited,
  withdrawn_cents = u.withdrawn, last_trade_at = case when u.traded then ${at}::timestamptz else p.last_trade_at end,
  last_active_at = case when u.traded then ${at}::timestamptz else p.last_active_at end${set}
from ${rows(columns)} as u
${matching('players', 'p', ['operator_id', 'id'])}`,
  );
const PLAYERS = playersForms(PLAYER_COLUMNS, '$14', '');
/** With what an outside wallet has answered, unless something newer is known. */
const PLAYERS_ANSWERED = playersForms(
  [...PLAYER_COLUMNS, 'answered bigint?', 'answered_at timestamptz?'],
  '$16',
  `,
  wallet_balance_cents = case when p.wallet_balance_at > u.answered_at then p.wallet_balance_cents else u.answered end,
  wallet_balance_at = greatest(p.wallet_balance_at, u.answered_at)`,
);

const playerColumns = (rows: readonly Player[]): (Buffer | string)[] => [
  int8s(rows, (p) => p.operatorId),
  int8s(rows, (p) => p.id),
  int8s(rows, (p) => p.balance),
  int8s(rows, (p) => p.openShares),
  int8s(rows, (p) => p.tradeCount),
  int8s(rows, (p) => p.volume),
  int8s(rows, (p) => p.fees),
  int8s(rows, (p) => p.realizedPnl),
  int8s(rows, (p) => p.closedCount),
  int8s(rows, (p) => p.wonCount),
  int8s(rows, (p) => p.deposited),
  int8s(rows, (p) => p.withdrawn),
  booleans(rows, (p) => p.traded),
];
export const updatePlayers = (rows: readonly Player[], at: string): Statement =>
  inForm('update_players', PLAYERS, rows, [...playerColumns(rows), at]);
export const updateAnswered = (rows: readonly Player[], at: string, answers: World['walletBalances']): Statement =>
  inForm('update_players_answered', PLAYERS_ANSWERED, rows, [
    ...playerColumns(rows),
    int8s(rows, (p) => answers.get(p)?.balance ?? null),
    instants(rows, (p) => answers.get(p)?.at ?? null),
    at,
  ]);
