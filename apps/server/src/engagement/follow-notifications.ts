/** Notifications of the players who listen, one question for all of them, only while anybody does. */
import { firstIdAt } from '@predictu/contract/ids';
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import { showNotification } from './list-notifications.ts';
import { type NotificationRow, selectNotificationsSince } from './notification.sql.ts';

type Player = { operatorId: bigint; playerId: bigint };
export type Told = ReturnType<typeof showNotification>;
export type NotificationFeed = {
  /** Hands over what is told from now on, each once; returns what ends it. */
  follow(player: Player, deliver: (notification: Told) => void): () => void;
};
type Follower = Player & { since: Date; told: Set<bigint>; deliver: (notification: Told) => void };

const EVERY_MS = 500;
/** A notification may be committed after younger ones: this far back a look still finds it. */
const OVERLAP_MS = 10_000;
const FOLLOWER = { kind: 'worker', name: 'notification-feed' } as const;

export function openNotificationFeed(database: Database, clock: Clock, onError: (error: unknown) => void): NotificationFeed {
  const followers = new Set<Follower>();
  let timer: NodeJS.Timeout | undefined;
  let looking = false;

  function tell(follower: Follower, rows: readonly NotificationRow[], oldest: bigint): void {
    for (const id of follower.told) if (id < oldest) follower.told.delete(id);
    for (const row of rows) {
      if (row.player_id !== follower.playerId || row.created_at < follower.since || follower.told.has(row.id)) continue;
      follower.told.add(row.id);
      if (followers.has(follower)) follower.deliver(showNotification(row));
    }
  }
  async function look(): Promise<void> {
    const oldest = firstIdAt(new Date(clock.now().getTime() - OVERLAP_MS));
    const players = [...new Map([...followers].map((follower) => [follower.playerId, follower])).values()];
    const rows = await database.as(FOLLOWER, 'read', (db) => selectNotificationsSince(db, players, oldest));
    for (const follower of followers) tell(follower, rows, oldest);
  }
  function tick(): void {
    if (looking) return;
    looking = true;
    look()
      .catch(onError)
      .finally(() => {
        looking = false;
      });
  }
  return {
    follow({ operatorId, playerId }, deliver) {
      const follower: Follower = { operatorId, playerId, since: clock.now(), told: new Set(), deliver };
      followers.add(follower);
      timer ??= setInterval(tick, EVERY_MS).unref();
      return () => {
        followers.delete(follower);
        if (followers.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
}
