/** The Python library's own tests, and what an installation of it holds. */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { hasPython, PYTHON } from '../../sdk/test/python.ts';
import { runFile } from '../../sdk/test/run-file.ts';

const LIBRARY = fileURLToPath(new URL('..', import.meta.url));

describe.skipIf(!hasPython())('the Python library', () => {
  test('its own tests pass', { timeout: 60_000 }, async () => {
    const { code, output } = await runFile(PYTHON, ['-B', '-m', 'unittest', 'discover', '-s', 'tests'], { cwd: LIBRARY });
    expect(output).toMatch(/Ran [1-9]\d* tests[\s\S]*OK/);
    expect(code).toBe(0);
  });

  test('it installs: the package and its mark of types, nothing else', { timeout: 60_000 }, async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'predictu-python-'));
    for (const part of ['predictu_operator', 'pyproject.toml', 'README.md'])
      cpSync(join(LIBRARY, part), join(elsewhere, 'source', part), { recursive: true, filter: (path) => !path.includes('__pycache__') });
    const target = join(elsewhere, 'installed');
    // What pip does, without what pip fetches.
    const words = ['-c', 'import setuptools; setuptools.setup()', '--quiet', 'build', '--build-lib', target];
    const made = await runFile(PYTHON, words, { cwd: join(elsewhere, 'source') });
    const isTool = made.output.includes("No module named 'setuptools'");
    if (made.code !== 0 && isTool) process.stdout.write('Skipped: this Python has no setuptools, so the package is not built.\n');
    else {
      expect(made.code, made.output).toBe(0);
      expect(readdirSync(join(target, 'predictu_operator'))).toEqual(expect.arrayContaining(['__init__.py', '_generated.py', 'py.typed']));
      const imported = await runFile(PYTHON, ['-c', 'import predictu_operator; print(predictu_operator.__version__)'], {
        env: { PYTHONPATH: target },
        cwd: elsewhere,
      });
      expect(imported.output.trim()).toBe('0.1.0');
    }
    rmSync(elsewhere, { recursive: true, force: true });
  });
});
