/** What the database holds at the end and what the oracle believes, in the same words. */
import { CATEGORIES } from '@predictu/contract/shapes/category';
import type pg from 'pg';
import type { OracleWorld } from './oracle-world.ts';

type State = Record<'players' | 'positions' | 'exposure' | 'breakers', Record<string, (number | string | null)[]>>;

async function rowsOf(owner: pg.Client, text: string): Promise<Record<string, (number | string | null)[]>> {
  const { rows } = await owner.query<{ name: string; values: (number | string | null)[] }>(text);
  return Object.fromEntries(rows.map(({ name, values }) => [name, values]));
}

const scopeName = `case operator_id when 0 then 'platform' else operator_id::text end
  || case scope when 0 then '' when 1 then '/' || (array['${CATEGORIES.join(`', '`)}'])[key + 1] else '/' || key end`;

export const storedState = async (owner: pg.Client): Promise<State> => ({
  players: await rowsOf(
    owner,
    `select operator_id || '/' || id as name, jsonb_build_array(balance_cents, open_shares, trade_count, volume_cents, fees_cents, realized_pnl_cents,
       closed_count, won_count, deposited_cents, withdrawn_cents) as values from players`,
  ),
  positions: await rowsOf(
    owner,
    `select operator_id || '/' || player_id || '/' || market_id || '/' || outcome as name,
       jsonb_build_array(quantity, cost_cents, realized_pnl_cents, trade_count) as values from positions`,
  ),
  exposure: await rowsOf(
    owner,
    `select ${scopeName} as name, jsonb_build_array(yes_shares, no_shares, cost_cents, volume_cents, trade_count) as values from exposure`,
  ),
  breakers: await rowsOf(
    owner,
    `select id::text as name, jsonb_build_array(status, case when status = 'tripped' then round(extract(epoch from tripped_at) * 1000) end) as values from circuit_breakers`,
  ),
});

export function believedState(world: OracleWorld): State {
  const named = <T>(rows: Iterable<readonly [string, T]>, values: (row: T) => (number | string | null)[]) =>
    Object.fromEntries([...rows].map(([name, row]) => [name, values(row)]));
  return {
    players: named(world.players, (p) => [
      p.balance,
      p.openShares,
      p.trades,
      p.volume,
      p.fees,
      p.realized,
      p.closed,
      p.won,
      p.deposited,
      p.withdrawn,
    ]),
    positions: named(
      [...world.positions].filter(([, { trades }]) => trades > 0),
      (p) => [p.quantity, p.cost, p.realized, p.trades],
    ),
    exposure: named(
      [...world.exposure].filter(([, { trades }]) => trades > 0),
      (e) => [e.yes, e.no, e.cost, e.volume, e.trades],
    ),
    breakers: named(
      world.breakers.map((breaker) => [String(breaker.id), breaker] as const),
      (b) => [b.status, b.trippedAt],
    ),
  };
}
