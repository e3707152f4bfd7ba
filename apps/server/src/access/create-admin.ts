/** `predictu admin create --email --name`: the first administrator of an installation, or another one. */
import { parseArgs } from 'node:util';
import { Failure } from '@predictu/contract/errors';
import type { Database } from '../platform/db.ts';
import { askPassword, type Terminal } from './ask-password.ts';
import { type CreateDependencies, createAdmin } from './create-person.ts';
import { ACCESS } from './prove-person.ts';

const USAGE = 'Usage: predictu admin create --email ada@example.com --name "Ada Lovelace"';

export type CommandDependencies = CreateDependencies & {
  database: Database;
  now: Date;
  /** PREDICTU_ADMIN_PASSWORD. */
  password: string | undefined;
  terminal: Terminal;
};

/** Runs the command and returns its exit code: 0 done, 1 refused, 2 used wrongly. */
export async function runCreateAdmin(
  args: readonly string[],
  { database, now, password, terminal, ...dependencies }: CommandDependencies,
): Promise<number> {
  const say = (line: string) => terminal.output.write(`${line}\n`);
  let email: string | undefined;
  let name: string | undefined;
  try {
    ({ email, name } = parseArgs({ args: [...args], options: { email: { type: 'string' }, name: { type: 'string' } } }).values);
  } catch (error) {
    say(`${(error as Error).message}\n${USAGE}`);
    return 2;
  }
  if (!email || !/^[^\s@]+@[^\s@]+$/.test(email)) {
    say(USAGE);
    return 2;
  }
  const request = { email, name: name ?? null };
  try {
    const secret = await askPassword(password, terminal);
    const actor = { kind: 'worker', name: 'predictu admin create' } as const;
    await database.as(ACCESS, 'write', (db) => createAdmin(db, dependencies, actor, { ...request, password: secret }, now));
  } catch (error) {
    const cancelled = (error as Error).name === 'AbortError';
    if (!(error instanceof Failure) && !cancelled) throw error;
    say(cancelled ? 'Cancelled.' : (error as Error).message);
    return 1;
  }
  say(`Administrator ${email} created.`);
  return 0;
}
