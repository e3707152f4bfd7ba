/** `npm run check`: types, imports, style, unused code. Each `check:*` script of package.json is one step. Needs no database. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PATH = [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter);

/** Runs one shell command of the project; resolves to its exit code and everything it said. */
function run(command) {
  return new Promise((resolve) => {
    const child = spawn(command, { cwd: ROOT, shell: true, env: { ...process.env, PATH, NO_COLOR: '1', FORCE_COLOR: undefined } });
    let said = '';
    const listen = (chunk) => {
      said += chunk;
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('error', (error) => resolve({ code: 1, said: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, said }));
  });
}

/** Runs every step and prints a line for each, with what the failed ones said. Resolves to how many passed and failed. */
export async function check() {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const steps = Object.entries(scripts).filter(([name]) => name.startsWith('check:'));
  let failed = 0;
  for (const [name, command] of steps) {
    const start = performance.now();
    const { code, said } = await run(command);
    const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(5);
    console.log(`${code === 0 ? 'ok    ' : 'failed'} ${seconds} s  ${name}`);
    if (code === 0) continue;
    failed += 1;
    console.log(said.trimEnd().replace(/^/gm, '    '));
  }
  return { passed: steps.length - failed, failed };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = (await check()).failed === 0 ? 0 : 1;
