import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type KeyLife, keyState, liveKeys, PUBLISHED_BEFORE_MS, planRotation, RETIRES_AFTER_MS, signingKey } from './key-life.rules.ts';

const START = new Date('2026-06-01T12:00:00Z').getTime();

/** Rotates at each of these milliseconds after the start; refused rotations leave everything as it was. */
function rotations(times: readonly number[]): KeyLife[] {
  let keys: KeyLife[] = [];
  for (const [index, time] of times.entries()) {
    const plan = planRotation(keys, new Date(START + time), PUBLISHED_BEFORE_MS);
    if (!plan) continue;
    keys = keys.map((key) => (key.id === plan.predecessor?.id ? { ...key, endsAt: plan.predecessor.endsAt } : key));
    keys = [...keys, { id: BigInt(index), activeFrom: plan.activeFrom, endsAt: null }];
  }
  return keys;
}

test('the first key signs at once, the next when everybody may know it, the old one stays for a day', () => {
  const keys = rotations([0, 1_000]);
  const states = (time: number) => keys.map((key) => keyState(key, keys, new Date(START + time)));
  expect(states(1_000)).toEqual(['active', 'new']);
  expect(states(1_000 + PUBLISHED_BEFORE_MS - 1)).toEqual(['active', 'new']);
  expect(states(1_000 + PUBLISHED_BEFORE_MS)).toEqual(['retiring', 'active']);
  expect(states(1_000 + PUBLISHED_BEFORE_MS + RETIRES_AFTER_MS)).toEqual(['ended', 'active']);
  expect(rotations([0, 1_000, 2_000])).toHaveLength(2);
});

test('however it is rotated: one key signs, at most two are live, and what signs is published before and after', () => {
  const times = fc
    .array(fc.integer({ min: 0, max: 5 * RETIRES_AFTER_MS }), { minLength: 1, maxLength: 12 })
    .map((list) => list.sort((a, b) => a - b));
  fc.assert(
    fc.property(times, fc.integer({ min: 0, max: 6 * RETIRES_AFTER_MS }), (list, later) => {
      const keys = rotations(list);
      const now = new Date(START + (list.at(-1) as number) + later);
      expect(liveKeys(keys, now).length).toBeLessThanOrEqual(2);
      const signs = signingKey(keys, now);
      expect(signs).toBeDefined();
      expect(keys.filter((key) => keyState(key, keys, now) === 'active')).toEqual([signs]);
    }),
  );
});
