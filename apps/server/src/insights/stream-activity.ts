/** The activity feed live: every entry once, in the order it became visible, from where the reader was. */
import type { streamActivity as stream } from '@predictu/contract/admin/activity';
import { Failure } from '@predictu/contract/errors';
import type { streamOwnActivity as streamOwn } from '@predictu/contract/operator/activity';
import { operatorIdOf } from '../operators/operators.ts';
import type { Actor } from '../platform/actor.ts';
import type { Database, Db } from '../platform/db.ts';
import type { Handler } from '../platform/http.ts';
import type { EventStream, StreamEvent } from '../platform/server-sent-events.ts';
import { type ActivityFilter, type EntryRow, selectMoment, selectSince } from './activity.sql.ts';
import { oldestFirst, type Place, readPosition, type StreamPosition, writePosition } from './activity-position.rules.ts';
import { type Activity, showActivity } from './show-activity.ts';

const LOOK_EVERY_MS = 500;
const ROWS_AT_ONCE = 200;
/** After this the reader reconnects, with a token that is then looked at again. */
const LIFETIME_MS = 15 * 60_000;

function startOf(lastEventId: string | undefined, after: string | undefined): StreamPosition | undefined {
  const [field, text] = lastEventId ? ['Last-Event-ID', lastEventId] : ['after', after];
  if (!text) return undefined;
  const position = readPosition(text);
  if (position) return position;
  const fields = [{ field, received: text.slice(0, 80), expected: 'the id of an event of this stream, or a live_cursor' }];
  throw new Failure('BAD_REQUEST', `${field} is no place in this stream`, { fields });
}

type Look = { events: { position: StreamPosition; entry: Activity }[]; next: StreamPosition; more: boolean };
const placeOf = ({ id, number }: EntryRow): Place => ({ id, number });

/** What came since a position: the entries, each with the position after it. */
async function look(db: Db, filter: ActivityFilter, { from, until }: StreamPosition): Promise<Look> {
  const to = until?.to ?? (await selectMoment(db, filter));
  const found = (await selectSince(db, filter, { from, to, after: until?.after }, ROWS_AT_ONCE + 1)).sort(oldestFirst);
  const rows = found.slice(0, ROWS_AT_ONCE);
  const entries = await showActivity(db, rows);
  const more = found.length > ROWS_AT_ONCE;
  const positions = rows.map(
    (row, index): StreamPosition => (index === rows.length - 1 && !more ? { from: to } : { from, until: { to, after: placeOf(row) } }),
  );
  const events = entries.map((entry, index) => ({ entry, position: positions[index] as StreamPosition }));
  return { events, next: positions.at(-1) ?? { from: to }, more };
}

const pause = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, LOOK_EVERY_MS);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });

const streamOf = (database: Database, actor: Actor, filter: ActivityFilter, start: StreamPosition): EventStream =>
  async function* (closed: AbortSignal): AsyncGenerator<StreamEvent> {
    const signal = AbortSignal.any([closed, AbortSignal.timeout(LIFETIME_MS)]);
    let position = start;
    while (!signal.aborted) {
      const { events, next, more } = await database.as(actor, 'read', (db) => look(db, filter, position));
      for (const { entry, position: after } of events) {
        if (signal.aborted) return;
        yield { id: writePosition(after), event: 'activity', data: entry };
      }
      position = next;
      if (!more) await pause(signal);
    }
  };

export const streamActivity =
  (database: Database): Handler<typeof stream> =>
  async ({ db, actor }, { query: { operator, type, after }, lastEventId }) => {
    const start = startOf(lastEventId, after);
    const filter = { operatorId: operator === undefined ? undefined : await operatorIdOf(db, operator), type };
    return streamOf(database, actor, filter, start ?? { from: await selectMoment(db, filter) });
  };

export const streamOwnActivity =
  (database: Database): Handler<typeof streamOwn> =>
  async ({ db, actor }, { query: { type, after }, lastEventId }) => {
    const start = startOf(lastEventId, after);
    const filter = { operatorId: actor.operatorId, type };
    return streamOf(database, actor, filter, start ?? { from: await selectMoment(db, filter) });
  };
