/** A Chromium for the browser tests: the one named, an installed one, or Debian's package where this process may install it. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const installed = () => PLACES.find((place) => existsSync(place));

function install() {
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (!mayInstall) return undefined;
  console.log('No Chromium here: installing it with apt-get');
  const run = (...words) =>
    spawnSync('apt-get', words, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  run('update', '-qq');
  run('install', '-y', '-qq', '--no-install-recommends', 'chromium');
  return installed();
}

/** The path of a Chromium; throws with what to do when there is none. `CHROMIUM_PATH` names one explicitly. */
export function findChromium() {
  const named = process.env.CHROMIUM_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROMIUM_PATH names ${named}, which does not exist`);
  const found = named || installed() || install();
  if (!found)
    throw new Error(
      'The browser tests need Chromium: install the package "chromium", or set CHROMIUM_PATH to an installed Chrome or Chromium',
    );
  return found;
}
