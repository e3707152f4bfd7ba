/** Ending the e-mails that sum up a player's days: by the mail program's own button (RFC 8058), by the page, never by a scanner. */
import { decodeId } from '@predictu/contract/ids';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { unsubscribeKeyOf } from '../src/button-pages.ts';
import { sendDigests } from '../src/engagement/engagement.ts';
import { mailParts } from '../src/mails.ts';
import { logTo } from '../src/platform/log.ts';
import { openMail } from '../src/platform/mail.ts';
import { changeSlowly } from './factories.ts';
import { type MailServer, openMailServer } from './mail-server.ts';
import { openTestServer, type Person, type TestServer } from './server.ts';

const SECRET = 'a-secret-that-is-at-least-32-characters';
const BASE = 'https://markets.example';
let server: TestServer;
let mails: MailServer;
let me: Person;
beforeAll(async () => {
  server = await openTestServer();
  [me] = server.tenants[0].players;
  const { owner } = server.db;
  await owner.query(`update players set email = 'ana@example.test' where id = $1`, [me.id]);
  const branding = JSON.stringify({ display_name: 'Lucky Spins', primary_color: '#00ff88' });
  await changeSlowly(owner, async () => {
    await owner.query('update operators set branding = $2 where id = $1', [server.tenants[0].operatorId, branding]);
  });
  const on = { notifications: { daily_digest: true } };
  expect((await server.send('POST', '/api/operator/config', server.tenants[0].token, on)).status).toBe(200);
});
afterAll(() => server?.close());
beforeEach(async () => {
  mails = await openMailServer({ hideSTARTTLS: true });
  await server.db.owner.query('delete from mails');
});
afterEach(() => mails.close());

const digestOf = async (): Promise<string> =>
  (await server.db.owner.query('select digest from player_profiles where player_id = $1', [me.id])).rows[0]?.digest;

/** Asks for it, has something to tell, and receives it. */
async function receive(digest: 'daily' | 'weekly') {
  const monday = server.clock.now().getUTCDay() === 1;
  server.clock.advance(digest === 'weekly' && !monday ? 86_400_000 * ((8 - server.clock.now().getUTCDay()) % 7 || 7) : 86_400_000);
  await server.db.owner.query('update player_profiles set digest_sent_on = null');
  await server.db.owner.query('update markets set priced_at = $1, end_at = $2', [
    server.clock.now(),
    new Date(server.clock.now().getTime() + 30 * 86_400_000),
  ]);
  const { database } = server.db;
  await database.as({ kind: 'worker', name: 'test' }, 'write', (db) =>
    db.query(
      `insert into player_profiles (operator_id, player_id, show_name, digest, updated_at) values ($1, $2, false, $3, $4)
      on conflict (operator_id, player_id) do update set digest = excluded.digest, digest_sent_on = null`,
      [server.tenants[0].operatorId, me.id, digest, server.clock.now()],
    ),
  );
  await database.as({ kind: 'worker', name: 'test' }, 'write', (db) =>
    db.query(
      `insert into leaderboard_results (operator_id, period, starts_on, player_id, volume_cents, pnl_cents) values ($1, 'day', $2, $3, 100, 250)
       on conflict (operator_id, period, starts_on, player_id) do nothing`,
      [server.tenants[0].operatorId, server.clock.now().toISOString().slice(0, 10), me.id],
    ),
  );
  await sendDigests({ database, clock: server.clock, newId: server.newId });
  const mail = openMail({
    ...mailParts({ secrets: Buffer.alloc(32), unsubscribe: unsubscribeKeyOf(SECRET) }, ''),
    database,
    clock: server.clock,
    log: logTo(() => {}),
    from: { name: 'Predictu', address: 'no-reply@predictu.example' },
    publicUrl: BASE,
    smtpUrl: mails.url,
    dataFolder: server.dataFolder,
    timeoutMs: 20_000,
  });
  await mail.deliver();
  await mail.close();
  const [taken] = mails.taken;
  if (!taken) throw new Error('Nothing was sent');
  const header = (name: string): string => taken.mail.headers.find(({ key }) => key === name)?.value ?? '';
  const url = /^<(\S+)>$/.exec(header('list-unsubscribe'))?.[1] ?? '';
  return { ...taken, url, path: url.replace(BASE, ''), oneClick: header('list-unsubscribe-post') };
}

test.each(['daily', 'weekly'] as const)(
  'a %s summary carries the two headers and a link, signed; one press of the mail program ends it',
  async (often) => {
    const { url, path, oneClick, mail } = await receive(often);
    expect(url).toMatch(/^https:\/\/markets\.example\/unsubscribe\?token=op_[0-9a-z]{13}\.usr_[0-9a-z]{13}\.[\w-]{43}$/);
    expect(oneClick).toBe('List-Unsubscribe=One-Click');
    expect(mail.text).toContain(`Unsubscribe: ${url}`);
    expect(mail.html).toContain(`href="${url}"`);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const once = await server.inject({ method: 'POST', url: path, headers, payload: 'List-Unsubscribe=One-Click' });
    expect([once.status, await digestOf()]).toEqual([200, 'off']);
    const again = await server.inject({ method: 'POST', url: path, headers, payload: 'List-Unsubscribe=One-Click' });
    expect([again.status, await digestOf()]).toEqual([200, 'off']);
    await server.db.owner.query('update player_profiles set digest_sent_on = null');
    expect(await sendDigests({ database: server.db.database, clock: server.clock, newId: server.newId })).toBe(0);
  },
);

test('the form may also come in parts, as some mail programs send it', async () => {
  const { path } = await receive('daily');
  const payload = '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n';
  const headers = { 'content-type': 'multipart/form-data; boundary=b' };
  expect((await server.inject({ method: 'POST', url: path, headers, payload })).status).toBe(200);
  expect(await digestOf()).toBe('off');
});

test('a scanner that opens the link ends nothing; the page shows the operator and one button, and works without scripts', async () => {
  const { path } = await receive('daily');
  for (const method of ['HEAD', 'GET', 'GET'] as const) await server.inject({ method: method as 'GET', url: path });
  expect(await digestOf()).toBe('daily');
  const { status, headers, body } = await server.inject({ method: 'GET', url: path });
  expect([status, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(body).toContain('Lucky Spins');
  expect(body).toContain('--brand:#00ff88');
  expect(body).not.toMatch(/<script|Predictu/);
  const form = /<form method="post" action="([^"]+)"><button>Unsubscribe<\/button>/.exec(body)?.[1] ?? '';
  expect(form).toBe(path);
  const done = await server.inject({ method: 'POST', url: form, headers: { 'content-type': 'application/x-www-form-urlencoded' } });
  expect([done.status, await digestOf()]).toEqual([200, 'off']);
  expect(done.body).toContain('You are unsubscribed');
  expect(done.body).not.toContain('<button');
});

test('nobody makes a link for somebody else: an altered one ends nothing', async () => {
  const { path } = await receive('daily');
  const [operator = '', player = '', signature = ''] = path.split('token=')[1]?.split('.') ?? [];
  const [, other] = server.tenants[0].players;
  expect(decodeId('user', player)).toBe(me.id);
  const strangers = server.tenants[1];
  expect(strangers.operatorId).not.toBe(decodeId('operator', operator));
  for (const token of [
    '',
    'x',
    `${operator}.${player}`,
    `${operator}.${player}.`,
    `${operator}.${player}.${signature.slice(1)}A`,
    `${operator}.usr_${String(other.id).padStart(13, '0')}.${signature}`,
  ]) {
    for (const method of ['GET', 'POST'] as const) {
      const { status, body } = await server.inject({ method, url: `/unsubscribe?token=${encodeURIComponent(token)}` });
      expect([token, status]).toEqual([token, 404]);
      expect(body).toContain('This link does not work');
    }
  }
  expect(await digestOf()).toBe('daily');
});

test('a message of a release before, which names no player, leaves without the headers', async () => {
  const { path } = await receive('daily');
  expect(path).not.toBe('');
  const parts = mailParts({ secrets: Buffer.alloc(32), unsubscribe: unsubscribeKeyOf(SECRET) }, '');
  expect(parts.unsubscribe['player-digest']?.(1n, { often: 'daily' })).toBeNull();
  expect(parts.unsubscribe['player-digest']?.(null, { player: 'usr_0000000000001' })).toBeNull();
});
