/** Scores of questions, their outcomes, and the decided markets they are compared with. */
import type { Category } from '@predictu/contract/shapes/category';
import type { Price } from '@predictu/contract/units';
import type { Db } from '../platform/db.ts';

export type DecidedMarket = { id: bigint; title: string; category: Category; resolution: 'yes' | 'no'; resolvedAt: Date };
const LOOKED_AT = 400;

/** Decided markets of everybody with any of these words in the title, newest first. Words are letters and digits only. */
export const selectDecided = (db: Db, words: readonly string[], before: Date): Promise<DecidedMarket[]> =>
  db.query<DecidedMarket>(
    `select id, title, category, resolution, resolved_at as "resolvedAt" from markets
     where operator_id is null and status = 'resolved' and resolution in ('yes', 'no') and resolved_at < $2
       and id = any(array(select found_by_title($1)))
     order by resolved_at desc limit ${LOOKED_AT}`,
    [words.map((word) => `${word}:*`).join(' | '), before],
  );

export type OpenMarket = { title: string; category: Category; mid: Price | null; endAt: Date | null };
const SUGGESTED = 12;
/** Open markets the reader may see with any of these words in the title, the most traded first. */
export const selectAlike = (db: Db, words: readonly string[]): Promise<OpenMarket[]> =>
  db.query<OpenMarket>(
    `select title, category, mid::bigint as mid, end_at as "endAt" from markets
     where status = 'active' and closed_at is null and id = any(array(select found_by_title($1)))
     order by ts_rank(to_tsvector('simple', search_title), to_tsquery('simple', $1)) desc, source_volume_cents desc, id limit ${SUGGESTED}`,
    [words.map((word) => `${word}:*`).join(' | ')],
  );

export type NewScore = {
  id: bigint;
  question: string;
  /** Ten thousandths. */
  probability: number;
  model: string;
  marketPrice: Price | null;
  marketId: bigint | null;
  tokenHash: Buffer | null;
};
export const insertScore = (db: Db, score: NewScore, now: Date): Promise<unknown> =>
  db.query(
    `insert into question_scores (id, question, probability, model, market_price, market_id, token_hash, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (market_id) do nothing`,
    [score.id, score.question, score.probability, score.model, score.marketPrice, score.marketId, score.tokenHash, now],
  );

export type StoredScore = { id: bigint; probability: number; tokenHash: Buffer | null; outcome: 'yes' | 'no' | null };
export async function lockScore(db: Db, id: bigint): Promise<StoredScore | undefined> {
  const [row] = await db.query<StoredScore>(
    'select id, probability, token_hash as "tokenHash", outcome from question_scores where id = $1 for no key update',
    [id],
  );
  return row;
}
export const writeOutcome = (db: Db, id: bigint, outcome: 'yes' | 'no', now: Date): Promise<unknown> =>
  db.query('update question_scores set outcome = $2, outcome_at = $3 where id = $1', [id, outcome, now]);

export type KnownScore = { probability: number; marketPrice: bigint | null; outcome: 'yes' | 'no'; verified: boolean };
const MEASURED_AT_MOST = 20_000;
/** Whose outcome became known since then; null: ever. The newest ones. */
export const selectKnown = (db: Db, since: Date | null): Promise<KnownScore[]> =>
  db.query<KnownScore>(
    `select probability, market_price::bigint as "marketPrice", outcome, market_id is not null as verified from question_scores
     where outcome is not null and outcome_at >= coalesce($1, '-infinity'::timestamptz) order by outcome_at desc, id desc limit ${MEASURED_AT_MOST}`,
    [since],
  );
export async function countWaiting(db: Db): Promise<number> {
  const [row] = await db.query<{ count: bigint }>('select count(*) as count from question_scores where outcome is null');
  return Number(row?.count ?? 0n);
}

export type FreshMarket = { id: bigint; title: string; mid: Price };
/** New markets of everybody that are priced and not scored yet. */
export const selectUnscored = (db: Db, createdAfter: Date, most: number): Promise<FreshMarket[]> =>
  db.query<FreshMarket>(
    `select m.id, m.title, m.mid::bigint as mid from markets m
     where m.created_at >= $1 and m.operator_id is null and m.status = 'active' and m.closed_at is null and m.mid between 1 and 9999
       and not exists (select from question_scores s where s.market_id = m.id)
     order by m.created_at, m.id limit $2`,
    [createdAfter, most],
  );

/** Scores of markets that are settled by now get their outcome. */
export async function adoptResults(db: Db): Promise<number> {
  const rows = await db.query(
    `update question_scores s set outcome = m.resolution, outcome_at = m.resolved_at from markets m
     where s.outcome is null and m.id = s.market_id and m.status = 'resolved' and m.resolution in ('yes', 'no') and m.resolved_at is not null returning s.id`,
  );
  return rows.length;
}
/** What nobody told an outcome for in time. */
export const forgetUnanswered = (db: Db, before: Date): Promise<unknown> =>
  db.query('delete from question_scores where outcome is null and market_id is null and created_at < $1', [before]);
