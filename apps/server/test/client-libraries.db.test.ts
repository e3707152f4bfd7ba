/** Both client libraries play the same scenario against the same server: calls, pages, errors, retries, idempotency, uploads, callbacks. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Network, openSilence } from '../../../packages/sdk/test/network.ts';
import { playInPython, steps } from '../../../packages/sdk/test/play-scenario.ts';
import { hasPython } from '../../../packages/sdk/test/python.ts';
import { ScenarioRunner } from '../../../packages/sdk/test/run-scenario.ts';
import { openSdkServer, type SdkServer } from './sdk-server.ts';

let sdk: SdkServer;
let silence: Network;
beforeAll(async () => {
  silence = await openSilence();
  sdk = await openSdkServer();
  for (const operator of sdk.operators) operator['silent_url'] = silence.url;
});
afterAll(async () => {
  silence?.close();
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
  let problems: Map<string, string | null>;
  beforeAll(async () => {
    problems = await playInPython(sdk.operators[1] ?? {}, steps);
  }, 120_000);
  test.each(steps)('$name', ({ name }) => expect(problems.get(name)).toBeNull());
});
