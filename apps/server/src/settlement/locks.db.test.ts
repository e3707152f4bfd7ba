/** Who waits for whom: with locks taken the other way round, each of these would be a deadlock. */
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { makeMarket } from '../../test/factories.ts';
import { type Scene, tradingScene, until } from '../../test/trading-scene.ts';
import type { Actor } from '../platform/actor.ts';
import type { Db } from '../platform/db.ts';
import { idMaker } from '../platform/ids.ts';
import { approveSettlement, type Proposal, proposeSettlement, withdrawSettlement } from './settlement.ts';

let scene: Scene;
let other: pg.Client;
let market: bigint;
const admin = (adminId: bigint): Actor => ({ kind: 'admin', adminId, email: 'ada@example.com', permissions: [] });
const change = (adminId: bigint) => ({ actor: admin(adminId), now: scene.clock.now(), newId: idMaker(scene.clock) });
const as = <T>(adminId: bigint, work: (db: Db) => Promise<T>): Promise<T> => scene.database.as(admin(adminId), 'write', work);
const propose = (more: Partial<Proposal> = {}) =>
  as(1n, (db) => proposeSettlement(db, { ...change(1n), marketId: market, outcome: 'yes', evidence: 'Seen', evidenceUrl: null, ...more }));

beforeAll(async () => {
  scene = await tradingScene();
  await scene.owner.query('insert into settlement_settings (operator_id, four_eyes, updated_at) values (0, true, now())');
  other = new pg.Client({ connectionString: scene.ownerUrl });
  await other.connect();
});
beforeEach(async () => {
  market = await makeMarket(scene.owner);
});
afterAll(async () => {
  await other?.end();
  await scene?.drop();
});

const somebodyWaits = async (): Promise<boolean> =>
  (await scene.owner.query(`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).rowCount === 1;

/** As the decision does, in another session: the settlement, then, once somebody waits for it, the sequencer, which must still be free. */
async function decideMeanwhile(id: bigint, work: () => Promise<unknown>): Promise<void> {
  await other.query('begin');
  await other.query('select from market_settlements where id = $1 for update', [id]);
  const working = work();
  working.catch(() => {});
  await until(somebodyWaits);
  await other.query('select from sequencer for no key update nowait');
  await other.query('commit');
  await working;
}

test('an approval waits for a decision without holding what that needs', async () => {
  const { id } = await propose();
  await decideMeanwhile(id, () => as(2n, (db) => approveSettlement(db, id, change(2n))));
});

test('a withdrawal waits for a decision without holding what that needs', async () => {
  const { id } = await propose();
  await decideMeanwhile(id, () => as(2n, (db) => withdrawSettlement(db, id, 'Too early', change(2n))));
});

test('a proposal that replaces a held one waits for its withdrawal without holding what that needs', async () => {
  const { id } = await propose({ held: true });
  await decideMeanwhile(id, () => propose());
});

test('approvals, withdrawals and proposals of one market at once: each ends, with an answer or a conflict', async () => {
  for (let round = 0; round < 10; round += 1) {
    const { id } = await propose({ held: round % 2 === 0 });
    const ended = await Promise.allSettled([
      as(2n, (db) => approveSettlement(db, id, change(2n))),
      as(3n, (db) => withdrawSettlement(db, id, 'Too early', change(3n))),
      propose(),
    ]);
    const codes = ended.map((one) => (one.status === 'fulfilled' ? 'done' : (one.reason as { code?: string }).code));
    expect(codes.filter((code) => code !== 'done' && code !== 'CONFLICT')).toEqual([]);
    await scene.owner.query(`update market_settlements set status = 'withdrawn' where market_id = $1`, [market]);
  }
});
