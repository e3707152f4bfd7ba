/** Random facts over two weeks at three operators, and the plainest query for the same figures. */
import { firstIdAt } from '@predictu/contract/ids';
import { CATEGORIES } from '@predictu/contract/shapes/category';
import { draws } from '../src/demo/demo-seed.rules.ts';
import type { Figures } from '../src/insights/figure.rules.ts';
import { DAY_MS } from '../src/insights/rollup-plan.rules.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { makeMarket, makeOperator, START } from './factories.ts';

/** A little after the instant other tests begin at, so that their sessions still hold. */
export const NOW = new Date(START.getTime() + 9_441_500);
const DAYS = 14;
const PLAYERS = 40;

export type FigureScene = TestDatabase & {
  operators: bigint[];
  /** Writes trades, fills, cancellations and settlements of [from, to), in the order of their ids. */
  play(from: Date, to: Date, facts: number): Promise<void>;
  /** Moves some players to other tiers. */
  changeTiers(): Promise<void>;
};

type Made = { id: bigint; at: Date; operator: bigint; player: bigint; market: bigint; waiting: boolean };

/** In a database of its own, or in the given one with its first operators. */
export async function figureScene(seed: number, given?: TestDatabase): Promise<FigureScene> {
  const db = given ?? (await testDatabase());
  const random = draws(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const amount = (most: number): bigint => BigInt(1 + Math.floor(random() * most));
  const operators: bigint[] = [];
  for (const { id } of (await db.owner.query('select id from operators order by id')).rows) operators.push(BigInt(id));
  for (const [index, mode] of ['internal', 'seamless', 'shadow'].entries()) {
    if (operators[index]) await db.owner.query('update operators set platform_share_bps = 3333 where id = $1', [operators[index]]);
    else
      operators.push(
        await makeOperator(db.owner, { wallet_mode: mode, slug: `figures-${index}`, platform_share_bps: 3_000 + index * 333 }),
      );
  }
  const markets: bigint[] = [];
  for (let n = 0; n < 12; n += 1) markets.push(await makeMarket(db.owner, { category: CATEGORIES[n % 5] }));
  await db.owner.query(
    `insert into players (operator_id, id, external_id, created_at, tier) select o, place * 1000 + n, 'p' || n, $2::timestamptz - n * interval '9 hours 7 minutes',
       case when n % 7 = 0 then 'sharp' else 'normal' end from unnest($1::bigint[]) with ordinality as made(o, place) cross join generate_series(0, ${PLAYERS - 1}) n`,
    [operators, NOW],
  );

  const insertTrade = async ({ id, at, operator, player, market, waiting }: Made): Promise<void> => {
    // Buys of an outside wallet always wait first.
    const side = waiting || (operator !== operators[1] && random() < 0.6) ? 'buy' : 'sell';
    await db.owner.query(
      `insert into trades (operator_id, id, player_id, market_id, outcome, side, status, price, mid, quantity, amount_cents, fee_cents, spread_cents,
         realized_pnl_cents, balance_after_cents, receipt, created_at, wallet_mode)
       values ($1, $2, $3, $4, $5, $6, $7, 5000, 5000, 100, $8, $9, $10, $11, 0, '{}', $12, $13)`,
      [
        operator,
        id,
        player,
        market,
        pick(['yes', 'no']),
        side,
        waiting ? 'pending' : 'filled',
        amount(5_000),
        amount(90),
        amount(130),
        side === 'sell' ? amount(900) - 400n : null,
        at,
        operator === operators[1] ? 'seamless' : 'internal',
      ],
    );
  };
  const endTrade = async ({ id, operator, player, at }: Made, trade: bigint): Promise<void> => {
    const status = random() < 0.75 ? 'filled' : 'cancelled';
    await db.owner.query(
      `insert into trade_events (operator_id, id, trade_id, player_id, status, refusal, created_at) values ($1, $2, $3, $4, $5, $6, $7)`,
      [operator, id, trade, player, status, status === 'cancelled' ? '{}' : null, at],
    );
    await db.owner.query('update trades set status = $3 where operator_id = $1 and id = $2', [operator, trade, status]);
  };
  const settle = async ({ id, at, market }: Made): Promise<void> => {
    const [earlier] = (await db.owner.query('select id from market_settlements where market_id = $1 order by id desc limit 1', [market]))
      .rows;
    await db.owner.query(
      `insert into market_settlements (id, market_id, outcome, status, corrects_id, evidence, proposed_by, proposed_at, needs_approval, decided_at, decision_id)
       values ($1, $2, 'yes', 'decided', $3, 'seen', 'test', $4, false, $4, $1)`,
      [id, market, earlier?.id ?? null, at],
    );
    for (const operator of operators) {
      await db.owner.query(
        `insert into settlement_payouts (operator_id, settlement_id, n, market_id, player_id, position_id, outcome, quantity, cost_cents, payout_cents, fee_cents,
           earlier_payout_cents, earlier_fee_cents, refund, won)
         select p.operator_id, $2, row_number() over (order by p.id), $3, p.id, p.id, 'yes', 1, $4, $5, 3, $6, 1, false, true
         from players p where p.operator_id = $1 and p.id in (select player_id from trades where operator_id = $1)`,
        [operator, id, market, earlier ? 0 : amount(400), amount(500) + 3n, earlier ? amount(300) : 0],
      );
      await db.owner.query(
        `insert into settlement_records (operator_id, settlement_id, market_id, wallet_mode, claw_back, positions, winners, losers, payout_cents, fee_cents, loss_cents, cost_cents, decided_at)
         select $1, $2, $3, 'internal', 'to_zero', count(*), 0, 0, coalesce(sum(payout_cents - earlier_payout_cents), 0), coalesce(sum(fee_cents - earlier_fee_cents), 0), 0,
           coalesce(sum(cost_cents), 0), $4 from settlement_payouts where operator_id = $1 and settlement_id = $2`,
        [operator, id, market, at],
      );
    }
  };

  const waiting: Made[] = [];
  return {
    ...db,
    operators,
    async play(from, to, facts) {
      const times = Array.from({ length: facts }, () => from.getTime() + Math.floor(random() * (to.getTime() - from.getTime()))).sort(
        (a, b) => a - b,
      );
      let last = 0n;
      for (const time of times) {
        const at = new Date(time);
        last = firstIdAt(at) > last ? firstIdAt(at) : last + 1n;
        const operator = pick(operators);
        const made: Made = {
          id: last,
          at,
          operator,
          player: 1_000n * BigInt(operators.indexOf(operator) + 1) + amount(PLAYERS) - 1n,
          market: pick(markets),
          waiting: false,
        };
        const kind = random();
        // Who follows the facts never sees half of one.
        await db.owner.query('begin');
        const due = waiting.length > 0 && kind < 0.2 ? waiting.splice(Math.floor(random() * waiting.length), 1)[0] : undefined;
        if (due) await endTrade({ ...made, operator: due.operator, player: due.player }, due.id);
        else if (kind > 0.97) await settle(made);
        else {
          made.waiting = operator === operators[1] && random() < 0.7;
          if (made.waiting) waiting.push(made);
          await insertTrade(made);
        }
        await db.owner.query('commit');
      }
      await db.owner.query('update sequencer set last_id = $1', [last]);
    },
    async changeTiers() {
      await db.owner.query(`update players set tier = case tier when 'normal' then 'sharp' else 'normal' end where id % 3 = 0`);
    },
  };
}

export const daysAgo = (days: number): Date => new Date(NOW.getTime() - days * DAY_MS);
export const BEGIN = daysAgo(DAYS);

type Asked = { operatorId?: bigint | undefined; from: Date | null; to: Date | null };
/** The same figures, straight from the facts. */
export async function plainFigures({ owner }: TestDatabase, { operatorId, from, to }: Asked): Promise<Figures & { users: number }> {
  const values = [operatorId ?? null, from ?? '-infinity', to ?? 'infinity'];
  const {
    rows: [t],
  } = await owner.query(
    `select count(*) as trades, count(*) filter (where side = 'buy') as buys, coalesce(sum(amount_cents), 0) as volume, coalesce(sum(spread_cents), 0) as spread,
       coalesce(sum(fee_cents), 0) as fees, count(distinct (operator_id, player_id)) as users
     from trades where status = 'filled' and ($1::bigint is null or operator_id = $1) and created_at >= $2 and created_at < $3`,
    values,
  );
  const {
    rows: [s],
  } = await owner.query(
    `select coalesce(sum(p.cost_cents - p.payout_cents + p.earlier_payout_cents), 0) as pnl, coalesce(sum(p.fee_cents - p.earlier_fee_cents), 0) as fees
     from settlement_payouts p join market_settlements s on s.id = p.settlement_id
     where ($1::bigint is null or p.operator_id = $1) and s.decided_at >= $2 and s.decided_at < $3`,
    values,
  );
  const cents = (value: unknown) => BigInt(value as bigint) as Figures['volume'];
  return {
    trades: Number(t.trades),
    buys: Number(t.buys),
    sells: Number(t.trades) - Number(t.buys),
    volume: cents(t.volume),
    spread: cents(t.spread),
    fees: cents(t.fees),
    gross: (cents(t.spread) + cents(t.fees)) as Figures['gross'],
    settlementPnl: cents(s.pnl),
    settlementFees: cents(s.fees),
    users: Number(t.users),
  };
}
