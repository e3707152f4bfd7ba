/** The platform process of the soak run: trading, wallet, settlement and the queue's worker, as `predictu start` has them, asked by its parent. */
import type { Id } from '@predictu/contract/ids';
import { startWorker } from '../../src/jobs.ts';
import type { Actor } from '../../src/platform/actor.ts';
import { systemClock as clock } from '../../src/platform/clock.ts';
import { openDatabase } from '../../src/platform/db.ts';
import { idMaker } from '../../src/platform/ids.ts';
import { openLog } from '../../src/platform/log.ts';
import type { Result } from '../../src/settlement/entitlement.rules.ts';
import { openSettlement, proposeSettlement } from '../../src/settlement/settlement.ts';
import { openOrderMatcher, openTradePayments, openTrading, type TradeOperation } from '../../src/trading/trading.ts';
import { openWallet } from '../../src/wallet/wallet.ts';
import { SECRETS_KEY } from './soak-scene.ts';

export type Asked =
  | { kind: 'trade'; operation: TradeOperation }
  | { kind: 'settle'; marketId: bigint; outcome: Result; correctsId: bigint | undefined }
  | { kind: 'replay'; ids: bigint[] };
/** Of a trade: how it stands after the wallet's first answer, or what it was refused for. */
export type Answered = { state: string; quantity: bigint };

const ADMIN: Actor = { kind: 'admin', adminId: 1n, email: 'soak@example.com', permissions: [] };

const [, , appUrl = '', ownerUrl = '', dataFolder = ''] = process.argv;
const log = openLog({ level: 'error', dataFolder });
const database = openDatabase({ connectionString: appUrl });
const newId = idMaker(clock);
const trading = await openTrading({ database, appUrl, clock, log, quoteKey: 'a secret of this run' });
const wallet = openWallet({ database, clock, newId, log, secretsKey: SECRETS_KEY, loopback: () => true });
const payments = openTradePayments({ database, trading, wallet, log });
const settlement = openSettlement({ database, clock, newId, wallet, log, automatic: async () => false });
const access = { verifyOrigins: async () => 0, sendLinks: async () => {}, forgetSignIns: async () => {} };
const matcher = openOrderMatcher({ database, clock, trading, payments, log });
const reports = { makeWaiting: async () => 0, runSchedules: async () => 0, removeFiles: async () => 0 };
const mail = { wake: () => {} };
const copilot = { advisor: null };
const services = {
  config: { priceTickDays: 90 },
  database,
  clock,
  access,
  wallet,
  settlement,
  matcher,
  trading,
  mail,
  reports,
  copilot,
  log,
};
await startWorker(ownerUrl, services, log);

async function trade(operation: TradeOperation): Promise<Answered> {
  const answer = await trading.submit(operation);
  if ('refusal' in answer) return { state: answer.refusal.refused, quantity: 0n };
  if (!('trade' in answer)) throw new Error('An order was answered with something else');
  if (answer.replayed) return { state: answer.trade.status, quantity: answer.trade.quantity };
  const [paid = answer.trade] = await payments.pay([answer.trade]);
  return 'refused' in paid ? { state: paid.refused, quantity: 0n } : { state: paid.status, quantity: paid.quantity };
}

async function carryOut(asked: Asked): Promise<Answered> {
  if (asked.kind === 'trade') return trade(asked.operation);
  if (asked.kind === 'settle') {
    const { marketId, outcome, correctsId } = asked;
    const proposal = { actor: ADMIN, newId, marketId, outcome, evidence: 'As everybody saw', evidenceUrl: null };
    await database.as(ADMIN, 'write', (db) =>
      proposeSettlement(db, { ...proposal, now: clock.now(), ...(correctsId !== undefined && { correctsId }) }),
    );
    settlement.wake();
    return { state: 'proposed', quantity: 0n };
  }
  const body = { call_ids: asked.ids as Id<'transaction'>[], reason: 'The wallet is well again' };
  type Context = Parameters<typeof wallet.handlers.replayWalletCalls>[0];
  const replayed = await database.as(ADMIN, 'write', (db) =>
    wallet.handlers.replayWalletCalls({ db, actor: ADMIN, now: clock.now(), newId, requestId: 'soak' } as Context, { body }),
  );
  const skipped = 'data' in replayed ? replayed.data.skipped : [];
  return {
    state: skipped.length === 0 ? 'replayed' : `${skipped.length} skipped: ${skipped[0]?.reason}`,
    quantity: BigInt(asked.ids.length),
  };
}

process.on('message', ({ id, operation }: { id: number; operation: Asked }) => {
  carryOut(operation).then(
    (answer) => process.send?.({ id, answer }),
    (error: Error & { code?: string }) => process.send?.({ id, failure: error.code ?? 'UNCODED', message: String(error) }),
  );
});
process.on('disconnect', () => process.exit(0));
process.send?.({ ready: true });
