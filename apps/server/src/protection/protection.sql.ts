/** What players have set for themselves, and what they spent by day: for the batch as statements, for the player's own screen as rows. */
import { firstIdAt } from '@predictu/contract/ids';
import type { LimitKind } from '@predictu/contract/shapes/own-limits';
import { cents } from '@predictu/contract/units';
import { int8s, type Statement, texts } from '../platform/arrays.ts';
import type { Db } from '../platform/db.ts';
import { earliestDay, type OwnLimit, type OwnLimits, type Protection, UNPROTECTED } from './protection.rules.ts';

type WireLimit = { value: string | null; next: { value: string | null; at: string } | null };
type Wire = {
  limits: Partial<Record<LimitKind, WireLimit>>;
  excludedAt: string | null;
  excludedUntil: string | null;
  startedAt: string | null;
  seenAt: string | null;
  days: [day: string, staked: string, returned: string][];
  credits: [day: string, amount: string][];
};

/** A settlement is named when it is proposed and counts when it is decided, at most this much later. */
const PROPOSED_BEFORE_MS = 90 * 86_400_000;

/** The values of `protectionColumn`: the earliest day and the earliest settlement that may count. */
export function protectionBounds(now: Date): [day: string, settlementId: bigint] {
  const from = earliestDay(now);
  return [from.toISOString(), firstIdAt(new Date(from.getTime() - PROPOSED_BEFORE_MS))];
}

/** A player's protection as one JSON column; `player` is the row's alias, `bounds` the places of the bounds. Null costs nothing. */
export const protectionColumn = (player: string, [day, settlement]: readonly [string, string]): string =>
  `case when ${player}.protected then protection_of(${player}."operatorId", ${player}.id, ${day}::timestamptz, ${settlement}::bigint) end`;

const amountOf = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

const limitOf = ({ value, next }: WireLimit): OwnLimit => ({
  value: amountOf(value),
  next: next && { value: amountOf(next.value), at: new Date(next.at) },
});

/** The JSON column as the rules know it. */
export function protectionOf(wire: Wire | null): Protection | null {
  if (!wire) return null;
  const { limits, startedAt, seenAt, days, credits } = wire;
  return {
    ...UNPROTECTED,
    limits: Object.fromEntries(Object.entries(limits).map(([kind, limit]) => [kind, limitOf(limit)])),
    excludedAt: dateOf(wire.excludedAt),
    excludedUntil: dateOf(wire.excludedUntil),
    session: startedAt === null || seenAt === null ? null : { startedAt: new Date(startedAt), seenAt: new Date(seenAt) },
    days: days.map(([day, staked, returned]) => ({ day, staked: cents(BigInt(staked)), returned: cents(BigInt(returned)) })),
    credits: credits.map(([day, amount]) => ({ day, amount: cents(BigInt(amount)) })),
  };
}

export type ProtectedPlayer = { operatorId: bigint; id: bigint; protection: Protection };

/** The days a batch has changed, as they are now. */
export function writeSpending(players: readonly ProtectedPlayer[]): Statement {
  const rows = players.flatMap(({ operatorId, id, protection }) =>
    protection.days.filter(({ day }) => protection.changedDays.includes(day)).map((day) => ({ operatorId, id, ...day })),
  );
  return {
    name: 'write_spending',
    text: `insert into player_spending as s (operator_id, player_id, day, staked_cents, returned_cents)
      select * from unnest($1::bigint[], $2::bigint[], $3::date[], $4::bigint[], $5::bigint[])
      on conflict (operator_id, player_id, day) do update set staked_cents = excluded.staked_cents, returned_cents = excluded.returned_cents`,
    values: [
      int8s(rows, (row) => row.operatorId),
      int8s(rows, (row) => row.id),
      texts(rows, ({ day }) => day),
      int8s(rows, ({ staked }) => staked),
      int8s(rows, ({ returned }) => returned),
    ],
  };
}

/** The play sessions a batch has moved. */
export const writeSessions = (players: readonly ProtectedPlayer[]): Statement => ({
  name: 'write_play_sessions',
  text: `update player_protections r set session_started_at = u.started, session_seen_at = u.seen
    from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::timestamptz[]) as u(operator_id, id, started, seen)
    where r.operator_id = u.operator_id and r.player_id = u.id`,
  values: [
    int8s(players, ({ operatorId }) => operatorId),
    int8s(players, ({ id }) => id),
    texts(players, ({ protection }) => protection.session?.startedAt.toISOString() ?? null),
    texts(players, ({ protection }) => protection.session?.seenAt.toISOString() ?? null),
  ],
});

type Named = { operatorId: bigint; playerId: bigint };

/** What the player's trades add up to since the earliest day that counts. */
const TRADED = `
  select operator_id, player_id, (created_at at time zone 'UTC')::date as day,
    coalesce(sum(amount_cents + fee_cents) filter (where side = 'buy'), 0) as staked,
    coalesce(sum(amount_cents - fee_cents) filter (where side = 'sell'), 0) as returned
  from trades where operator_id = $1 and player_id = $2 and id >= $3 and status <> 'cancelled' group by 1, 2, 3`;

/** The protection of a player, whether it has set any or not; undefined when there is no such player. */
export async function selectProtection(db: Db, { operatorId, playerId }: Named, now: Date): Promise<Protection | undefined> {
  const [row] = await db.query<{ protection: Wire | null }>(
    `select ${protectionColumn('p', ['$3', '$4'])} as protection
     from (select operator_id as "operatorId", id, protected from players where operator_id = $1 and id = $2) p`,
    [operatorId, playerId, ...protectionBounds(now)],
  );
  if (!row) return undefined;
  const known = protectionOf(row.protection);
  if (known) return known;
  const days = await db.query<{ day: string; staked: bigint; returned: bigint }>(`select day::text, staked, returned from (${TRADED}) t`, [
    operatorId,
    playerId,
    firstIdAt(earliestDay(now)),
  ]);
  return { ...UNPROTECTED, days: days.map(({ day, staked, returned }) => ({ day, staked: cents(staked), returned: cents(returned) })) };
}

/** From now on the batch keeps the player's days, beginning with those that already count. The sequencer must be held. True when it did not before. */
export async function beginProtection(db: Db, { operatorId, playerId }: Named, now: Date): Promise<boolean> {
  const begun = await db.query(
    `insert into player_protections (operator_id, player_id, updated_at) values ($1, $2, $3) on conflict do nothing returning 1`,
    [operatorId, playerId, now],
  );
  if (begun.length === 0) return false;
  await db.query(`insert into player_spending (operator_id, player_id, day, staked_cents, returned_cents) ${TRADED}`, [
    operatorId,
    playerId,
    firstIdAt(earliestDay(now)),
  ]);
  return true;
}

const wireOf = (limits: OwnLimits): string =>
  JSON.stringify(limits, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));

export const updateLimits = (db: Db, { operatorId, playerId }: Named, limits: OwnLimits, now: Date): Promise<unknown> =>
  db.query('update player_protections set limits = $3::jsonb, updated_at = $4 where operator_id = $1 and player_id = $2', [
    operatorId,
    playerId,
    wireOf(limits),
    now,
  ]);

export const updateExclusion = (db: Db, { operatorId, playerId }: Named, until: Date, now: Date): Promise<unknown> =>
  db.query(
    `update player_protections set excluded_until = $3, updated_at = $4,
       excluded_at = case when excluded_until > $4 then excluded_at else $4 end where operator_id = $1 and player_id = $2`,
    [operatorId, playerId, until, now],
  );
