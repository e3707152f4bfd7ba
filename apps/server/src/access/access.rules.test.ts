import { ALL_PERMISSIONS, API_KEY_SCOPES } from '@predictu/contract/shapes/permission';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CLOCK_LEEWAY_SECONDS, LONGEST_LAUNCH_SECONDS, launchProblem } from './launch-token.rules.ts';
import { LEAST_PASSWORD_LENGTH, passwordProblem } from './password.rules.ts';
import { maySignLaunchTokens, permissionsOf } from './scope.rules.ts';
import { secondFactor } from './totp.rules.ts';

describe('scopes', () => {
  test.each([
    [['read_only'], ['read'], false],
    [['server_api'], [...ALL_PERMISSIONS], true],
    [['s2s_callback'], [], true],
    [[], [], false],
    [['read_only', 's2s_callback'], ['read'], true],
    [['owner'], [], false],
  ])('%j grants %j', (scopes, permissions, signs) => {
    expect(permissionsOf(scopes)).toEqual(permissions);
    expect(maySignLaunchTokens(scopes)).toBe(signs);
  });

  test('a further scope never takes a permission away, and the order does not matter', () => {
    fc.assert(
      fc.property(fc.subarray([...API_KEY_SCOPES]), fc.constantFrom(...API_KEY_SCOPES), (scopes, more) => {
        const before = permissionsOf(scopes);
        expect(permissionsOf([more, ...scopes])).toEqual(permissionsOf([...scopes, more]));
        expect(permissionsOf([...scopes, more])).toEqual(expect.arrayContaining(before));
      }),
    );
  });
});

describe('passwords', () => {
  test.each([
    ['elevenchars', 'at least 12'],
    ['', 'at least 12'],
    ['aaaaaaaaaaaaaaaa', 'too few'],
    ['ada@predictu.local', 'e-mail'],
    ['my ADA@predictu.local!', 'e-mail'],
    ['x'.repeat(200) + 'abcdefgh'.repeat(10), 'at most'],
    ['😀😁😂😃😄😅😆😇😈', 'at least 12'],
  ])('%j is refused: %s', (password, why) => expect(passwordProblem(password, 'Ada@predictu.local')).toContain(why));

  test.each(['predictu-demo', 'correct horse battery', 'zwölf Zeichen!'])('%j is accepted', (password) =>
    expect(passwordProblem(password, 'Ada@predictu.local')).toBeUndefined(),
  );

  test('nothing shorter than the least length is ever accepted', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: LEAST_PASSWORD_LENGTH - 1, unit: 'grapheme' }), (password) => {
        fc.pre([...password].length < LEAST_PASSWORD_LENGTH);
        expect(passwordProblem(password, 'a@b.c')).toBeDefined();
      }),
    );
  });
});

describe('launch tokens', () => {
  const now = 1_773_921_600;
  test('the bounds are exact', () => {
    expect(launchProblem({ iat: now, exp: now + LONGEST_LAUNCH_SECONDS }, now)).toBeUndefined();
    expect(launchProblem({ iat: now, exp: now + LONGEST_LAUNCH_SECONDS + 1 }, now)).toContain('at most 300');
    expect(launchProblem({ iat: now - 10, exp: now + 1 }, now)).toBeUndefined();
    expect(launchProblem({ iat: now - 10, exp: now }, now)).toContain('expired');
    expect(launchProblem({ iat: now + 5, exp: now + 5 }, now)).toContain('at most 300');
    expect(launchProblem({ iat: now + CLOCK_LEEWAY_SECONDS, exp: now + 60 }, now)).toBeUndefined();
    expect(launchProblem({ iat: now + CLOCK_LEEWAY_SECONDS + 1, exp: now + 60 }, now)).toContain('future');
  });

  test('what is accepted is never good for longer than the longest life and the leeway', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000, max: 1_000 }), fc.integer({ min: -1_000, max: 1_000 }), (issued, expires) => {
        if (launchProblem({ iat: now + issued, exp: now + expires }, now) !== undefined) return;
        expect(expires).toBeGreaterThan(0);
        expect(expires).toBeLessThanOrEqual(LONGEST_LAUNCH_SECONDS + CLOCK_LEEWAY_SECONDS);
      }),
    );
  });
});

test.each([
  [{ enrolled: false, required: false, code: undefined }, 'none'],
  [{ enrolled: false, required: false, code: '123456' }, 'none'],
  [{ enrolled: false, required: true, code: '123456' }, 'enrol'],
  [{ enrolled: true, required: false, code: undefined }, 'missing'],
  [{ enrolled: true, required: true, code: '123456' }, 'check'],
])('second factor of %j: %s', (person, decision) => expect(secondFactor(person)).toBe(decision));
