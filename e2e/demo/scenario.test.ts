/** Both client libraries play their scenario against the demo: `npm run scenario -- --base http://127.0.0.1:3000` has them play it against one that runs. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { playInPython, steps } from '../../packages/sdk/test/play-scenario.ts';
import { hasPython } from '../../packages/sdk/test/python.ts';
import { ScenarioRunner } from '../../packages/sdk/test/run-scenario.ts';
import { openScenarioOperator, type ScenarioOperator } from './scenario-operator.ts';
import { signInTo } from './stage.ts';

/** A step may have to wait for the next minute. */
const STEP = { timeout: 90_000 };
const WHOLE_MS = 600_000;

describe('the TypeScript library against the demo', () => {
  let operator: ScenarioOperator;
  let runner: ScenarioRunner;
  beforeAll(async () => {
    operator = await openScenarioOperator('TypeScript');
    runner = new ScenarioRunner(operator.known);
  });
  afterAll(() => operator?.close());
  test.each(steps)('$name', STEP, async (step) => {
    if (operator.playable([step]).length > 0) await runner.run(step);
    else console.log(`Left out: “${step.name}”, because so many requests a minute cannot be used up here`);
  });
});

describe.skipIf(!hasPython())('the Python library against the demo', () => {
  let operator: ScenarioOperator;
  beforeAll(async () => {
    operator = await openScenarioOperator('Python');
  });
  afterAll(() => operator?.close());
  test('every step', { timeout: WHOLE_MS }, async () => {
    const played = operator.playable(steps);
    const problems = await playInPython(operator.known, played);
    expect([...problems].filter(([, problem]) => problem !== null)).toEqual([]);
    expect(played.length).toBeGreaterThanOrEqual(steps.length - 2);
  });
});

test('the demo is as usable as before: its operators are live, what the scenario made is suspended', async () => {
  const { data } = await (await signInTo('admin')).ask<{ data: { slug: string; status: string }[] }>('/operators');
  const statusOf = (slug: string) => data.find((operator) => operator.slug === slug)?.status;
  expect([statusOf('example-casino'), statusOf('lucky-spins')]).toEqual(['live', 'live']);
  const made = data.filter(({ slug }) => slug.startsWith('scenario-'));
  expect(made.length).toBeGreaterThan(0);
  expect(made.every(({ status }) => status === 'suspended')).toBe(true);
});
