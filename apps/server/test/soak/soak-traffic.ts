/** What players do in the soak run, and how the markets they trade in end. */
import { cents, shares } from '@predictu/contract/units';
import type pg from 'pg';
import type { Result } from '../../src/settlement/entitlement.rules.ts';
import type { Order, TradeOperation } from '../../src/trading/trading.ts';
import type { ServerProcess } from '../chaos/server-process.ts';
import type { Random } from '../random.ts';
import type { Answered, Asked } from './child.ts';
import type { SoakScene } from './soak-scene.ts';

const MARKETS_AT_ONCE = 8;
const RESULTS: readonly Result[] = ['yes', 'no', 'yes', 'no', 'split', 'void'];
const PAUSE_MS = 50;
const LOOK_MS = 250;

export type Traffic = {
  process: ServerProcess<Asked, Answered>;
  scene: SoakScene;
  owner: pg.Client;
  random: Random;
  /** Trades in a market before its result is proposed. */
  tradesPerMarket: number;
  /** How trades ended at first sight, by state or refusal. */
  trades: Record<string, number>;
  settled: Record<string, number>;
  defects: string[];
};
type Lot = { operatorId: bigint; playerId: bigint; outcome: 'yes' | 'no'; quantity: bigint };
type Market = { id: bigint; trades: number; lots: Lot[] };

export const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const count = (counts: Record<string, number>, name: string): void => {
  counts[name] = (counts[name] ?? 0) + 1;
};

/** Asks until the process has answered: under the same key, so nothing happens twice. */
async function ask({ process }: Traffic, asked: Asked): Promise<Answered> {
  for (;;) {
    const reply = await process.submit(asked);
    if ('answer' in reply) return reply.answer;
    if (!['lost', 'OUTCOME_UNKNOWN', 'UNAVAILABLE'].includes(reply.failure)) return { state: reply.failure, quantity: 0n };
    await pause(PAUSE_MS);
  }
}

function operationFor({ scene, random }: Traffic, market: Market, number: number): TradeOperation {
  const side = random.pick(scene.sides);
  const place = { kind: 'trade', key: `soak-${number}`, bodyHash: number.toString(16).padStart(32, '0') } as const;
  const lot = random.between(1, 100) <= 30 ? market.lots.splice(random.between(0, market.lots.length - 1), 1)[0] : undefined;
  if (lot) {
    const quantity = random.oneIn(3) && lot.quantity > 1n ? lot.quantity / 2n : lot.quantity;
    const order: Order = { marketId: market.id, outcome: lot.outcome, side: 'sell', quantity: shares(quantity) };
    return { ...place, operatorId: lot.operatorId, playerId: lot.playerId, order };
  }
  const amount = cents(BigInt(random.between(100, 3_000)));
  const order: Order = { marketId: market.id, outcome: random.pick(['yes', 'no']), side: 'buy', amount };
  return { ...place, operatorId: side.operatorId, playerId: random.pick(side.players), order };
}

async function oneTrade(traffic: Traffic, market: Market, number: number): Promise<void> {
  const operation = operationFor(traffic, market, number);
  const { state, quantity } = await ask(traffic, { kind: 'trade', operation });
  const { order, operatorId, playerId } = operation;
  count(traffic.trades, `${order.side} ${state}`);
  if (order.side === 'buy' && state === 'filled') market.lots.push({ operatorId, playerId, outcome: order.outcome, quantity });
}

/** Proposes it until it stands, and waits until it is decided and every payout has its call; resolves with the settlement's id. */
async function settleOnce(traffic: Traffic, marketId: bigint, outcome: Result, correctsId?: bigint): Promise<bigint> {
  for (;;) {
    const { rows } = await traffic.owner.query<{ id: bigint; open: boolean }>(
      `select s.id, s.status <> 'decided' or exists (select from settlement_records r where r.settlement_id = s.id and r.credited_at is null) as open
       from market_settlements s where s.market_id = $1 and s.corrects_id is not distinct from $2`,
      [marketId, correctsId ?? null],
    );
    const [found] = rows;
    if (found && !found.open) return found.id;
    if (!found) await ask(traffic, { kind: 'settle', marketId, outcome, correctsId });
    await pause(LOOK_MS);
  }
}

async function endMarket(traffic: Traffic, { id }: Market): Promise<void> {
  const { random, settled } = traffic;
  const outcome = random.pick(RESULTS);
  const first = await settleOnce(traffic, id, outcome);
  count(settled, outcome);
  if (!random.oneIn(5)) return;
  const other = random.pick(RESULTS.filter((result) => result !== outcome));
  await settleOnce(traffic, id, other, first);
  count(settled, 'corrected');
}

/** So many callers trade until told to stop; each market gets its result after its share of trades, the last ones at the end. */
export async function trade(traffic: Traffic, callers: number, stopped: () => boolean): Promise<void> {
  const { scene, random, tradesPerMarket } = traffic;
  const fresh = async (): Promise<Market> => ({ id: await scene.newMarket(), trades: 0, lots: [] });
  const open: Market[] = [];
  while (open.length < MARKETS_AT_ONCE) open.push(await fresh());
  const ending: Promise<void>[] = [];
  let number = 0;
  const caller = async (): Promise<void> => {
    while (!stopped()) {
      const index = random.between(0, open.length - 1);
      const market = open[index] as Market;
      number += 1;
      market.trades += 1;
      const last = market.trades === tradesPerMarket;
      await oneTrade(traffic, market, number);
      if (!last) continue;
      // Others are still trading in it: their orders meet a closed market, and their debits its result.
      ending.push(endMarket(traffic, market));
      open[open.indexOf(market)] = await fresh();
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  for (const market of open) ending.push(endMarket(traffic, market));
  await Promise.all(ending);
}
