/** One exchange: statements that are on their way while the rest is being made. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import type { Statement } from './arrays.ts';
import { openSession, type Session } from './session.ts';

let db: TestDatabase;
let session: Session;
beforeAll(async () => {
  db = await testDatabase();
  session = await openSession({
    connectionString: db.appUrl,
    role: 'predictu_worker',
    name: 'test',
    statementTimeoutMs: 5_000,
    idleInTransactionMs: 5_000,
  });
});
afterAll(async () => {
  await session.close();
  await db.drop();
});

const command = (text: string): Statement => ({ name: text.replaceAll(' ', '_'), text, values: [] });
const lengthOf = (text: string): Statement => ({ name: 'length', text: 'select length($1::text) as n', values: [text] });
const KEYS = 'select count(*)::int as n from idempotency_keys';
const insertKey = (key: string): Statement => ({
  name: 'insert_key',
  text: `insert into idempotency_keys (operator_id, owner_id, key, body_hash, answer, created_at) values (1, 1, $1, $2::uuid, '{}', now())`,
  values: [key, '00000000-0000-0000-0000-000000000000'],
});

test('statements larger than the server reads at once are answered in order', async () => {
  const sizes = [10, 20_000, 0, 9_000, 300_000, 1];
  const replies = await session.exchange(sizes.map((size) => lengthOf('x'.repeat(size))));
  expect(replies.map(({ rows }) => rows[0]?.['n'])).toEqual(sizes);
});

test('the first are carried out while the last is being made', async () => {
  const watcher = db.owner;
  let waiting: Promise<unknown> | undefined;
  function* made(): Iterable<Statement> {
    yield command('begin');
    yield { name: 'lock', text: 'select pg_advisory_xact_lock(77), length($1::text)', values: ['x'.repeat(20_000)] };
    // Looks for half a second, of the whole one that this process says nothing.
    waiting = watcher.query(`do $$ begin for look in 1 .. 50 loop
      if exists (select from pg_locks where locktype = 'advisory' and objid = 77 and granted) then return; end if;
      perform pg_sleep(0.01), pg_stat_clear_snapshot(); end loop; raise 'nobody holds it'; end $$`);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
    yield command('commit');
  }
  await session.exchange(made());
  await waiting;
});

test('a name stands for one statement: another text under it is refused, not answered with the first one’s rows', async () => {
  await session.exchange([lengthOf('one')]);
  await expect(session.exchange([{ ...lengthOf('one'), text: 'select 7 as n where $1::text is not null' }])).rejects.toThrow(
    'The name length',
  );
  const [reply] = await session.exchange([lengthOf('four')]);
  expect(reply?.rows).toEqual([{ n: 4 }]);
});

test('what making a statement throws is thrown, and nothing of the transaction stays', async () => {
  function* made(): Iterable<Statement> {
    yield command('begin');
    yield insertKey('k'.repeat(20_000));
    yield insertKey('second');
    throw new RangeError('cannot be said');
  }
  await expect(session.exchange(made())).rejects.toThrow('cannot be said');
  expect(session.alive()).toBe(true);
  await session.exchange([command('rollback')]);
  expect((await db.owner.query(KEYS)).rows).toEqual([{ n: 0 }]);
});

test('an error of the server comes first, and names that were passed over are told again', async () => {
  function* made(): Iterable<Statement> {
    yield command('begin');
    yield { name: 'fails', text: 'select 1 / length($1::text)', values: [''] };
    yield insertKey('k'.repeat(20_000));
    yield command('commit');
  }
  await expect(session.exchange(made())).rejects.toThrow('division by zero');
  await session.exchange([command('rollback')]);
  await session.exchange([command('begin'), insertKey('kept'), command('commit')]);
  expect((await db.owner.query(KEYS)).rows).toEqual([{ n: 1 }]);
});
