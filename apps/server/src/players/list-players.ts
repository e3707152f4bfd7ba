/** Players as operators and the platform list them: all, and of one operator. */
import type { listPlayers as all, listOperatorPlayers as ofOperator } from '@predictu/contract/admin/players';
import { decodeId } from '@predictu/contract/ids';
import type { listOwnPlayers as own } from '@predictu/contract/operator/players';
import { operatorIdOf, requireOperator } from '../operators/operators.ts';
import type { Db } from '../platform/db.ts';
import type { Handler } from '../platform/http.ts';
import { type PageRequest, pageOf, sliceOf } from '../platform/page.ts';
import type { ChoosePlayers, PlayerFilter, PlayerSort } from './player-choice.sql.ts';
import { type CountOpenPositions, type PlayerRow, selectPlayers } from './player-list.sql.ts';
import { seenSince, shownPlayer } from './shown-player.rules.ts';

type Query = PageRequest &
  PlayerSort &
  Pick<PlayerFilter, 'search' | 'tier' | 'status'> & { min_balance?: bigint | undefined; max_balance?: bigint | undefined };

const keysOf = ({ created_at: createdAt, id }: PlayerRow): bigint[] => [BigInt(createdAt.getTime()), id];

/** The handlers, choosing by SQL or by an index that answers the same. */
export function playerLists(choosePlayers: ChoosePlayers, countOpenPositions: CountOpenPositions) {
  async function list({ db, now }: { db: Db; now: Date }, query: Query, operatorId: bigint | undefined) {
    const filter = {
      operatorId,
      search: query.search,
      searchId: query.search === undefined ? undefined : decodeId('user', query.search),
      tier: query.tier,
      status: query.status,
      seenSince: seenSince(now),
      minBalance: query.min_balance,
      maxBalance: query.max_balance,
    };
    const { ids, total, beside } = await choosePlayers(db, filter, query, sliceOf(query, 2));
    const rows = ids.length === 0 ? [] : await selectPlayers(db, ids, filter.seenSince, beside ? async () => beside : countOpenPositions);
    return pageOf(query, total, rows, query.sort === 'created_at' ? keysOf : null, shownPlayer);
  }
  const listPlayers: Handler<typeof all> = async (context, { query }) =>
    list(context, query, query.operator === undefined ? undefined : await operatorIdOf(context.db, query.operator));
  const listOperatorPlayers: Handler<typeof ofOperator> = async (context, { params, query }) =>
    list(context, query, (await requireOperator(context.db, params.slug)).id);
  const listOwnPlayers: Handler<typeof own> = (context, { query }) => list(context, query, context.actor.operatorId);
  return { listPlayers, listOperatorPlayers, listOwnPlayers };
}
