import { expect, test } from 'vitest';
import { describeUndisturbed, undisturbed } from './undisturbed.ts';

/** Stretches 0, 1, 2 and so on, which lose these percentages. */
async function measured(wanted: number, losses: readonly (number | undefined)[]) {
  let n = 0;
  const watch = () => () => losses[n - 1];
  return undisturbed(
    wanted,
    async () => {
      n += 1;
      return n - 1;
    },
    { watch },
  );
}

test('stretches that lost time to others are measured again', async () => {
  const found = await measured(3, [0, 4, 0.2, 9, 0.5, 0]);
  expect(found).toEqual({ counted: [0, 2, 4], measured: 5, lost: 0.5 });
  expect(describeUndisturbed(found)).toBe('3 of 5 stretches');
});

test('where it is never quiet those that lost least count, and nobody is to trust them', async () => {
  const found = await measured(2, [3, 9, 1, 0.1, 7, 8]);
  expect(found).toEqual({ counted: [3, 2], measured: 6, lost: 1 });
  expect(describeUndisturbed(found)).toBe('2 of 6 stretches, of which one lost 1.0% of its time to others: NOT TO BE TRUSTED');
});

test('where nobody says what is lost, everything counts', async () => {
  expect(await measured(2, [undefined, undefined])).toEqual({ counted: [0, 1], measured: 2, lost: 0 });
});
