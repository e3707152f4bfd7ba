/**
 * `npm run screens`: every screen, dialog and printed page of the whole demo, looked at and pictured: `artifacts/gallery.html`.
 * `--only <word>`: those whose picture has it in its name. `--data <folder>`: keeps the demo there, so that the next run need not build it.
 */
import { parseArgs } from 'node:util';
import { startVitest } from 'vitest/node';
import { findChromium } from './chromium.js';

const LOOKED_AT = ['demo/screens', 'demo/dialogs', 'demo/paper', 'demo/player'];
/** Keys of the configuration before and after, on a demo of their own: nothing of it is pictured. */
const KEYS = 'embed-keys';
const { values } = parseArgs({ options: { only: { type: 'string' }, data: { type: 'string' } } });

process.env.SCREENS = '1';
process.env.CHROMIUM_PATH = findChromium();
if (values.only) process.env.SCREENS_ONLY = values.only;
if (values.data) process.env.SCREENS_DATA = values.data;

const vitest = await startVitest('test', values.only ? LOOKED_AT : [...LOOKED_AT, KEYS], { watch: false, project: ['demo', 'screens'] });
const failed = vitest.state.getCountOfFailedTests() + vitest.state.getUnhandledErrors().length;
await vitest.close();
console.log('\nartifacts/gallery.html');
process.exit(failed === 0 ? 0 : 1);
