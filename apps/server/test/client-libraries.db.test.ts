/** Both client libraries play the same scenario against the same server: calls, pages, errors, retries, idempotency, callbacks. */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPython, PYTHON } from '../../../packages/sdk/test/python.ts';
import { runFile } from '../../../packages/sdk/test/run-file.ts';
import { ScenarioRunner, type Step } from '../../../packages/sdk/test/run-scenario.ts';
import { openSdkServer, type SdkServer } from './sdk-server.ts';

const SCENARIO = new URL('../../../packages/sdk/test/scenario.json', import.meta.url);
const steps = JSON.parse(readFileSync(SCENARIO, 'utf8')) as Step[];
/** Takes connections and never says a word. */
const silent = createServer(() => {});

let sdk: SdkServer;
beforeAll(async () => {
  await new Promise<void>((listening) => silent.listen(0, '127.0.0.1', listening));
  sdk = await openSdkServer();
  const address = silent.address() as AddressInfo;
  for (const operator of sdk.operators) operator['silent_url'] = `http://127.0.0.1:${address.port}`;
});
afterAll(async () => {
  silent.close();
  await sdk?.close();
});

describe('the TypeScript library', () => {
  let runner: ScenarioRunner;
  beforeAll(() => {
    runner = new ScenarioRunner(sdk.operators[0] ?? {});
  });
  test.each(steps)('$name', async (step) => runner.run(step));
});

describe.skipIf(!hasPython())('the Python library', () => {
  const problems = new Map<string, string | null>();
  beforeAll(async () => {
    const library = fileURLToPath(new URL('../../../packages/sdk-python', import.meta.url));
    const { output } = await runFile(PYTHON, ['-B', `${library}/tests/run_scenario.py`], {
      env: { PYTHONPATH: library },
      input: JSON.stringify({ scenario: fileURLToPath(SCENARIO), operator: sdk.operators[1] }),
    });
    for (const line of output.split('\n').filter((each) => each.startsWith('{"name"'))) {
      const { name, problem } = JSON.parse(line) as { name: string; problem: string | null };
      problems.set(name, problem);
    }
    expect(problems.size, output).toBe(steps.length);
  }, 120_000);
  test.each(steps)('$name', ({ name }) => expect(problems.get(name)).toBeNull());
});
