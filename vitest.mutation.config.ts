import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** What `npx stryker run` tests each mutant with: the rules of money, pricing and risk, without a database. */
export default defineConfig({
  // The workspace link leads out of the copy that is mutated; this keeps imports inside it.
  resolve: {
    alias: [
      { find: /^@predictu\/contract\/(.*)$/, replacement: `${fileURLToPath(new URL('.', import.meta.url))}packages/contract/src/$1.ts` },
    ],
  },
  test: {
    include: ['packages/contract/test/{units,ids}.test.ts', 'apps/server/src/{pricing,risk}/*.rules.test.ts'],
  },
});
