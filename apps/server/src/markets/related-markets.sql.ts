/** Markets like another: by the words of its title, its tags and its category. */
import type { Category } from '@predictu/contract/shapes/category';
import type { Db } from '../platform/db.ts';

/** The closest first, on offer, in these categories. `words` is a query of the `simple` dictionary. */
export async function selectRelated(
  db: Db,
  {
    id,
    words,
    tags,
    category,
    categories,
    most,
  }: {
    id: bigint;
    words: string;
    tags: readonly string[];
    category: Category;
    categories: readonly Category[];
    most: number;
  },
): Promise<bigint[]> {
  const rows = await db.query<{ id: bigint }>(
    `with like_words as (
       select m.id, ts_rank(to_tsvector('simple', m.search_title), to_tsquery('simple', $2)) as likeness
       from markets m where m.id = any(array(select found_by_title($2) where $2 <> ''))
         and m.status = 'active' and m.id <> $1 and m.category = any($5::text[]) order by 2 desc limit 50
     ), like_category as (
       select m.id, 0::real as likeness from markets m
       where m.status = 'active' and m.category = $4 and m.category = any($5::text[]) and m.id <> $1 order by m.source_volume_cents desc limit 50
     ), found as (select id, max(likeness) as likeness from (select * from like_words union all select * from like_category) f group by id)
     select m.id from found f join markets m on m.id = f.id
     order by f.likeness * 4 + (m.category = $4)::int * 0.1
       + cardinality(array(select unnest(m.tags) intersect select unnest($3::text[]))) * 0.2 desc, m.source_volume_cents desc, m.id desc limit $6`,
    [id, words, tags, category, categories, most],
    'related_markets',
  );
  return rows.map((row) => row.id);
}
