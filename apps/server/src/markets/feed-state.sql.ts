/** The state of each feed and the anomalies it raises. */
import { firstIdAt } from '@predictu/contract/ids';
import type { Db } from '../platform/db.ts';
import type { SourceName } from './source.rules.ts';

export type FeedRow = {
  source: SourceName;
  lastEventAt: Date | null;
  lastSuccessAt: Date | null;
  lastError: string | null;
  silentSince: Date | null;
  counters: Record<string, number>;
};

export const readFeeds = (db: Db): Promise<FeedRow[]> =>
  db.query<FeedRow>(
    `select source, last_event_at as "lastEventAt", last_success_at as "lastSuccessAt", last_error as "lastError", silent_since as "silentSince", counters
     from market_feeds order by source`,
  );

/** The newest markets we believe open: whether they still are must be asked when the source no longer lists them. */
export const readOpenMarkets = (db: Db, source: SourceName, most: number): Promise<{ sourceId: string }[]> =>
  db.query(
    `select source_id as "sourceId" from markets
     where source = $1 and status in ('active', 'paused') and source_state ->> 'closed' is null order by id desc limit $2`,
    [source, most],
  );

export const readSetAsideCounts = (db: Db): Promise<{ source: SourceName; reason: string; markets: bigint; seen: bigint }[]> =>
  db.query(
    `select source, reason, count(*) as markets, sum(seen_count)::bigint as seen from market_set_asides group by source, reason order by source, reason`,
  );

/** A sign of life: notes its time and adds to the counters. */
export const noteEvents = (db: Db, source: SourceName, at: Date, counts: Record<string, number>): Promise<unknown> =>
  db.query(
    `insert into market_feeds as feed (source, last_event_at, last_success_at, counters) values ($1, $2, $2, $3)
     on conflict (source) do update set last_event_at = greatest(feed.last_event_at, excluded.last_event_at),
       last_success_at = greatest(feed.last_success_at, excluded.last_success_at),
       counters = (select coalesce(jsonb_object_agg(key, coalesce((feed.counters ->> key)::bigint, 0) + coalesce((excluded.counters ->> key)::bigint, 0)), '{}')
         from jsonb_object_keys(feed.counters || excluded.counters) as key)`,
    [source, at, counts],
    'feed_note',
  );

export const noteError = (db: Db, source: SourceName, message: string | null): Promise<unknown> =>
  db.query(
    `insert into market_feeds (source, last_error) values ($1, $2) on conflict (source) do update set last_error = excluded.last_error`,
    [source, message],
  );

export const noteSilence = (db: Db, source: SourceName, since: Date | null): Promise<unknown> =>
  db.query(
    `insert into market_feeds (source, silent_since) values ($1, $2) on conflict (source) do update set silent_since = excluded.silent_since`,
    [source, since],
  );

export type Anomaly = { severity: 'info' | 'warning' | 'critical'; message: string; scope: Record<string, unknown> };

/** Risk events take their ids from the sequencer, whose row is locked until the commit: they sort in commit order. */
export async function raiseAnomalies(db: Db, anomalies: readonly Anomaly[], now: Date): Promise<void> {
  if (anomalies.length === 0) return;
  const [sequencer] = await db.query<{ last_id: bigint }>('select last_id from sequencer for no key update');
  const next = (sequencer?.last_id ?? 0n) + 1n;
  const start = next > firstIdAt(now) ? next : firstIdAt(now);
  const ids = anomalies.map((_, index) => start + BigInt(index));
  await db.query('update sequencer set last_id = $1', [ids.at(-1)]);
  await db.query(
    `insert into risk_events (id, type, severity, message, scope, created_at)
     select id, 'anomaly', severity, message, scope, $5
     from unnest($1::bigint[], $2::text[], $3::text[], $4::jsonb[]) as anomaly(id, severity, message, scope)`,
    [
      ids,
      anomalies.map(({ severity }) => severity),
      anomalies.map(({ message }) => message),
      anomalies.map(({ scope }) => JSON.stringify(scope)),
      now,
    ],
  );
}

/** The silence is over: its event no longer waits for anybody. */
export const resolveSilence = (db: Db, source: SourceName, now: Date): Promise<unknown> =>
  db.query(
    `update risk_events set auto_resolved = true, resolved_at = $2
     where type = 'anomaly' and resolved_at is null and scope ->> 'feed' = $1 and scope ->> 'kind' = 'feed_silent'`,
    [source, now],
  );
