import { contract } from '@predictu/contract';
import { encodeId, type IdKind, marketId, PREFIXES } from '@predictu/contract/ids';
import { instant, unitPrice, usd } from '@predictu/contract/units';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { arbitraryOf, type Schema } from '../../test/json-schema-arbitrary.ts';
import { encodeAnswer } from './encode-answer.ts';

describe('it says what zod says', () => {
  const ids = (Object.keys(PREFIXES) as IdKind[]).map((kind) => encodeId(kind, 5n));
  const endpoints = Object.entries(contract).map(([name, { answer }]) => [name, answer as z.ZodType] as const);
  test.each(endpoints)('%s', (_, schema) => {
    const { $defs: components = {}, ...root } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema & {
      $defs?: Record<string, Schema>;
    };
    const wire = arbitraryOf(root, { components, ids });
    const decoded = fc.sample(wire, { numRuns: 1_000, seed: 20_260_601 }).map((sent) => schema.safeParse(sent));
    const answers = decoded.flatMap(({ success, data }) => (success ? [data] : []));
    expect(answers.length).toBeGreaterThan(0);
    for (const answer of answers) expect(encodeAnswer(schema, answer)).toEqual(z.encode(schema, answer as never));
  });
});

test('what the schema does not name does not leave', () => {
  const schema = z.object({ data: z.array(z.object({ id: marketId, price: unitPrice.nullable() })) });
  const answer = {
    data: [
      { id: 1n, price: 5_000n, password: 'x' },
      { id: 2n, price: null },
    ],
    secret: 1,
  };
  expect(encodeAnswer(schema, answer)).toEqual({
    data: [
      { id: 'mkt_0000000000001', price: 0.5 },
      { id: 'mkt_0000000000002', price: null },
    ],
  });
});

test('optional parts stay away, loose objects keep the rest, unions find theirs', () => {
  const schema = z.object({ at: instant, gone: usd.optional(), loose: z.looseObject({ a: usd }), either: z.union([usd, z.string()]) });
  const answer = { at: new Date(0), gone: undefined, loose: { a: 150n, b: 'kept' }, either: 'text' };
  expect(encodeAnswer(schema, answer)).toEqual({ at: '1970-01-01T00:00:00.000Z', loose: { a: 1.5, b: 'kept' }, either: 'text' });
});

test('an amount that a JSON number cannot hold is an error, never a wrong figure', () => {
  expect(() => encodeAnswer(z.object({ amount: usd }), { amount: 10n ** 20n })).toThrow(RangeError);
});
