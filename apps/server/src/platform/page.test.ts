import { Failure } from '@predictu/contract/errors';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { where } from './conditions.ts';
import { pageOf, sliceOf } from './page.ts';

const rows = [9n, 7n, 5n].map((id) => ({ id }));

test('pages are offsets, one row more than shown', () => {
  expect(sliceOf({ page: 3, limit: 20 }, 1)).toEqual({ limit: 21, offset: 40, after: undefined });
});

test('a further row makes a cursor that leads behind the last one shown', () => {
  const page = pageOf(
    { page: 1, limit: 2 },
    3n,
    rows,
    ({ id }) => [id],
    ({ id }) => String(id),
  );
  expect(page).toMatchObject({ data: ['9', '7'], pagination: { page: 1, limit: 2, total: 3, total_pages: 2 } });
  expect(sliceOf({ page: 1, limit: 2, cursor: page.next_cursor ?? '' }, 1)).toEqual({ limit: 3, offset: 0, after: [7n] });
  expect(
    pageOf(
      { page: 1, limit: 3 },
      3n,
      rows,
      ({ id }) => [id],
      ({ id }) => id,
    ).next_cursor,
  ).toBeNull();
  expect(
    pageOf(
      { page: 1, limit: 3 },
      0n,
      [],
      () => [0n],
      () => 0,
    ).pagination.total_pages,
  ).toBe(0);
});

test('any two whole numbers of the database survive a cursor', () => {
  const int8 = fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n);
  fc.assert(
    fc.property(int8, int8, (value, id) => {
      const { next_cursor: cursor } = pageOf(
        { page: 1, limit: 1 },
        2n,
        [0, 1],
        () => [value, id],
        () => null,
      );
      expect(sliceOf({ page: 1, limit: 1, cursor: cursor ?? '' }, 2).after).toEqual([value, id]);
    }),
  );
});

test('anything else is refused as unreadable', () => {
  const of = (text: string) => Buffer.from(text, 'latin1').toString('base64url');
  for (const cursor of ['', 'x', of('1.2.3'), of('1'), of('1.'), of('a.b'), of('1.9223372036854775808'), of('1.99999999999999999999')]) {
    expect(() => sliceOf({ page: 1, limit: 1, cursor }, 2)).toThrow(Failure);
  }
  fc.assert(
    fc.property(fc.string(), (cursor) => {
      try {
        expect(sliceOf({ page: 1, limit: 1, cursor }, 2).after).toHaveLength(2);
      } catch (error) {
        expect((error as Failure).code).toBe('BAD_REQUEST');
      }
    }),
  );
});

test('conditions without a value are left out, the others are numbered', () => {
  expect(
    where([
      ['a = ?', 1],
      ['b < ?', undefined],
      ['c = any(?) or d = any(?)', [2]],
    ]),
  ).toEqual({ text: 'where a = $1 and c = any($2) or d = any($2)', values: [1, [2]] });
  expect(where([['a = ?', undefined]])).toEqual({ text: '', values: [] });
});
