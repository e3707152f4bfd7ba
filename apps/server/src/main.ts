/** `predictu <command>`: argv picks what this process is, and only what that needs is loaded. */
import { parseArgs } from 'node:util';
import { type Config, ConfigError, readConfig } from './platform/config.ts';
import { openLog } from './platform/log.ts';
import { prepareDatabase } from './platform/prepare-database.ts';
import { onShutdown, shutdown } from './platform/process.ts';
import { readSecret } from './platform/secret.ts';

const USAGE = `Usage: predictu <command>

  start                 server and worker in one process; builds the demo on an empty installation,
                        with --small-demo five weeks of it, with --no-demo none
  api | worker          one of the two, beside others on the same DATABASE_URL
  migrate               bring the database up to date and stop
  admin create          make an administrator: --email ada@example.com --name "Ada Lovelace"
  verify                prove the books; exit code 1 when they are wrong
  bench                 measure the promises of docs/benchmarks.md: --only 1,2  --json  --quick`;

type Command = (config: Config, args: readonly string[]) => Promise<number | undefined>;

class UsageError extends Error {}

/** Which of these flags are given. @throws UsageError when there is anything else: a misspelt --no-demo must not build one */
function flagsOf(args: readonly string[], ...flags: readonly string[]): ReadonlySet<string> {
  try {
    const options = Object.fromEntries(flags.map((flag) => [flag, { type: 'boolean' as const }]));
    return new Set(Object.keys(parseArgs({ args: [...args], options }).values));
  } catch {
    throw new UsageError();
  }
}

/** Opens the installation's database beside whatever runs on it. */
async function openBeside(config: Config) {
  const log = openLog({ level: config.logLevel === 'info' ? 'warn' : config.logLevel, dataFolder: config.dataFolder });
  const secret = readSecret(config);
  const prepared = await prepareDatabase({ config, secret, log }, { beside: true });
  onShutdown(prepared.stop);
  return { log, secret, prepared };
}

const commands: Record<string, Command> = {
  async start(config, args) {
    const given = flagsOf(args, 'no-demo', 'small-demo');
    const { start } = await import('./start.ts');
    await start(config, { parts: 'all', demo: given.has('no-demo') ? 'none' : given.has('small-demo') ? 'small' : 'full' });
    return undefined;
  },
  async api(config, args) {
    flagsOf(args);
    const { start } = await import('./start.ts');
    await start(config, { parts: 'api', demo: 'none' });
    return undefined;
  },
  async worker(config, args) {
    flagsOf(args);
    const { start } = await import('./start.ts');
    await start(config, { parts: 'worker', demo: 'none' });
    return undefined;
  },
  async migrate(config, args) {
    flagsOf(args);
    const { prepared } = await openBeside(config);
    const { migrateJobs } = await import('./jobs.ts');
    await migrateJobs(prepared.ownerUrl);
    process.stdout.write('The database is up to date.\n');
    return 0;
  },
  async admin(config, [verb, ...args]) {
    if (verb !== 'create') throw new UsageError();
    const { log, secret, prepared } = await openBeside(config);
    const { openServices } = await import('./services.ts');
    const services = await openServices({ config, secret, appUrl: prepared.appUrl, log });
    onShutdown(services.close);
    return services.access.runCreateAdmin(args, {
      password: config.adminPassword,
      terminal: { input: process.stdin, output: process.stdout },
    });
  },
  async verify(config, args) {
    flagsOf(args);
    const { prepared } = await openBeside(config);
    const [{ openDatabase }, { reportOf, verdictOf }, { verifyBooks }] = await Promise.all([
      import('./platform/db.ts'),
      import('./insights/books-report.ts'),
      import('./insights/verify-books.ts'),
    ]);
    const database = openDatabase({ connectionString: prepared.appUrl, poolSize: 2 });
    onShutdown(database.close);
    const report = await verifyBooks(database, (result) => {
      process.stdout.write(`${reportOf(result)}\n`);
    });
    process.stdout.write(`\n${verdictOf(report)}\n`);
    return report.ok ? 0 : 1;
  },
  bench: async (_, args) => (await import('../../../bench/bench.ts')).runBench(args),
};
commands['all'] = commands['start'] as Command;
const HELP = ['--help', '-h'];
commands['help'] = async () => {
  process.stdout.write(`${USAGE}\n`);
  return 0;
};

try {
  const given = process.argv.slice(2);
  const [name = 'start', ...args] = given.some((one) => HELP.includes(one)) ? ['help'] : given;
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError();
  const exitCode = await command(readConfig(), args);
  if (exitCode !== undefined) await shutdown(exitCode);
} catch (error) {
  const [message, code] =
    error instanceof UsageError ? [USAGE, 2] : error instanceof ConfigError ? [error.message, 2] : [(error as Error).message, 1];
  process.stderr.write(`${message}\n`);
  await shutdown(code);
}
