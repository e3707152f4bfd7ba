import { expect, test } from 'vitest';
import { runSoak } from './soak/soak.ts';
import { soakTable } from './soak/soak-table.ts';

/** The short form of `npm run soak`. */
test('through a faulty network and a kill, two casinos and the platform agree about every cent, and nothing stays unknown', {
  timeout: 180_000,
}, async () => {
  const report = await runSoak({ callbacks: 1_500, kills: 1, seed: 7, freeClaims: true });
  expect(report.defects, soakTable(report)).toEqual([]);
  expect(report.kills).toBe(1);
  expect(report.callbacks).toBeGreaterThanOrEqual(1_500);
  expect(report.attempts).toBeGreaterThan(report.callbacks);
  expect(report.replayed).toBeGreaterThan(0);
  expect(report.sums.platform).toEqual(report.sums.casinos);
  expect(Object.entries(report.faults).filter(([, times]) => times === 0)).toEqual([]);
});
