/** The simulated people: who they are, what they hold, and one move of one of them through the real engine. */
import { createHash } from 'node:crypto';
import { isRefusal } from '@predictu/contract/errors';
import { type Price, price, type Shares, shares, ZERO_SHARES } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';
import type { TradePayments, Trading } from '../trading/trading.ts';
import { DEMO_OPERATORS, DEMO_SEED, draws, indexOfExternalId } from './demo-seed.rules.ts';
import { type Intent, type MarketView, nextIntent, type Temperament, temperamentOf } from './temperament.rules.ts';

export type DemoPlayer = {
  operatorId: bigint;
  id: bigint;
  temperament: Temperament;
  categories: readonly string[];
  holdings: Map<string, Shares>;
  ownWallet: boolean;
};
export type DemoMarket = MarketView & { category: string };

const temperamentAt = (operatorIndex: number, index: number): Temperament =>
  temperamentOf(draws(DEMO_SEED + operatorIndex * 100_003 + index * 31)());
export const demoTemperament = temperamentAt;

/** Everybody of the demo with what they hold, from the tables. */
export async function loadPlayers(db: Db): Promise<DemoPlayer[]> {
  const rows = await db.query<{ operator_id: bigint; id: bigint; external_id: string; slug: string }>(
    `select p.operator_id, p.id, p.external_id, o.slug from players p join operators o on o.id = p.operator_id
     where o.slug = any($1) and p.external_id ~ '^[a-z]{3}-[0-9]{4}$' order by p.operator_id, p.external_id`,
    [DEMO_OPERATORS.map(({ slug }) => slug)],
  );
  const held = await db.query<{ player_id: bigint; market_id: bigint; outcome: string; quantity: Shares }>(
    `select p.player_id, p.market_id, p.outcome, p.quantity from positions p join markets m on m.id = p.market_id
     where p.quantity > 0 and m.status = 'active'`,
  );
  const players = rows.map((row): DemoPlayer => {
    const operatorIndex = DEMO_OPERATORS.findIndex(({ slug }) => slug === row.slug);
    const { categories = [], ownWallet = false } = DEMO_OPERATORS[operatorIndex] ?? {};
    return {
      operatorId: row.operator_id,
      id: row.id,
      temperament: temperamentAt(operatorIndex, indexOfExternalId(row.external_id)),
      categories,
      holdings: new Map(),
      ownWallet,
    };
  });
  const byId = new Map(players.map((player) => [player.id, player]));
  for (const { player_id: playerId, market_id: marketId, outcome, quantity } of held)
    byId.get(playerId)?.holdings.set(`${marketId} ${outcome}`, quantity);
  return players;
}

/** Tradeable markets, the liveliest first, each with where its price stood some hours before. */
export async function loadMarkets(db: Db, earlierThan: Date): Promise<DemoMarket[]> {
  const rows = await db.query<{ id: bigint; category: string; mid: number; earlier: number | null }>(
    `select m.id, m.category, m.mid, (select t.mid from price_ticks t where t.market_id = m.id and t.at <= $1 order by t.id desc limit 1) as earlier
     from markets m where m.status = 'active' and m.mid between 300 and 9700 order by m.source_volume_cents desc, m.id`,
    [earlierThan],
  );
  return rows.map((row) => ({
    marketId: row.id,
    category: row.category,
    mid: price(BigInt(row.mid)),
    earlier: price(BigInt(row.earlier ?? row.mid)),
  }));
}

/** A player drawn by how active each temperament is. */
export function drawPlayer(players: readonly DemoPlayer[], draw: () => number): DemoPlayer | undefined {
  const total = players.reduce((sum, { temperament }) => sum + temperament.activity, 0);
  let left = draw() * total;
  return players.find(({ temperament }) => {
    left -= temperament.activity;
    return left < 0;
  });
}

const SLIPPAGE = 400n;
/** The worst price this person would take: four points beyond the mid it saw. */
const limitOf = (intent: Intent, market: DemoMarket): Price => {
  const mid = intent.outcome === 'yes' ? market.mid : 10_000n - market.mid;
  const worst = intent.side === 'buy' ? mid + SLIPPAGE : mid - SLIPPAGE;
  return price(worst < 1n ? 1n : worst > 9_999n ? 9_999n : worst);
};

/** Where orders go; without payments every operator's money is kept by the platform. */
export type Market = { trading: Pick<Trading, 'submit'>; payments?: TradePayments };

/** One move: decided by temperament, carried out like any player's order. Answers the code of a refusal, or nothing. */
export async function makeMove(
  { trading, payments }: Market,
  player: DemoPlayer,
  markets: readonly DemoMarket[],
  key: string,
  draw: () => number,
): Promise<string | undefined> {
  const offered = markets.filter(({ category }) => player.categories.includes(category));
  const byId = new Map(offered.map((market) => [market.marketId, market]));
  const holdings = [...player.holdings].flatMap(([name, quantity]) => {
    const [marketId, outcome] = name.split(' ');
    return byId.has(BigInt(marketId ?? 0)) ? [{ marketId: BigInt(marketId ?? 0), outcome: outcome as 'yes' | 'no', quantity }] : [];
  });
  const intent = nextIntent(player.temperament, offered, holdings, draw);
  const market = intent && byId.get(intent.marketId);
  if (!intent || !market) return undefined;
  const order = { ...intent, limitPrice: limitOf(intent, market) };
  const bodyHash = createHash('sha256').update(key).digest('hex').slice(0, 32);
  const answer = await trading.submit({ kind: 'trade', operatorId: player.operatorId, playerId: player.id, key, bodyHash, order });
  if ('refusal' in answer) return answer.refusal.refused;
  if ('trade' in answer) {
    const [paid] = answer.trade.walletMode === 'seamless' && payments ? await payments.pay([answer.trade]) : [answer.trade];
    if (!paid || isRefusal(paid)) return paid?.refused;
    if (paid.status !== 'filled') return undefined;
    const name = `${answer.trade.marketId} ${answer.trade.outcome}`;
    const before = player.holdings.get(name) ?? ZERO_SHARES;
    const after = answer.trade.side === 'buy' ? before + answer.trade.quantity : before - answer.trade.quantity;
    if (after > 0n) player.holdings.set(name, shares(after));
    else player.holdings.delete(name);
  }
  return undefined;
}
