/** Argon2id passwords. A few at a time: each takes a thread of the pool that also serves the file system and DNS. */
import { randomBytes } from 'node:crypto';
import { hash, type Options, verify } from '@node-rs/argon2';
import { Failure } from '@predictu/contract/errors';

// Argon2id is the library's default algorithm; memory in KiB (OWASP's first recommendation).
const STRENGTH: Options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const AT_ONCE = 2;
const MOST_WAITING = 100;

export type Passwords = {
  hash(password: string): Promise<string>;
  /** Compares with the stored hash, or with a decoy when there is nobody: both take the same time. */
  verify(stored: string | undefined, password: string): Promise<boolean>;
};

export function openPasswords(atOnce = AT_ONCE): Passwords {
  let running = 0;
  const waiting: (() => void)[] = [];
  const decoy = hash(randomBytes(24).toString('base64'), STRENGTH);
  decoy.catch(() => {});

  async function inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (waiting.length >= MOST_WAITING) throw new Failure('UNAVAILABLE', 'Too many logins at once');
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await work();
    } finally {
      // The place passes straight to the next in line, so a newcomer cannot slip in between.
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  }

  return {
    hash: (password) => inTurn(() => hash(password, STRENGTH)),
    async verify(stored, password) {
      const against = stored ?? (await decoy);
      const matches = await inTurn(() => verify(against, password));
      return matches && stored !== undefined;
    },
  };
}
