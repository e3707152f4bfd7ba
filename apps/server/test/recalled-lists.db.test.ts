/**
 * Which lists and figures are asked of memory, over HTTP: their answers are the same either way, so that one that forgot to ask would only be slow.
 */
import { encodeId, type Id } from '@predictu/contract/ids';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ColumnIndex } from '../src/platform/column-index.ts';
import { openTestServer, type TestServer } from './server.ts';

/** Finds everything wide, writes down what it is asked, and cannot say. */
const asked: string[] = [];
const lists: ColumnIndex = {
  suits: async () => true,
  async ask(noun, { sort, beside }) {
    asked.push(`${noun} by ${sort.sort}${beside ? ` beside ${beside.noun}` : ''}`);
    return undefined;
  },
  async consult(noun, matter) {
    asked.push(`${noun} about ${Object.keys(matter as object)[0]}`);
    return undefined;
  },
  close: async () => {},
};

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer({ lists });
});
afterAll(() => server.close());
beforeEach(() => {
  asked.length = 0;
});

test.each([
  ['trades?sort=amount', 'trades by amount'],
  ['trades?status=settled', 'trades by created_at'],
  ['users?sort=pnl', 'players by pnl beside positions'],
  ['users?search=an', 'players by created_at beside positions'],
  ['users/USER/trades', 'trades by created_at'],
  ['users/USER/positions', 'positions by opened_at'],
  ['markets?sort=volume', 'markets by volume beside positions'],
  ['risk/sharp-bettors', 'players by score'],
  ['dashboard', 'trades about periods'],
  ['operators/first-casino/trades', 'trades by created_at'],
  ['operators/first-casino/users', 'players by created_at beside positions'],
])('the platform’s %s asks for %s', async (path, question) => {
  const player = encodeId('user', server.tenants[0].players[0].id as Id<'user'>);
  const url = `/api/internal/${path.replace('USER', player)}`;
  expect((await server.send('GET', url, server.admin)).status).toBe(200);
  expect(asked).toContain(question);
});

test.each([
  ['trades?sort=price', 'trades by price'],
  ['users?sort=balance', 'players by balance beside positions'],
  ['positions?sort=pnl', 'positions by pnl'],
  ['markets?sort=trade_count', 'markets by trade_count beside positions'],
  ['dashboard', 'trades about periods'],
])('an operator’s %s asks for %s', async (path, question) => {
  expect((await server.send('GET', `/api/operator/${path}`, server.tenants[0].token)).status).toBe(200);
  expect(asked).toContain(question);
});
