/**
 * `npm test`: the checks, then every test, the ones in a real browser included.
 * The last line is `N passed, N failed`: tests and checks together. The exit code is 0 only when nothing failed.
 */
import { startVitest } from 'vitest/node';
import { check } from './check.js';
import { findChromium } from './chromium.js';

const tally = { passed: 0, failed: 0 };
const skipped = [];
const repeated = [];

function countTests(vitest) {
  for (const module of vitest.state.getTestModules()) {
    // A file that cannot be loaded, or whose hooks fail, holds no failed test, yet it has failed.
    const broken = module.errors().length > 0 || [...module.children.allSuites()].some((suite) => suite.errors().length > 0);
    if (broken) tally.failed += 1;
    for (const test of module.children.allTests()) {
      const { state, note, errors } = test.result();
      if (test.diagnostic()?.flaky) repeated.push(`${module.relativeModuleId} > ${test.fullName}: ${errors?.[0]?.message ?? 'no error'}`);
      if (state === 'passed') tally.passed += 1;
      else if (state === 'skipped') skipped.push(`${module.relativeModuleId} > ${test.fullName}: ${note ?? 'no reason given'}`);
      else tally.failed += 1;
    }
  }
  tally.failed += vitest.state.getUnhandledErrors().length;
}

async function runTests() {
  const vitest = await startVitest('test', [], { watch: false, reporters: ['default'], passWithNoTests: false });
  countTests(vitest);
  await vitest.close();
}

async function attempt(what, work) {
  try {
    await work();
  } catch (error) {
    tally.failed += 1;
    console.error(`${what}: ${error.message}`);
  }
}

await attempt('Chromium', () => {
  process.env.CHROMIUM_PATH = findChromium();
});
await attempt('Checks', async () => {
  const { passed, failed } = await check();
  tally.passed += passed;
  tally.failed += failed;
});
await attempt('Tests', runTests);

const tell = (what, lines) =>
  lines.length > 0 && console.log(`\n${what} (${lines.length}):\n${lines.map((line) => `  ${line}`).join('\n')}`);
tell('Not run here', skipped);
tell('Passed at the second attempt', repeated);
console.log(`\n${tally.passed} passed, ${tally.failed} failed`);
// Vitest sets the exit code as well; a handle left open by a test must not keep the line above from being the last.
process.exit(tally.failed === 0 && tally.passed > 0 ? 0 : 1);
