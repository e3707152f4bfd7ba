/** The trades of the seamless heats, in the process of the server as its handlers would place them. It stops with its parent. */
import { setTimeout as delay } from 'node:timers/promises';
import { cents, price } from '@predictu/contract/units';
import { readConfig } from '../apps/server/src/platform/config.ts';
import { openLog } from '../apps/server/src/platform/log.ts';
import { openServices } from '../apps/server/src/services.ts';
import { operatorId, playerId } from './scene.ts';
import { percentile } from './statistics.ts';

export type Asked =
  /** Makes the seamless operator's keys. */
  | { kind: 'prepare' }
  /** Seamless trades at a steady rate. */
  | { kind: 'seamless'; milliseconds: number }
  /** How many calls of wallets are still to be made or made again; `trades` says it. */
  | { kind: 'owed' }
  /** Trades of another operator by callers without a pause, beside seamless ones at a steady rate. */
  | { kind: 'others'; milliseconds: number };
export type Answered = { trades: number; p50: number; p99: number };

const [secret = '', appUrl = '', baseText = '0', seamlessText = '0'] = process.argv.slice(2);
const base = BigInt(baseText);
const seamlessId = BigInt(seamlessText);
const SEAMLESS_PLAYERS = 500;
const PER_SECOND = 50;
const CALLERS = 16;
const SECOND_MS = 1_000;

const config = readConfig();
const log = openLog({ level: 'error', dataFolder: config.dataFolder, terminal: false });
const services = await openServices({ config, secret, appUrl, log, loopback: () => true });
let keys = 0;

async function trade(operator: bigint, player: bigint): Promise<number> {
  keys += 1;
  const began = performance.now();
  const order = {
    marketId: base + 200_000n + BigInt(keys % 900),
    outcome: 'yes',
    side: 'buy',
    amount: cents(500n),
    limitPrice: price(9_999n),
  } as const;
  const answer = await services.trading.submit({
    kind: 'trade',
    operatorId: operator,
    playerId: player,
    key: `seamless-${process.pid}-${keys}`,
    bodyHash: keys.toString(16).padStart(32, '0'),
    order,
  });
  if (!('trade' in answer))
    throw new Error(`A trade was answered ${JSON.stringify('refusal' in answer ? answer.refusal.refused : answer)}`);
  if (answer.trade.walletMode === 'seamless') await services.payments.pay([answer.trade]);
  return performance.now() - began;
}

/** So many a second, whatever becomes of them; not one waits for another. */
async function steadily(until: number): Promise<number[]> {
  const begun: Promise<number | undefined>[] = [];
  for (let next = performance.now(); performance.now() < until; next += SECOND_MS / PER_SECOND) {
    await delay(Math.max(0, next - performance.now()));
    // One that meets a wallet that hangs ends long after the heat.
    begun.push(trade(seamlessId, base + 60_000_000n + BigInt(begun.length % SEAMLESS_PLAYERS)).catch(() => undefined));
  }
  return (await Promise.all(begun)).filter((latency) => latency !== undefined);
}

async function others(milliseconds: number): Promise<number[]> {
  const until = performance.now() + milliseconds;
  const latencies: number[] = [];
  let player = 0;
  const caller = async (): Promise<void> => {
    while (performance.now() < until) {
      player += 1;
      const who = (player * 3) % 19_998;
      latencies.push(await trade(operatorId(base, who), playerId(base, who)));
    }
  };
  void steadily(until);
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return latencies;
}

const owed = (): Promise<number> =>
  services.database.as({ kind: 'worker', name: 'bench' }, 'read', async (db) => {
    const [row] = await db.query<{ owed: number }>('select count(*)::int as owed from wallet_calls where next_attempt_at is not null');
    return row?.owed ?? 0;
  });

async function carryOut(asked: Asked): Promise<Answered> {
  if (asked.kind === 'owed') return { trades: await owed(), p50: 0, p99: 0 };
  if (asked.kind === 'prepare') await services.wallet.prepare(seamlessId);
  const latencies =
    asked.kind === 'prepare'
      ? []
      : asked.kind === 'seamless'
        ? await steadily(performance.now() + asked.milliseconds)
        : await others(asked.milliseconds);
  return { trades: latencies.length, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
}

process.on('message', (asked: Asked) => {
  carryOut(asked).then(
    (result) => process.send?.({ result }),
    (error: Error) => process.send?.({ error: error.message }),
  );
});
process.on('disconnect', async () => {
  await services.close();
  process.exit(0);
});
