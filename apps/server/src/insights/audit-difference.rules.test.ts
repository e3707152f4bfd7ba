import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differenceOf } from './audit-difference.rules.ts';

describe('the difference of an audit row', () => {
  test.each([
    [null, null, []],
    [{ status: 'a' }, { status: 'b' }, [{ field: 'status', before: 'a', after: 'b' }]],
    [null, { name: 'x' }, [{ field: 'name', before: null, after: 'x' }]],
    [{ a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, [{ field: 'a.c', before: 2, after: 3 }]],
    [{ list: [1, 2] }, { list: [2, 1] }, [{ field: 'list', before: [1, 2], after: [2, 1] }]],
    [{ list: [1, 2] }, { list: [1, 2] }, []],
    [
      { a: 1 },
      { a: { b: 1 } },
      [
        { field: 'a', before: 1, after: null },
        { field: 'a.b', before: null, after: 1 },
      ],
    ],
    [3, 4, [{ field: 'value', before: 3, after: 4 }]],
  ])('%j to %j', (before, after, expected) => expect(differenceOf(before, after)).toEqual(expected));

  test('nothing differs from itself, whatever the order of its fields', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => differenceOf(value, JSON.parse(JSON.stringify(value))).length === 0));
  });

  test('every field named has two different values', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()), (before, after) =>
        differenceOf(before, after).every((one) => JSON.stringify(one.before) !== JSON.stringify(one.after)),
      ),
    );
  });
});
