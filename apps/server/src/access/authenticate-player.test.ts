import type { Id } from '@predictu/contract/ids';
import { beforeEach, expect, test, vi } from 'vitest';
import { virtualClock } from '../platform/clock.ts';
import type { Database, Db } from '../platform/db.ts';
import { playerTokens } from './authenticate-player.ts';

const clock = virtualClock(new Date('2026-03-19T12:00:00.000Z'));
let asked: string[] = [];
let fails = false;
const db: Db = {
  query: async (_text, _values, name = '') => {
    asked.push(name);
    if (fails) throw new Error('the database is away');
    return name === 'access_player_session' ? ([{}] as never) : [];
  },
  each: async () => {},
};
const database = { as: (_actor, _mode, work) => work(db) } as Database;
const claims = (player: bigint) => ({ sub: player as Id<'user'>, role: 'player' as const, operator_id: 1n as Id<'operator'>, sid: player });
const later = () => new Date(clock.now().getTime() + 60_000);
beforeEach(() => {
  asked = [];
  fails = false;
});

test('a known token costs no query until the revocations are due, and then one for all', async () => {
  const tokens = playerTokens(database, clock);
  await Promise.all([1n, 2n, 3n].map((player) => tokens.admit(`t${player}`, claims(player), later())));
  expect(asked.filter((name) => name === 'access_revocations')).toHaveLength(1);
  asked = [];
  const use = () => Promise.all(Array.from({ length: 50 }, (_, i) => tokens.known(`t${(i % 3) + 1}`)));
  expect((await use())[1]).toEqual({ kind: 'player', operatorId: 1n, playerId: 2n, sessionId: 2n });
  expect(asked).toEqual([]);
  clock.advance(2_999);
  await use();
  expect(asked).toEqual([]);
  clock.advance(1);
  await use();
  expect(asked).toEqual(['access_revocations']);
});

test('a token in use is kept, one that nobody uses is forgotten', async () => {
  const tokens = playerTokens(database, clock, 2);
  await tokens.admit('idle', claims(1n), later());
  await tokens.admit('busy', claims(2n), later());
  for (const [index, name] of ['c', 'd', 'e', 'f'].entries()) {
    expect(await tokens.known('busy')).toBeDefined();
    await tokens.admit(name, claims(BigInt(index + 3)), later());
  }
  expect(await tokens.known('idle')).toBeUndefined();
  expect(await tokens.known('busy')).toBeDefined();
});

test('while the revocations cannot be read nobody passes, and they are asked for again', async () => {
  const tokens = playerTokens(database, clock);
  await tokens.admit('a', claims(1n), later());
  clock.advance(3_000);
  fails = true;
  await expect(tokens.known('a')).rejects.toThrow('away');
  fails = false;
  await vi.waitFor(async () => expect(await tokens.known('a')).toBeDefined(), { timeout: 20_000, interval: 1 });
});

test('a clock that is set back does not put the next reading off', async () => {
  const tokens = playerTokens(database, clock);
  await tokens.admit('a', claims(1n), new Date('2026-03-20T12:00:00.000Z'));
  asked = [];
  clock.set(new Date('2026-03-19T11:00:00.000Z'));
  await tokens.known('a');
  expect(asked).toEqual(['access_revocations']);
});
