/** Jobs that write to many do so by a fixed number of statements: ten times as many rows take not one more. */
import { firstIdAt } from '@predictu/contract/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rewardReferrals, sendDigests } from '../src/engagement/engagement.ts';
import { reviewTrials } from '../src/operators/operators.ts';
import { virtualClock } from '../src/platform/clock.ts';
import type { Database, Db } from '../src/platform/db.ts';
import { idMaker } from '../src/platform/ids.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { makeOperator, makePlayer, START, testId } from './factories.ts';

let db: TestDatabase;
const clock = virtualClock(START);
const newId = idMaker(clock);
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db?.drop());

/** Runs the job and answers how many statements it took. */
async function statementsOf(job: (database: Database) => Promise<unknown>): Promise<number> {
  let asked = 0;
  const counting: Database = {
    ...db.database,
    as: (actor, mode, work) =>
      db.database.as(actor, mode, (real) => {
        const counted: Db = {
          each(...values) {
            asked += 1;
            return real.each(...values);
          },
          query(text, values, name) {
            asked += 1;
            return real.query(text, values, name);
          },
        };
        return work(counted);
      }),
  };
  await job(counting);
  return asked;
}
const configure = (operatorId: bigint, document: string) =>
  db.owner.query(
    `insert into operator_config (operator_id, document, updated_at, updated_by) values ($1, $2, $3, 'test')
     on conflict (operator_id) do update set document = excluded.document`,
    [operatorId, document, START],
  );
const count = async (text: string): Promise<number> => Number((await db.owner.query(`select count(*) as n from ${text}`)).rows[0].n);

test('summaries', async () => {
  const operatorId = await makeOperator(db.owner);
  await configure(operatorId, '{"notifications": {"daily_digest": true}}');
  const day = START.toISOString().slice(0, 10);
  const add = async (players: number) => {
    for (let n = 0; n < players; n += 1) {
      const id = await makePlayer(db.owner, operatorId, { email: `p${testId()}@example.test`, balance_cents: 0n });
      await db.owner.query(
        `insert into player_profiles (operator_id, player_id, show_name, digest, updated_at) values ($1, $2, false, 'daily', $3)`,
        [operatorId, id, START],
      );
      await db.owner.query(
        `insert into leaderboard_results (operator_id, period, starts_on, player_id, volume_cents, pnl_cents) values ($1, 'day', $2, $3, 1, $4)`,
        [operatorId, day, id, 100 + n],
      );
    }
  };
  const run = () => statementsOf((database) => sendDigests({ database, clock, newId }));
  await add(2);
  const few = await run();
  expect(await count(`mails where template = 'player-digest'`)).toBe(2);
  await add(20);
  expect(await run()).toBe(few);
  expect(await count(`mails where template = 'player-digest'`)).toBe(22);
  const { rows } = await db.owner.query(`select distinct data ->> 'pnl' as pnl from mails where template = 'player-digest'`);
  expect(rows.length).toBe(20);
});

test('trials: reminders, and those that are over', async () => {
  const days = (n: number) => new Date(START.getTime() + n * 86_400_000);
  const add = async (each: number) => {
    for (let n = 0; n < each; n += 1) {
      await makeOperator(db.owner, { tier: 'trial', trial_ends_at: days(2), contact_email: `due${testId()}@example.test` });
      await makeOperator(db.owner, { tier: 'trial', trial_ends_at: days(-8), contact_email: `over${testId()}@example.test` });
    }
  };
  const run = () => statementsOf((database) => reviewTrials(database, clock.now(), newId));
  await add(1);
  const few = await run();
  await add(15);
  expect(await run()).toBe(few);
  expect(await count(`mails where template = 'trial'`)).toBe(32);
  expect(await count('trial_notices')).toBe(32);
  expect(await count('operators where read_only_since is not null')).toBe(16);
  expect(await count(`platform_audit_log where action = 'operator.read_only'`)).toBe(16);
  await run();
  expect(await count(`mails where template = 'trial'`)).toBe(32);
});

test('referrals: one that is refused or fails keeps no other waiting', async () => {
  const operatorId = await makeOperator(db.owner, { wallet_mode: 'internal' });
  await configure(operatorId, '{"features": {"referral_program": true}}');
  const add = async (pairs: number): Promise<bigint[]> => {
    const brought: bigint[] = [];
    for (let n = 0; n < pairs; n += 1) {
      const [referrer, player] = [
        await makePlayer(db.owner, operatorId, { balance_cents: 0n }),
        await makePlayer(db.owner, operatorId, { balance_cents: 0n }),
      ];
      await db.owner.query(
        `insert into referrals (operator_id, player_id, referrer_id, referrer_bonus_cents, referred_bonus_cents, qualifying_cents, created_at)
         values ($1, $2, $3, 700, 300, 1000, $4)`,
        [operatorId, player, referrer, START],
      );
      await db.owner.query(
        `insert into trades (operator_id, id, player_id, market_id, outcome, side, status, price, mid, quantity, amount_cents, fee_cents, spread_cents,
           realized_pnl_cents, balance_after_cents, receipt, created_at)
         values ($1, $2, $3, 1, 'yes', 'buy', 'filled', 5000, 5000, 2000, 1000, 0, 0, null, 0, '{}', $4)`,
        [operatorId, firstIdAt(START) + testId(), player, START],
      );
      brought.push(player);
    }
    return brought;
  };
  let refused: bigint | undefined;
  let failing: bigint | undefined;
  const submitted = new Map<string, number>();
  const trading = {
    submit: async (operation: { kind: string; key: string }) => {
      if (operation.key.includes(String(failing))) throw new Error('the engine is away');
      submitted.set(operation.key, (submitted.get(operation.key) ?? 0) + 1);
      return (operation.key.includes(`${refused}.referrer`) ? { refusal: { refused: 'SELF_EXCLUDED' } } : { adjustment: {} }) as never;
    },
  };
  const run = () => statementsOf((database) => rewardReferrals({ database, trading: trading as never, clock, newId }));
  const rewarded = () => count('referrals where rewarded_at is not null');
  await add(2);
  const few = await run();
  expect(await rewarded()).toBe(2);
  const [first, second] = await add(20);
  [refused, failing] = [first, second];
  await expect(run()).rejects.toThrow('the engine is away');
  expect(await rewarded()).toBe(20);
  [refused, failing] = [undefined, undefined];
  expect(await run()).toBe(few);
  expect(await rewarded()).toBe(22);
  expect(await count(`player_notifications where kind = 'referral'`)).toBe(44);
  expect(submitted.get(`referral.${first}.referrer`)).toBe(2);
});
