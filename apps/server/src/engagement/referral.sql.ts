/** Referral terms, codes, and who brought whom. */
import type { Cents } from '@predictu/contract/units';
import { int8s } from '../platform/arrays.ts';
import type { Db } from '../platform/db.ts';
import type { Standing, Terms } from './referral.rules.ts';

type Player = { operatorId: bigint; playerId: bigint };

const TERMS = `t.referrer_bonus_cents as referrer_bonus_usd, t.referred_bonus_cents as referred_bonus_usd, t.qualifying_cents as qualifying_trade_usd, t.most_per_player`;

export async function selectTerms(db: Db, operatorId: bigint): Promise<Terms | null> {
  const [row] = await db.query<Terms>(`select ${TERMS} from referral_terms t where t.operator_id = $1`, [operatorId]);
  return row ?? null;
}

export const writeTerms = (db: Db, operatorId: bigint, terms: Terms, now: Date, by: string): Promise<unknown> =>
  db.query(
    `insert into referral_terms (operator_id, referrer_bonus_cents, referred_bonus_cents, qualifying_cents, most_per_player, updated_at, updated_by)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (operator_id) do update set referrer_bonus_cents = excluded.referrer_bonus_cents, referred_bonus_cents = excluded.referred_bonus_cents,
       qualifying_cents = excluded.qualifying_cents, most_per_player = excluded.most_per_player, updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
    [operatorId, terms.referrer_bonus_usd, terms.referred_bonus_usd, terms.qualifying_trade_usd, terms.most_per_player, now, by],
  );

export async function selectReferral(db: Db, { operatorId, playerId }: Player): Promise<Standing | undefined> {
  const [[row], terms] = await Promise.all([
    db.query<Omit<Standing, 'terms'> & { kept_here: boolean }>(
      `select c.code, p.trade_count, o.wallet_mode = 'internal' as kept_here,
         exists (select from referrals r where r.operator_id = p.operator_id and r.player_id = p.id) as redeemed,
         coalesce(r.referred, 0) as referred, coalesce(r.rewarded, 0) as rewarded, coalesce(r.earned, 0) as earned
       from players p join operators o on o.id = p.operator_id
       left join referral_codes c on c.operator_id = p.operator_id and c.player_id = p.id
       left join lateral (select count(*) as referred, count(rewarded_at) as rewarded, sum(referrer_bonus_cents) filter (where rewarded_at is not null) as earned
         from referrals r where r.operator_id = p.operator_id and r.referrer_id = p.id) r on true
       where p.operator_id = $1 and p.id = $2`,
      [operatorId, playerId],
    ),
    selectTerms(db, operatorId),
  ]);
  if (!row) return undefined;
  const { kept_here: keptHere, ...standing } = row;
  return { ...standing, terms: keptHere ? terms : null };
}

/** Gives the player this code unless it has one or another player does; true when it has one now. */
export async function insertCode(db: Db, { operatorId, playerId }: Player, code: string, now: Date): Promise<boolean> {
  const rows = await db.query(
    'insert into referral_codes (operator_id, player_id, code, created_at) values ($1, $2, $3, $4) on conflict do nothing returning 1',
    [operatorId, playerId, code, now],
  );
  return rows.length > 0;
}

export async function selectReferrer(db: Db, operatorId: bigint, code: string): Promise<bigint | undefined> {
  const [row] = await db.query<{ player_id: bigint }>('select player_id from referral_codes where operator_id = $1 and code = $2', [
    operatorId,
    code,
  ]);
  return row?.player_id;
}

export async function insertReferral(
  db: Db,
  { operatorId, playerId }: Player,
  referrerId: bigint,
  terms: Terms,
  now: Date,
): Promise<boolean> {
  const rows = await db.query(
    `insert into referrals (operator_id, player_id, referrer_id, referrer_bonus_cents, referred_bonus_cents, qualifying_cents, created_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing returning 1`,
    [operatorId, playerId, referrerId, terms.referrer_bonus_usd, terms.referred_bonus_usd, terms.qualifying_trade_usd, now],
  );
  return rows.length > 0;
}

export type Earned = Player & { referrerId: bigint; referrerBonus: Cents; referredBonus: Cents; tradeId: bigint };

/** Referrals whose player has made the qualifying buy, at operators that have the programme on: not yet rewarded, the longest waiting first. */
export const selectEarned = (db: Db, most: number): Promise<Earned[]> =>
  db.query<Earned>(
    `select r.operator_id as "operatorId", r.player_id as "playerId", r.referrer_id as "referrerId", r.referrer_bonus_cents as "referrerBonus",
       r.referred_bonus_cents as "referredBonus", t.id as "tradeId"
     from referrals r join operators o on o.id = r.operator_id and o.wallet_mode = 'internal'
     left join operator_config c on c.operator_id = o.id
     cross join lateral (select t.id from trades t where t.player_id = r.player_id and t.operator_id = r.operator_id and t.side = 'buy'
       and t.status = 'filled' and t.amount_cents >= r.qualifying_cents order by t.id limit 1) t
     where r.rewarded_at is null and coalesce((c.document #>> '{features,referral_program}')::boolean, false)
     order by r.created_at, r.player_id limit $1`,
    [most],
  );

/** Those not marked before. */
export const markRewarded = (db: Db, earned: readonly Earned[], now: Date): Promise<Player[]> =>
  db.query<Player>(
    `update referrals r set rewarded_at = $4, qualified_trade_id = k.trade_id
     from unnest($1::bigint[], $2::bigint[], $3::bigint[]) as k(operator_id, player_id, trade_id)
     where r.operator_id = k.operator_id and r.player_id = k.player_id and r.rewarded_at is null
     returning r.operator_id as "operatorId", r.player_id as "playerId"`,
    [
      int8s(earned, ({ operatorId }) => operatorId),
      int8s(earned, ({ playerId }) => playerId),
      int8s(earned, ({ tradeId }) => tradeId),
      now,
    ],
  );
