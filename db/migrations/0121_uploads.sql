-- Files that operators and the platform uploaded: logos, pictures of markets, papers. The bytes are in the file store, named after what they are.
create table uploaded_files (
  id bigint primary key,
  -- Whose it is; null for the platform's own.
  operator_id bigint,
  category text not null check (category in ('logo', 'favicon', 'banner', 'custom_asset', 'market_image', 'invoice_attachment')),
  name text not null check (name ~ '^[0-9a-f]{32}(-[0-9A-Za-z_-]{22})?\.(png|jpg|webp|svg|pdf)$'),
  content_type text not null,
  size_bytes integer not null check (size_bytes > 0),
  width integer check (width > 0),
  height integer check (height > 0),
  uploaded_by text not null,
  created_at timestamptz not null,
  check ((width is null) = (height is null))
);
create index uploaded_files_operator on uploaded_files (operator_id, id);
comment on table uploaded_files is 'owner: operators. What was uploaded, as it is served: checked and made anew. Append-only.';

alter table uploaded_files enable row level security;
alter table uploaded_files force row level security;
create policy own on uploaded_files for all to predictu_operator using (operator_id = (select tenant())) with check (operator_id = (select tenant()));
create policy every on uploaded_files for all to predictu_admin, predictu_worker using (true) with check (true);
grant select, insert on uploaded_files to predictu_operator, predictu_admin;
grant select on uploaded_files to predictu_worker;
create trigger uploaded_files_append_only before update or delete or truncate on uploaded_files execute function refuse_change();
