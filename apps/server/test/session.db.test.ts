/** Statements sent while they are still being made. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Statement } from '../src/platform/arrays.ts';
import { openSession, type Session } from '../src/platform/session.ts';
import { type TestDatabase, testDatabase } from './database.ts';

const command = (text: string): Statement => ({ name: text.replaceAll(' ', '_'), text, values: [] });
const long = (text: string): Statement => ({ name: 'long', text: 'select length($1::text) as length', values: [text] });

let db: TestDatabase;
let session: Session;
beforeAll(async () => {
  db = await testDatabase();
  session = await openSession({
    connectionString: db.appUrl,
    role: 'predictu_worker',
    name: 'session',
    statementTimeoutMs: 5_000,
    idleInTransactionMs: 5_000,
  });
});
afterAll(async () => {
  await session?.close();
  await db?.drop();
});

test('a long statement is with the server before the next one is made; the replies are in order', async () => {
  function* statements(): Generator<Statement> {
    yield command('begin');
    for (let n = 1; n <= 5; n += 1) yield long('x'.repeat(n * 10_000));
    yield command('commit');
  }
  const replies = await session.exchange(statements());
  expect(replies.map(({ rows, command: tag }) => rows[0]?.['length'] ?? tag)).toEqual([
    'BEGIN',
    10_000,
    20_000,
    30_000,
    40_000,
    50_000,
    'COMMIT',
  ]);
});

test('a statement that cannot be made fails the exchange, nothing is committed and the connection goes on', async () => {
  function* statements(): Generator<Statement> {
    yield command('begin');
    yield command('update sequencer set version = version + 1');
    yield long('x'.repeat(40_000));
    throw new RangeError('Not to be made');
  }
  const version = async () => (await db.owner.query('select version from sequencer')).rows[0];
  const before = await version();
  await expect(session.exchange(statements())).rejects.toThrow('Not to be made');
  expect(session.alive()).toBe(true);
  await session.exchange([command('rollback')]);
  expect(await version()).toEqual(before);
  expect((await session.exchange([long('abc')]))[0]?.rows).toEqual([{ length: 3 }]);
});
