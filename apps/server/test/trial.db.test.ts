/** A trial ends by degrees: reminders, a week of grace, read-only. Players always get out, and nothing is deleted. */
import { randomUUID } from 'node:crypto';
import { encodeId, type Id } from '@predictu/contract/ids';
import { cents, shares } from '@predictu/contract/units';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reviewTrials } from '../src/operators/operators.ts';
import type { Order } from '../src/trading/operation.rules.ts';
import { changeSlowly } from './factories.ts';
import { openTestServer, PASSWORD, type Tenant, type TestServer } from './server.ts';
import { buyOf, codeOf, tradeOf } from './trading-scene.ts';

let server: TestServer;
let tenant: Tenant;
let token: string;
let endsAt: Date;
beforeAll(async () => {
  server = await openTestServer();
  [tenant] = server.tenants;
  token = tenant.token;
  endsAt = new Date(server.clock.now().getTime() + 10 * DAY_MS);
  await changeSlowly(server.db.owner, async () => {
    await server.db.owner.query(`update operators set tier = 'trial', trial_ends_at = $2 where id = $1`, [tenant.operatorId, endsAt]);
  });
});
afterAll(() => server?.close());

const DAY_MS = 86_400_000;
const look = () => reviewTrials(server.db.database, server.clock.now(), server.newId);
const day = async (days: number) => {
  server.clock.set(new Date(endsAt.getTime() + days * DAY_MS));
  await look();
};
const notices = async (): Promise<string[]> =>
  (await server.db.owner.query(`select data ->> 'notice' as notice, recipient from mails where template = 'trial' order by id`)).rows.map(
    ({ notice, recipient }) => `${notice} ${recipient}`,
  );
/** Sessions last hours, trials days: in again. */
const logIn = async () => {
  const login = { email: 'member@first-casino.test', password: PASSWORD };
  token = (await server.send('POST', '/api/auth/operator/login', undefined, login)).body.data.token;
};
const user = () => encodeId('user', tenant.players[0].id as Id<'user'>);
const trade = (side: 'buy' | 'sell', size: Partial<Order>) => {
  const { amount: _, ...sale } = buyOf(server.marketId, 2_000n);
  const order = side === 'buy' ? { ...sale, ...size } : { ...sale, side, limitPrice: 1n as never, ...size };
  return server.trading.submit(tradeOf(tenant.operatorId, tenant.players[0].id, order as Order));
};

describe('before the end', () => {
  test('nothing is said ten days before; then a week, three days, a day before: once each, to contact and members', async () => {
    await look();
    expect(await notices()).toEqual([]);
    for (const days of [-7, -6.5, -3, -2.9, -1, -0.5]) await day(days);
    const told = await notices();
    expect(told.filter((line) => line.endsWith('member@first-casino.test')).map((line) => line.split(' ')[0])).toEqual([
      'ends_in_7',
      'ends_in_3',
      'ends_in_1',
    ]);
    expect(new Set(told).size).toBe(told.length);
  });
});

describe('after the end', () => {
  test('the week of grace changes nothing', async () => {
    await day(3);
    await logIn();
    expect((await server.send('GET', '/api/operator/settings', token)).body.data).toMatchObject({
      tier: 'trial',
      trial: { phase: 'grace', read_only_since: null },
    });
    expect((await server.send('PATCH', '/api/operator/settings', token, { profile: { contact_name: 'Grace' } })).status).toBe(200);
    await server.db.owner.query('update markets set priced_at = $1', [server.clock.now()]);
    expect(codeOf(await trade('buy', { amount: cents(2_000n) }))).toBe('done');
  });

  test('then it reads and changes nothing, with a code of its own; its players sell and withdraw', async () => {
    await day(7);
    await logIn();
    const settings = (await server.send('GET', '/api/operator/settings', token)).body.data;
    expect(settings.trial).toMatchObject({ phase: 'over', read_only_since: server.clock.now().toISOString() });
    const refused = { status: 422, body: { error: { code: 'OPERATOR_READ_ONLY', retryable: false } } };
    expect(await server.send('PATCH', '/api/operator/settings', token, { profile: { contact_name: 'Late' } })).toMatchObject(refused);
    expect(await server.send('POST', '/api/operator/api-keys', token, { name: 'Late' })).toMatchObject(refused);
    const money = (action: string) =>
      server.send('POST', `/api/operator/users/${user()}/balance`, token, {
        action,
        amount_usd: 1,
        reason: 'x',
        idempotency_key: randomUUID(),
      });
    expect(await money('deposit')).toMatchObject(refused);
    expect((await money('withdraw')).status).toBe(200);
    await server.db.owner.query('update markets set priced_at = $1', [server.clock.now()]);
    expect(codeOf(await trade('buy', { amount: cents(2_000n) }))).toBe('OPERATOR_READ_ONLY');
    expect(codeOf(await trade('sell', { quantity: shares(100n) }))).toBe('done');
    const { rows } = await server.db.owner.query('select count(*)::int as n from trades where operator_id = $1', [tenant.operatorId]);
    expect(rows[0].n).toBeGreaterThan(0);
    expect((await notices()).at(-1)).toMatch(/^over /);
  });

  test('a year later nothing has been deleted and nothing more is said', async () => {
    const counts = async () =>
      (
        await server.db.owner.query(
          'select (select count(*) from players) as p, (select count(*) from trades) as t, (select count(*) from mails) as m, (select count(*) from ledger_entries) as l',
        )
      ).rows;
    const before = await counts();
    await day(372);
    expect(await counts()).toEqual(before);
  });

  test('another operator is not touched', async () => {
    const { rows } = await server.db.owner.query('select tier, read_only_since from operators where id = $1', [
      server.tenants[1].operatorId,
    ]);
    expect(rows).toEqual([{ tier: 'standard', read_only_since: null }]);
  });
});

describe('going on', () => {
  const admin = async () => {
    const login = { email: 'admin@predictu.test', password: PASSWORD };
    return (await server.send('POST', '/api/auth/admin/login', undefined, login)).body.data.token;
  };
  test('an extension lifts read-only at once and is reminded of anew', async () => {
    await day(8);
    const url = '/api/internal/operators/first-casino/trial';
    const { status, body } = await server.send('POST', url, await admin(), {
      action: 'extend',
      days: 30,
      reason: 'Contract is being signed',
    });
    expect(status).toBe(200);
    expect(body.data.trial).toMatchObject({ phase: 'trial', read_only_since: null });
    await logIn();
    expect((await server.send('PATCH', '/api/operator/settings', token, { profile: { contact_name: 'On' } })).status).toBe(200);
    endsAt = new Date(body.data.trial.ends_at);
    await day(-7);
    expect((await notices()).at(-1)).toMatch(/^ends_in_7 /);
  });

  test('with a contract the trial is over for good', async () => {
    const url = '/api/internal/operators/first-casino/trial';
    const { body } = await server.send('POST', url, await admin(), { action: 'end', reason: 'Contract signed' });
    expect(body.data).toMatchObject({ tier: 'standard', trial: null });
    expect((await server.send('POST', url, await admin(), { action: 'end', reason: 'Again' })).status).toBe(409);
    await day(400);
    expect((await server.send('GET', '/api/internal/operators/first-casino', await admin())).body.data).toMatchObject({
      tier: 'standard',
      trial: null,
    });
  });
});
