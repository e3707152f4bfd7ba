/** Takes a batch of events into the tables: read and lock, decide, write, all set-based, in one transaction of the worker. */
import type { Clock } from '../platform/clock.ts';
import type { Database } from '../platform/db.ts';
import type { NewId } from '../platform/ids.ts';
import { type Changes, planChanges, ROUTINE, type SetAside, type Tick } from './changes.rules.ts';
import { type Anomaly, noteEvents, raiseAnomalies } from './feed-state.sql.ts';
import {
  countSetAsides,
  insertMarkets,
  insertTicks,
  lockCarried,
  lockSequencer,
  takeTurn,
  updateMarkets,
  updatePrices,
} from './market-feed.sql.ts';
import type { SourceEvent, SourceName } from './source.rules.ts';

export const FEED_WORKER = { kind: 'worker', name: 'market-feed' } as const;

export type ApplyContext = { database: Database; source: SourceName; clock: Clock; newId: NewId };
export type Applied = { counts: Changes['counts']; ticks: readonly Tick[]; setAsides: readonly SetAside[] };

/** Source ids an anomaly names; the others are only counted. */
const EXAMPLES = 5;

export async function applySourceEvents(
  { database, source, clock, newId }: ApplyContext,
  events: readonly SourceEvent[],
): Promise<Applied> {
  if (events.length === 0) return { counts: planChanges([], [], newId).counts, ticks: [], setAsides: [] };
  const now = clock.now();
  const sourceIds = [...new Set(events.map(({ sourceId }) => sourceId))];
  // Prices never change a status, and they are nearly all there is.
  const mayStopMarkets = events.some((event) => event.kind !== 'price' && !(event.kind === 'set_aside' && ROUTINE.has(event.reason)));
  const [changes, unseen] = await database.as(FEED_WORKER, 'write', async (db) => {
    // Sent together and carried out in this order, as the writes below.
    const locks = [mayStopMarkets && lockSequencer(db), takeTurn(db)];
    const [carried] = await Promise.all([lockCarried(db, source, sourceIds), ...locks]);
    const plan = planChanges(carried, events, newId);
    const usable = events.some(({ kind }) => kind !== 'set_aside');
    const writes = [
      plan.added.length > 0 && insertMarkets(db, source, plan.added, now),
      plan.altered.length > 0 && updateMarkets(db, plan.altered, now),
      plan.priced.length > 0 && updatePrices(db, plan.priced, now),
      plan.ticks.length > 0 && insertTicks(db, plan.ticks),
      usable && noteEvents(db, source, now, plan.counts),
    ];
    const [fresh] = await Promise.all([plan.setAsides.length > 0 ? countSetAsides(db, source, plan.setAsides, now) : [], ...writes]);
    if (mayStopMarkets) await raiseAnomalies(db, anomaliesOf(source, plan.setAsides, fresh), now);
    return [plan, fresh] as const;
  });
  return { counts: changes.counts, ticks: changes.ticks, setAsides: changes.setAsides.filter(isUnseen(unseen)) };
}

const isUnseen = (unseen: readonly { sourceId: string; reason: string }[]) => {
  const keys = new Set(unseen.map(({ sourceId, reason }) => `${reason} ${sourceId}`));
  return ({ sourceId, reason }: SetAside): boolean => keys.has(`${reason} ${sourceId}`);
};

/** One anomaly per reason, however many markets a first sight of the catalogue puts aside. */
function anomaliesOf(
  source: SourceName,
  setAsides: readonly SetAside[],
  unseen: readonly { sourceId: string; reason: string }[],
): Anomaly[] {
  const named = setAsides.filter(isUnseen(unseen)).filter(({ sourceId }) => sourceId !== '*');
  const reasons = [...new Set(named.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const ids = named.filter((aside) => aside.reason === reason).map(({ sourceId }) => sourceId);
    const severity = reason === 'resolution_conflict' ? 'critical' : 'warning';
    return {
      severity,
      message: `Market set aside: ${reason.replaceAll('_', ' ')} (${ids.length})`,
      scope: { kind: 'market_set_aside', feed: source, reason, count: ids.length, source_ids: ids.slice(0, EXAMPLES) },
    };
  });
}
