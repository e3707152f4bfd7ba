/** Operators hear of what touches their access and their credits: with the act or not at all, once, and only those whose business it is. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ANSWER_PRICE, refundAnswer, reserveAnswer } from '../src/copilot/credits.ts';
import { chat } from './copilot-scene.ts';
import { type DnsServer, openDnsServer } from './dns-server.ts';
import { changeSlowly } from './factories.ts';
import { openTestServer, PASSWORD, type Tenant, type TestServer } from './server.ts';

let server: TestServer;
let dns: DnsServer;
let own: Tenant;
const ADMIN = { kind: 'admin', adminId: 1n, email: 'admin@predictu.test', permissions: [] } as const;
beforeAll(async () => {
  dns = await openDnsServer();
  server = await openTestServer({ dnsServers: [dns.address] });
  [own] = server.tenants;
  const members = [
    { email: 'Keeper@first-casino.test', permissions: ['read', 'config'] as const },
    { email: 'reader@first-casino.test', permissions: ['read'] as const },
    { email: 'money@first-casino.test', permissions: ['read', 'billing'] as const },
  ];
  for (const member of members) {
    await server.db.database.as({ kind: 'access' }, 'write', (db) =>
      server.access.createMember(db, ADMIN, { ...member, name: null, password: PASSWORD, operatorId: own.operatorId }, server.clock.now()),
    );
  }
});
afterAll(async () => {
  await server?.close();
  await dns?.close();
});
beforeEach(() => server.db.owner.query('delete from mails'));

// biome-ignore lint/suspicious/noExplicitAny: data is looked into by assertions.
type Told = { template: string; recipient: string; operator: bigint; data: any };
const told = async (): Promise<Told[]> => {
  const { rows } = await server.db.owner.query('select template, recipient, operator_id as operator, data from mails order by id');
  return rows.map((row) => ({ ...row, operator: BigInt(row.operator) }));
};
const recipients = async () => (await told()).map(({ template, recipient }) => `${template} ${recipient}`).sort();
const KEEPERS = ['keeper@first-casino.test', 'member@first-casino.test'];
const toKeepers = (template: string) => KEEPERS.map((email) => `${template} ${email}`);

describe('key pairs', () => {
  const KEYS = '/api/operator/api-keys';
  const post = (url: string, body: object) => server.send('POST', url, own.token, body);

  test('made: who may change them hears who did it, and never the secret', async () => {
    const { body } = await post(KEYS, { name: 'Production', permissions: ['server_api'] });
    expect(await recipients()).toEqual(toKeepers('api-key-created'));
    const [one] = await told();
    expect(one).toMatchObject({
      operator: own.operatorId,
      data: {
        name: 'Production',
        prefix: body.data.prefix,
        permissions: ['server_api'],
        by: 'member@first-casino.test',
        at: server.clock.now().toISOString(),
        expires_at: null,
      },
    });
    expect(JSON.stringify((await told()).map(({ data }) => data))).not.toContain(body.data.api_secret);
    expect(JSON.stringify((await told()).map(({ data }) => data))).not.toContain(body.data.api_key);
  });

  test('rotated: until when the old one works; by a key pair, which is named', async () => {
    const old = (await post(KEYS, { name: 'Turning' })).body.data;
    await server.db.owner.query('delete from mails');
    const basic = `Basic ${Buffer.from(`${old.api_key}:${old.api_secret}`).toString('base64')}`;
    const rotated = await server.send('POST', `${KEYS}/${old.id}/rotate`, undefined, { overlap_hours: 2 }, { authorization: basic });
    expect(rotated.status).toBe(201);
    expect(await recipients()).toEqual(toKeepers('api-key-rotated'));
    const ends = new Date(server.clock.now().getTime() + 2 * 3_600_000).toISOString();
    expect((await told())[0]?.data).toMatchObject({ name: 'Turning', overlap_until: ends, by: `the key pair ${old.id}` });
    await server.db.owner.query('delete from mails');
    await post(`${KEYS}/${rotated.body.data.id}/rotate`, { overlap_hours: 0 });
    expect((await told())[0]?.data).not.toHaveProperty('overlap_until');
  });

  test('withdrawn: once; what is refused tells nobody', async () => {
    const { data } = (await post(KEYS, { name: 'Gone' })).body;
    await server.db.owner.query('delete from mails');
    const remove = () => server.send('DELETE', KEYS, own.token, { key_id: data.id });
    expect([(await remove()).status, (await remove()).status]).toEqual([200, 409]);
    expect(await recipients()).toEqual(toKeepers('api-key-revoked'));
    expect((await told())[0]?.data).toMatchObject({ name: 'Gone', prefix: data.prefix });
    await server.db.owner.query('delete from mails');
    expect((await post(KEYS, { name: 'Never', expires_at: '2020-01-01T00:00:00Z' })).status).toBe(422);
    expect(await told()).toEqual([]);
  });

  test('an operator without such a member hears of it at its contact address', async () => {
    const { operatorId, token } = server.tenants[1];
    await changeSlowly(server.db.owner, async () => {
      await server.db.owner.query(`update operators set contact_email = 'Desk@second.test' where id = $1`, [operatorId]);
    });
    const made = (await server.send('POST', KEYS, token, { name: 'First' })).body.data;
    await server.db.owner.query('delete from mails');
    await server.db.owner.query('update operator_members set revoked_at = $2 where operator_id = $1', [operatorId, server.clock.now()]);
    const basic = `Basic ${Buffer.from(`${made.api_key}:${made.api_secret}`).toString('base64')}`;
    await server.send('POST', KEYS, undefined, { name: 'Second' }, { authorization: basic });
    expect(await recipients()).toEqual(['api-key-created desk@second.test']);
    await server.db.owner.query('update operator_members set revoked_at = null where operator_id = $1', [operatorId]);
  });
});

describe('origins', () => {
  const ORIGINS = '/api/operator/embed/origins';
  const add = async (origin: string) => (await server.send('POST', ORIGINS, own.token, { origin })).body.data;

  test('verified, by the job or at a press: told once', async () => {
    const one = await add('https://play.casino.example');
    const two = await add('https://live.casino.example');
    expect(await told()).toEqual([]);
    dns.txt.set('play.casino.example', [`predictu-verify=${one.verification_token}`]);
    dns.txt.set('live.casino.example', [`predictu-verify=${two.verification_token}`]);
    await server.send('POST', `${ORIGINS}/${two.id}/check`, own.token, {});
    expect(await recipients()).toEqual(toKeepers('origin-verified'));
    await server.access.verifyOrigins();
    await server.access.verifyOrigins();
    expect(await recipients()).toEqual([...toKeepers('origin-verified'), ...toKeepers('origin-verified')].sort());
    expect((await told()).map(({ data }) => data.origin)).toEqual([
      ...Array(2).fill('https://live.casino.example'),
      ...Array(2).fill('https://play.casino.example'),
    ]);
  });

  test('without its record for a day: told once with the record to add, and again when it is found', async () => {
    const { verification_token: token } = await add('https://slow.casino.example');
    const start = server.clock.now();
    const at = async (hours: number) => {
      server.clock.set(new Date(start.getTime() + hours * 3_600_000));
      await server.access.verifyOrigins();
    };
    for (const hours of [1, 12, 23.9]) await at(hours);
    expect(await told()).toEqual([]);
    for (const hours of [24.1, 24.2, 30]) await at(hours);
    expect(await recipients()).toEqual(toKeepers('origin-waiting'));
    expect((await told())[0]?.data).toMatchObject({
      origin: 'https://slow.casino.example',
      detail: 'slow.casino.example has no such record',
      record: `predictu-verify=${token}`,
    });
    dns.txt.set('slow.casino.example', [`predictu-verify=${token}`]);
    await at(31);
    expect(await recipients()).toEqual([...toKeepers('origin-verified'), ...toKeepers('origin-waiting')]);
    server.clock.set(start);
  });
});

describe('credits', () => {
  const database = () => server.db.database;
  let asked = 0;
  const spend = async () => {
    asked += 1;
    const one = {
      operatorId: own.operatorId,
      key: `spent-${asked}`,
      bodyHash: '0'.repeat(32),
      engine: 'claude' as const,
      model: null,
      actor: { kind: 'worker', name: 'test' } as const,
      newId: server.newId,
    };
    const reserved = await reserveAnswer(database(), one, server.clock.now());
    if (!('id' in reserved)) throw new Error('Not reserved');
    return reserved;
  };
  const topUp = (credits: number) =>
    server.send(
      'POST',
      '/api/internal/operators/first-casino/credits',
      server.admin,
      { credits, reason: 'Bought' },
      { 'idempotency-key': `top-up-${(asked += 1)}` },
    );
  const TO_BILLING = ['credits-low member@first-casino.test', 'credits-low money@first-casino.test'];

  test('told once at the crossing, not at every answer nor after a refund; again after a top-up', async () => {
    for (let left = 500n; left > 100n; left -= ANSWER_PRICE.claude) await spend();
    expect(await told()).toEqual([]);
    const last = await spend();
    expect(last.balance).toBe(95n);
    expect(await recipients()).toEqual(TO_BILLING);
    expect((await told())[0]).toMatchObject({ operator: own.operatorId, data: { left: 95, answers: { claude: 19, rules: 95 } } });
    await spend();
    await refundAnswer(database(), { operatorId: own.operatorId, ...last }, 'failed', server.clock.now());
    await refundAnswer(database(), { operatorId: own.operatorId, ...(await spend()) }, 'failed', server.clock.now());
    expect(await recipients()).toEqual(TO_BILLING);
    expect((await topUp(1)).status).toBe(201);
    await spend();
    expect(await recipients()).toEqual(TO_BILLING);
    expect((await topUp(10)).status).toBe(201);
    server.clock.advance(1_000);
    await spend();
    expect(await recipients()).toEqual([...TO_BILLING, ...TO_BILLING].sort());
  });

  test('an answer of the rules that a member asks for tells the same way', async () => {
    await topUp(500);
    await server.db.owner.query('delete from mails');
    await server.db.owner.query('update credit_accounts set balance_cents = 100 where operator_id = $1', [own.operatorId]);
    server.clock.advance(1_000);
    expect((await chat(server, 'Will Bitcoin close above $150,000 by the end of 2026?', { token: own.token })).status).toBe(200);
    expect(await recipients()).toEqual(TO_BILLING);
    expect((await told())[0]?.data.left).toBe(99);
  });
});
