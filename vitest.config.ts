import { defineConfig, type TestProjectConfiguration } from 'vitest/config';

const unit: TestProjectConfiguration = {
  extends: true,
  test: {
    name: 'unit',
    include: [
      'packages/*/{src,test}/**/*.test.{ts,tsx}',
      'apps/server/src/**/*.test.ts',
      'apps/{admin,operator,site,widget}/src/**/*.test.{ts,tsx}',
      'tools/**/*.test.ts',
      'bench/**/*.test.ts',
      'examples/*/test/**/*.test.ts',
    ],
    exclude: ['**/node_modules/**', '**/*.db.test.ts'],
    // No test waits: only thousands of random cases on a slow machine come near it.
    testTimeout: 30_000,
  },
};

/** Shares one PostgreSQL, which starts only when one of these files runs. */
const database: TestProjectConfiguration = {
  extends: true,
  test: {
    name: 'database',
    include: ['apps/server/src/**/*.db.test.ts', 'apps/server/test/**/*.test.ts'],
    globalSetup: ['apps/server/test/global-setup.ts'],
    // The whole demo's lists are long.
    testTimeout: process.env['DEMO_SCALE'] === 'full' ? 600_000 : 30_000,
    hookTimeout: 60_000,
  },
};

/** Only with `npm run consistency -- --base`, against a demo that runs. */
const consistency: TestProjectConfiguration = {
  extends: true,
  test: { name: 'consistency', include: ['apps/server/test/consistency*.test.ts'], testTimeout: 900_000, hookTimeout: 60_000 },
};

/** A browser beside other tests may be late for what a person would wait for. `npm test` names what passed at its second attempt. */
const inBrowser = { testTimeout: 60_000, hookTimeout: 90_000, retry: 1 };

const browser: TestProjectConfiguration = {
  extends: true,
  test: { ...inBrowser, name: 'e2e', include: ['e2e/*.test.ts'] },
};

/** Shares one demo, the small one; `npm run screens` looks at the whole one at every width, which takes minutes. */
const demo: TestProjectConfiguration = {
  extends: true,
  test: { ...inBrowser, name: 'demo', include: ['e2e/demo/**/*.test.ts'], globalSetup: ['e2e/demo/demo-setup.ts'] },
};

/** Only with `npm run screens`. */
const screens: TestProjectConfiguration = {
  extends: true,
  test: { name: 'screens', include: ['e2e/*.screens.ts'], testTimeout: 60_000, hookTimeout: 600_000 },
};

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    // What is waited for comes; on a slow machine later than the second Vitest gives it.
    expect: { poll: { timeout: 20_000 } },
    projects:
      process.env['VITEST_NO_DATABASE'] === '1'
        ? [unit]
        : [
            unit,
            database,
            browser,
            demo,
            ...(process.env['SCREENS'] === '1' ? [screens] : []),
            ...(process.env['CONSISTENCY_URL'] ? [consistency] : []),
          ],
  },
});
