/** A credit that an outside wallet confirms late moves no row of ours: its player is told the balance all the same. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../test/trading-scene.ts';
import { type WalletScene, walletScene } from '../../test/wallet-scene.ts';
import { type FollowedRow, openPlayerFeed } from './follow-players.ts';

let scene: WalletScene;
beforeAll(async () => {
  scene = await walletScene();
});
afterAll(() => scene?.close());

test.each(['BET_SELL', 'BET_WIN', 'BET_REFUND'] as const)('a %s that is confirmed late is told once', async (method) => {
  const tenant = await scene.tenant();
  const { operatorId, playerId } = tenant;
  const rows: FollowedRow[] = [];
  const feed = openPlayerFeed(scene.db.database, (error) => {
    throw error;
  });
  const stop = feed.follow({ operatorId, playerId, after: 7n, booksAfter: 7n, walletAt: null }, (told) => rows.push(...told));
  tenant.fake.behave((_, attempt) => (attempt === 1 ? '500 after' : 'none'));
  await scene.write(tenant, method);
  await scene.settle(tenant);
  await until(async () => rows.some(({ event }) => event === 'balance'));
  feed.kick(playerId);
  const looked = await scene.db.owner.query('select wallet_balance_cents as balance from players where id = $1', [playerId]);
  stop();
  expect(rows).toEqual([{ id: expect.anything(), event: 'balance', data: { balance_usd: looked.rows[0].balance, entry: null } }]);
  expect(looked.rows[0].balance).toBe(101_005n);
});
