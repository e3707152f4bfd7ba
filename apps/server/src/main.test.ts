import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

const PROGRAM = fileURLToPath(new URL('../../../bin/predictu.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'predictu-usage-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: string[]) =>
  spawnSync(process.execPath, [PROGRAM, ...args], { encoding: 'utf8', env: { ...process.env, PREDICTU_DATA_DIR: folder, PORT: '0' } });

describe('the command line', () => {
  test.each([[['--help']], [['help']], [['start', '--help']], [['verify', '-h']]])('%j says what there is, and does nothing', (args) => {
    expect(run(...args)).toMatchObject({ status: 0, stdout: expect.stringContaining('Usage: predictu <command>'), stderr: '' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    [['strat']],
    [['start', '--no-dmo']],
    [['start', 'now']],
    [['worker', '--no-demo']],
    [['migrate', '--dry-run']],
    [['verify', '1']],
  ])('%j is refused, and does nothing', (args) => {
    expect(run(...args)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('Usage: predictu <command>') });
    expect(readdirSync(folder)).toEqual([]);
  });
});
