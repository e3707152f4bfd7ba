/**
 * The history of the million, decided and settled by the engine itself under a virtual clock, so that every row of it is one the engine
 * would have written: players by zipf 0.6 among those who have come, markets by zipf 0.8, three tenths of the orders sales of held shares.
 */
import { createHash } from 'node:crypto';
import { cents, price, type Shares } from '@predictu/contract/units';
import type { Actor } from '../apps/server/src/platform/actor.ts';
import type { VirtualClock } from '../apps/server/src/platform/clock.ts';
import type { Database } from '../apps/server/src/platform/db.ts';
import { idMaker } from '../apps/server/src/platform/ids.ts';
import { openSettlement, proposeSettlement } from '../apps/server/src/settlement/settlement.ts';
import type { Order, Trading } from '../apps/server/src/trading/trading.ts';
import { seeded } from '../apps/server/test/random.ts';
import { EARLY, MILLION, marketOf, operatorOf, playerOf } from './million-scene.ts';
import { runStatements } from './owner.ts';
import { zipf } from './workload.ts';

export type History = {
  base: bigint;
  ownerUrl: string;
  database: Database;
  trading: Trading;
  clock: VirtualClock;
  say(line: string): void;
};
type Held = { player: number; market: number; outcome: 'yes' | 'no'; quantity: Shares };

const ADMIN: Actor = { kind: 'admin', adminId: 1n, email: 'bench', permissions: [] };
const RESULTS = ['yes', 'no', 'yes', 'no', 'yes', 'no', 'void', 'yes', 'no', 'split'] as const;
const DAY_MS = 86_400_000;
const IN_FLIGHT = 384;
const MOST_HELD = 100_000;
/** Of the markets traded least first: the hot ones stay open for the trades that are measured. */
const SETTLED_A_DAY = 5;

/** Prices move once a day, by up to 4 cents, each to another snapshot. */
const moved = (base: bigint, day: number): string => `
  update markets set mid = m, best_bid = m - 50, best_ask = m + 50, snapshot_id = snapshot_id + 2000 from (
    select id as market, least(8500, greatest(1500, mid - 400 + (('x' || substr(md5((id + ${day})::text), 1, 4))::bit(16)::int % 801))) as m from markets
  ) as moves where id = market and status = 'active' and id >= ${base}`;

/** Who is who, as scoring and risk would have found after ninety days. */
const CLASSES = `
  update players set score = n % 97 + 2, tier = case when n % 211 = 0 then 'banned' when n % 101 = 0 then 'restricted' when n % 47 = 0 then 'sharp' else 'normal' end,
    status = case when n % 307 = 0 then 'suspended' when n % 29 = 0 then 'inactive' else 'active' end
  from (select id as player, abs(hashint8(id)) as n from players) as numbered where id = player`;

export async function playMillion(history: History): Promise<void> {
  const { base, ownerUrl, database, trading, clock, say } = history;
  const { between, pick } = seeded(20_261_121);
  const random = (): number => between(0, 2 ** 30 - 1) / 2 ** 30;
  const drawMarket = zipf(MILLION.markets, 0.8);
  const drawPlayer = zipf(MILLION.players, 0.6);
  const held: Held[] = [];
  const over = new Set<number>();
  const start = clock.now().getTime();
  const end = start + MILLION.days * DAY_MS;
  const newId = idMaker(clock);
  const settlement = openSettlement({
    database,
    clock,
    newId,
    wallet: { wake() {} },
    log: { info() {}, error: (_, message) => say(message) },
    automatic: async () => false,
  });
  let asked = 0;
  let refused = 0;

  function choose(): { player: number; order: Order } {
    const sold = random() < 0.3 && held.length > 0 ? held.splice(between(0, held.length - 1), 1)[0] : undefined;
    if (sold && !over.has(sold.market)) {
      const { player, market, outcome, quantity } = sold;
      return { player, order: { marketId: marketOf(base, market), outcome, side: 'sell', quantity, limitPrice: price(1n) } };
    }
    const come = MILLION.players * (EARLY + (1 - EARLY) * Math.min(1, asked / MILLION.trades));
    const player = Math.floor((drawPlayer(random()) * come) / MILLION.players);
    let market = drawMarket(random());
    while (over.has(market)) market = drawMarket(random());
    const amount = cents(BigInt(Math.floor(100 * 2 ** (random() * 7) + between(0, 99))));
    return {
      player,
      order: { marketId: marketOf(base, market), outcome: pick(['yes', 'no']), side: 'buy', amount, limitPrice: price(9_999n) },
    };
  }

  async function tradeOnce(): Promise<void> {
    const { player, order } = choose();
    const n = asked;
    asked += 1;
    clock.set(new Date(Math.min(end, start + (MILLION.days * DAY_MS * (asked - refused)) / MILLION.trades)));
    const bodyHash = createHash('md5').update(String(n)).digest('hex');
    const names = { operatorId: operatorOf(base, player), playerId: playerOf(base, player), key: `million-${n}`, bodyHash };
    const answer = await trading.submit({ kind: 'trade', ...names, order });
    if (!('trade' in answer)) refused += 1;
    else if (order.side === 'buy' && held.length < MOST_HELD) {
      const market = Number(order.marketId - marketOf(base, 0));
      held.push({ player, market, outcome: order.outcome, quantity: answer.trade.quantity });
    }
  }

  async function settleSome(day: number): Promise<void> {
    for (let n = 0; n < SETTLED_A_DAY; n += 1) {
      const market = MILLION.markets - 1 - (day * SETTLED_A_DAY + n) * 3;
      over.add(market);
      const outcome = pick(RESULTS);
      const proposal = {
        actor: ADMIN,
        now: clock.now(),
        newId,
        marketId: marketOf(base, market),
        outcome,
        evidence: 'Seen',
        evidenceUrl: null,
      };
      await database.as(ADMIN, 'write', (db) => proposeSettlement(db, proposal));
    }
    await settlement.run();
  }

  for (let day = 0; day < MILLION.days; day += 1) {
    const until = (MILLION.trades * (day + 1)) / MILLION.days;
    const caller = async (): Promise<void> => {
      while (asked - refused < until) await tradeOnce();
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, caller));
    await runStatements(ownerUrl, moved(base, day), ...(day % 10 === 0 ? ['vacuum analyze'] : []));
    await settleSome(day);
    if (day % 10 === 9) say(`the million: day ${day + 1} of ${MILLION.days}, ${asked - refused} trades`);
  }
  await settlement.close();
  await runStatements(ownerUrl, CLASSES);
  if (refused > 0) say(`the million: ${refused} orders refused`);
}
