import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantOf } from './row-shape.ts';

const EARLIEST = new Date('0001-01-01T00:00:00Z');
const LATEST = new Date('9999-12-31T23:59:59.999Z');

/** As Postgres writes an instant in UTC: no zeros at the end of the fraction, and no point without one. */
const written = (at: Date, microseconds: number): string => {
  const [day, time = ''] = at.toISOString().split('T');
  const digits = `${time.slice(9, 12)}${String(microseconds).padStart(3, '0')}`.replace(/0+$/, '');
  return `${day} ${time.slice(0, 8)}${digits && `.${digits}`}+00`;
};

test('an instant is read to the millisecond, whatever its fraction is written like', () => {
  const instants = fc.date({ min: EARLIEST, max: LATEST, noInvalidDate: true });
  fc.assert(
    fc.property(instants, fc.nat(999), (at, microseconds) => {
      expect(instantOf(written(at, microseconds))).toEqual(at);
    }),
  );
  // Whole seconds and tenths are too rare among all instants.
  fc.assert(
    fc.property(instants, fc.constantFrom(0, 100, 120, 999), (at, milliseconds) => {
      at.setUTCMilliseconds(milliseconds);
      expect(instantOf(written(at, 0))).toEqual(at);
    }),
  );
});

test.each([
  ['2026-03-19 12:34:56.5+05:30', '2026-03-19T07:04:56.500Z'],
  ['2026-03-19 12:34:56-08', '2026-03-19T20:34:56.000Z'],
  ['0044-03-15 12:00:00+00 BC', '-000043-03-15T12:00:00.000Z'],
  ['12026-03-19 12:34:56+00', '+012026-03-19T12:34:56.000Z'],
])('%s, which is written otherwise, is read too', (text, expected) => {
  expect(instantOf(text).toISOString()).toBe(expected);
});

test('what has no end is no instant', () => {
  expect([instantOf('infinity'), instantOf('-infinity')]).toEqual([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
});
