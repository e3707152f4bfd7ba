import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../../test/database.ts';
import { initialisePlatformConfig } from '../config/config.ts';
import type { Actor } from '../platform/actor.ts';
import { virtualClock } from '../platform/clock.ts';
import { idMaker } from '../platform/ids.ts';
import { createOperator, findOperator } from './operators.ts';

const clock = virtualClock(new Date('2026-03-19T12:00:00.000Z'));
const newId = idMaker(clock);
const ADMIN: Actor = { kind: 'admin', adminId: 7n, email: 'ada@predictu.local', permissions: [] };
const request = { slug: 'example-casino', name: 'Example Casino', contactEmail: 'ops@example.test' };
let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  await db.database.as(ADMIN, 'write', (tx) => initialisePlatformConfig(tx, clock.now()));
});
afterAll(() => db.drop());
const create = (more: Partial<Parameters<typeof createOperator>[2]> = {}) =>
  db.database.as(ADMIN, 'write', (tx) => createOperator(tx, ADMIN, { ...request, ...more }, clock.now(), newId));
const version = async () => (await db.owner.query('select version from sequencer')).rows[0].version;

test('a new operator has the defaults of its columns, is audited and makes batches read anew', async () => {
  const before = await version();
  const operator = await create();
  expect(operator).toMatchObject({
    status: 'pending',
    walletMode: 'internal',
    minBet: 100n,
    maxBet: 100_000n,
    platformShareBps: 3_000,
    createdAt: clock.now(),
  });
  expect(await version()).not.toBe(before);
  const { rows } = await db.owner.query(`select actor_id, subject from platform_audit_log where action = 'operator.create'`);
  expect(rows).toEqual([{ actor_id: '7', subject: 'operator:example-casino' }]);
  for (const by of [{ id: operator.id }, { slug: operator.slug }]) {
    expect(await db.database.as(ADMIN, 'read', (tx) => findOperator(tx, by))).toEqual(operator);
  }
});

test('a slug is taken once, even by two at once, and must be one', async () => {
  await expect(create()).rejects.toMatchObject({ code: 'CONFLICT' });
  const both = await Promise.allSettled([create({ slug: 'twin' }), create({ slug: 'twin' })]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  await expect(create({ slug: 'Not A Slug' })).rejects.toThrow();
});

test('what is given is kept', async () => {
  const given = {
    slug: 'given',
    status: 'live',
    maxBet: 5_000n,
    onboardedAt: clock.now(),
    callbackUrl: 'https://given.test/wallet',
  } as never;
  expect(await create(given)).toMatchObject(given);
});

test('an operator finds itself and nobody else; only an admin makes one', async () => {
  const own = await create({ slug: 'own' });
  const member: Actor = { kind: 'operator', operatorId: own.id, slug: 'own', memberId: 1n, email: 'bo@own.test', permissions: [] };
  const found = (slug: string) => db.database.as(member, 'read', (tx) => findOperator(tx, { slug }));
  expect((await found('own'))?.id).toBe(own.id);
  expect(await found('given')).toBeUndefined();
  await expect(
    db.database.as(member, 'write', (tx) => createOperator(tx, member, { ...request, slug: 'x' }, clock.now(), newId)),
  ).rejects.toMatchObject({ code: '42501' });
});
