/** While the demo runs, its people go on trading: a move every half second or so, through the real engine. */
import type { Logger } from 'pino';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import type { TradePayments, Trading } from '../trading/trading.ts';
import { loadMarkets, loadPlayers, offeredTo, openLottery } from './demo-players.ts';
import { DEMO_SEED, draws } from './demo-seed.rules.ts';
import { makeMove } from './make-move.ts';

const DEMO = { kind: 'worker', name: 'demo' } as const;
const EVERY_MS = 600;
const MARKETS_EVERY = 10;
const EARLIER_MS = 3_600_000;

export type TrickleOptions = { database: Database; trading: Trading; payments: TradePayments; clock: Clock; newId: NewId; log: Logger };

/** Starts the trickle; answers how to end it. */
export async function runTrickle({ database, trading, payments, clock, newId, log }: TrickleOptions): Promise<() => Promise<void>> {
  const draw = draws(DEMO_SEED + (clock.now().getTime() % 1_000_000));
  const players = await database.as(DEMO, 'read', (db) => loadPlayers(db));
  // Those who had not left when the history ended.
  const pick = openLottery(players.filter(({ person }) => person.comes + person.stays > 1));
  const look = () => database.as(DEMO, 'read', (db) => loadMarkets(db, new Date(clock.now().getTime() - EARLIER_MS)));
  let markets = await look();
  let moves = 0;
  let moving: Promise<unknown> = Promise.resolve();

  async function move(): Promise<void> {
    moves += 1;
    if (moves % MARKETS_EVERY === 0) markets = await look();
    const player = pick(draw());
    if (!player) return;
    const { operator } = player;
    const market = { trading, payments };
    await makeMove(market, player, offeredTo(operator, markets), { key: `demo-live-${newId()}`, draw, ownWallet: operator.ownWallet });
  }
  let timer: NodeJS.Timeout;
  const next = (): void => {
    timer = setTimeout(
      () => {
        moving = move()
          .catch((error: unknown) => log.warn({ err: error }, 'a demo player could not trade'))
          .finally(next);
      },
      EVERY_MS * (0.4 + 1.2 * draw()),
    );
  };
  next();
  let ended = false;
  return async () => {
    if (ended) return;
    ended = true;
    clearTimeout(timer);
    await moving;
    clearTimeout(timer);
  };
}
