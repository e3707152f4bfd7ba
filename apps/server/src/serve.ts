/** Serves from a prepared database: the demo, the worker, the API, and at last it says where it is. */
import { rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { buildApp, prepareDocuments, VERSION } from './app.ts';
import { buildDemo, isEmpty } from './demo/build-demo.ts';
import { DEMO_SCALES, type DemoScale, type DemoSize } from './demo/demo-calendar.rules.ts';
import { type DemoFile, readDemoFile, writeDemoFile } from './demo/demo-file.ts';
import { exampleTrade } from './demo/example-trade.ts';
import { progressBar } from './demo/progress.ts';
import { casinoJournal, casinoPort, runCasino } from './demo/run-casino.ts';
import { runTrickle } from './demo/run-trickle.ts';
import { followAlerts } from './engagement/engagement.ts';
import { migrateJobs, startWorker } from './jobs.ts';
import { openPast } from './open-past.ts';
import type { Config } from './platform/config.ts';
import { buildingMark } from './platform/data-folder.ts';
import type { PreparedDatabase } from './platform/prepare-database.ts';
import { onShutdown } from './platform/process.ts';
import { openServices, type Services } from './services.ts';

export type StartOptions = { parts: 'all' | 'api' | 'worker'; demo: DemoSize | 'none' };

const write = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
type Prepared = { config: Config; secret: string; log: Logger; prepared: PreparedDatabase; begun: number };

/** `begun` is when the start began, by `performance.now()`. */
export async function serve({ config, secret, log, prepared, begun }: Prepared, { parts, demo }: StartOptions): Promise<void> {
  await migrateJobs(prepared.ownerUrl);
  let file: DemoFile | undefined;
  // The demo's casino listens on this machine.
  const loopback = () => config.s2sAllowLoopback || file !== undefined;
  const services = await openServices({ config, secret, appUrl: prepared.appUrl, log, loopback });
  onShutdown(services.close);
  file = demo === 'none' ? undefined : await demoOf(services, prepared, secret, DEMO_SCALES[demo]);
  if (parts !== 'api') await startBackground(services, prepared, log);
  if (parts === 'worker') return write(`Predictu ${VERSION}: worker running. Ctrl-C stops it.`);
  const app = buildApp(services, { runsFeed: parts === 'all' });
  onShutdown(() => app.close());
  await app.listen({ port: config.port, host: config.host });
  const { port } = app.server.address() as AddressInfo;
  const baseUrl = `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
  const casino = file && (await openCasino(services, baseUrl, writeDemoFile(config.dataFolder, baseUrl, file.operators)));
  await announce(services, baseUrl, file, casino, (performance.now() - begun) / 1_000);
  prepareDocuments();
}

/** The demo's second operator and the trickle of trades. */
async function openCasino(services: Services, baseUrl: string, file: DemoFile): Promise<string | undefined> {
  const { config } = services;
  const casino = await runCasino({ ...services, dataFolder: config.dataFolder, baseUrl, file });
  if (casino) onShutdown(casino.stop);
  if (config.marketSource === 'simulated') onShutdown(await runTrickle(services));
  return casino?.lobby;
}

async function demoOf(services: Services, prepared: PreparedDatabase, secret: string, scale: DemoScale): Promise<DemoFile | undefined> {
  const { config, database, clock, log } = services;
  const { dataFolder } = config;
  if (!(await isEmpty(database))) return readDemoFile(dataFolder);
  write(`Predictu ${VERSION}: building the demo, once.`);
  writeFileSync(buildingMark(config), '');
  const progress = progressBar(process.stdout);
  const journal = casinoJournal(dataFolder);
  // Of a build that was interrupted.
  rmSync(journal, { force: true });
  const operators = await buildDemo({
    clock,
    progress,
    scale,
    openPast: (past) => openPast({ config, secret, appUrl: prepared.appUrl, log, clock: past }),
    casino: { port: await casinoPort(config.port), journal, log },
  });
  progress.end();
  const file = writeDemoFile(dataFolder, '', operators);
  rmSync(buildingMark(config));
  return file;
}

async function startBackground(services: Services, prepared: PreparedDatabase, log: Logger): Promise<void> {
  const worker = await startWorker(prepared.ownerUrl, services, log);
  services.probes.worker = worker.probe;
  onShutdown(worker.stop);
  services.rollups.start();
  services.matcher.start(services.onPrices);
  const alerts = followAlerts({ ...services, onError: (error) => log.warn({ err: error }, 'price alerts wait') });
  onShutdown(alerts.stop);
  services.copilot.housePrices.start();
  onShutdown(services.copilot.housePrices.stop);
  await services.feed.start();
  onShutdown(services.feed.stop);
}

async function announce(
  services: Services,
  baseUrl: string,
  file: DemoFile | undefined,
  casino: string | undefined,
  seconds: number,
): Promise<void> {
  const rows: [string, string][] = [
    ['Site', baseUrl],
    ['God Mode', `${baseUrl}/admin`],
    ['Operator console', `${baseUrl}/operator, or /dashboard`],
    ['API', `${baseUrl}/api`],
    ['Documentation', `${baseUrl}/docs`],
    ['OpenAPI', `${baseUrl}/openapi.json`],
    ['Health', `${baseUrl}/api/health`],
    ['Data folder', services.config.dataFolder],
  ];
  if (casino) rows.push(['Casino', `${casino}  Lucky Spins, which keeps its players' money itself`]);
  for (const { email, password } of file ? [file.admin, ...file.operators] : []) rows.push(['Demo login', `${email}  ${password}`]);
  const width = Math.max(...rows.map(([name]) => name.length));
  write(`\nPredictu ${VERSION} is running (started in ${Math.round(seconds * 10) / 10} s). Ctrl-C stops everything.\n`);
  for (const [name, value] of rows) write(`  ${name.padEnd(width)}  ${value}`);
  const command = file && (await exampleTrade(services, baseUrl, file));
  if (command) write(`\nPlace a trade:\n\n${command}\n`);
  else if (!file)
    write('\nNo demo here. Make the first administrator with: npx predictu admin create --email you@example.com --name "Your Name"\n');
}
