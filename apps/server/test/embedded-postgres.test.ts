import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { findPostgres } from '../src/platform/embedded-postgres.ts';
import { migrate } from '../src/platform/migrate.ts';
import { isAlive, processesIn } from '../src/platform/process-table.ts';

// Each test starts several processes; a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

type Event = { info?: string; warn?: string; ready?: string; failed?: string };
type Holder = {
  process: ChildProcess;
  events: Event[];
  next(wanted: keyof Event): Promise<string>;
  end(signal?: NodeJS.Signals): Promise<number | null>;
};

const holders: Holder[] = [];

function hold(dataFolder: string): Holder {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('postgres-holder.ts', import.meta.url)), dataFolder, 'throw-away'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit') as Promise<[number | null]>;
  const events: Event[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => events.push(JSON.parse(line) as Event));
  const holder: Holder = {
    process: child,
    events,
    async next(wanted) {
      for (;;) {
        const event = events.find((candidate) => candidate[wanted] !== undefined);
        if (event) return event[wanted] as string;
        await Promise.race([once(lines, 'line'), exited.then(() => once(lines, 'close'))]);
        if (child.exitCode !== null && !events.some((candidate) => candidate[wanted]))
          throw new Error(`It ended: ${JSON.stringify(events)}`);
      }
    },
    async end(signal) {
      if (signal) child.kill(signal);
      return (await exited)[0];
    },
  };
  holders.push(holder);
  return holder;
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}
const postmaster = (dataFolder: string): number =>
  Number(readFileSync(join(dataFolder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
async function gone(pids: () => number[]): Promise<void> {
  while (pids().some(isAlive)) await new Promise((resolve) => setTimeout(resolve, 10));
}

describe('the embedded PostgreSQL', () => {
  let root: string;
  let folder: string;
  beforeAll(async () => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'predictu-embedded-')));
    chmodSync(root, 0o755);
    folder = join(root, 'data');
    const first = hold(folder);
    const url = await first.next('ready');
    await query(url, 'create table kept as select 1 as one');
    expect(await first.end('SIGTERM')).toBe(0);
  });
  afterEach(async () => {
    for (const { process: child, end } of holders.splice(0)) if (child.exitCode === null && child.signalCode === null) await end('SIGTERM');
  });
  afterAll(() => {
    for (const place of [folder, join(root, 'other')].map((data) => realpathSync(join(data, 'postgres')))) {
      if (!place.startsWith(root)) rmSync(dirname(place), { recursive: true, force: true });
    }
    rmSync(root, { recursive: true, force: true });
  });

  test('stopping leaves no process behind, and the next start finds the data', async () => {
    expect(processesIn(join(folder, 'postgres'))).toEqual([]);
    const url = await hold(folder).next('ready');
    expect(await query(url, 'select one from kept')).toEqual([{ one: 1 }]);
    expect(
      await query(
        url,
        `select current_setting('server_version_num')::int / 10000 as major, datlocprovider as provider, datlocale as locale from pg_database where datname = current_database()`,
      ),
    ).toEqual([{ major: 18, provider: 'b', locale: 'C.UTF-8' }]);
  });

  test('a wrong password is refused and other addresses are not listened on', async () => {
    const url = new URL(await hold(folder).next('ready'));
    expect((await query(url.href, 'show listen_addresses'))[0]).toEqual({ listen_addresses: '127.0.0.1' });
    url.password = 'wrong';
    await expect(query(url.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  test('after kill -9 the running server is found and used', async () => {
    const killed = hold(folder);
    const url = await killed.next('ready');
    const pid = postmaster(folder);
    await killed.end('SIGKILL');
    const later = hold(folder);
    expect(await later.next('ready')).toBe(url);
    expect(postmaster(folder)).toBe(pid);
    expect(await later.next('info')).toContain(`process ${pid}`);
    expect(await later.end('SIGINT')).toBe(0);
    expect(processesIn(join(folder, 'postgres'))).toEqual([]);
  });

  test('after kill -9 of both, with a query still running, the next start cleans up and loses nothing', async () => {
    const killed = hold(folder);
    const url = await killed.next('ready');
    await query(url, 'insert into kept values (2)');
    const sleeping = query(url, 'select pg_sleep(600)').catch(() => {});
    while ((await query(url, `select from pg_stat_activity where query like '%sleep(600)' and pid <> pg_backend_pid()`)).length === 0);
    const pid = postmaster(folder);
    await killed.end('SIGKILL');
    process.kill(pid, 'SIGKILL');
    await gone(() => [pid]);
    const again = await hold(folder).next('ready');
    expect(await query(again, 'select one from kept order by one')).toEqual([{ one: 1 }, { one: 2 }]);
    await query(again, 'delete from kept where one = 2');
    await sleeping;
  });

  test('a server killed under a running start is started again on the same port', async () => {
    const holder = hold(folder);
    const url = await holder.next('ready');
    process.kill(postmaster(folder), 'SIGKILL');
    await holder.next('warn');
    await holder.next('info');
    expect(await query(url, 'select one from kept')).toEqual([{ one: 1 }]);
  });

  test('a second start on the same folder is refused and names the first process; a command beside it finds its server', async () => {
    expect(await findPostgres(folder)).toBeUndefined();
    const holder = hold(folder);
    const url = await holder.next('ready');
    expect(await findPostgres(folder)).toBe(url);
    const second = hold(folder);
    expect(await second.next('failed')).toContain(`already running in ${folder} (process ${holder.process.pid})`);
    expect(await second.end()).toBe(1);
  });

  test('a pid file that names a living process that is no postgres is cleared', async () => {
    const path = join(folder, 'postgres', 'postmaster.pid');
    const { uid, gid } = statSync(join(folder, 'postgres'));
    // Of the same user: PostgreSQL itself ignores the processes of others.
    const other = spawn('sleep', ['60'], process.getuid?.() === 0 ? { uid, gid } : {});
    try {
      writeFileSync(path, `${other.pid}\n${join(folder, 'postgres')}\n1\n5432\n\n127.0.0.1\n\nready   \n`, { mode: 0o600 });
      if (process.getuid?.() === 0) chownSync(path, uid, gid);
      const url = await hold(folder).next('ready');
      expect(await query(url, 'select one from kept')).toEqual([{ one: 1 }]);
      expect(isAlive(other.pid ?? 0)).toBe(true);
    } finally {
      other.kill();
    }
  });

  test('an owner who is no superuser can migrate a database of its own, and so can the owner of a second one', async () => {
    const url = await hold(folder).next('ready');
    for (const name of ['first', 'second']) {
      await query(url, `create role ${name} login createrole password 'owner'`);
      await query(url, `create database ${name} owner ${name}`);
      const own = new URL(url);
      Object.assign(own, { username: name, password: 'owner', pathname: `/${name}` });
      const appUrl = await migrate(own.href, { appPassword: 'app' });
      expect(
        await query(appUrl, 'begin; set local role predictu_worker; select count(*)::int as count from trades; commit').catch(
          (error) => error,
        ),
      ).not.toBeInstanceOf(Error);
      await expect(query(appUrl, 'select from trades')).rejects.toMatchObject({ code: '42501' });
    }
  });

  test('two folders run side by side', async () => {
    const [one, other] = [hold(folder), hold(join(root, 'other'))];
    const [oneUrl, otherUrl] = [await one.next('ready'), await other.next('ready')];
    expect(oneUrl).not.toBe(otherUrl);
    expect(await query(otherUrl, `select to_regclass('kept') as kept`)).toEqual([{ kept: null }]);
  });

  test.skipIf(process.getuid?.() !== 0)(
    'as root in a folder others cannot enter, the database lives elsewhere and a removed data folder starts anew',
    async () => {
      const hidden = join(root, 'hidden');
      mkdirSync(hidden, { mode: 0o700 });
      const data = join(hidden, 'data');
      const places: string[] = [];
      for (const round of [1, 2, 3]) {
        const holder = hold(data);
        const url = await holder.next('ready');
        places.push(realpathSync(join(data, 'postgres')));
        expect(holder.events.filter(({ info }) => info?.includes('the database is kept in'))).toHaveLength(round === 2 ? 0 : 1);
        expect(await query(url, `select to_regclass('here') as here`)).toEqual([{ here: round === 2 ? 'here' : null }]);
        await query(url, 'create table if not exists here (id int)');
        await holder.end('SIGTERM');
        if (round === 2) rmSync(data, { recursive: true });
      }
      expect(places[0]).toBe(places[1]);
      expect(places[2]).not.toBe(places[0]);
      for (const place of places) rmSync(dirname(place), { recursive: true, force: true });
    },
  );
});
