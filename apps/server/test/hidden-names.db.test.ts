/** A name other players should not read: hidden by who may, with a reason that is kept and told. */
import { encodeId, type Id } from '@predictu/contract/ids';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { followResults } from '../src/engagement/follow-results.ts';
import { makeMarket, testId } from './factories.ts';
import { openTestServer, type Person, type TestServer } from './server.ts';

let server: TestServer;
let me: Person;
let other: Person;
beforeAll(async () => {
  server = await openTestServer();
  [me, other] = server.tenants[0].players;
});
afterAll(() => server?.close());

const as = (player: Person) => (method: 'GET' | 'POST' | 'PUT', path: string, body?: object) =>
  server.send(method, `/api/casino/${path}`, player.token, body, { 'idempotency-key': `names-${testId()}` });
const user = (): string => encodeId('user', me.id as Id<'user'>);
const named = (name: string) => as(me)('PUT', 'profile', { display_name: name, show_name: true, digest: 'off' });
const namesSeen = async (): Promise<(string | null)[]> => {
  const { entries } = (await as(other)('GET', 'leaderboard?by=volume')).body.data;
  return entries.map(({ display_name: name }: { display_name: string | null }) => name);
};

test('a hidden name is seen by nobody else, whatever it becomes; the player reads why, the audit log keeps it', async () => {
  const [tenant, stranger] = server.tenants;
  const path = `/api/operator/users/${user()}/display-name`;
  const hide = (hidden: boolean, token = tenant.token) => server.send('PUT', path, token, { hidden, reason: 'It insults another player' });
  expect((await hide(true)).body.error).toMatchObject({ code: 'CONFLICT', details: { reason: 'no_name' } });
  await named('Rude Word');
  const market = await makeMarket(server.db.owner, { priced_at: server.clock.now() });
  await as(me)('POST', 'trades', {
    market_id: encodeId('market', market as Id<'market'>),
    outcome: 'yes',
    side: 'buy',
    amount_usd: 20,
    limit_price: 0.99,
  });
  await followResults({ database: server.db.database, clock: server.clock, newId: server.newId });
  expect(await namesSeen()).toEqual(['Rude Word']);

  expect((await hide(true, stranger.token)).status).toBe(404);
  expect((await server.send('GET', path, stranger.token)).status).toBe(404);
  expect((await server.send('PUT', path, tenant.token, { hidden: true, reason: ' ' })).status).toBe(422);
  expect(await namesSeen()).toEqual(['Rude Word']);

  const hidden = await hide(true);
  expect(hidden.body.data).toMatchObject({ display_name: 'Rude Word', show_name: true, hidden_reason: 'It insults another player' });
  expect(await namesSeen()).toEqual([null]);
  await named('Another Word');
  expect(await namesSeen()).toEqual([null]);
  expect((await as(me)('GET', 'profile')).body.data).toMatchObject({ show_name: true, name_hidden: 'It insults another player' });
  const { rows } = await server.db.owner.query(
    `select action, reason, before->>'display_name' as name from platform_audit_log where action like 'player.name_%' order by id`,
  );
  expect(rows).toEqual([{ action: 'player.name_hidden', reason: 'It insults another player', name: 'Rude Word' }]);

  const shown = await server.send('PUT', `/api/internal/users/${user()}/display-name`, server.admin, { hidden: false, reason: 'Settled' });
  expect(shown.body.data).toMatchObject({ hidden_at: null, hidden_reason: null });
  expect(await namesSeen()).toEqual(['Another Word']);
  expect((await server.send('GET', path, tenant.token)).body.data).toMatchObject({ display_name: 'Another Word', hidden_at: null });
});
