import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedSince, changeOf, differences, flatten, unflatten } from './config-change.rules.ts';

test('documents become one level; lists stay whole', () => {
  expect([...flatten({ a: { b: 1, c: { d: null } }, e: 'x', f: { g: [1, 2] } })]).toEqual([
    ['a.b', 1],
    ['a.c.d', null],
    ['e', 'x'],
    ['f.g', [1, 2]],
  ]);
});

const leaf = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.integer(), { maxLength: 3 }));
const name = fc.constantFrom('a', 'b', 'c');
const document = fc.dictionary(name, fc.dictionary(name, leaf, { minKeys: 1, noNullPrototype: true }), { noNullPrototype: true });

test('a document comes back from its one level', () => {
  fc.assert(
    fc.property(document, (one) => {
      expect(unflatten(Object.fromEntries(flatten(one)))).toEqual(one);
    }),
  );
});

test('laying the differences over the first document makes the second; a change and its opposite are nothing', () => {
  fc.assert(
    fc.property(document, document, (one, other) => {
      const { keys, previous, next } = differences(one, other);
      const values = Object.fromEntries(flatten(one));
      const wanted = flatten(other);
      for (const [key, value] of Object.entries({ ...values, ...next })) expect(value ?? null).toEqual(wanted.get(key) ?? null);
      expect(differences(other, one)).toEqual({ keys: expect.any(Array), previous: next, next: previous });
      expect(changedSince(other, next)).toEqual([]);
      expect(changedSince(one, next)).toEqual(keys);
    }),
  );
});

test('asked for keys are told though they stay', () => {
  expect(changeOf({ a: { b: 1, c: 2 } }, { a: { b: 1, c: 3 } }, ['a.b', 'a.c'])).toEqual({
    keys: ['a.b', 'a.c'],
    previous: { 'a.b': 1, 'a.c': 2 },
    next: { 'a.b': 1, 'a.c': 3 },
  });
});
