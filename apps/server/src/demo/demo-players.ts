/** The simulated people as the tables have them, and the markets they look at. */
import { type Cents, type Price, price, type Shares } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import { DEMO_SCALES, type DemoScale } from './demo-calendar.rules.ts';
import { DEMO_OPERATORS, type DemoOperator, indexOfExternalId, playersOf } from './demo-seed.rules.ts';
import { type Person, personOf } from './person.rules.ts';
import type { Holding, MarketView } from './temperament.rules.ts';

export type DemoPlayer = {
  operatorId: bigint;
  operator: DemoOperator;
  id: bigint;
  person: Person;
  /** Of the platform's own balance, as far as is known. */
  balance: Cents;
  /** By market and outcome. */
  holdings: Map<string, Holding>;
};
export type DemoMarket = MarketView & {
  category: string;
  /** Slug of the operator whose own it is; null: the platform's, for everybody. */
  owner: string | null;
};

export const holdingKey = ({ marketId, outcome }: Pick<Holding, 'marketId' | 'outcome'>): string => `${marketId} ${outcome}`;

/** The person behind a player of this operator. */
export function demoPerson(operator: DemoOperator, index: number, scale: DemoScale): Person {
  return personOf(DEMO_OPERATORS.indexOf(operator), index, { count: playersOf(operator, scale.players), days: scale.days });
}

/** Everybody of the demo with what they hold. */
export async function loadPlayers(db: Db, scale: DemoScale = DEMO_SCALES.full): Promise<DemoPlayer[]> {
  const [rows, held] = await Promise.all([
    db.query<{ operator_id: bigint; id: bigint; external_id: string; slug: string; balance_cents: Cents }>(
      `select p.operator_id, p.id, p.external_id, o.slug, p.balance_cents from players p join operators o on o.id = p.operator_id
       where o.slug = any($1) and p.external_id ~ '^[a-z]{3}-[0-9]{4}$' order by p.operator_id, p.external_id`,
      [DEMO_OPERATORS.map(({ slug }) => slug)],
    ),
    db.query<{ player_id: bigint; market_id: bigint; outcome: 'yes' | 'no'; quantity: Shares }>(
      `select p.player_id, p.market_id, p.outcome, p.quantity from positions p join markets m on m.id = p.market_id
       where p.quantity > 0 and m.status in ('active', 'paused')`,
    ),
  ]);
  const operators = new Map(DEMO_OPERATORS.map((operator) => [operator.slug, operator]));
  const players = rows.map((row): DemoPlayer => {
    const operator = operators.get(row.slug) as DemoOperator;
    const person = demoPerson(operator, indexOfExternalId(row.external_id), scale);
    return { operatorId: row.operator_id, operator, id: row.id, person, balance: row.balance_cents, holdings: new Map() };
  });
  const byId = new Map(players.map((player) => [player.id, player]));
  for (const { player_id: playerId, market_id: marketId, outcome, quantity } of held)
    byId.get(playerId)?.holdings.set(holdingKey({ marketId, outcome }), { marketId, outcome, quantity });
  return players;
}

/** Tradeable markets, the liveliest first, each with where its price stood some hours before. */
export async function loadMarkets(db: Db, earlierThan: Date): Promise<DemoMarket[]> {
  const rows = await db.query<{ id: bigint; category: string; owner: string | null; mid: number; earlier: number | null }>(
    `select m.id, m.category, o.slug as owner, m.mid, (select t.mid from price_ticks t where t.market_id = m.id and t.at <= $1 order by t.id desc limit 1) as earlier
     from markets m left join operators o on o.id = m.operator_id where m.status = 'active' and m.closed_at is null and m.mid between 300 and 9700 order by m.source_volume_cents desc, m.id`,
    [earlierThan],
  );
  return rows.map((row) => ({
    marketId: row.id,
    category: row.category,
    owner: row.owner,
    mid: price(BigInt(row.mid)),
    earlier: price(BigInt(row.earlier ?? row.mid)),
  }));
}

/** What each operator's players are offered. */
export const offeredTo = (operator: DemoOperator, markets: readonly DemoMarket[]): DemoMarket[] =>
  markets.filter(
    ({ category, owner }) => (owner === null || owner === operator.slug) && (operator.categories as readonly string[]).includes(category),
  );

/** A draw among players by how active each one is. */
export function openLottery(players: readonly DemoPlayer[]): (draw: number) => DemoPlayer | undefined {
  let sum = 0;
  const upTo = players.map(({ person }) => {
    sum += person.temperament.activity;
    return sum;
  });
  return (draw) => {
    let [low, high] = [0, upTo.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] as number) > draw * sum) high = middle;
      else low = middle + 1;
    }
    return players[low];
  };
}

const SLIPPAGE = 400n;
/** The worst price somebody would take: four points beyond the mid it saw. */
export function worstPrice(
  { side, outcome }: { side: 'buy' | 'sell'; outcome: 'yes' | 'no' },
  { mid: ofYes }: Pick<MarketView, 'mid'>,
): Price {
  const mid = outcome === 'yes' ? ofYes : 10_000n - ofYes;
  const worst = side === 'buy' ? mid + SLIPPAGE : mid - SLIPPAGE;
  return price(worst < 1n ? 1n : worst > 9_999n ? 9_999n : worst);
}
