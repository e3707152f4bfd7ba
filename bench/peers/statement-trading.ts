/**
 * The peer of the textbook: one transaction a trade, statement by statement, decided by the same TypeScript rules, writing the
 * same rows. The exposure is read unlocked and moved by the last statement, so that its rows are locked as briefly as can be;
 * the CHECK of its cap is then what keeps a limit.
 */
import { categoryNumber } from '@predictu/contract/shapes/category';
import type pg from 'pg';
import type { Clock } from '../../apps/server/src/platform/clock.ts';
import { decide } from '../../apps/server/src/trading/decide.rules.ts';
import { addRows } from '../../apps/server/src/trading/read.sql.ts';
import { READ_SETTINGS, settingsOf } from '../../apps/server/src/trading/settings.sql.ts';
import type { Answer, Operation, TradeOperation, Trading } from '../../apps/server/src/trading/trading.ts';
import { emptyWorld, type World } from '../../apps/server/src/trading/world.rules.ts';
import type { Market, Settings } from '../../apps/server/src/trading/world-rows.rules.ts';
import { openPools } from './pools.ts';
import * as sql from './statement.sql.ts';

export type Peer = Pick<Trading, 'submit' | 'close'> & { use(poolSize: number): void };
export type PeerOptions = { appUrl: string; clock: Clock };

type Rows = Record<string, unknown>[];
type Run = (statement: sql.Plain) => Promise<Rows>;

/** What the world moved in every one of the six scopes. */
function movedIn({ trades: [trade] }: World, position: bigint): sql.Moved | undefined {
  if (!trade) return undefined;
  const { outcome, side, quantity, amount } = trade;
  const shares = side === 'buy' ? quantity : -quantity;
  return { yes: outcome === 'yes' ? shares : 0n, no: outcome === 'no' ? shares : 0n, cost: position, volume: amount };
}

const costOf = (world: World): bigint => [...world.positions.values()].reduce((sum, { cost }) => sum + cost, 0n);

async function write(run: Run, world: World, market: Market, costBefore: bigint): Promise<void> {
  const at = world.now;
  for (const trade of world.trades) await run(sql.insertTrade(trade));
  if (world.entries.length > 0) await run(sql.insertEntries(world.entries, at));
  for (const player of world.changedPlayers) await run(sql.updatePlayer(player, at));
  for (const position of world.changedPositions) await run(sql.writePosition(position, at));
  for (const event of world.events) await run(sql.insertEvent(event, at));
  for (const key of world.newKeys) await run(sql.insertKey(key, at));
  const moved = movedIn(world, costOf(world) - costBefore);
  const [trade] = world.trades;
  if (moved && trade) await run(sql.moveExposures(trade.operatorId, market.id, categoryNumber(market.category), moved));
}

async function trade(run: Run, settings: Settings, operation: TradeOperation, now: Date): Promise<Answer> {
  const { operatorId, playerId, key, order } = operation;
  const players = await run(sql.lockPlayer(operatorId, playerId));
  const keys = await run(sql.readKey(operatorId, playerId, key));
  const world = emptyWorld(settings, now, 0n);
  if (keys.length > 0) {
    addRows(world, { players, keys });
    return decide(world, operation);
  }
  const markets = await run(sql.readMarket(order.marketId));
  const [market] = markets as (Market & { firstId: bigint })[];
  if (!market) throw new Error('The benchmark names markets that exist');
  const positions = await run(sql.readPosition(operatorId, order.marketId, playerId, order.outcome));
  const exposures = await run(sql.readExposures(operatorId, order.marketId, categoryNumber(market.category)));
  world.lastId = market.firstId;
  addRows(world, { players, markets, exposures, positions });
  const costBefore = costOf(world);
  const answer = decide(world, operation);
  await write(run, world, market, costBefore);
  return answer;
}

async function inTransaction<T>(client: pg.PoolClient, work: (run: Run) => Promise<T>): Promise<T> {
  const run: Run = async (statement) => (await client.query(statement)).rows;
  await run(sql.BEGIN);
  try {
    const result = await work(run);
    const { command } = await client.query(sql.COMMIT);
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back');
    return result;
  } catch (error) {
    await run(sql.ROLLBACK);
    throw error;
  }
}

export async function statementTrading({ appUrl, clock }: PeerOptions): Promise<Peer> {
  const pools = openPools(appUrl);
  const settings = settingsOf(0n, await Promise.all(READ_SETTINGS.map(async ({ text }) => (await pools.current().query(text)).rows)));
  return {
    use: pools.use,
    close: pools.close,
    async submit(operation: Operation) {
      if (operation.kind !== 'trade') throw new Error('The benchmark only trades');
      const client = await pools.current().connect();
      try {
        return await inTransaction(client, (run) => trade(run, settings, operation, clock.now()));
      } finally {
        client.release();
      }
    },
  };
}
