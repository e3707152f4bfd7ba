/** `npm run casino`: reads the environment, starts Lucky Spins and says where it is. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startCasino } from './casino.ts';

type DemoOperator = { slug: string; api_key: string; api_secret: string; webhook_secret?: string; operator_id?: string };
type DemoFile = { base_url: string; operators: DemoOperator[] };

const { env } = process;
const SLUG = env['CASINO_SLUG'] ?? 'lucky-spins';

function readDemoFile(path: string): DemoFile | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as DemoFile;
  } catch (error) {
    if (env['PREDICTU_DEMO_FILE'] === undefined && (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function main(): Promise<void> {
  const demo = readDemoFile(resolve(env['PREDICTU_DEMO_FILE'] ?? '.data/demo.json'));
  const known = demo?.operators.find(({ slug }) => slug === SLUG);
  const settings = {
    PREDICTU_URL: env['PREDICTU_URL'] ?? demo?.base_url,
    PREDICTU_API_KEY: env['PREDICTU_API_KEY'] ?? known?.api_key,
    PREDICTU_API_SECRET: env['PREDICTU_API_SECRET'] ?? known?.api_secret,
    PREDICTU_WEBHOOK_SECRET: env['PREDICTU_WEBHOOK_SECRET'] ?? known?.webhook_secret,
  };
  const missing = Object.entries(settings).flatMap(([name, value]) => (value ? [] : [name]));
  if (missing.length > 0) throw new Error(`Set ${missing.join(', ')}, or point PREDICTU_DEMO_FILE at the demo.json of a running demo.`);
  const operatorId = env['PREDICTU_OPERATOR_ID'] ?? known?.operator_id;
  const journalFile = resolve(env['CASINO_JOURNAL'] ?? '.data/casino/journal.jsonl');
  const casino = await startCasino({
    port: Number(env['PORT'] ?? 4_000),
    ...(env['HOST'] ? { host: env['HOST'] } : {}),
    predictuUrl: settings.PREDICTU_URL as string,
    operatorSlug: SLUG,
    apiKey: settings.PREDICTU_API_KEY as string,
    apiSecret: settings.PREDICTU_API_SECRET as string,
    webhookSecret: settings.PREDICTU_WEBHOOK_SECRET as string,
    ...(operatorId ? { operatorId } : {}),
    journalFile,
  });
  let stopping: Promise<void> | undefined;
  const stop = (): void => void (stopping ??= casino.stop().then(() => process.exit(0)));
  // The demo starts it with a channel: nobody else is there to close the casino of a platform that was killed.
  process.once('SIGINT', stop).once('SIGTERM', stop).once('disconnect', stop);
  process.stdout.write(
    [
      'Lucky Spins is open. Ctrl-C closes it.',
      '',
      `  Lobby         ${casino.url}`,
      `  Back office   ${casino.url}/admin`,
      `  Books         ${casino.url}/ledger`,
      `  Callback URL  ${casino.callbackUrl}`,
      `  Platform      ${settings.PREDICTU_URL}`,
      `  Journal       ${journalFile}`,
      '',
    ].join('\n'),
  );
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
