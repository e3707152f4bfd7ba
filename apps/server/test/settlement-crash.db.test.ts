/** A process killed while it pays thousands of winners: whole pieces or nothing, and the next process goes on by itself. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrateJobs } from '../src/jobs.ts';
import type { Actor } from '../src/platform/actor.ts';
import { idMaker } from '../src/platform/ids.ts';
import { decideSettlement } from '../src/settlement/decide-settlement.ts';
import { proposeSettlement } from '../src/settlement/settlement.ts';
import { type ServerProcess, startServerProcess } from './chaos/server-process.ts';
import { makeMarket, testId } from './factories.ts';
import type { Answered, Asked } from './soak/child.ts';
import { brokenBooks, buyOf, type Scene, tradeOf, tradingScene, until } from './trading-scene.ts';

const POSITIONS = 3_000;
/** In a later piece than the first. */
const BLOCKED = 2_000;
const CHILD = fileURLToPath(new URL('./soak/child.ts', import.meta.url));
const ADMIN: Actor = { kind: 'admin', adminId: 1n, email: 'ada@example.com', permissions: [] };

let scene: Scene;
let blocker: pg.Client;
let dataFolder: string;
beforeAll(async () => {
  scene = await tradingScene();
  await migrateJobs(scene.ownerUrl);
  blocker = new pg.Client({ connectionString: scene.ownerUrl });
  await blocker.connect();
  dataFolder = mkdtempSync(join(tmpdir(), 'predictu-crash-'));
});
afterAll(async () => {
  await blocker?.end();
  await scene?.drop();
  rmSync(dataFolder, { recursive: true, force: true });
});

const one = async (text: string, ...values: unknown[]) => (await scene.owner.query(text, values)).rows[0];

async function decidedMarket(): Promise<bigint> {
  const market = await makeMarket(scene.owner);
  const first = testId();
  await scene.owner.query(
    `with crowd as (
       insert into players (operator_id, id, external_id, limit_tier, balance_cents, deposited_cents, created_at)
       select $1, $2::bigint - n, 'crowd-' || n, 'vip', 100000, 100000, now() from generate_series(1, $3::int) n returning *
     )
     insert into ledger_entries (operator_id, id, player_id, type, from_account, to_account, amount_cents, balance_before_cents, balance_after_cents, description, created_at)
     select operator_id, id, id, 'deposit', 'bank', 'player', balance_cents, 0, balance_cents, 'Opening balance', created_at from crowd`,
    [scene.operatorId, first, POSITIONS],
  );
  const trading = await scene.open();
  const buy = (n: number) => trading.submit(tradeOf(scene.operatorId, first - BigInt(n + 1), buyOf(market, 150n)));
  for (let n = 0; n < POSITIONS; n += 500) await Promise.all(Array.from({ length: 500 }, (_, index) => buy(n + index)));
  await trading.close();
  const change = { actor: ADMIN, now: scene.clock.now(), newId: idMaker(scene.clock) };
  const { id } = await scene.database.as(ADMIN, 'write', (db) =>
    proposeSettlement(db, { ...change, marketId: market, outcome: 'yes', evidence: 'Seen', evidenceUrl: null }),
  );
  expect(await decideSettlement(scene.database, scene.clock, id)).toBe(true);
  return id;
}

/** Payouts credited, and of them those that should not be: twice, not to the cent, or beyond the watermark. */
const credited = (id: bigint) =>
  one(
    `select count(*) filter (where times > 0)::int as credited, count(*) filter (where times > 1 or times = 1 and cents <> owed or (times = 1) <> (n <= through))::int as wrong
     from (select p.n, p.payout_cents - p.fee_cents as owed, r.paid_through as through, count(l.id) filter (where l.type = 'settlement_credit') as times,
         coalesce(sum(case when l.to_account = 'player' then l.amount_cents else -l.amount_cents end), 0) as cents
       from settlement_payouts p join settlement_records r using (operator_id, settlement_id)
       left join ledger_entries l on l.operator_id = p.operator_id and l.player_id = p.player_id and l.metadata ->> 'settlement' = p.settlement_id::text and (l.metadata ->> 'n')::bigint = p.n
       where p.settlement_id = $1 group by 1, 2, 3) as payouts`,
    id,
  );

test('killed within a piece', { timeout: 120_000 }, async () => {
  const id = await decidedMarket();
  const { player } = await one('select player_id as player from settlement_payouts where settlement_id = $1 and n = $2', id, BLOCKED);
  await blocker.query('begin');
  await blocker.query('select from players where id = $1 for update', [player]);
  let server: ServerProcess<Asked, Answered> | undefined;
  try {
    server = await startServerProcess<Asked, Answered>([scene.appUrl, scene.ownerUrl, dataFolder], CHILD);
    const waits = `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%settlement_payouts%'`;
    await until(async () => (await one(waits)).n === 1);
    await server.killAndRestart(async () => {
      const { through } = await one('select paid_through as through from settlement_records where settlement_id = $1', id);
      expect(through).toBeGreaterThan(0n);
      expect(through).toBeLessThan(BigInt(BLOCKED));
      expect(await credited(id)).toEqual({ credited: Number(through), wrong: 0 });
      await blocker.query('rollback');
    });
    await until(async () => (await one('select credited_at from settlement_records where settlement_id = $1', id)).credited_at !== null);
  } finally {
    await server?.stop();
  }
  expect(await credited(id)).toEqual({ credited: POSITIONS, wrong: 0 });
  expect(await brokenBooks(scene.owner)).toEqual([]);
});
