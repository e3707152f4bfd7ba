/** Asks the server of the million: trades, lists and dashboards at an even pace, and all of them and balances as fast as they are answered. Stops with its parent. */
import { setTimeout } from 'node:timers/promises';
import { seeded } from '../apps/server/test/random.ts';
import { type Caller, connectCaller, type Reply } from './caller.ts';
import { consoleRequests } from './million-lists.ts';
import { keepPace, type Pace, type Paced } from './million-pace.ts';
import { MILLION, marketNameOf } from './million-scene.ts';
import { zipf } from './workload.ts';

export type MillionLoad =
  | { port: number; base: string; madeAt: string; admin: string; operator: string; players: string[] }
  /** Trades a second in the background from now on. */
  | { trades: number }
  | ({ lists: number; only: string } & Load)
  | { balances: number; callers: number }
  /** Dashboards of both consoles, of any period. */
  | ({ dashboards: number } & Load)
  /** Trades as fast as they are answered. */
  | { flood: number; callers: number }
  /** Every player once. */
  | { meet: true };
/** So many a second whatever is still under way, or so many callers who ask again as soon as they are answered. */
type Load = { perSecond: number } | { callers: number };
export type MillionMeasured = { answers: number; perSecond: number; trades: number };

const MEETING = 16;

const { between } = seeded(20_261_122);
const random = (): number => between(0, 2 ** 30 - 1) / 2 ** 30;
const drawMarket = zipf(MILLION.markets, 0.8);

let scene: Extract<MillionLoad, { port: number }> | undefined;
let trading: Pace | undefined;
let traded = 0;

const connect = (port: number): Promise<Caller> =>
  connectCaller(port, (error) => {
    throw error;
  });

/** A market of the million may be settled. */
const TRADED = [201, 422];
const PERIODS = ['1d', '7d', '30d', '90d', 'all'];

function order({ players, base }: Extract<MillionLoad, { port: number }>): string {
  traded += 1;
  const token = players[between(0, players.length - 1)];
  const market = marketNameOf(BigInt(base), drawMarket(random()));
  const body = `{"market_id":"${market}","outcome":"${random() < 0.5 ? 'yes' : 'no'}","side":"buy","amount_usd":${between(1, 40)},"limit_price":0.9999}`;
  const head = `authorization: Bearer ${token}\r\nidempotency-key: load-${process.pid}-${traded}\r\ncontent-type: application/json`;
  return `POST /api/casino/trades HTTP/1.1\r\nhost: bench\r\n${head}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
}

function unlike(request: string, { status, body }: Reply, fine: readonly number[]): Error | undefined {
  return fine.includes(status) ? undefined : new Error(`${request.split('\r\n')[0]} was answered ${status} ${body.slice(0, 300)}`);
}

const pacedOn = (port: number, make: () => string, fine: readonly number[]): Paced => ({
  connect: () => connect(port),
  next: () => {
    const request = make();
    return {
      request,
      answered(reply) {
        const error = unlike(request, reply, fine);
        if (error) throw error;
      },
    };
  },
});

async function trade(port: number, perSecond: number): Promise<void> {
  // A connection that stays open without a request would be closed by the server.
  await trading?.stop();
  trading = undefined;
  const given = scene;
  if (perSecond === 0 || !given) return;
  trading = await keepPace(
    perSecond,
    pacedOn(port, () => order(given), TRADED),
  );
}

/** At an even pace until the time is over. */
async function stream(port: number, perSecond: number, milliseconds: number, next: () => string): Promise<MillionMeasured> {
  const before = traded;
  const begun = performance.now();
  const pace = await keepPace(perSecond, pacedOn(port, next, [200]));
  await setTimeout(milliseconds);
  const answers = await pace.stop();
  return { answers, perSecond: (answers * 1_000) / (performance.now() - begun), trades: traded - before };
}

/** Until the time is over, and at least so many answers. */
async function drive(
  port: number,
  callers: number,
  milliseconds: number,
  next: () => string,
  least = 0,
  fine = [200],
): Promise<MillionMeasured> {
  const open = await Promise.all(Array.from({ length: callers }, () => connect(port)));
  const begun = performance.now();
  const before = traded;
  let answers = 0;
  await Promise.all(
    open.map(
      (caller) =>
        new Promise<void>((resolve, reject) => {
          const step = (): void => {
            if (performance.now() - begun > milliseconds && answers >= least) {
              resolve();
              return;
            }
            const request = next();
            caller.ask(request, (reply) => {
              answers += 1;
              const error = unlike(request, reply, fine);
              if (error) reject(error);
              else step();
            });
          };
          step();
        }),
    ),
  );
  for (const caller of open) caller.close();
  const seconds = (performance.now() - begun) / 1_000;
  return { answers, perSecond: answers / seconds, trades: traded - before };
}

const read = (port: number, load: Load, milliseconds: number, next: () => string): Promise<MillionMeasured> =>
  'perSecond' in load ? stream(port, load.perSecond, milliseconds, next) : drive(port, load.callers, milliseconds, next);

async function perform(message: MillionLoad): Promise<MillionMeasured | Record<string, never>> {
  if ('port' in message) {
    scene = message;
    return {};
  }
  if (!scene) throw new Error('Nobody has said where the server is');
  const { port, base, madeAt, admin, operator, players } = scene;
  const get = (url: string, token: string | undefined): string =>
    `GET ${url} HTTP/1.1\r\nhost: bench\r\nauthorization: Bearer ${token}\r\n\r\n`;
  if ('trades' in message) {
    await trade(port, message.trades);
    return {};
  }
  if ('balances' in message || 'meet' in message) {
    let n = 0;
    const next = (): string => {
      n += 1;
      return get('/api/casino/balance', players[n % players.length]);
    };
    return 'meet' in message ? drive(port, MEETING, 0, next, players.length) : drive(port, message.callers, message.balances, next);
  }
  if ('flood' in message) {
    const given = scene;
    return drive(port, message.callers, message.flood, () => order(given), 0, TRADED);
  }
  if ('dashboards' in message) {
    const next = (): string => {
      const query = `dashboard?period=${PERIODS[between(0, PERIODS.length - 1)]}`;
      return random() < 0.5 ? get(`/api/internal/${query}`, admin) : get(`/api/operator/${query}`, operator);
    };
    return read(port, message, message.dashboards, next);
  }
  const draw = consoleRequests(BigInt(base), new Date(madeAt), random, message.only);
  const next = (): string => {
    const { audience, url } = draw();
    return get(url, audience === 'admin' ? admin : operator);
  };
  return read(port, message, message.lists, next);
}

process.on('disconnect', () => process.exit(0));
process.on('message', (message: MillionLoad) => {
  perform(message).then(
    (result) => process.send?.({ result }),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
