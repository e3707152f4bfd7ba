/** Balances that wait together: each under row level security of its own player, nothing left over from a neighbour. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { makeOperator, makePlayer } from '../../test/factories.ts';
import { until } from '../../test/trading-scene.ts';
import { type Balances, openBalances } from './players.ts';

let db: TestDatabase;
let balances: Balances;
const players: { operatorId: bigint; playerId: bigint; cents: bigint }[] = [];

beforeAll(async () => {
  db = await testDatabase();
  balances = openBalances(db.appUrl);
  const operators = [await makeOperator(db.owner), await makeOperator(db.owner, { default_currency: 'EUR' })];
  for (let n = 0; n < 40; n += 1) {
    const operatorId = operators[n % 2] as bigint;
    const cents = 1_000n + BigInt(n);
    players.push({ operatorId, playerId: await makePlayer(db.owner, operatorId, { balance_cents: cents }), cents });
  }
});
afterAll(async () => {
  await balances.close();
  await db.drop();
});

describe('balances asked for at once', () => {
  test('are each its own player’s, in whatever order they come', async () => {
    const rows = await Promise.all(players.map((player) => balances.read(player)));
    expect(rows.map((row) => row?.balance_cents)).toEqual(players.map(({ cents }) => cents));
    expect(rows.map((row) => row?.currency)).toEqual(players.map((_, n) => (n % 2 === 0 ? 'USD' : 'EUR')));
  });

  test('while others are being read go with the next call, many of them on a second connection', async () => {
    const [one] = players as [(typeof players)[0]];
    const held = async (): Promise<number> =>
      (await db.owner.query(`select count(*)::int as n from pg_locks where not granted and relation = 'players'::regclass`)).rows[0].n;
    await db.owner.query('begin');
    await db.owner.query('lock table players in access exclusive mode');
    const first = balances.read(one);
    await until(async () => (await held()) === 1);
    const few = players.slice(0, 3).map((player) => balances.read(player));
    const many = players.map((player) => balances.read(player));
    await until(async () => (await held()) === 2);
    await db.owner.query('rollback');
    expect((await first)?.balance_cents).toBe(one.cents);
    const rows = await Promise.all([...few, ...many]);
    expect(rows.map((row) => row?.balance_cents)).toEqual([...players.slice(0, 3), ...players].map(({ cents }) => cents));
  });

  test('show nothing of a player of another operator, beside one that is there', async () => {
    const [one, other] = players as [(typeof players)[0], (typeof players)[0]];
    const stranger = { operatorId: one.operatorId, playerId: other.playerId };
    const rows = await Promise.all([balances.read(one), balances.read(stranger), balances.read(other)]);
    expect(rows.map((row) => row?.balance_cents)).toEqual([one.cents, undefined, other.cents]);
  });

  test('come from a new connection when theirs was lost', async () => {
    const [one] = players as [(typeof players)[0]];
    await db.owner.query(
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity where application_name = 'predictu balances' and datname = current_database()`,
    );
    const again = await balances.read(one).catch(() => balances.read(one));
    expect(again?.balance_cents).toBe(one.cents);
  });
});

/** Within a transaction of this role, which is rolled back. */
async function as<T>(role: string, work: (ask: (text: string, ...values: unknown[]) => Promise<unknown[]>) => Promise<T>): Promise<T> {
  await db.owner.query('begin');
  try {
    await db.owner.query(`set local role ${role}`);
    return await work(async (text, ...values) => (await db.owner.query(text, values)).rows);
  } finally {
    await db.owner.query('rollback');
  }
}
const TOGETHER = 'select n, balance_cents from balances_together($1::bigint[], $2::bigint[])';

describe('the role that reads them', () => {
  test('sees those who ask, and nobody else, not even in a statement of its own', async () => {
    const [one, other, third] = players as [(typeof players)[0], (typeof players)[0], (typeof players)[0]];
    await as('predictu_balances', async (ask) => {
      const asked = [
        [one.operatorId, one.operatorId, third.operatorId],
        [one.playerId, other.playerId, third.playerId],
      ];
      expect(await ask(TOGETHER, ...asked)).toEqual([
        { n: 1, balance_cents: one.cents },
        { n: 3, balance_cents: third.cents },
      ]);
      expect(await ask('select id from players order by id')).toEqual([{ id: one.playerId }, { id: third.playerId }]);
      expect(await ask('select id from operators')).toEqual([{ id: one.operatorId }]);
    });
  });

  test('is refused while nobody asks', async () => {
    for (const table of ['players', 'operators'])
      await as('predictu_balances', async (ask) => expect(ask(`select id from ${table}`)).rejects.toThrow('nobody who asks is set'));
  });

  test('may read nothing else and write nothing', async () => {
    const { rows } = await db.owner.query(
      `select table_name || '.' || column_name || ' ' || lower(privilege_type) as may from information_schema.column_privileges
       where grantee = 'predictu_balances' order by 1`,
    );
    expect(rows.map(({ may }) => may)).toEqual([
      'operators.default_currency select',
      'operators.id select',
      'operators.wallet_mode select',
      'players.balance_cents select',
      'players.id select',
      'players.open_shares select',
      'players.operator_id select',
      'players.wallet_balance_cents select',
    ]);
  });
});

test('under another role the function shows what that one may see', async () => {
  const [one, other] = players as [(typeof players)[0], (typeof players)[0]];
  const seen = await as('predictu_player', async (ask) => {
    await ask(
      `select set_config('predictu.operator_id', $1, true), set_config('predictu.player_id', $2, true)`,
      one.operatorId,
      one.playerId,
    );
    return ask(TOGETHER, [one.operatorId, other.operatorId], [one.playerId, other.playerId]);
  });
  expect(seen).toEqual([{ n: 1, balance_cents: one.cents }]);
});
