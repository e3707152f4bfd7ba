/** Both client libraries play the same scenario against the same server: calls, pages, errors, retries, idempotency, callbacks. */
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, test } from 'vitest';
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
