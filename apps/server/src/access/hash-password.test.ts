import { expect, test, vi } from 'vitest';

const argon2 = vi.hoisted(() => ({ verify: vi.fn(), hash: vi.fn() }));
vi.mock('@node-rs/argon2', () => argon2);
const { openPasswords } = await import('./hash-password.ts');

test('hashes with argon2id, 19 MiB and two passes', async () => {
  const real = await vi.importActual<typeof import('@node-rs/argon2')>('@node-rs/argon2');
  argon2.hash.mockImplementation(real.hash);
  argon2.verify.mockImplementation(real.verify);
  const passwords = openPasswords();
  const stored = await passwords.hash('correct horse battery');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await passwords.verify(stored, 'correct horse battery')).toBe(true);
  expect(await passwords.verify(stored, 'correct horse batterx')).toBe(false);
});

test('nobody costs as much as somebody: a decoy of the same strength is verified', async () => {
  argon2.hash.mockResolvedValue('decoy');
  argon2.verify.mockReset().mockResolvedValue(true);
  const passwords = openPasswords();
  expect(await passwords.verify(undefined, 'anything')).toBe(false);
  expect(argon2.verify.mock.calls).toEqual([['decoy', 'anything']]);
});

test('only so many run at once, the rest wait in line, and too long a line is refused', async () => {
  argon2.hash.mockResolvedValue('decoy');
  const finish: (() => void)[] = [];
  argon2.verify.mockReset().mockImplementation(() => new Promise((resolve) => finish.push(() => resolve(true))));
  const passwords = openPasswords(2);
  const all = Array.from({ length: 103 }, () =>
    passwords.verify('stored', 'x').catch((error: unknown) => (error as { code: string }).code),
  );
  await vi.waitFor(() => expect(finish.length).toBe(2), { timeout: 20_000, interval: 1 });
  for (let done = 0; done < 102; done += 1) {
    await vi.waitFor(() => expect(finish.length).toBeGreaterThan(done), { timeout: 20_000, interval: 1 });
    expect(finish.length - done).toBeLessThanOrEqual(2);
    finish[done]?.();
  }
  const outcomes = await Promise.all(all);
  expect(outcomes.filter((outcome) => outcome === true)).toHaveLength(102);
  expect(outcomes.filter((outcome) => outcome === 'UNAVAILABLE')).toHaveLength(1);
});
