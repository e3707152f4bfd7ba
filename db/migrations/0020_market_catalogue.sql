-- Search by words: titles without accents, so that "jose" finds "José".
alter table markets add column search_title text not null default '';
create index markets_search_title on markets using gin (to_tsvector('simple', search_title));
create index markets_search_description on markets using gin (to_tsvector('simple', description));
create index markets_created on markets (created_at, id);
create index markets_end on markets (end_at, id);
