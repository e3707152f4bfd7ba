import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openScene, type Scene } from '../../test/access-scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

/** Runs the command with `typed` arriving from a pipe, or from a terminal. */
async function run(args: string[], { typed = '', isTTY = false, password }: { typed?: string; isTTY?: boolean; password?: string } = {}) {
  const input = Object.assign(new PassThrough(), { isTTY, setRawMode: () => input }) as unknown as NodeJS.ReadStream & PassThrough;
  const output = new PassThrough();
  let shown = '';
  // A person types once asked.
  const answers = typed.split('\n');
  output.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
    if (isTTY && /: $/.test(chunk.toString())) setImmediate(() => input.write(`${answers.shift() ?? ''}\n`));
  });
  if (!isTTY) input.end(typed);
  const code = await scene.access.runCreateAdmin(args, { password, terminal: { input, output } });
  return { code, shown };
}
const login = (email: string, password: string) => scene.post('/api/auth/admin/login', { email, password });

test('the password may come from the environment; the administrator logs in and the audit knows', async () => {
  const { code, shown } = await run(['--email', 'eve@predictu.local', '--name', 'Eve'], { password: 'a password for eve' });
  expect([code, shown]).toEqual([0, 'Administrator eve@predictu.local created.\n']);
  expect((await login('eve@predictu.local', 'a password for eve')).body.data.user).toMatchObject({
    name: 'Eve',
    permissions: expect.arrayContaining(['billing']),
  });
  const { rows } = await scene.db.owner.query(
    `select * from platform_audit_log where subject = 'admin:eve@predictu.local' and action = 'admin.create'`,
  );
  expect(rows[0]).toMatchObject({ actor_kind: 'worker', actor_id: 'predictu admin create' });
  expect(JSON.stringify(rows[0].after)).not.toMatch(/argon2|password/);
});

test('or from a pipe', async () => {
  expect((await run(['--email', 'pipe@predictu.local'], { typed: 'piped in password\nmore' })).code).toBe(0);
  expect((await login('pipe@predictu.local', 'piped in password')).status).toBe(200);
});

test('or from the terminal, twice and unseen', async () => {
  const { code, shown } = await run(['--email', 'tty@predictu.local'], { isTTY: true, typed: 'typed by a person\ntyped by a person' });
  expect(code).toBe(0);
  expect(shown).not.toContain('typed by');
  expect((await login('tty@predictu.local', 'typed by a person')).status).toBe(200);
  const differs = await run(['--email', 'typo@predictu.local'], { isTTY: true, typed: 'typed by a person\ntyped by a persom' });
  expect([differs.code, differs.shown]).toEqual([1, expect.stringContaining('differ')]);
});

test.each([
  ['too short', ['--email', 'short@predictu.local'], 'short', 1, 'at least 12'],
  ['no password', ['--email', 'none@predictu.local'], '', 1, 'at least 12'],
  ['taken, in another case', ['--email', 'ADA@predictu.local'], 'a good long password', 1, 'has an account already'],
  ['no e-mail', ['--name', 'X'], 'a good long password', 2, 'Usage'],
  ['not an e-mail', ['--email', 'ada'], 'a good long password', 2, 'Usage'],
  ['unknown option', ['--emial', 'ada@x.test'], 'a good long password', 2, 'Usage'],
])('%s is refused and says why', async (_, args, typed, code, why) => {
  const before = (await scene.db.owner.query('select count(*) from admin_users')).rows[0].count;
  const outcome = await run(args, { typed });
  expect([outcome.code, outcome.shown]).toEqual([code, expect.stringContaining(why)]);
  expect((await scene.db.owner.query('select count(*) from admin_users')).rows[0].count).toBe(before);
});
