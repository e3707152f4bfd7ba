/** Requests that read as a worker while they hold a connection: they must not wait for each other's. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import type { Actor } from './actor.ts';

const AT_ONCE = 2;
const WORKER: Actor = { kind: 'worker', name: 'test' };
const CALLER: Actor = { kind: 'access' };
const ONE = 'select 1 as n';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase({ poolSize: AT_ONCE });
});
afterAll(() => db.drop());

test('as many requests as there are connections, each reading as a worker besides', async () => {
  let holding = 0;
  let all: () => void = () => {};
  const everybodyHolds = new Promise<void>((resolve) => {
    all = resolve;
  });
  const request = (): Promise<unknown> =>
    db.database.as(CALLER, 'read', async (tx) => {
      await tx.query(ONE);
      holding += 1;
      if (holding === AT_ONCE) all();
      await everybodyHolds;
      return db.database.as(WORKER, 'read', (inner) => inner.query(ONE));
    });
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, request));
  expect(answers).toEqual(Array.from({ length: AT_ONCE }, () => [{ n: 1 }]));
});
