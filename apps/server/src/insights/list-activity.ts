/** A page of the activity feed, newest first. Later pages show what there was at the first, so nothing is skipped or repeated. */
import type { listActivity as list } from '@predictu/contract/admin/activity';
import { Failure } from '@predictu/contract/errors';
import type { listOwnActivity as listOwn } from '@predictu/contract/operator/activity';
import { operatorIdOf } from '../operators/operators.ts';
import type { Db } from '../platform/db.ts';
import type { Handler } from '../platform/http.ts';
import { type ActivityFilter, selectMoment, selectPage } from './activity.sql.ts';
import { newestFirst, readCursor, writeCursor, writePosition } from './activity-position.rules.ts';
import { showActivity } from './show-activity.ts';

async function page(db: Db, filter: ActivityFilter, { cursor: text, limit }: { cursor?: string | undefined; limit: number }) {
  const cursor = text === undefined ? undefined : readCursor(text);
  if (text !== undefined && !cursor) {
    const fields = [{ field: 'cursor', received: text.slice(0, 80), expected: 'the next_cursor of the page before' }];
    throw new Failure('BAD_REQUEST', 'Query parameters cannot be used: cursor', { fields });
  }
  const at = cursor?.at ?? (await selectMoment(db, filter));
  const rows = (await selectPage(db, filter, at, cursor?.after, limit + 1)).sort(newestFirst);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: await showActivity(db, shown),
    next_cursor: rows.length > limit && last ? writeCursor({ at, after: { id: last.id, number: last.number } }) : null,
    live_cursor: cursor ? null : writePosition({ from: at }),
  };
}

export const listActivity: Handler<typeof list> = async ({ db }, { query: { operator, type, ...query } }) =>
  page(db, { operatorId: operator === undefined ? undefined : await operatorIdOf(db, operator), type }, query);

export const listOwnActivity: Handler<typeof listOwn> = ({ db, actor }, { query: { type, ...query } }) =>
  page(db, { operatorId: actor.operatorId, type }, query);
