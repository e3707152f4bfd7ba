/** The example casino in a process of its own, as an operator runs it with the keys of its workspace, shown at an address of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OPENS_WITHIN_MS = 30_000;

type CasinoKeys = { slug: string; apiKey: string; apiSecret: string; webhookSecret: string; operatorId: string };
export type RunningCasino = { url: string; callbackUrl: string; stop(): Promise<void> };

async function addressesOf(child: ChildProcess): Promise<{ url: string; callbackUrl: string }> {
  if (!child.stdout || !child.stderr) throw new Error('The casino has no output');
  let said = '';
  const hear = (line: string): void => {
    said += `${line}\n`;
  };
  createInterface({ input: child.stderr }).on('line', hear);
  createInterface({ input: child.stdout }).on('line', hear);
  for (const deadline = performance.now() + OPENS_WITHIN_MS; performance.now() < deadline; ) {
    const url = /Lobby +(http\S+)/.exec(said)?.[1];
    const callbackUrl = /Callback URL +(http\S+)/.exec(said)?.[1];
    if (url && callbackUrl) return { url, callbackUrl };
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The casino did not open:\n${said}`);
}

export async function openCasino(platform: string, { slug, apiKey, apiSecret, webhookSecret, operatorId }: CasinoKeys, folder: string) {
  const { PREDICTU_DEMO_FILE: _keysComeBelow, ...inherited } = process.env;
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), join(ROOT, 'examples/casino/src/main.ts')], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...inherited,
      PORT: '0',
      PREDICTU_URL: platform,
      CASINO_SLUG: slug,
      PREDICTU_API_KEY: apiKey,
      PREDICTU_API_SECRET: apiSecret,
      PREDICTU_WEBHOOK_SECRET: webhookSecret,
      PREDICTU_OPERATOR_ID: operatorId,
      CASINO_JOURNAL: join(folder, 'casino.jsonl'),
    },
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGTERM')) await once(child, 'exit');
  };
  try {
    return { ...(await addressesOf(child)), stop } satisfies RunningCasino;
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What a web server in front of the casino would do: its pages at `origin`, in this browser. */
export const showAt = (page: Page, origin: string, { url }: RunningCasino) =>
  page.route(`${origin}/**`, async (route) => {
    const address = new URL(route.request().url());
    await route.fulfill({ response: await route.fetch({ url: `${url}${address.pathname}${address.search}` }) });
  });
