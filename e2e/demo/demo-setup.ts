/** One demo for every test of this folder: the small one, the whole one for `npm run screens`, or one that runs already (`DEMO_URL`). */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { ALL_PICTURES, beginGallery, writeGallery } from '../gallery.ts';
import { type Installation, install } from '../server.ts';

/** What a console may ask is asserted by counting; here it only must not end a test that opens everything at once. */
const LIMITS = Object.fromEntries(
  ['ADMIN', 'OPERATOR', 'PLAYER', 'PUBLIC', 'LOGIN'].map((bucket) => [`RATE_LIMIT_${bucket}_PER_MINUTE`, '60000']),
);
const BUILD = fileURLToPath(new URL('../../tools/build.js', import.meta.url));
const LOBBY_WITHIN_MS = 60_000;

declare module 'vitest' {
  interface ProvidedContext {
    demo: string;
    lobby: string;
    /** Where the demo keeps its data. */
    folder: string;
  }
}

/** Where the demo's casino stands; the start says it last. */
async function lobbyOf(demo: Installation): Promise<string> {
  for (const deadline = performance.now() + LOBBY_WITHIN_MS; performance.now() < deadline; ) {
    const said = /Casino +(http\S+)/.exec(demo.output())?.[1];
    if (said) return said;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The start named no casino:\n${demo.output()}`);
}

let demo: Installation | undefined;

/** Vitest's own names. */
export async function setup(project: TestProject): Promise<void> {
  beginGallery();
  const running = process.env['DEMO_URL'];
  if (running) {
    project.provide('demo', running);
    project.provide('lobby', process.env['DEMO_LOBBY'] ?? '');
    project.provide('folder', process.env['PREDICTU_DATA_DIR'] ?? '');
    return;
  }
  execFileSync(process.execPath, [BUILD]);
  const kept = process.env['SCREENS_DATA'];
  demo = await install({ ...LIMITS, ...(kept && { PREDICTU_DATA_DIR: kept }) }, ALL_PICTURES ? [] : ['--small-demo']);
  project.provide('demo', demo.url);
  project.provide('folder', kept ?? join(demo.dataFolder, 'data'));
  project.provide('lobby', await lobbyOf(demo));
}

export async function teardown(): Promise<void> {
  writeGallery();
  await demo?.stop();
}
