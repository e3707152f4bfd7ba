/** Where players of one operator stand, and what they trade. Names only of those who show theirs. */
import type { getLeaderboard as boardEndpoint, getFeed as feedEndpoint } from '@predictu/contract/player/engagement';
import { requireFeature } from '../config/config.ts';
import type { Database } from '../platform/db.ts';
import type { Handler } from '../platform/http.ts';
import { selectBoard, selectFeed } from './leaderboard.sql.ts';
import { periodStart } from './period.rules.ts';

const PLACES = 50;
const TRADES = 50;
/** Others' rows are not a player's to read: the worker reads, of this operator only. */
const READER = { kind: 'worker', name: 'leaderboard' } as const;

export const getLeaderboard =
  (database: Database): Handler<typeof boardEndpoint> =>
  async ({ db, actor, now }, { query: { period, by } }) => {
    await requireFeature(db, actor.operatorId, 'features.leaderboard');
    const asked = { period, by, startsOn: periodStart(period, now), most: PLACES };
    const { entries, own, players } = await database.as(READER, 'read', (reader) => selectBoard(reader, actor, asked));
    return {
      data: {
        entries: entries.map(({ place, display_name, value, mine }) => ({ place: Number(place), display_name, value_usd: value, mine })),
        own: own && { place: Number(own.place), value_usd: own.value },
        players: Number(players),
      },
    };
  };

export const getFeed =
  (database: Database): Handler<typeof feedEndpoint> =>
  async ({ db, actor }) => {
    await requireFeature(db, actor.operatorId, 'features.social_feed');
    const data = await database.as(READER, 'read', (reader) => selectFeed(reader, actor, TRADES));
    return { data, total: data.length };
  };
