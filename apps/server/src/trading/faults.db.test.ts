import type { Failure } from '@predictu/contract/errors';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeMarket, makePlayer, setConfig } from '../../test/factories.ts';
import {
  brokenBooks,
  buyOf,
  codeOf,
  depositOf,
  freshKey,
  hashOf,
  type Scene,
  tradeOf,
  tradingScene,
  until,
} from '../../test/trading-scene.ts';
import { openSession, type Session } from '../platform/session.ts';
import { type Batcher, openBatcher } from './batch.ts';
import type { Answer, Operation, Trading } from './trading.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await tradingScene();
});
afterEach(async () => expect(await brokenBooks(scene.owner)).toEqual([]));
afterAll(() => scene?.drop());

const query = async (text: string, values: unknown[] = []) => (await scene.owner.query(text, values)).rows;
async function makePlayers(many: number, balance = 100_000n): Promise<bigint[]> {
  const players: bigint[] = [];
  while (players.length < many) players.push(await makePlayer(scene.owner, scene.operatorId, { balance_cents: balance }));
  return players;
}
const waitingBackend = (): Promise<{ pid: number }[]> =>
  query(
    `select pid from pg_stat_activity where datname = current_database() and application_name = 'predictu batch' and wait_event_type = 'Lock'`,
  );
const failureOf = (answer: Promise<Answer>): Promise<Failure> =>
  answer.then(
    (given) => {
      throw new Error(codeOf(given));
    },
    (error) => error,
  );

/** Five hundred buys of one player each, through whichever engine; the market takes exactly `room` of them. */
async function crowd(engines: readonly Trading[], room: number): Promise<void> {
  const marketId = await makeMarket(scene.owner);
  const players = await makePlayers(500, 10_000n);
  const { operatorId } = scene;
  await setConfig(scene.owner, { risk: { per_market_max_usd: room } });
  const answers = await Promise.all(
    players.map((playerId, index) =>
      (engines[index % engines.length] as Trading).submit(tradeOf(operatorId, playerId, buyOf(marketId, 1_000n))),
    ),
  );
  const codes = new Set(answers.map(codeOf));
  const [held] = await query('select yes_shares from exposure where operator_id = 0 and scope = 2 and key = $1', [marketId]);
  const sum = answers.reduce((total, answer) => total + ('trade' in answer ? answer.trade.quantity : 0n), 0n);
  expect(codes).toEqual(new Set(['done', 'RISK_LIMIT']));
  expect(held).toEqual({ yes_shares: sum });
  expect(sum).toBeLessThanOrEqual(BigInt(room) * 100n);
  // The next bet of this size would not have fitted.
  expect(sum).toBeGreaterThan(BigInt(room) * 100n - 2_000n);
  const refused = answers.filter((answer) => codeOf(answer) === 'RISK_LIMIT').length;
  expect(
    await query(`select count(*)::int as n from risk_events where market_id = $1 and scope ->> 'kind' = 'refused'`, [marketId]),
  ).toEqual([{ n: refused }]);
  await setConfig(scene.owner);
}

describe('several processes', () => {
  test('two batchers on one database never exceed a limit by a cent', async () => {
    const engines = await Promise.all([scene.open(), scene.open()]);
    await crowd(engines, 2_000);
    await Promise.all(engines.map((engine) => engine.close()));
  });

  test('one holds the lease, the other forwards; when the first goes, the second decides', async () => {
    const first = await scene.open({ sharing: true });
    const second = await scene.open({ sharing: true });
    await until(() => second.role() === 'forwarding');
    expect(first.role()).toBe('batcher');
    await crowd([first, second], 2_000);
    const [playerId] = (await makePlayers(1)) as [bigint];
    const marketId = await makeMarket(scene.owner);
    const operation = tradeOf(scene.operatorId, playerId, buyOf(marketId, 1_000n));
    const answer = await second.submit(operation);
    expect(await first.submit(operation)).toEqual({ ...answer, replayed: true });
    const closing = first.close();
    expect(await second.submit(operation)).toEqual({ ...answer, replayed: true });
    await closing;
    await until(() => second.role() === 'batcher');
    expect(codeOf(await second.submit(tradeOf(scene.operatorId, playerId, buyOf(marketId, 1_000n))))).toBe('done');
    await second.close();
  });
});

describe('a player locked by somebody else', () => {
  test('waits; the others do not', async () => {
    const trading = await scene.open();
    const [held, free] = (await makePlayers(2)) as [bigint, bigint];
    const marketId = await makeMarket(scene.owner);
    await query('begin');
    await query('select 1 from players where id = $1 for update', [held]);
    let answered = false;
    const waiting = trading.submit(tradeOf(scene.operatorId, held, buyOf(marketId, 1_000n))).finally(() => {
      answered = true;
    });
    for (let round = 0; round < 5; round += 1)
      expect(codeOf(await trading.submit(tradeOf(scene.operatorId, free, buyOf(marketId, 1_000n))))).toBe('done');
    expect(answered).toBe(false);
    await query('commit');
    expect(codeOf(await waiting)).toBe('done');
    await trading.close();
  });
});

describe('what the database refuses', () => {
  test('is isolated by halves: its neighbours are answered, it gets INTERNAL_ERROR and an alarm', async () => {
    const trading = await scene.open();
    const players = await makePlayers(20);
    // A text with a zero byte passes every rule and no Postgres.
    const operations = players.map((playerId, index) => depositOf(scene.operatorId, playerId, 100n, index === 13 ? 'a\u0000b' : 'Cashier'));
    const settled = await Promise.allSettled(operations.map((operation) => trading.submit(operation)));
    expect(settled.map(({ status }) => status).indexOf('rejected')).toBe(13);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(19);
    expect((settled[13] as PromiseRejectedResult).reason).toMatchObject({ code: 'INTERNAL_ERROR' });
    expect(scene.alarms.filter(({ fields }) => fields['alarm'])).toHaveLength(1);
    await trading.close();
  });
});

const buys = async (): Promise<Operation[]> => {
  const marketId = await makeMarket(scene.owner);
  return (await makePlayers(10)).map((playerId) => tradeOf(scene.operatorId, playerId, buyOf(marketId, 1_000n)));
};
const connect = () =>
  openSession({
    connectionString: scene.appUrl,
    role: 'predictu_worker',
    name: 'predictu batch',
    statementTimeoutMs: 5_000,
    idleInTransactionMs: 3_000,
  });

describe('answers held for the next batch', () => {
  /** A batcher whose second batch waits until it is let go. */
  async function gatedBatcher(): Promise<{ batcher: Batcher; letGo(): void }> {
    let begun = 0;
    let letGo = (): void => {};
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const batcher = await openBatcher({
      clock: scene.clock,
      log: { info() {}, warn() {}, error() {} },
      async connect() {
        const session = await connect();
        return {
          ...session,
          async exchange(given) {
            const statements = [...given];
            // The first begins to warm up, the second is the first batch, the third the next one.
            if (statements[0]?.name === 'begin' && ++begun === 3) await gate;
            return session.exchange(statements);
          },
        };
      },
    });
    return { batcher, letGo };
  }

  test('who has committed is answered while the next batch waits for its lock', async () => {
    const { batcher, letGo } = await gatedBatcher();
    const [first, second] = [await buys(), await buys()];
    const answered = Promise.all(first.map((operation) => batcher.submit(operation)));
    const waiting = Promise.all(second.map((operation) => batcher.submit(operation)));
    let over = false;
    void waiting.then(() => {
      over = true;
    });
    expect((await answered).map(codeOf)).toEqual(first.map(() => 'done'));
    expect(over).toBe(false);
    letGo();
    expect((await waiting).map(codeOf)).toEqual(second.map(() => 'done'));
    await batcher.close();
  });

  test('those another process gives are handed to it before them', async () => {
    const { batcher, letGo } = await gatedBatcher();
    const [first, second] = [await buys(), await buys()];
    const told: string[] = [];
    const answered = first.map(async (operation, n) => {
      const elsewhere = n >= first.length / 2;
      await batcher.submit(operation, elsewhere);
      told.push(elsewhere ? 'elsewhere' : 'here');
    });
    const waiting = second.map((operation) => batcher.submit(operation));
    await Promise.all(answered);
    expect(told).toEqual([...Array(5).fill('elsewhere'), ...Array(5).fill('here')]);
    letGo();
    await Promise.all(waiting);
    await batcher.close();
  });
});

describe('a connection that is lost', () => {
  /** Submits while `block` holds the batch at a lock, ends its connection there, lets go: the answers, and the same keys again. */
  async function endWhileWaiting(block: string, operations: readonly Operation[]): Promise<void> {
    const trading = await scene.open();
    await query('begin');
    await query(block);
    const answers = Promise.all(operations.map((operation) => trading.submit(operation)));
    await until(async () => (await waitingBackend()).length > 0);
    for (const { pid } of await waitingBackend()) await query('select pg_terminate_backend($1)', [pid]);
    await query('commit');
    const given = await answers;
    expect(given.map(({ replayed }) => replayed)).toEqual(operations.map(() => false));
    expect(given.map(codeOf)).toEqual(operations.map(() => 'done'));
    expect(await Promise.all(operations.map((operation) => trading.submit(operation)))).toEqual(
      given.map((answer) => ({ ...answer, replayed: true })),
    );
    await trading.close();
  }
  test('while locking and reading: everything is tried again', async () => {
    await endWhileWaiting('select 1 from sequencer for update', await buys());
  });

  test('while writing: everything is tried again under its key', async () => {
    await endWhileWaiting('lock table idempotency_keys in share mode', await buys());
  });

  /** A session whose answer to the first commit is lost on the way, and which cannot be opened again `closed` times. */
  async function deafBatcher(refuseAgain: boolean): Promise<Batcher> {
    let deaf = true;
    let opened = 0;
    async function open(): Promise<Session> {
      opened += 1;
      if (refuseAgain && opened > 1) throw new Error('connect ECONNREFUSED');
      const session = await connect();
      let lost = false;
      return {
        ...session,
        alive: () => !lost && session.alive(),
        async exchange(given) {
          const statements = [...given];
          const replies = await session.exchange(statements);
          if (!deaf || statements.at(-1)?.text !== 'commit') return replies;
          deaf = false;
          lost = true;
          throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
        },
      };
    }
    return openBatcher({ connect: open, clock: scene.clock, log: { info() {}, warn() {}, error() {} } });
  }

  test('after the commit: the answer is the one that was committed, given once', async () => {
    const batcher = await deafBatcher(false);
    const operations = await buys();
    const answers = await Promise.all(operations.map((operation) => batcher.submit(operation)));
    expect(answers.map(codeOf)).toEqual(operations.map(() => 'done'));
    expect(answers.map(({ replayed }) => replayed)).toEqual(operations.map(() => false));
    const [{ n }] = (await query('select count(*)::int as n from trades where player_id = any($1)', [
      operations.map(({ playerId }) => playerId),
    ])) as [{ n: number }];
    expect(n).toBe(operations.length);
    await batcher.close();
  });

  test('and stays lost: OUTCOME_UNKNOWN for what was being written, UNAVAILABLE for what was not', async () => {
    const batcher = await deafBatcher(true);
    const [operation, other] = (await buys()) as [Operation, Operation];
    const same = { ...operation, bodyHash: hashOf('same key, so it waits for the next batch') };
    const [first, second, third] = await Promise.all([operation, same, other].map((one) => failureOf(batcher.submit(one))));
    expect([first?.code, second?.code, third?.code]).toEqual(['OUTCOME_UNKNOWN', 'UNAVAILABLE', 'OUTCOME_UNKNOWN']);
    await batcher.close();
    expect((await failureOf(batcher.submit({ ...operation, key: freshKey() }))).code).toBe('UNAVAILABLE');
  });
});
