/** A database with one operator to trade in, engines on it, and the sums that must always agree. */
import { createHash } from 'node:crypto';
import { cents, type Price, price } from '@predictu/contract/units';
import type pg from 'pg';
import { type VirtualClock, virtualClock } from '../src/platform/clock.ts';
import type { AdjustmentOperation, Answer, Order, TradeOperation, Trading, TradingOptions } from '../src/trading/trading.ts';
import { openTrading } from '../src/trading/trading.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { changeSlowly, makeOperator, START, setConfig } from './factories.ts';

export type Logged = { fields: Record<string, unknown>; message: string };
export type Scene = TestDatabase & {
  clock: VirtualClock;
  operatorId: bigint;
  alarms: Logged[];
  open(options?: Pick<TradingOptions, 'sharing' | 'announce'>): Promise<Trading>;
};

const WORST: Price = price(9_999n);
export const hashOf = (value: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? String(inner) : inner)))
    .digest('hex')
    .slice(0, 32);

export async function tradingScene(): Promise<Scene> {
  const db = await testDatabase();
  const clock = virtualClock(START);
  const alarms: Logged[] = [];
  await setConfig(db.owner);
  let operatorId = 0n;
  await changeSlowly(db.owner, async () => {
    operatorId = await makeOperator(db.owner);
  });
  const log = { info() {}, warn() {}, error: (fields: object, message: string) => void alarms.push({ fields: { ...fields }, message }) };
  const open: Scene['open'] = ({ sharing = false, ...more } = {}) =>
    openTrading({ database: db.database, appUrl: db.appUrl, clock, log, quoteKey: 'a secret of this installation', sharing, ...more });
  return { ...db, clock, operatorId, alarms, open };
}

let last = 0;
export const freshKey = (): string => {
  last += 1;
  return `key-${last}`;
};

export const tradeOf = (operatorId: bigint, playerId: bigint, order: Order, key = freshKey()): TradeOperation => ({
  kind: 'trade',
  operatorId,
  playerId,
  key,
  bodyHash: hashOf(order),
  order,
});
export const buyOf = (marketId: bigint, amount: bigint, changes: Partial<Order> = {}): Order => ({
  marketId,
  outcome: 'yes',
  side: 'buy',
  amount: cents(amount),
  limitPrice: WORST,
  ...changes,
});
export const depositOf = (operatorId: bigint, playerId: bigint, amount: bigint, reason = 'Cashier'): AdjustmentOperation => {
  const body = { action: 'deposit', amount: cents(amount), reason } as const;
  return { kind: 'adjustment', operatorId, playerId, key: freshKey(), bodyHash: hashOf(body), ...body, metadata: null, actor: 'opu_1' };
};

export const codeOf = (answer: Answer): string => ('refusal' in answer ? answer.refusal.refused : 'done');

const CHECKS: Record<string, string> = {
  'a balance is its ledger': `
    select 1 from players p left join (select operator_id, player_id,
      sum(case when to_account = 'player' then amount_cents else 0 end) - sum(case when from_account = 'player' then amount_cents else 0 end) as balance
      from ledger_entries group by 1, 2) l on l.operator_id = p.operator_id and l.player_id = p.id where p.balance_cents <> coalesce(l.balance, 0)`,
  'entries chain': `
    select 1 from (select balance_before_cents, lag(balance_after_cents) over (partition by operator_id, player_id order by id) as before from ledger_entries) e
    where before is not null and before <> balance_before_cents`,
  'exposure is the open positions': `
    select 1 from exposure e left join lateral (select
        coalesce(sum(quantity) filter (where outcome = 'yes'), 0) as yes, coalesce(sum(quantity) filter (where outcome = 'no'), 0) as no, coalesce(sum(cost_cents), 0) as cost
      from (select operator_id, market_id, outcome, quantity, cost_cents from positions
        union all select operator_id, market_id, outcome, quantity, amount_cents from trades where status = 'pending') p join markets m on m.id = p.market_id
      where (e.operator_id = 0 or p.operator_id = e.operator_id)
        and (e.scope = 0 or e.scope = 2 and e.key = m.id
          or e.scope = 1 and e.key = array_position(array['sports', 'crypto', 'politics', 'entertainment', 'economics', 'other'], m.category) - 1)) p on true
    where (e.yes_shares, e.no_shares, e.cost_cents) is distinct from (p.yes, p.no, p.cost)`,
  'positions are their trades': `
    select 1 from positions p left join (select operator_id, player_id, market_id, outcome, sum(case side when 'buy' then quantity else -quantity end) as held,
        count(*) as trades from trades where status = 'filled' group by 1, 2, 3, 4) t using (operator_id, player_id, market_id, outcome)
    left join (select operator_id, position_id, sum(quantity) as settled from settlement_payouts group by 1, 2) s on s.operator_id = p.operator_id and s.position_id = p.id
    where p.quantity <> t.held - coalesce(s.settled, 0) or p.trade_count <> t.trades or p.operator_id <> t.operator_id`,
  'what protected players spent by day is their trades': `
    select 1 from player_spending s left join lateral (select
        coalesce(sum(amount_cents + fee_cents) filter (where side = 'buy'), 0) as staked, coalesce(sum(amount_cents - fee_cents) filter (where side = 'sell'), 0) as returned
      from trades t where t.operator_id = s.operator_id and t.player_id = s.player_id and (t.created_at at time zone 'UTC')::date = s.day and t.status <> 'cancelled') t on true
    where (s.staked_cents, s.returned_cents) <> (t.staked, t.returned)`,
  'each trade has its cost row': `
    select 1 from trades t where (status = 'filled' and wallet_mode <> 'shadow')::int <> (select count(*) from ledger_entries l where l.trade_id = t.id and l.type in ('trade_debit', 'trade_credit'))`,
  'each answered trade is there': `
    select 1 from idempotency_keys k left join trades t on t.operator_id = k.operator_id and t.id = k.trade_id where k.trade_id is not null and t.id is null`,
};

/** The statements above that do not hold. */
export async function brokenBooks(owner: pg.Client): Promise<string[]> {
  const broken: string[] = [];
  for (const [name, text] of Object.entries(CHECKS)) if ((await owner.query(text)).rows.length > 0) broken.push(name);
  return broken;
}

/** Waits until it holds, looking often. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}
