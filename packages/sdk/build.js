/** Writes plain modules and their types to dist/, or to the folder named. `npm pack` does it first. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));

const dist = resolve(process.argv[2] ?? join(HERE, 'dist'));

rmSync(dist, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [join(HERE, '../../node_modules/typescript-7/bin/tsc'), '-p', join(HERE, 'tsconfig.build.json'), '--outDir', dist],
  {
    stdio: 'inherit',
  },
);

// Older compilers do not look for types behind the name of a source.
for (const name of readdirSync(dist).filter((each) => each.endsWith('.d.ts'))) {
  const types = readFileSync(join(dist, name), 'utf8');
  writeFileSync(join(dist, name), types.replaceAll(/(from ')(\.\/[^']+)\.ts'/g, "$1$2.js'"));
}
