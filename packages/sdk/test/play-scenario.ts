/** The scenario that both client libraries must pass, and how the Python one plays it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { PYTHON } from './python.ts';
import { runFile } from './run-file.ts';
import type { Step } from './run-scenario.ts';

export const steps = JSON.parse(readFileSync(new URL('./scenario.json', import.meta.url), 'utf8')) as Step[];
const LIBRARY = fileURLToPath(new URL('../../sdk-python', import.meta.url));

/** What went wrong in each step, by its name; null: nothing. */
export async function playInPython(operator: Record<string, string>, chosen: readonly Step[]): Promise<Map<string, string | null>> {
  const { output } = await runFile(PYTHON, ['-B', `${LIBRARY}/tests/run_scenario.py`], {
    env: { PYTHONPATH: LIBRARY },
    input: JSON.stringify({ steps: chosen, operator }),
  });
  const told = output
    .split('\n')
    .filter((line) => line.startsWith('{"name"'))
    .map((line) => JSON.parse(line) as { name: string; problem: string | null });
  const problems = new Map(told.map(({ name, problem }) => [name, problem]));
  expect(problems.size, output).toBe(chosen.length);
  return problems;
}
