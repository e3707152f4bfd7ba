import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromLine, toLine } from './wire.rules.ts';

test('a line carries integers, instants, and any JSON, also such as looks like them', () => {
  const value = { a: 1n, b: new Date(5), c: [null, 1.5, 'text\n', { $n: '5' }], d: { $d: 3, $o: { $n: '1' } }, gone: undefined };
  const { gone: _, ...rest } = value;
  expect(fromLine(toLine(value))).toEqual(rest);
  expect(toLine(value)).not.toContain('\n');
});

test('what is sent arrives', () => {
  const key = fc.oneof(fc.constantFrom('$n', '$d', '$o', '$', 'a', '__proto__'), fc.string());
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.bigInt(),
      fc.integer(),
      fc.string(),
      fc.boolean(),
      fc.constant(null),
      fc.date({ noInvalidDate: true }),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(key, tie('value'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(value, (sent) => {
      expect(plain(fromLine(toLine(sent)))).toEqual(plain(sent));
    }),
  );
});

/** Without prototypes, which are not part of what is sent. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return new Map(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
