import { encodeId, type Id } from '@predictu/contract/ids';
import { describe, expect, test } from 'vitest';
import { NAMED, ownName, rowOf } from './subject-name.rules.ts';

describe('the row a subject names', () => {
  test.each(NAMED)('%s by its id', (kind) => {
    expect(rowOf(encodeId(kind, 7n as Id<typeof kind>))).toEqual({ kind, id: 7n });
  });

  test('an operator by its slug, and by the id its configuration goes by', () => {
    expect(rowOf('operator:lucky-spins')).toEqual({ kind: 'operator', slug: 'lucky-spins' });
    expect(rowOf(`operator_config:${encodeId('operator', 3n as Id<'operator'>)}`)).toEqual({ kind: 'operator', id: 3n });
  });

  test.each(['platform_config', 'admin:ann@example.com', encodeId('transaction', 5n as Id<'transaction'>), 'operator_config:nobody', ''])(
    'none for %s',
    (subject) => expect(rowOf(subject)).toBeUndefined(),
  );
});

describe('the name a subject brings itself', () => {
  test.each([
    ['admin:ann@example.com', 'ann@example.com'],
    ['operator_member:bo@casino.example', 'bo@casino.example'],
    ['platform_config', 'Platform configuration'],
    ['risk_events', 'Risk events'],
    ['mkt_0d5k3m8a00004', null],
    ['operator:lucky-spins', null],
  ])('%s: %s', (subject, name) => expect(ownName(subject)).toBe(name));
});
