import { expect, test } from 'vitest';
import { runChaos } from './chaos/chaos.ts';

/** The short form of `npm run chaos`. */
test('with a server and the database killed meanwhile, every key has one answer, no limit was exceeded and the books are right', {
  timeout: 300_000,
}, async () => {
  const report = await runChaos({ operations: 5_000, serverKills: 1, postgresKills: 1, seed: 11 });
  expect(report.defects, report.books).toEqual([]);
  expect(report).toMatchObject({ serverKills: 1, postgresKills: 1 });
  expect(report.accepted).toBeGreaterThan(1_000);
});
