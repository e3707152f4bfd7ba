/** Imports a program: as `npm run build` made it while its sources are the same, compiled on the way otherwise. */
import { isFresh } from '../tools/build.js';

const PROGRAMS = {
  server: ['../apps/server/dist/server.js', '../apps/server/src/main.ts'],
  casino: ['../apps/server/dist/casino.js', '../examples/casino/src/main.ts'],
};

export async function load(program, { compiled = true } = {}) {
  const [built, source] = PROGRAMS[program];
  if (compiled && isFresh('server')) {
    // Stack traces name the sources, as they do without.
    process.setSourceMapsEnabled(true);
    return import(built);
  }
  const { register } = await import('tsx/esm/api');
  register();
  return import(source);
}
