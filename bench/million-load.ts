/** Asks the server of the million: trades at an even pace, lists as consoles do, and balances as fast as they are answered. Stops with its parent. */
import { setTimeout } from 'node:timers/promises';
import { seeded } from '../apps/server/test/random.ts';
import { type Caller, connectCaller } from './caller.ts';
import { consoleRequests } from './million-lists.ts';
import { MILLION, marketNameOf } from './million-scene.ts';
import { zipf } from './workload.ts';

export type MillionLoad =
  | { port: number; base: string; madeAt: string; admin: string; operator: string; players: string[] }
  /** Trades a second in the background from now on. */
  | { trades: number }
  | { lists: number; callers: number; only: string }
  | { balances: number; callers: number }
  /** Dashboards of both consoles, of any period. */
  | { dashboards: number; callers: number }
  /** Trades as fast as they are answered. */
  | { flood: number; callers: number }
  /** Every player once. */
  | { meet: true };
export type MillionMeasured = { answers: number; perSecond: number; trades: number };

const MEETING = 16;

const { between } = seeded(20_261_122);
const random = (): number => between(0, 2 ** 30 - 1) / 2 ** 30;
const drawMarket = zipf(MILLION.markets, 0.8);

let scene: Extract<MillionLoad, { port: number }> | undefined;
let pace: NodeJS.Timeout | undefined;
/** Who trades in the background, and who of them has nothing under way. */
let crowd: Caller[] = [];
let idle: Caller[] = [];
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

function buy(caller: Caller): void {
  if (!scene) return;
  caller.ask(order(scene), ({ status, body: answer }) => {
    if (!TRADED.includes(status)) throw new Error(`A trade was answered ${status} ${answer.slice(0, 300)}`);
    idle.push(caller);
  });
}

/** A connection that stays open without a request would be closed by the server. */
async function stopTrading(): Promise<void> {
  clearInterval(pace);
  while (idle.length < crowd.length) await setTimeout(1);
  for (const caller of crowd) caller.close();
  crowd = [];
  idle = [];
}

/** Each millisecond has its share of the trades; one that finds no caller free is left out. */
async function trade(port: number, perSecond: number): Promise<void> {
  await stopTrading();
  if (perSecond === 0) return;
  crowd = await Promise.all(Array.from({ length: 16 }, () => connect(port)));
  idle = [...crowd];
  let due = 0;
  let last = performance.now();
  pace = setInterval(() => {
    const now = performance.now();
    due = Math.min(due + ((now - last) * perSecond) / 1_000, crowd.length);
    last = now;
    for (; due >= 1; due -= 1) {
      const caller = idle.pop();
      if (caller) buy(caller);
    }
  }, 1);
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
            caller.ask(request, ({ status, body }) => {
              answers += 1;
              if (fine.includes(status)) step();
              else reject(new Error(`${request.split('\r\n')[0]} was answered ${status} ${body.slice(0, 300)}`));
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
    return drive(port, message.callers, message.dashboards, next);
  }
  const draw = consoleRequests(BigInt(base), new Date(madeAt), random, message.only);
  const next = (): string => {
    const { audience, url } = draw();
    return get(url, audience === 'admin' ? admin : operator);
  };
  return drive(port, message.callers, message.lists, next);
}

process.on('disconnect', () => process.exit(0));
process.on('message', (message: MillionLoad) => {
  perform(message).then(
    (result) => process.send?.({ result }),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
