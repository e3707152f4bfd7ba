-- Generated from the migrations; for reading, not for running.

-- owner: insights. The activity feed less its trades: what happened, when, and which row says more. Written by triggers on those rows.
table activity_events (
  operator_id bigint,
  id bigint not null,
  number bigint not null,
  type text not null,
  source text not null,
  source_id bigint not null,
  written_by xid8 not null default pg_current_xact_id(),
  created_at timestamp with time zone not null,
  constraint activity_events_pkey PRIMARY KEY (number),
  constraint activity_events_source_check CHECK ((source = ANY (ARRAY['audit'::text, 'player'::text, 'risk_event'::text, 'settlement'::text, 'settlement_record'::text]))),
  constraint activity_events_type_check CHECK ((type = ANY (ARRAY['settlement'::text, 'user_signup'::text, 'risk_event'::text, 'operator_event'::text, 'config_change'::text])))
) row level security forced;
CREATE INDEX activity_events_id ON public.activity_events USING btree (id, number);
CREATE INDEX activity_events_operator ON public.activity_events USING btree (operator_id, id, number);
CREATE INDEX activity_events_operator_type ON public.activity_events USING btree (operator_id, type, id, number);
CREATE INDEX activity_events_type ON public.activity_events USING btree (type, id, number);
CREATE INDEX activity_events_written ON public.activity_events USING btree (written_by);
policy every for all to predictu_access, predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
policy own_insert for insert to predictu_operator with check (operator_id = ( SELECT tenant() AS tenant));
grant insert, select to predictu_access;
grant insert, select to predictu_admin;
grant insert, select to predictu_operator;
grant insert, select to predictu_worker;

-- owner: access. The platform's staff. totp_secret is encrypted.
table admin_users (
  id bigint not null,
  email text not null,
  name text,
  password_hash text not null,
  totp_secret text,
  permissions text[] not null default '{read,write,users,config,billing}'::text[],
  revoked_at timestamp with time zone,
  last_login_at timestamp with time zone,
  created_at timestamp with time zone not null,
  totp_pending text,
  totp_last_step bigint,
  constraint admin_users_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX admin_users_email ON public.admin_users USING btree (lower(email));
grant insert, select, update to predictu_access;
grant select to predictu_admin;

-- owner: copilot. The last look of a model at an operator's markets: nothing is asked again while the figures stand still.
table agent_looks (
  operator_id bigint not null,
  looked_at timestamp with time zone not null,
  facts_digest text,
  model text not null,
  tokens integer not null,
  queued integer not null,
  refused integer not null,
  constraint agent_looks_pkey PRIMARY KEY (operator_id),
  constraint agent_looks_queued_check CHECK ((queued >= 0)),
  constraint agent_looks_refused_check CHECK ((refused >= 0)),
  constraint agent_looks_tokens_check CHECK ((tokens >= 0))
) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: copilot. What the MarketAgent suggests to an operator, on which evidence, and what was decided.
table agent_suggestions (
  operator_id bigint not null,
  id bigint not null,
  kind text not null,
  market_id bigint,
  player_id bigint,
  fingerprint text not null,
  severity text not null,
  title text not null,
  reason text not null,
  evidence jsonb not null,
  action jsonb not null,
  status text not null default 'open'::text,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  decided_by text,
  decision_reason text,
  origin text not null default 'rules'::text,
  model text,
  constraint agent_suggestions_pkey PRIMARY KEY (operator_id, id),
  constraint agent_suggestions_check CHECK (((status = 'open'::text) = (decided_at IS NULL))),
  constraint agent_suggestions_kind_check CHECK ((kind = ANY (ARRAY['pause'::text, 'widen'::text, 'resolve'::text, 'fix_wording'::text, 'reprice'::text, 'raise_limit'::text]))),
  constraint agent_suggestions_model CHECK (((origin = 'claude'::text) = (model IS NOT NULL))),
  constraint agent_suggestions_origin_check CHECK ((origin = ANY (ARRAY['rules'::text, 'claude'::text]))),
  constraint agent_suggestions_severity_check CHECK ((severity = ANY (ARRAY['info'::text, 'warning'::text, 'critical'::text]))),
  constraint agent_suggestions_status_check CHECK ((status = ANY (ARRAY['open'::text, 'accepted'::text, 'rejected'::text, 'expired'::text])))
) row level security forced;
CREATE INDEX agent_suggestions_fingerprint ON public.agent_suggestions USING btree (operator_id, fingerprint, id);
CREATE INDEX agent_suggestions_status ON public.agent_suggestions USING btree (operator_id, status, id);
CREATE UNIQUE INDEX agent_suggestions_open ON public.agent_suggestions USING btree (operator_id, fingerprint) WHERE (status = 'open'::text);
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for all to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select, update to predictu_operator;

-- owner: access. How often a key pair was used, by hour; the sum over the parts.
table api_key_requests (
  operator_id bigint not null,
  key_id bigint not null,
  hour timestamp with time zone not null,
  part smallint not null,
  requests bigint not null,
  constraint api_key_requests_pkey PRIMARY KEY (operator_id, key_id, hour, part),
  constraint api_key_requests_requests_check CHECK ((requests > 0))
) with (fillfactor=50) row level security forced;
policy every for all to predictu_access, predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant delete, select to predictu_worker;
grant insert, select, update to predictu_access;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: access. Key pairs of one operator. The secret is encrypted, not hashed: it verifies launch tokens.
table api_keys (
  operator_id bigint not null,
  id bigint not null,
  name text not null,
  api_key text not null,
  secret_encrypted text not null,
  scopes text[] not null default '{read_only,server_api,s2s_callback}'::text[],
  status text not null default 'active'::text,
  expires_at timestamp with time zone,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint api_keys_api_key_key UNIQUE (api_key),
  constraint api_keys_pkey PRIMARY KEY (operator_id, id),
  constraint api_keys_status_check CHECK ((status = ANY (ARRAY['active'::text, 'revoked'::text])))
) row level security forced;
policy every for all to predictu_access, predictu_admin using true with check true;
policy own for all to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_access;
grant insert, select, update to predictu_admin;
grant insert, select, update to predictu_operator;

-- owner: billing. To whom an operator's invoices are addressed, and the tax on them.
table billing_profiles (
  operator_id bigint not null,
  document jsonb not null,
  tax_bps integer not null default 0,
  tax_note text,
  updated_at timestamp with time zone not null,
  constraint billing_profiles_pkey PRIMARY KEY (operator_id),
  constraint billing_profiles_tax_bps_check CHECK (((tax_bps >= 0) AND (tax_bps <= 10000)))
) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for all to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_admin;
grant insert, select, update to predictu_worker;
grant select to predictu_operator;

-- owner: billing. The platform's name, address, tax number and bank account on invoices.
table billing_seller (
  only_row boolean not null default true,
  document jsonb not null,
  updated_at timestamp with time zone not null,
  constraint billing_seller_pkey PRIMARY KEY (only_row),
  constraint billing_seller_only_row_check CHECK (only_row)
);
grant insert, select, update to predictu_admin;
grant insert, select, update to predictu_worker;

-- owner: risk, trading. Halts buying in a scope when its exposure passes the threshold (percent of its limit) or by hand.
table circuit_breakers (
  id bigint not null,
  scope text not null,
  operator_id bigint,
  category text,
  market_id bigint,
  trigger_type text not null,
  trigger_threshold numeric(5,1),
  status text not null default 'armed'::text,
  cooldown_minutes integer not null,
  auto_reset boolean not null,
  tripped_at timestamp with time zone,
  reset_at timestamp with time zone,
  trip_reason text,
  created_by text not null,
  created_at timestamp with time zone not null,
  follows_platform boolean not null default false,
  constraint circuit_breakers_pkey PRIMARY KEY (id),
  constraint circuit_breakers_check CHECK ((((scope = 'operator'::text) = (operator_id IS NOT NULL)) AND ((scope = 'category'::text) = (category IS NOT NULL)) AND ((scope = 'market'::text) = (market_id IS NOT NULL)))),
  constraint circuit_breakers_check1 CHECK (((trigger_type = 'manual'::text) = (trigger_threshold IS NULL))),
  constraint circuit_breakers_cooldown_minutes_check CHECK ((cooldown_minutes >= 0)),
  constraint circuit_breakers_follows CHECK (((NOT follows_platform) OR (trigger_type = 'exposure_pct'::text))),
  constraint circuit_breakers_scope_check CHECK ((scope = ANY (ARRAY['global'::text, 'operator'::text, 'category'::text, 'market'::text]))),
  constraint circuit_breakers_status_check CHECK ((status = ANY (ARRAY['armed'::text, 'tripped'::text, 'disarmed'::text]))),
  constraint circuit_breakers_trigger_type_check CHECK ((trigger_type = ANY (ARRAY['exposure_pct'::text, 'manual'::text])))
) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using ((operator_id IS NULL) OR (operator_id = ( SELECT tenant() AS tenant)));
grant insert, select, update to predictu_admin;
grant insert, select, update to predictu_worker;
grant select to predictu_operator;

-- owner: copilot. Questions to the copilot by their key: paid when they begin, paid back when they fail.
table copilot_answers (
  operator_id bigint not null,
  id bigint not null,
  key text not null,
  body_hash uuid not null,
  status text not null,
  engine text not null,
  model text,
  price_cents bigint not null,
  answer jsonb,
  failure text,
  asked_by text not null,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint copilot_answers_operator_id_key_key UNIQUE (operator_id, key),
  constraint copilot_answers_pkey PRIMARY KEY (operator_id, id),
  constraint copilot_answers_check CHECK (((status = 'done'::text) = (answer IS NOT NULL))),
  constraint copilot_answers_check1 CHECK (((status = 'pending'::text) = (ended_at IS NULL))),
  constraint copilot_answers_engine_check CHECK ((engine = ANY (ARRAY['claude'::text, 'rules'::text]))),
  constraint copilot_answers_price_cents_check CHECK ((price_cents >= 0)),
  constraint copilot_answers_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'done'::text, 'failed'::text])))
) row level security forced;
CREATE INDEX copilot_answers_pending ON public.copilot_answers USING btree (created_at) WHERE (status = 'pending'::text);
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: copilot. What is left of an operator's credits; the sum of its ledger rows on that account.
table credit_accounts (
  operator_id bigint not null,
  balance_cents bigint not null,
  opened_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  low_told_at timestamp with time zone,
  constraint credit_accounts_pkey PRIMARY KEY (operator_id),
  constraint credit_accounts_balance_cents_check CHECK ((balance_cents >= 0))
) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: billing. Takes a whole invoice back; the invoice stays as it was. Append-only.
table credit_notes (
  operator_id bigint not null,
  invoice_id bigint not null,
  number bigint not null,
  amount_cents bigint not null,
  tax_cents bigint not null,
  reason text not null,
  issued_at timestamp with time zone not null,
  issued_by text not null,
  constraint credit_notes_pkey PRIMARY KEY (operator_id, invoice_id),
  constraint credit_notes_amount_cents_check CHECK ((amount_cents >= 0)),
  constraint credit_notes_number_check CHECK ((number > 0)),
  constraint credit_notes_tax_cents_check CHECK ((tax_cents >= 0))
) row level security forced;
CREATE UNIQUE INDEX credit_notes_number ON public.credit_notes USING btree (number);
CREATE TRIGGER credit_notes_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.credit_notes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant insert, select to predictu_admin;
grant insert, select to predictu_worker;
grant select to predictu_operator;

-- owner: access. Origins that may show one operator's embed.
table embed_origins (
  operator_id bigint not null,
  id bigint not null,
  origin text not null,
  status text not null default 'pending_verification'::text,
  verification_token text not null,
  verified_at timestamp with time zone,
  removed_at timestamp with time zone,
  created_at timestamp with time zone not null,
  last_checked_at timestamp with time zone,
  check_detail text,
  constraint embed_origins_pkey PRIMARY KEY (operator_id, id),
  constraint embed_origins_check CHECK (((status = 'removed'::text) = (removed_at IS NOT NULL))),
  constraint embed_origins_check1 CHECK (((status <> 'verified'::text) OR (verified_at IS NOT NULL))),
  constraint embed_origins_status_check CHECK ((status = ANY (ARRAY['pending_verification'::text, 'verified'::text, 'removed'::text])))
) row level security forced;
CREATE INDEX embed_origins_pending ON public.embed_origins USING btree (last_checked_at NULLS FIRST, id) WHERE (status = 'pending_verification'::text);
CREATE UNIQUE INDEX embed_origins_origin ON public.embed_origins USING btree (operator_id, origin) WHERE (status <> 'removed'::text);
policy every for all to predictu_access, predictu_admin, predictu_worker using true with check true;
policy own for all to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_admin;
grant insert, select, update to predictu_operator;
grant select to predictu_access;
grant select, update to predictu_worker;

-- owner: risk, trading, settlement. Sum of open shares x $1 by scope, with cost, volume and trade count of the scope.
table exposure (
  operator_id bigint not null,
  scope smallint not null,
  key bigint not null,
  yes_shares bigint not null default 0,
  no_shares bigint not null default 0,
  cost_cents bigint not null default 0,
  cap_shares bigint not null,
  volume_cents bigint not null default 0,
  trade_count bigint not null default 0,
  constraint exposure_pkey PRIMARY KEY (operator_id, scope, key),
  constraint exposure_cap CHECK (((yes_shares + no_shares) <= cap_shares)),
  constraint exposure_no_shares_check CHECK ((no_shares >= 0)),
  constraint exposure_scope_check CHECK (((scope >= 0) AND (scope <= 2))),
  constraint exposure_yes_shares_check CHECK ((yes_shares >= 0))
) with (fillfactor=20) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_admin;
grant insert, select, update to predictu_worker;
grant select to predictu_operator;

-- owner: risk. Exposure by scope as it stood at an instant, with the limit in force; thinned with age. Never changed.
table exposure_snapshots (
  operator_id bigint not null,
  scope smallint not null,
  key bigint not null,
  at timestamp with time zone not null,
  yes_shares bigint not null,
  no_shares bigint not null,
  cost_cents bigint not null,
  limit_cents bigint,
  constraint exposure_snapshots_pkey PRIMARY KEY (operator_id, scope, key, at),
  constraint exposure_snapshots_no_shares_check CHECK ((no_shares >= 0)),
  constraint exposure_snapshots_scope_check CHECK (((scope >= 0) AND (scope <= 2))),
  constraint exposure_snapshots_yes_shares_check CHECK ((yes_shares >= 0))
) row level security forced;
CREATE INDEX exposure_snapshots_time ON public.exposure_snapshots USING btree (at);
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: trading. Every money operation ever answered, by key; kept for ever. owner_id is the player, or 0 for the operator's own calls; answer holds only what the trade row does not.
table idempotency_keys (
  operator_id bigint not null,
  owner_id bigint not null,
  key text not null,
  body_hash uuid not null,
  trade_id bigint,
  answer jsonb not null,
  created_at timestamp with time zone not null,
  constraint idempotency_keys_pkey PRIMARY KEY (operator_id, owner_id, key)
) row level security forced;
CREATE INDEX idempotency_keys_other ON public.idempotency_keys USING btree (operator_id, owner_id, created_at, ((answer ->> 'adjustment'::text))) WHERE (trade_id IS NULL);
CREATE INDEX idempotency_keys_trade ON public.idempotency_keys USING btree (trade_id) WHERE (trade_id IS NOT NULL);
policy admin_reads for select to predictu_admin using true;
policy every for all to predictu_worker using true with check true;
grant insert, select to predictu_worker;

-- owner: identity. Links to accept an invitation with; gone once opened.
table invitation_links (
  email text not null,
  token_hash text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  constraint invitation_links_token_hash_key UNIQUE (token_hash),
  constraint invitation_links_pkey PRIMARY KEY (email),
  constraint invitation_links_email_check CHECK ((email = lower(email)))
);
grant delete, insert, select, update to predictu_worker;
grant delete, select to predictu_access;

-- owner: billing. What an invoice is made of: spread and fees of its period, and the platform's part of each. Append-only.
table invoice_lines (
  operator_id bigint not null,
  invoice_id bigint not null,
  kind text not null,
  gross_cents bigint not null,
  amount_cents bigint not null,
  trade_count bigint not null,
  first_trade_id bigint,
  last_trade_id bigint,
  constraint invoice_lines_pkey PRIMARY KEY (operator_id, invoice_id, kind),
  constraint invoice_lines_amount_cents_check CHECK ((amount_cents >= 0)),
  constraint invoice_lines_gross_cents_check CHECK ((gross_cents >= 0)),
  constraint invoice_lines_kind_check CHECK ((kind = ANY (ARRAY['spread'::text, 'fee'::text]))),
  constraint invoice_lines_trade_count_check CHECK ((trade_count >= 0))
) row level security forced;
CREATE TRIGGER invoice_lines_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.invoice_lines FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant insert, select to predictu_admin;
grant insert, select to predictu_worker;
grant select to predictu_operator;

-- owner: billing. The last number given, by kind of document. Taken in the transaction that writes the document, so there is no gap.
table invoice_numbers (
  kind text not null,
  last bigint not null,
  constraint invoice_numbers_pkey PRIMARY KEY (kind),
  constraint invoice_numbers_kind_check CHECK ((kind = ANY (ARRAY['invoice'::text, 'credit_note'::text]))),
  constraint invoice_numbers_last_check CHECK ((last >= 0))
);
grant select, update to predictu_admin;
grant select, update to predictu_worker;

-- owner: billing. Money received for an invoice, as a person recorded it. Append-only.
table invoice_payments (
  operator_id bigint not null,
  invoice_id bigint not null,
  n integer not null,
  amount_cents bigint not null,
  method text not null,
  reference text not null,
  paid_at timestamp with time zone not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  idempotency_key text not null,
  body_hash uuid not null,
  constraint invoice_payments_pkey PRIMARY KEY (operator_id, invoice_id, n),
  constraint invoice_payments_amount_cents_check CHECK ((amount_cents > 0)),
  constraint invoice_payments_n_check CHECK ((n > 0))
) row level security forced;
CREATE UNIQUE INDEX invoice_payments_key ON public.invoice_payments USING btree (idempotency_key);
CREATE TRIGGER invoice_payments_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.invoice_payments FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant insert, select to predictu_admin;
grant insert, select to predictu_worker;

-- owner: billing. The platform's part of one operator's revenue in one month. Amounts are fixed when it is issued.
table invoices (
  operator_id bigint not null,
  id bigint not null,
  number bigint not null,
  period_from timestamp with time zone not null,
  period_to timestamp with time zone not null,
  status text not null,
  trade_count bigint not null,
  unique_traders bigint not null,
  volume_cents bigint not null,
  gross_cents bigint not null,
  share_bps integer not null,
  amount_cents bigint not null,
  tax_bps integer not null,
  tax_cents bigint not null,
  tax_note text,
  total_cents bigint not null,
  seller jsonb not null,
  buyer jsonb not null,
  issued_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  paid_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint invoices_pkey PRIMARY KEY (operator_id, id),
  constraint invoices_check CHECK (((amount_cents >= 0) AND (amount_cents <= gross_cents))),
  constraint invoices_check1 CHECK ((total_cents = (amount_cents + tax_cents))),
  constraint invoices_check2 CHECK ((period_from < period_to)),
  constraint invoices_check3 CHECK (((status = 'draft'::text) <= (sent_at IS NULL))),
  constraint invoices_check4 CHECK (((status = ANY (ARRAY['sent'::text, 'paid'::text, 'overdue'::text])) <= (sent_at IS NOT NULL))),
  constraint invoices_check5 CHECK (((status = 'paid'::text) <= (paid_at IS NOT NULL))),
  constraint invoices_gross_cents_check CHECK ((gross_cents >= 0)),
  constraint invoices_number_check CHECK ((number > 0)),
  constraint invoices_share_bps_check CHECK (((share_bps >= 0) AND (share_bps <= 10000))),
  constraint invoices_status_check CHECK ((status = ANY (ARRAY['draft'::text, 'sent'::text, 'paid'::text, 'overdue'::text, 'void'::text]))),
  constraint invoices_tax_bps_check CHECK (((tax_bps >= 0) AND (tax_bps <= 10000))),
  constraint invoices_tax_cents_check CHECK ((tax_cents >= 0)),
  constraint invoices_trade_count_check CHECK ((trade_count >= 0)),
  constraint invoices_unique_traders_check CHECK ((unique_traders >= 0)),
  constraint invoices_volume_cents_check CHECK ((volume_cents >= 0))
) row level security forced;
CREATE INDEX invoices_status ON public.invoices USING btree (status, number);
CREATE UNIQUE INDEX invoices_id ON public.invoices USING btree (id);
CREATE UNIQUE INDEX invoices_number ON public.invoices USING btree (number);
CREATE UNIQUE INDEX invoices_period ON public.invoices USING btree (operator_id, period_from);
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant insert, select to predictu_admin;
grant insert, select to predictu_worker;
grant select to predictu_operator;

-- owner: access. Launch tokens already used; a row may go once its token has expired.
table launch_tokens (
  operator_id bigint not null,
  token_id text not null,
  expires_at timestamp with time zone not null,
  constraint launch_tokens_pkey PRIMARY KEY (operator_id, token_id)
) row level security forced;
CREATE INDEX launch_tokens_expiry ON public.launch_tokens USING btree (expires_at);
policy every for all to predictu_access, predictu_worker using true with check true;
grant delete, insert, select to predictu_access;
grant delete, insert, select to predictu_worker;

-- owner: engagement. Volume and realised profit of each player by day, week, month and in all.
table leaderboard_results (
  operator_id bigint not null,
  period text not null,
  starts_on date not null,
  player_id bigint not null,
  volume_cents bigint not null,
  pnl_cents bigint not null,
  constraint leaderboard_results_pkey PRIMARY KEY (operator_id, period, starts_on, player_id),
  constraint leaderboard_results_period_check CHECK ((period = ANY (ARRAY['day'::text, 'week'::text, 'month'::text, 'all'::text])))
) with (fillfactor=80) row level security forced;
CREATE INDEX leaderboard_results_pnl ON public.leaderboard_results USING btree (operator_id, period, starts_on, pnl_cents DESC, player_id);
CREATE INDEX leaderboard_results_volume ON public.leaderboard_results USING btree (operator_id, period, starts_on, volume_cents DESC, player_id);
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: trading. Address of the holder of each advisory lock.
table leases (
  name text not null,
  address text not null,
  taken_at timestamp with time zone not null,
  constraint leases_pkey PRIMARY KEY (name)
);
grant insert, select, update to predictu_worker;

-- owner: ledger. Append-only. The documented user ledger is the view of one player's account.
table ledger_entries (
  operator_id bigint not null,
  id bigint not null,
  player_id bigint not null,
  type text not null,
  from_account text not null,
  to_account text not null,
  amount_cents bigint not null,
  balance_before_cents bigint not null,
  balance_after_cents bigint not null,
  trade_id bigint,
  description text not null,
  metadata jsonb,
  created_at timestamp with time zone not null,
  constraint ledger_entries_pkey PRIMARY KEY (operator_id, id),
  constraint ledger_entries_amount_cents_check CHECK ((amount_cents > 0)),
  constraint ledger_entries_balance_after_cents_check CHECK ((balance_after_cents >= 0)),
  constraint ledger_entries_balance_before_cents_check CHECK ((balance_before_cents >= 0)),
  constraint ledger_entries_check CHECK ((from_account <> to_account)),
  constraint ledger_entries_check1 CHECK ((balance_after_cents = ((balance_before_cents -
CASE
    WHEN (from_account = ANY (ARRAY['player'::text, 'credits'::text])) THEN amount_cents
    ELSE (0)::bigint
END) +
CASE
    WHEN (to_account = ANY (ARRAY['player'::text, 'credits'::text])) THEN amount_cents
    ELSE (0)::bigint
END))),
  constraint ledger_entries_credits CHECK ((((from_account = ANY (ARRAY['credits'::text, 'copilot'::text])) = (to_account = ANY (ARRAY['credits'::text, 'copilot'::text]))) AND ((from_account = ANY (ARRAY['credits'::text, 'copilot'::text])) = (player_id = 0)))),
  constraint ledger_entries_from_account_check CHECK ((from_account = ANY (ARRAY['player'::text, 'house'::text, 'fees'::text, 'bank'::text, 'wallet'::text, 'orders'::text, 'credits'::text, 'copilot'::text]))),
  constraint ledger_entries_to_account_check CHECK ((to_account = ANY (ARRAY['player'::text, 'house'::text, 'fees'::text, 'bank'::text, 'wallet'::text, 'orders'::text, 'credits'::text, 'copilot'::text]))),
  constraint ledger_entries_type_check CHECK ((type = ANY (ARRAY['trade_debit'::text, 'trade_credit'::text, 'trade_fee'::text, 'deposit'::text, 'withdrawal'::text, 'withdrawal_fee'::text, 'settlement_credit'::text, 'settlement_fee'::text, 'refund'::text, 'correction'::text, 'order_hold'::text, 'order_release'::text, 'credit_grant'::text, 'credit_top_up'::text, 'copilot_answer'::text, 'copilot_refund'::text])))
) row level security forced;
CREATE INDEX ledger_entries_player ON public.ledger_entries USING btree (player_id, id);
CREATE TRIGGER ledger_entries_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.ledger_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
policy player_own for select to predictu_player using ((operator_id = ( SELECT tenant() AS tenant)) AND (player_id = ( SELECT acting_player() AS acting_player)));
grant insert, select to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;
grant select to predictu_player;

-- owner: trading. Every change of a limit order; its id is in commit order. Append-only.
table limit_order_events (
  operator_id bigint not null,
  id bigint not null,
  order_id bigint not null,
  player_id bigint not null,
  market_id bigint not null,
  status text not null,
  created_at timestamp with time zone not null,
  constraint limit_order_events_pkey PRIMARY KEY (operator_id, id),
  constraint limit_order_events_status_check CHECK ((status = ANY (ARRAY['open'::text, 'pending'::text, 'filled'::text, 'cancelled'::text, 'expired'::text])))
) row level security forced;
CREATE INDEX limit_order_events_order ON public.limit_order_events USING btree (order_id, id);
CREATE INDEX limit_order_events_player ON public.limit_order_events USING btree (player_id, id);
CREATE TRIGGER limit_order_events_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.limit_order_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
policy player_own for select to predictu_player using ((operator_id = ( SELECT tenant() AS tenant)) AND (player_id = ( SELECT acting_player() AS acting_player)));
grant insert, select to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;
grant select to predictu_player;

-- owner: trading. An order of a player that rests until the price makes its limit true.
table limit_orders (
  operator_id bigint not null,
  id bigint not null,
  player_id bigint not null,
  market_id bigint not null,
  outcome text not null,
  side text not null,
  limit_price integer not null,
  amount_cents bigint,
  quantity bigint,
  fee_bps integer not null,
  held_cents bigint not null,
  wallet_mode text not null,
  status text not null,
  trade_id bigint,
  reason text,
  refusal jsonb,
  expires_at timestamp with time zone,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint limit_orders_pkey PRIMARY KEY (operator_id, id),
  constraint limit_orders_amount_cents_check CHECK ((amount_cents > 0)),
  constraint limit_orders_check CHECK (((side = 'buy'::text) = (amount_cents IS NOT NULL))),
  constraint limit_orders_check1 CHECK (((side = 'sell'::text) = (quantity IS NOT NULL))),
  constraint limit_orders_check2 CHECK (((status <> ALL (ARRAY['pending'::text, 'filled'::text])) OR (trade_id IS NOT NULL))),
  constraint limit_orders_check3 CHECK (((status = ANY (ARRAY['cancelled'::text, 'expired'::text])) = (reason IS NOT NULL))),
  constraint limit_orders_check4 CHECK (((status = ANY (ARRAY['open'::text, 'pending'::text])) = (ended_at IS NULL))),
  constraint limit_orders_fee_bps_check CHECK ((fee_bps >= 0)),
  constraint limit_orders_held_cents_check CHECK ((held_cents >= 0)),
  constraint limit_orders_limit_price_check CHECK (((limit_price >= 1) AND (limit_price <= 9999))),
  constraint limit_orders_outcome_check CHECK ((outcome = ANY (ARRAY['yes'::text, 'no'::text]))),
  constraint limit_orders_quantity_check CHECK ((quantity > 0)),
  constraint limit_orders_side_check CHECK ((side = ANY (ARRAY['buy'::text, 'sell'::text]))),
  constraint limit_orders_status_check CHECK ((status = ANY (ARRAY['open'::text, 'pending'::text, 'filled'::text, 'cancelled'::text, 'expired'::text]))),
  constraint limit_orders_wallet_mode_check CHECK ((wallet_mode = ANY (ARRAY['internal'::text, 'seamless'::text, 'shadow'::text])))
) with (fillfactor=80) row level security forced;
CREATE INDEX limit_orders_crossing ON public.limit_orders USING btree (market_id, side, outcome, limit_price) WHERE (status = 'open'::text);
CREATE INDEX limit_orders_market ON public.limit_orders USING btree (market_id, id);
CREATE INDEX limit_orders_open ON public.limit_orders USING btree (id) WHERE (status = 'open'::text);
CREATE INDEX limit_orders_open_player ON public.limit_orders USING btree (player_id, id) WHERE (status = 'open'::text);
CREATE INDEX limit_orders_player ON public.limit_orders USING btree (player_id, id);
CREATE INDEX limit_orders_status ON public.limit_orders USING btree (operator_id, status, id);
CREATE INDEX limit_orders_trade ON public.limit_orders USING btree (operator_id, trade_id) WHERE (trade_id IS NOT NULL);
CREATE UNIQUE INDEX limit_orders_id ON public.limit_orders USING btree (id);
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
policy player_own for select to predictu_player using ((operator_id = ( SELECT tenant() AS tenant)) AND (player_id = ( SELECT acting_player() AS acting_player)));
grant insert, select to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;
grant select to predictu_player;

-- owner: access. Links by e-mail that were asked for, and what came of it.
table link_requests (
  id bigint not null,
  purpose text not null,
  email text not null,
  invitation_id bigint,
  code_challenge text,
  next_path text,
  outcome text,
  attempts integer not null default 0,
  due_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint link_requests_pkey PRIMARY KEY (id),
  constraint link_requests_check CHECK (((outcome IS NULL) = (decided_at IS NULL))),
  constraint link_requests_check1 CHECK (((purpose = 'invite'::text) = (invitation_id IS NOT NULL))),
  constraint link_requests_outcome_check CHECK ((outcome = ANY (ARRAY['sent'::text, 'nobody'::text, 'too_many'::text, 'failed'::text]))),
  constraint link_requests_purpose_check CHECK ((purpose = ANY (ARRAY['invite'::text, 'magiclink'::text, 'recovery'::text])))
);
CREATE INDEX link_requests_due ON public.link_requests USING btree (due_at, id) WHERE (outcome IS NULL);
CREATE INDEX link_requests_email ON public.link_requests USING btree (lower(email), created_at);
CREATE TRIGGER link_requests_send AFTER INSERT ON public.link_requests FOR EACH STATEMENT EXECUTE FUNCTION send_links();
grant delete, select, update to predictu_worker;
grant insert to predictu_access;
grant insert to predictu_admin;

-- owner: platform. E-mails that wait, have left or have failed for good.
table mails (
  id bigint not null,
  operator_id bigint,
  template text not null,
  recipient text not null,
  data jsonb not null,
  sealed text,
  attachments jsonb not null default '[]'::jsonb,
  dedupe_key text not null,
  status text not null default 'queued'::text,
  attempts integer not null default 0,
  due_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  transport text,
  answer text,
  created_at timestamp with time zone not null,
  constraint mails_pkey PRIMARY KEY (id),
  constraint mails_attempts_check CHECK ((attempts >= 0)),
  constraint mails_check CHECK (((status = 'sent'::text) = (sent_at IS NOT NULL))),
  constraint mails_check1 CHECK (((status = 'sent'::text) <= (sealed IS NULL))),
  constraint mails_recipient_check CHECK (((length(recipient) >= 3) AND (length(recipient) <= 254))),
  constraint mails_status_check CHECK ((status = ANY (ARRAY['queued'::text, 'sent'::text, 'failed'::text]))),
  constraint mails_transport_check CHECK ((transport = ANY (ARRAY['smtp'::text, 'outbox'::text])))
) row level security forced;
CREATE INDEX mails_due ON public.mails USING btree (due_at, id) WHERE (status = 'queued'::text);
CREATE INDEX mails_operator ON public.mails USING btree (operator_id, id);
CREATE INDEX mails_recipient ON public.mails USING btree (lower(recipient), id);
CREATE INDEX mails_recipient_search ON public.mails USING gin (lower(recipient) gin_trgm_ops);
CREATE INDEX mails_status ON public.mails USING btree (status, id);
CREATE INDEX mails_template ON public.mails USING btree (template, id);
CREATE UNIQUE INDEX mails_once ON public.mails USING btree (COALESCE(operator_id, (0)::bigint), dedupe_key, recipient);
CREATE TRIGGER mails_deliver AFTER INSERT ON public.mails FOR EACH STATEMENT EXECUTE FUNCTION deliver_mail();
CREATE TRIGGER mails_deliver_again AFTER UPDATE ON public.mails FOR EACH ROW WHEN (((old.status = 'failed'::text) AND (new.status = 'queued'::text))) EXECUTE FUNCTION deliver_mail();
policy any_insert for insert to predictu_access with check true;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
policy own_insert for insert to predictu_operator, predictu_player with check (operator_id = ( SELECT tenant() AS tenant));
grant insert to predictu_access;
grant insert to predictu_admin;
grant insert to predictu_operator;
grant insert to predictu_player;
grant insert, select to predictu_worker;

-- owner: markets. Markets that were added or changed their status or category; forgotten after a day.
table market_changes (
  xid xid8 not null default pg_current_xact_id(),
  market_id bigint not null,
  at timestamp with time zone not null default now()
);
CREATE INDEX market_changes_xid ON public.market_changes USING btree (xid);
grant delete, insert, select to predictu_worker;
grant insert to predictu_admin;
grant insert to predictu_operator;

-- owner: markets. State of each market source: its last sign of life and since when it is silent.
table market_feeds (
  source text not null,
  last_event_at timestamp with time zone,
  last_success_at timestamp with time zone,
  last_error text,
  silent_since timestamp with time zone,
  counters jsonb not null default '{}'::jsonb,
  constraint market_feeds_pkey PRIMARY KEY (source)
);
grant insert, select, update to predictu_worker;
grant select to predictu_admin;

-- owner: markets. What the source sent and we could not use, by reason, counted.
table market_set_asides (
  source text not null,
  source_id text not null,
  reason text not null,
  detail text not null,
  seen_count bigint not null default 1,
  first_seen_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  constraint market_set_asides_pkey PRIMARY KEY (source, source_id, reason)
);
grant insert, select, update to predictu_worker;
grant select to predictu_admin;

-- owner: settlement. A result of a market: who proposed it on what evidence, who approved it, when it was decided.
table market_settlements (
  id bigint not null,
  market_id bigint not null,
  outcome text not null,
  status text not null,
  corrects_id bigint,
  fee_bps integer,
  evidence text not null,
  evidence_url text,
  proposed_by text not null,
  proposed_at timestamp with time zone not null,
  needs_approval boolean not null,
  approved_by text,
  decide_at timestamp with time zone,
  decided_at timestamp with time zone,
  decision_id bigint,
  withdrawn_by text,
  constraint market_settlements_pkey PRIMARY KEY (id),
  constraint market_settlements_check CHECK (((approved_by IS NULL) OR (approved_by <> proposed_by))),
  constraint market_settlements_check1 CHECK (((status = 'decided'::text) = ((decided_at IS NOT NULL) AND (decision_id IS NOT NULL)))),
  constraint market_settlements_outcome_check CHECK ((outcome = ANY (ARRAY['yes'::text, 'no'::text, 'split'::text, 'void'::text]))),
  constraint market_settlements_status_check CHECK ((status = ANY (ARRAY['held'::text, 'proposed'::text, 'decided'::text, 'withdrawn'::text])))
) row level security forced;
CREATE INDEX market_settlements_decided ON public.market_settlements USING btree (decided_at, id) WHERE (status = 'decided'::text);
CREATE INDEX market_settlements_decision ON public.market_settlements USING btree (decision_id) WHERE (decision_id IS NOT NULL);
CREATE INDEX market_settlements_market ON public.market_settlements USING btree (market_id, id);
CREATE UNIQUE INDEX market_settlements_open ON public.market_settlements USING btree (market_id) WHERE (status = ANY (ARRAY['held'::text, 'proposed'::text]));
CREATE TRIGGER market_settlements_activity AFTER UPDATE OF status ON public.market_settlements FOR EACH ROW WHEN (((new.status = 'decided'::text) AND (old.status <> 'decided'::text))) EXECUTE FUNCTION note_settlement_activity();
policy concerned for select to predictu_operator using (EXISTS ( SELECT
   FROM settlement_records r
  WHERE ((r.settlement_id = market_settlements.id) AND (r.operator_id = ( SELECT tenant() AS tenant)))));
policy every for all to predictu_admin, predictu_worker using true with check true;
grant insert, select, update to predictu_admin;
grant insert, select, update to predictu_worker;

-- owner: markets, settlement. One YES/NO question. Platform-wide; an operator sees those of its allowed categories. Its result is settlement's.
table markets (
  id bigint not null,
  source text not null,
  source_id text not null,
  title text not null,
  description text not null default ''::text,
  category text not null,
  tags text[] not null default '{}'::text[],
  image_url text,
  status text not null default 'active'::text,
  status_reason text,
  mid integer,
  best_bid integer,
  best_ask integer,
  snapshot_id bigint,
  priced_at timestamp with time zone,
  received_at timestamp with time zone,
  liquidity_cents bigint not null default 0,
  source_volume_cents bigint not null default 0,
  end_at timestamp with time zone,
  resolution text,
  resolution_source text,
  resolved_at timestamp with time zone,
  source_state jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  search_title text not null default ''::text,
  closed_at timestamp with time zone,
  result_unsure_since timestamp with time zone,
  operator_id bigint,
  constraint markets_source_source_id_key UNIQUE (source, source_id),
  constraint markets_pkey PRIMARY KEY (id),
  constraint markets_best_ask_check CHECK (((best_ask >= 0) AND (best_ask <= 10000))),
  constraint markets_best_bid_check CHECK (((best_bid >= 0) AND (best_bid <= 10000))),
  constraint markets_category_check CHECK ((category = ANY (ARRAY['sports'::text, 'crypto'::text, 'politics'::text, 'entertainment'::text, 'economics'::text, 'other'::text]))),
  constraint markets_liquidity_cents_check CHECK ((liquidity_cents >= 0)),
  constraint markets_mid_check CHECK (((mid >= 0) AND (mid <= 10000))),
  constraint markets_resolution_check CHECK ((resolution = ANY (ARRAY['yes'::text, 'no'::text, 'split'::text, 'void'::text]))),
  constraint markets_source_check CHECK ((source = ANY (ARRAY['polymarket'::text, 'recorded'::text, 'simulated'::text, 'operator'::text]))),
  constraint markets_status_check CHECK ((status = ANY (ARRAY['active'::text, 'paused'::text, 'resolved'::text, 'cancelled'::text])))
) with (fillfactor=70) row level security forced;
CREATE INDEX markets_category ON public.markets USING btree (category, id);
CREATE INDEX markets_created ON public.markets USING btree (created_at, id);
CREATE INDEX markets_end ON public.markets USING btree (end_at, id);
CREATE INDEX markets_own ON public.markets USING btree (operator_id, id) WHERE (operator_id IS NOT NULL);
CREATE INDEX markets_search_description ON public.markets USING gin (to_tsvector('simple'::regconfig, description));
CREATE INDEX markets_search_title ON public.markets USING gin (to_tsvector('simple'::regconfig, search_title));
CREATE INDEX markets_status ON public.markets USING btree (status, id);
CREATE TRIGGER markets_added AFTER INSERT ON public.markets FOR EACH ROW EXECUTE FUNCTION note_market_change();
CREATE TRIGGER markets_changed AFTER UPDATE OF status, category, operator_id ON public.markets FOR EACH ROW WHEN (((old.status <> new.status) OR (old.category <> new.category) OR (old.operator_id IS DISTINCT FROM new.operator_id))) EXECUTE FUNCTION note_market_change();
policy every for all to predictu_admin, predictu_worker using true with check true;
policy everybodys for select to predictu_access using (operator_id IS NULL);
policy offered for select to predictu_operator, predictu_player using ((operator_id IS NULL) OR (operator_id = ( SELECT tenant() AS tenant)));
policy own_insert for insert to predictu_operator with check ((operator_id = ( SELECT tenant() AS tenant)) AND (source = 'operator'::text));
policy own_update for update to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
grant insert, select to predictu_operator;
grant insert, select, update to predictu_worker;
grant select to predictu_access;
grant select to predictu_admin;
grant select to predictu_player;

-- owner: intake. Companies that asked to become operators, from the public form to the operator they became. operator_id is null until then.
table operator_applications (
  id bigint not null,
  status text not null default 'received'::text,
  company text not null,
  website_url text not null,
  website_host text not null,
  jurisdiction text not null,
  licence_authority text not null,
  licence_number text,
  categories text[] not null,
  expected_monthly_volume text not null,
  monthly_players text not null,
  wallet_mode text not null,
  contact_name text not null,
  contact_email text not null,
  contact_phone text,
  message text,
  consent_at timestamp with time zone not null,
  duplicate_of bigint,
  operator_id bigint,
  form_nonce text not null,
  sender_digest text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint operator_applications_form_nonce_key UNIQUE (form_nonce),
  constraint operator_applications_pkey PRIMARY KEY (id),
  constraint operator_applications_categories_check CHECK ((cardinality(categories) > 0)),
  constraint operator_applications_check CHECK (((status = 'duplicate'::text) = (duplicate_of IS NOT NULL))),
  constraint operator_applications_check1 CHECK (((status = 'provisioned'::text) = (operator_id IS NOT NULL))),
  constraint operator_applications_expected_monthly_volume_check CHECK ((expected_monthly_volume = ANY (ARRAY['under_100k'::text, '100k_to_1m'::text, '1m_to_10m'::text, 'over_10m'::text]))),
  constraint operator_applications_monthly_players_check CHECK ((monthly_players = ANY (ARRAY['under_5k'::text, '5k_to_25k'::text, '25k_to_100k'::text, 'over_100k'::text]))),
  constraint operator_applications_status_check CHECK ((status = ANY (ARRAY['received'::text, 'in_review'::text, 'needs_information'::text, 'approved'::text, 'provisioned'::text, 'rejected'::text, 'duplicate'::text, 'spam'::text]))),
  constraint operator_applications_wallet_mode_check CHECK ((wallet_mode = ANY (ARRAY['internal'::text, 'seamless'::text, 'shadow'::text])))
) row level security forced;
CREATE INDEX operator_applications_email ON public.operator_applications USING btree (lower(contact_email), id);
CREATE INDEX operator_applications_host ON public.operator_applications USING btree (website_host, id);
CREATE INDEX operator_applications_sender ON public.operator_applications USING btree (sender_digest, created_at);
CREATE INDEX operator_applications_status ON public.operator_applications USING btree (status, id);
policy every for all to predictu_access, predictu_admin, predictu_worker using true with check true;
grant insert, select to predictu_access;
grant select to predictu_admin;
grant select to predictu_worker;

-- owner: config. One operator's configuration of its embed.
table operator_config (
  operator_id bigint not null,
  document jsonb not null default '{}'::jsonb,
  updated_at timestamp with time zone not null,
  updated_by text not null,
  constraint operator_config_pkey PRIMARY KEY (operator_id),
  constraint operator_config_document_check CHECK ((jsonb_typeof(document) = 'object'::text))
) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy every_read for select to predictu_access using true;
policy own for all to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
policy player_own for select to predictu_player using (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_admin;
grant insert, select, update to predictu_operator;
grant select to predictu_access;
grant select to predictu_player;
grant select to predictu_worker;

-- owner: access. Who was asked to come in. Accepting one makes the member, and the operator where there is none yet.
table operator_invitations (
  id bigint not null,
  operator_id bigint,
  application_id bigint,
  email text not null,
  name text,
  permissions text[] not null,
  blueprint jsonb,
  trial_days integer,
  expires_at timestamp with time zone not null,
  sent_at timestamp with time zone,
  accepted_at timestamp with time zone,
  revoked_at timestamp with time zone,
  member_id bigint,
  created_at timestamp with time zone not null,
  constraint operator_invitations_pkey PRIMARY KEY (id),
  constraint operator_invitations_check CHECK (((accepted_at IS NULL) = (member_id IS NULL))),
  constraint operator_invitations_check1 CHECK (((accepted_at IS NULL) OR (operator_id IS NOT NULL))),
  constraint operator_invitations_check2 CHECK (((blueprint IS NULL) = (application_id IS NULL))),
  constraint operator_invitations_trial_days_check CHECK ((trial_days > 0))
) row level security forced;
CREATE INDEX operator_invitations_application ON public.operator_invitations USING btree (application_id, id);
CREATE INDEX operator_invitations_operator ON public.operator_invitations USING btree (operator_id, id);
CREATE UNIQUE INDEX operator_invitations_open ON public.operator_invitations USING btree (lower(email)) WHERE ((accepted_at IS NULL) AND (revoked_at IS NULL));
policy every for all to predictu_access, predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant insert, select to predictu_admin;
grant select to predictu_access;
grant select to predictu_operator;
grant select to predictu_worker;

-- owner: access. People who log in to one operator's console; who they are, auth.users knows. totp_secret is encrypted.
table operator_members (
  operator_id bigint not null,
  id bigint not null,
  email text not null,
  name text,
  totp_secret text,
  permissions text[] not null default '{read,write,users,config,billing}'::text[],
  revoked_at timestamp with time zone,
  last_login_at timestamp with time zone,
  created_at timestamp with time zone not null,
  totp_pending text,
  totp_last_step bigint,
  auth_user_id uuid not null,
  sessions_from timestamp with time zone,
  constraint operator_members_pkey PRIMARY KEY (operator_id, id)
) row level security forced;
CREATE UNIQUE INDEX operator_members_auth_user ON public.operator_members USING btree (auth_user_id);
CREATE UNIQUE INDEX operator_members_email ON public.operator_members USING btree (lower(email));
policy every for all to predictu_access, predictu_admin using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
policy worker_read for select to predictu_worker using true;
grant insert, select, update to predictu_access;
grant insert, select, update to predictu_admin;
grant select to predictu_operator;
grant select to predictu_worker;

-- owner: operators. One casino or sportsbook. category_limits and limit_tiers are maps to cents; platform_share_bps is the platform's part of revenue.
table operators (
  id bigint not null,
  slug text not null,
  name text not null,
  status text not null default 'pending'::text,
  contact_email text not null,
  contact_name text,
  website_url text,
  callback_url text,
  s2s_enabled boolean not null default false,
  wallet_mode text not null default 'internal'::text,
  branding jsonb not null default '{}'::jsonb,
  min_bet_cents bigint not null default 100,
  max_bet_cents bigint not null default 100000,
  exposure_limit_cents bigint not null default 10000000,
  category_limits jsonb not null default '{}'::jsonb,
  limit_tiers jsonb not null default '{"new": 1000, "vip": 100000, "regular": 10000}'::jsonb,
  spread_override_bps integer,
  fee_bps integer,
  platform_share_bps integer not null default 3000,
  allowed_categories text[] not null default '{sports,crypto,politics,entertainment,economics,other}'::text[],
  risk_tier text not null default 'standard'::text,
  default_currency text not null default 'USD'::text,
  config jsonb not null default '{}'::jsonb,
  onboarding jsonb not null default '{}'::jsonb,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  onboarded_at timestamp with time zone,
  suspended_from text,
  tier text not null default 'standard'::text,
  trial_ends_at timestamp with time zone,
  read_only_since timestamp with time zone,
  constraint operators_slug_key UNIQUE (slug),
  constraint operators_pkey PRIMARY KEY (id),
  constraint operators_check CHECK (((tier = 'trial'::text) = (trial_ends_at IS NOT NULL))),
  constraint operators_check1 CHECK (((tier = 'trial'::text) OR (read_only_since IS NULL))),
  constraint operators_exposure_limit_cents_check CHECK ((exposure_limit_cents >= 0)),
  constraint operators_fee_bps_check CHECK (((fee_bps >= 0) AND (fee_bps <= 10000))),
  constraint operators_max_bet_cents_check CHECK ((max_bet_cents > 0)),
  constraint operators_min_bet_cents_check CHECK ((min_bet_cents > 0)),
  constraint operators_platform_share_bps_check CHECK (((platform_share_bps >= 0) AND (platform_share_bps <= 10000))),
  constraint operators_slug_check CHECK ((slug ~ '^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$'::text)),
  constraint operators_spread_override_bps_check CHECK (((spread_override_bps >= 0) AND (spread_override_bps <= 10000))),
  constraint operators_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'configuring'::text, 'testing'::text, 'live'::text, 'suspended'::text]))),
  constraint operators_suspended_from_check CHECK ((suspended_from = ANY (ARRAY['pending'::text, 'configuring'::text, 'testing'::text, 'live'::text]))),
  constraint operators_tier_check CHECK ((tier = ANY (ARRAY['trial'::text, 'standard'::text]))),
  constraint operators_wallet_mode_check CHECK ((wallet_mode = ANY (ARRAY['internal'::text, 'seamless'::text, 'shadow'::text])))
) row level security forced;
CREATE INDEX operators_trial ON public.operators USING btree (trial_ends_at) WHERE (tier = 'trial'::text);
CREATE TRIGGER operators_wallet_mode BEFORE UPDATE OF wallet_mode ON public.operators FOR EACH ROW WHEN ((old.wallet_mode IS DISTINCT FROM new.wallet_mode)) EXECUTE FUNCTION refuse_wallet_mode_change();
policy access_every for select to predictu_access using true;
policy asking for select to predictu_balances using (array_position(( SELECT asking('predictu.operator_ids'::text) AS asking), id) IS NOT NULL);
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for all to predictu_operator using (id = ( SELECT tenant() AS tenant)) with check (id = ( SELECT tenant() AS tenant));
policy player_own for select to predictu_player using (id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_admin;
grant select to predictu_access;
grant select to predictu_player;
grant select, update to predictu_operator;
grant select, update to predictu_worker;

-- owner: copilot. What an operator has said about each market of its own: rules, resolver, the anchor of its price.
table own_markets (
  operator_id bigint not null,
  market_id bigint not null,
  draft jsonb not null,
  anchor integer not null,
  resolver text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  constraint own_markets_pkey PRIMARY KEY (operator_id, market_id),
  constraint own_markets_anchor_check CHECK (((anchor >= 100) AND (anchor <= 9900))),
  constraint own_markets_resolver_check CHECK ((resolver = ANY (ARRAY['operator'::text, 'platform'::text])))
) row level security forced;
CREATE UNIQUE INDEX own_markets_market ON public.own_markets USING btree (market_id);
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for all to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_operator;
grant select to predictu_admin;
grant select, update to predictu_worker;

-- owner: platform. Who changed what from what to what and why. Append-only.
table platform_audit_log (
  id bigint not null,
  operator_id bigint,
  actor_kind text not null,
  actor_id text not null,
  action text not null,
  subject text not null,
  before jsonb,
  after jsonb,
  reason text,
  request_id text,
  at timestamp with time zone not null,
  constraint platform_audit_log_pkey PRIMARY KEY (id)
) row level security forced;
CREATE INDEX platform_audit_log_action ON public.platform_audit_log USING btree (action text_pattern_ops, id);
CREATE INDEX platform_audit_log_actor ON public.platform_audit_log USING btree (actor_kind, actor_id, id);
CREATE INDEX platform_audit_log_operator ON public.platform_audit_log USING btree (operator_id, id);
CREATE INDEX platform_audit_log_request ON public.platform_audit_log USING btree (request_id) WHERE (request_id IS NOT NULL);
CREATE INDEX platform_audit_log_subject ON public.platform_audit_log USING btree (subject, id);
CREATE TRIGGER platform_audit_log_activity AFTER INSERT ON public.platform_audit_log REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_audit_activity();
CREATE TRIGGER platform_audit_log_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.platform_audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
policy every for all to predictu_access, predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
policy own_insert for insert to predictu_operator with check (operator_id = ( SELECT tenant() AS tenant));
grant insert, select to predictu_access;
grant insert, select to predictu_admin;
grant insert, select to predictu_operator;
grant insert, select to predictu_worker;

-- owner: config. The documented platform configuration, as the contract's shape.
table platform_config (
  only_row boolean not null default true,
  document jsonb not null,
  updated_at timestamp with time zone not null,
  updated_by text not null,
  constraint platform_config_pkey PRIMARY KEY (only_row),
  constraint platform_config_only_row_check CHECK (only_row)
);
grant insert, select, update to predictu_admin;
grant select to predictu_access;
grant select to predictu_operator;
grant select to predictu_player;
grant select to predictu_worker;

-- owner: players. Players that were added or changed without a trade or a ledger row; forgotten after a day.
table player_changes (
  xid xid8 not null default pg_current_xact_id(),
  player_id bigint,
  at timestamp with time zone not null default now(),
  player_ids bigint[],
  constraint player_changes_check CHECK (((player_id IS NOT NULL) OR (player_ids IS NOT NULL)))
);
CREATE INDEX player_changes_xid ON public.player_changes USING btree (xid);
grant delete, insert, select to predictu_worker;
grant insert to predictu_access;
grant insert to predictu_admin;
grant insert to predictu_operator;

-- owner: engagement. What a player was told, and whether it has looked.
table player_notifications (
  operator_id bigint not null,
  player_id bigint not null,
  id bigint not null,
  kind text not null,
  market_id bigint,
  data jsonb not null,
  created_at timestamp with time zone not null,
  read_at timestamp with time zone,
  constraint player_notifications_pkey PRIMARY KEY (operator_id, player_id, id),
  constraint player_notifications_kind_check CHECK ((kind = ANY (ARRAY['price_alert'::text, 'settlement'::text, 'referral'::text])))
) row level security forced;
CREATE INDEX player_notifications_unread ON public.player_notifications USING btree (operator_id, player_id) WHERE (read_at IS NULL);
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
policy player_own for all to predictu_player using ((operator_id = ( SELECT tenant() AS tenant)) AND (player_id = ( SELECT acting_player() AS acting_player))) with check ((operator_id = ( SELECT tenant() AS tenant)) AND (player_id = ( SELECT acting_player() AS acting_player)));
grant delete, insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;
grant select to predictu_player;

-- owner: engagement. What a player shows of itself, and what it wants to be told.
table player_profiles (
  operator_id bigint not null,
  player_id bigint not null,
  display_name text,
  show_name boolean not null default false,
  updated_at timestamp with time zone not null,
  digest text not null default 'off'::text,
  digest_sent_on date,
  name_hidden_at timestamp with time zone,
  name_hidden_reason text,
  constraint player_profiles_pkey PRIMARY KEY (operator_id, player_id),
  constraint player_profiles_check CHECK (((NOT show_name) OR (display_name IS NOT NULL))),
  constraint player_profiles_check1 CHECK (((name_hidden_at IS NULL) = (name_hidden_reason IS NULL))),
  constraint player_profiles_digest_check CHECK ((digest = ANY (ARRAY['off'::text, 'daily'::text, 'weekly'::text])))
) row level security forced;
CREATE INDEX player_profiles_digest ON public.player_profiles USING btree (operator_id, player_id) WHERE (digest <> 'off'::text);
CREATE UNIQUE INDEX player_profiles_name ON public.player_profiles USING btree (operator_id, lower(display_name));
policy every for all to predictu_admin, predictu_worker using true with check true;
policy hide_name for update to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
policy player_own for all to predictu_player using ((operator_id = ( SELECT tenant() AS tenant)) AND (player_id = ( SELECT acting_player() AS acting_player))) with check ((operator_id = ( SELECT tenant() AS tenant)) AND (player_id = ( SELECT acting_player() AS acting_player)));
grant delete, insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;
grant select to predictu_player;

-- owner: protection. The limits and the exclusion a player has set for itself.
table player_protections (
  operator_id bigint not null,
  player_id bigint not null,
  limits jsonb not null default '{}'::jsonb,
  excluded_at timestamp with time zone,
  excluded_until timestamp with time zone,
  session_started_at timestamp with time zone,
  session_seen_at timestamp with time zone,
  updated_at timestamp with time zone not null,
  constraint player_protections_pkey PRIMARY KEY (operator_id, player_id),
  constraint player_protections_check CHECK (((excluded_at IS NULL) = (excluded_until IS NULL))),
  constraint player_protections_check1 CHECK (((session_started_at IS NULL) = (session_seen_at IS NULL))),
  constraint player_protections_limits_check CHECK ((jsonb_typeof(limits) = 'object'::text))
) with (fillfactor=70) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
policy player_own for select to predictu_player using ((operator_id = ( SELECT tenant() AS tenant)) AND (player_id = ( SELECT acting_player() AS acting_player)));
grant insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;
grant select to predictu_player;

-- owner: engagement. How far leaderboards and notifications follow the facts.
table player_results_state (
  only_row boolean not null default true,
  last_id bigint not null,
  constraint player_results_state_pkey PRIMARY KEY (only_row),
  constraint player_results_state_only_row_check CHECK (only_row)
) with (fillfactor=20);
grant select, update to predictu_worker;

-- owner: insights. The last score of each day on which a player was evaluated, and the tier after it.
table player_score_history (
  operator_id bigint not null,
  player_id bigint not null,
  date date not null,
  score smallint not null,
  tier text not null,
  evaluated_at timestamp with time zone not null,
  constraint player_score_history_pkey PRIMARY KEY (operator_id, player_id, date),
  constraint player_score_history_score_check CHECK (((score >= 0) AND (score <= 100)))
) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_admin;
grant insert, select, update to predictu_worker;
grant select to predictu_operator;

-- owner: insights. The latest evaluation of each player. players.score is the same number, where prices read it.
table player_scores (
  operator_id bigint not null,
  player_id bigint not null,
  score smallint not null,
  win_rate_score smallint not null,
  edge_detection_score smallint not null,
  timing_score smallint not null,
  volume_pattern_score smallint not null,
  correlation_score smallint not null,
  clv_edge double precision,
  evidence jsonb not null,
  flags text[] not null,
  evaluated_at timestamp with time zone not null,
  constraint player_scores_pkey PRIMARY KEY (operator_id, player_id),
  constraint player_scores_check CHECK ((score = ((((win_rate_score + edge_detection_score) + timing_score) + volume_pattern_score) + correlation_score))),
  constraint player_scores_correlation_score_check CHECK (((correlation_score >= 0) AND (correlation_score <= 15))),
  constraint player_scores_edge_detection_score_check CHECK (((edge_detection_score >= 0) AND (edge_detection_score <= 25))),
  constraint player_scores_score_check CHECK (((score >= 0) AND (score <= 100))),
  constraint player_scores_timing_score_check CHECK (((timing_score >= 0) AND (timing_score <= 20))),
  constraint player_scores_volume_pattern_score_check CHECK (((volume_pattern_score >= 0) AND (volume_pattern_score <= 15))),
  constraint player_scores_win_rate_score_check CHECK (((win_rate_score >= 0) AND (win_rate_score <= 25)))
) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_admin;
grant insert, select, update to predictu_worker;
grant select to predictu_operator;

-- owner: access. One embed session of one player.
table player_sessions (
  operator_id bigint not null,
  id bigint not null,
  player_id bigint not null,
  origin text,
  user_agent text,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  revoked_at timestamp with time zone,
  constraint player_sessions_pkey PRIMARY KEY (operator_id, id)
) row level security forced;
CREATE INDEX player_sessions_origin ON public.player_sessions USING btree (operator_id, origin, id);
CREATE INDEX player_sessions_player ON public.player_sessions USING btree (player_id, id);
CREATE INDEX player_sessions_revoked ON public.player_sessions USING btree (expires_at) WHERE (revoked_at IS NOT NULL);
policy every for all to predictu_access, predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
policy own_revoke for update to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_access;
grant select to predictu_admin;
grant select to predictu_operator;
grant select to predictu_worker;

-- owner: protection. What protected players traded by day; written by the batch that trades.
table player_spending (
  operator_id bigint not null,
  player_id bigint not null,
  day date not null,
  staked_cents bigint not null,
  returned_cents bigint not null,
  constraint player_spending_pkey PRIMARY KEY (operator_id, player_id, day)
) with (fillfactor=70) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
policy player_own for select to predictu_player using ((operator_id = ( SELECT tenant() AS tenant)) AND (player_id = ( SELECT acting_player() AS acting_player)));
grant insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;
grant select to predictu_player;

-- owner: players. Every change of a player's risk tier: from what to what, by whom, why, on what evidence. Append-only.
table player_tier_changes (
  operator_id bigint not null,
  id bigint not null,
  player_id bigint not null,
  from_tier text not null,
  to_tier text not null,
  cause text not null,
  score smallint not null,
  reason text not null,
  evidence jsonb,
  actor text not null,
  created_at timestamp with time zone not null,
  constraint player_tier_changes_pkey PRIMARY KEY (operator_id, id),
  constraint player_tier_changes_cause_check CHECK ((cause = ANY (ARRAY['score'::text, 'override'::text, 'release'::text]))),
  constraint player_tier_changes_check CHECK (((cause = 'score'::text) = (evidence IS NOT NULL))),
  constraint player_tier_changes_score_check CHECK (((score >= 0) AND (score <= 100))),
  constraint player_tier_changes_to_tier_check CHECK ((to_tier = ANY (ARRAY['normal'::text, 'sharp'::text, 'restricted'::text, 'banned'::text])))
) row level security forced;
CREATE INDEX player_tier_changes_player ON public.player_tier_changes USING btree (player_id, id);
CREATE TRIGGER player_tier_changes_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.player_tier_changes FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant insert, select to predictu_admin;
grant insert, select to predictu_worker;
grant select to predictu_operator;

-- owner: engagement. Markets a player keeps an eye on.
table player_watchlist (
  operator_id bigint not null,
  player_id bigint not null,
  market_id bigint not null,
  created_at timestamp with time zone not null,
  constraint player_watchlist_pkey PRIMARY KEY (operator_id, player_id, market_id)
) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
policy player_own for all to predictu_player using ((operator_id = ( SELECT tenant() AS tenant)) AND (player_id = ( SELECT acting_player() AS acting_player))) with check ((operator_id = ( SELECT tenant() AS tenant)) AND (player_id = ( SELECT acting_player() AS acting_player)));
grant delete, insert, select to predictu_player;
grant delete, insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: players, trading, wallet, settlement. One player of one operator; trading and settlement move the balance and the running totals, wallet what an outside wallet answered.
table players (
  operator_id bigint not null,
  id bigint not null,
  external_id text not null,
  username text,
  email text,
  status text not null default 'active'::text,
  tier text not null default 'normal'::text,
  limit_tier text not null default 'new'::text,
  score smallint not null default 50,
  balance_cents bigint not null default 0,
  open_shares bigint not null default 0,
  trade_count integer not null default 0,
  volume_cents bigint not null default 0,
  fees_cents bigint not null default 0,
  realized_pnl_cents bigint not null default 0,
  closed_count integer not null default 0,
  won_count integer not null default 0,
  deposited_cents bigint not null default 0,
  withdrawn_cents bigint not null default 0,
  max_bet_cents bigint,
  allowed_categories text[],
  blocked_categories text[] not null default '{}'::text[],
  blocked_markets bigint[] not null default '{}'::bigint[],
  cooldown_until timestamp with time zone,
  last_trade_at timestamp with time zone,
  last_active_at timestamp with time zone,
  created_at timestamp with time zone not null,
  wallet_balance_cents bigint,
  wallet_balance_at timestamp with time zone,
  tier_overridden_at timestamp with time zone,
  tier_overridden_by text,
  tier_override_reason text,
  suspended_by text,
  restricted_by text,
  protected boolean not null default false,
  constraint players_operator_id_external_id_key UNIQUE (operator_id, external_id),
  constraint players_pkey PRIMARY KEY (operator_id, id),
  constraint players_balance_cents_check CHECK ((balance_cents >= 0)),
  constraint players_limit_tier_check CHECK ((limit_tier = ANY (ARRAY['new'::text, 'regular'::text, 'vip'::text]))),
  constraint players_max_bet_cents_check CHECK ((max_bet_cents >= 0)),
  constraint players_open_shares_check CHECK ((open_shares >= 0)),
  constraint players_restricted_by_check CHECK ((restricted_by = ANY (ARRAY['platform'::text, 'operator'::text]))),
  constraint players_score_check CHECK (((score >= 0) AND (score <= 100))),
  constraint players_status_check CHECK ((status = ANY (ARRAY['active'::text, 'inactive'::text, 'suspended'::text]))),
  constraint players_suspended_by_check CHECK ((suspended_by = ANY (ARRAY['platform'::text, 'operator'::text]))),
  constraint players_tier_check CHECK ((tier = ANY (ARRAY['normal'::text, 'sharp'::text, 'restricted'::text, 'banned'::text]))),
  constraint players_tier_override CHECK ((((tier_overridden_at IS NULL) = (tier_overridden_by IS NULL)) AND ((tier_overridden_at IS NULL) = (tier_override_reason IS NULL))))
) with (fillfactor=70) row level security forced;
CREATE INDEX players_created ON public.players USING btree (created_at, id);
CREATE INDEX players_flagged ON public.players USING btree (score DESC, id) WHERE (tier <> 'normal'::text);
CREATE INDEX players_flagged_operator ON public.players USING btree (operator_id, tier) WHERE (tier <> 'normal'::text);
CREATE INDEX players_id ON public.players USING btree (id);
CREATE INDEX players_operator_created ON public.players USING btree (operator_id, created_at, id);
CREATE INDEX players_search ON public.players USING gin (lower(((((COALESCE(username, ''::text) || '
'::text) || COALESCE(email, ''::text)) || '
'::text) || external_id)) gin_trgm_ops);
CREATE TRIGGER players_activity AFTER INSERT ON public.players REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_player_activity();
CREATE TRIGGER players_added AFTER INSERT ON public.players FOR EACH ROW EXECUTE FUNCTION note_player_change();
CREATE TRIGGER players_arrival AFTER INSERT ON public.players REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_arrival();
CREATE TRIGGER players_changed AFTER UPDATE ON public.players FOR EACH ROW WHEN (((new.balance_cents = old.balance_cents) AND (new.trade_count = old.trade_count) AND (current_setting('predictu.players_noted'::text, true) IS DISTINCT FROM 'yes'::text))) EXECUTE FUNCTION note_player_change();
CREATE TRIGGER players_tier AFTER UPDATE OF tier ON public.players FOR EACH ROW WHEN ((old.tier IS DISTINCT FROM new.tier)) EXECUTE FUNCTION note_tier();
policy asking for select to predictu_balances using ((array_position(( SELECT asking('predictu.operator_ids'::text) AS asking), operator_id) IS NOT NULL) AND (array_position(( SELECT asking('predictu.player_ids'::text) AS asking), id) IS NOT NULL));
policy every for all to predictu_access, predictu_admin, predictu_worker using true with check true;
policy own for all to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
policy player_own for select to predictu_player using ((operator_id = ( SELECT tenant() AS tenant)) AND (id = ( SELECT acting_player() AS acting_player)));
grant insert, select to predictu_access;
grant insert, select to predictu_admin;
grant insert, select to predictu_operator;
grant insert, select, update to predictu_worker;
grant select to predictu_player;

-- owner: trading, settlement. What one player holds of one outcome. cost_cents is the cost basis of what is still held, without fees.
table positions (
  operator_id bigint not null,
  market_id bigint not null,
  player_id bigint not null,
  outcome text not null,
  id bigint not null,
  quantity bigint not null,
  cost_cents bigint not null,
  realized_pnl_cents bigint not null default 0,
  realized_at_open_cents bigint not null default 0,
  trade_count integer not null default 0,
  opened_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  held_quantity bigint not null default 0,
  constraint positions_pkey PRIMARY KEY (operator_id, market_id, player_id, outcome),
  constraint positions_cost_cents_check CHECK ((cost_cents >= 0)),
  constraint positions_held_quantity_check CHECK ((held_quantity >= 0)),
  constraint positions_outcome_check CHECK ((outcome = ANY (ARRAY['yes'::text, 'no'::text]))),
  constraint positions_quantity_check CHECK ((quantity >= 0))
) with (fillfactor=50) row level security forced;
CREATE INDEX positions_id ON public.positions USING btree (id);
CREATE INDEX positions_opened ON public.positions USING btree (operator_id, opened_at, id);
CREATE INDEX positions_player ON public.positions USING btree (player_id, market_id);
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
policy player_own for select to predictu_player using ((operator_id = ( SELECT tenant() AS tenant)) AND (player_id = ( SELECT acting_player() AS acting_player)));
grant insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;
grant select to predictu_player;

-- owner: engagement. Prices a player wants to hear of, once each.
table price_alerts (
  operator_id bigint not null,
  id bigint not null,
  player_id bigint not null,
  market_id bigint not null,
  direction text not null,
  price integer not null,
  created_at timestamp with time zone not null,
  fired_at timestamp with time zone,
  fired_price integer,
  constraint price_alerts_pkey PRIMARY KEY (operator_id, id),
  constraint price_alerts_check CHECK (((fired_at IS NULL) = (fired_price IS NULL))),
  constraint price_alerts_direction_check CHECK ((direction = ANY (ARRAY['above'::text, 'below'::text]))),
  constraint price_alerts_price_check CHECK (((price >= 1) AND (price <= 9999)))
) row level security forced;
CREATE INDEX price_alerts_player ON public.price_alerts USING btree (player_id, id);
CREATE INDEX price_alerts_waiting ON public.price_alerts USING btree (market_id) WHERE (fired_at IS NULL);
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
policy player_own for all to predictu_player using ((operator_id = ( SELECT tenant() AS tenant)) AND (player_id = ( SELECT acting_player() AS acting_player))) with check ((operator_id = ( SELECT tenant() AS tenant)) AND (player_id = ( SELECT acting_player() AS acting_player)));
grant delete, insert, select to predictu_player;
grant delete, insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: markets. Ticks before this instant are thinned; moved when a run has been through all markets.
table price_tick_state (
  only_row boolean not null default true,
  thinned_through timestamp with time zone not null,
  constraint price_tick_state_pkey PRIMARY KEY (only_row),
  constraint price_tick_state_only_row_check CHECK (only_row)
) with (fillfactor=20);
grant select, update to predictu_worker;

-- owner: markets. Every accepted price; the id is the snapshot that receipts name.
table price_ticks (
  market_id bigint not null,
  id bigint not null,
  mid integer not null,
  best_bid integer,
  best_ask integer,
  at timestamp with time zone not null,
  operator_id bigint,
  constraint price_ticks_pkey PRIMARY KEY (market_id, id),
  constraint price_ticks_mid_check CHECK (((mid >= 0) AND (mid <= 10000)))
) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy everybodys for select to predictu_access using (operator_id IS NULL);
policy offered for select to predictu_operator, predictu_player using ((operator_id IS NULL) OR (operator_id = ( SELECT tenant() AS tenant)));
policy own_insert for insert to predictu_operator with check (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select to predictu_worker;
grant insert, select to predictu_operator;
grant select to predictu_access;
grant select to predictu_admin;
grant select to predictu_player;

-- owner: copilot. Scores of questions and how the questions ended, by settlement or as reported.
table question_scores (
  id bigint not null,
  question text not null,
  probability integer not null,
  model text not null,
  market_price integer,
  market_id bigint,
  token_hash bytea,
  outcome text,
  outcome_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint question_scores_market_id_key UNIQUE (market_id),
  constraint question_scores_pkey PRIMARY KEY (id),
  constraint question_scores_check CHECK (((outcome IS NULL) = (outcome_at IS NULL))),
  constraint question_scores_check1 CHECK (((market_id IS NULL) <> (token_hash IS NULL))),
  constraint question_scores_market_price_check CHECK (((market_price >= 1) AND (market_price <= 9999))),
  constraint question_scores_outcome_check CHECK ((outcome = ANY (ARRAY['yes'::text, 'no'::text]))),
  constraint question_scores_probability_check CHECK (((probability >= 0) AND (probability <= 10000)))
);
CREATE INDEX question_scores_outcome ON public.question_scores USING btree (outcome_at, id) WHERE (outcome IS NOT NULL);
CREATE INDEX question_scores_waiting ON public.question_scores USING btree (id) WHERE (outcome IS NULL);
grant delete, insert, select, update to predictu_worker;
grant insert, select to predictu_access;

-- owner: engagement. The code a player gives to others.
table referral_codes (
  operator_id bigint not null,
  player_id bigint not null,
  code text not null,
  created_at timestamp with time zone not null,
  constraint referral_codes_pkey PRIMARY KEY (operator_id, player_id)
) row level security forced;
CREATE UNIQUE INDEX referral_codes_code ON public.referral_codes USING btree (operator_id, code);
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for all to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: engagement. What an operator pays for a player brought by another.
table referral_terms (
  operator_id bigint not null,
  referrer_bonus_cents bigint not null,
  referred_bonus_cents bigint not null,
  qualifying_cents bigint not null,
  most_per_player integer not null,
  updated_at timestamp with time zone not null,
  updated_by text not null,
  constraint referral_terms_pkey PRIMARY KEY (operator_id),
  constraint referral_terms_most_per_player_check CHECK ((most_per_player > 0)),
  constraint referral_terms_qualifying_cents_check CHECK ((qualifying_cents > 0)),
  constraint referral_terms_referred_bonus_cents_check CHECK ((referred_bonus_cents >= 0)),
  constraint referral_terms_referrer_bonus_cents_check CHECK ((referrer_bonus_cents >= 0))
) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for all to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_operator;
grant insert, select, update to predictu_worker;
grant select to predictu_admin;

-- owner: engagement. Who brought whom, and whether both have their bonus.
table referrals (
  operator_id bigint not null,
  player_id bigint not null,
  referrer_id bigint not null,
  referrer_bonus_cents bigint not null,
  referred_bonus_cents bigint not null,
  qualifying_cents bigint not null,
  created_at timestamp with time zone not null,
  qualified_trade_id bigint,
  rewarded_at timestamp with time zone,
  constraint referrals_pkey PRIMARY KEY (operator_id, player_id),
  constraint referrals_check CHECK ((player_id <> referrer_id)),
  constraint referrals_check1 CHECK (((rewarded_at IS NULL) OR (qualified_trade_id IS NOT NULL)))
) row level security forced;
CREATE INDEX referrals_referrer ON public.referrals USING btree (operator_id, referrer_id);
CREATE INDEX referrals_waiting ON public.referrals USING btree (operator_id, player_id) WHERE (rewarded_at IS NULL);
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for all to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: reports. A report or bulk export: what was asked for, how far it is, its file in the data folder.
table report_files (
  operator_id bigint,
  id bigint not null,
  kind text not null,
  type text not null,
  format text not null,
  compression text not null default 'none'::text,
  filters jsonb not null,
  columns text[] not null,
  include_pii boolean not null,
  recipients text[] not null default '{}'::text[],
  schedule_id bigint,
  scheduled_for timestamp with time zone,
  status text not null default 'processing'::text,
  estimated_rows bigint not null,
  rows_done bigint not null default 0,
  file_name text,
  file_size_bytes bigint,
  error text,
  claim bigint,
  claimed_until timestamp with time zone,
  attempts integer not null default 0,
  created_by text not null,
  created_at timestamp with time zone not null,
  generated_at timestamp with time zone,
  expires_at timestamp with time zone,
  removed_at timestamp with time zone,
  constraint report_files_pkey PRIMARY KEY (id),
  constraint report_files_attempts_check CHECK ((attempts >= 0)),
  constraint report_files_check CHECK (((status = 'ready'::text) = (generated_at IS NOT NULL))),
  constraint report_files_check1 CHECK (((status = 'ready'::text) = (expires_at IS NOT NULL))),
  constraint report_files_check2 CHECK (((schedule_id IS NULL) = (scheduled_for IS NULL))),
  constraint report_files_columns_check CHECK ((cardinality(columns) > 0)),
  constraint report_files_compression_check CHECK ((compression = ANY (ARRAY['none'::text, 'gzip'::text, 'zstd'::text]))),
  constraint report_files_estimated_rows_check CHECK ((estimated_rows >= 0)),
  constraint report_files_file_size_bytes_check CHECK ((file_size_bytes >= 0)),
  constraint report_files_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'xlsx'::text, 'pdf'::text, 'jsonl'::text, 'parquet'::text]))),
  constraint report_files_kind_check CHECK ((kind = ANY (ARRAY['report'::text, 'export'::text]))),
  constraint report_files_rows_done_check CHECK ((rows_done >= 0)),
  constraint report_files_status_check CHECK ((status = ANY (ARRAY['processing'::text, 'ready'::text, 'failed'::text])))
) row level security forced;
CREATE INDEX report_files_kept ON public.report_files USING btree (expires_at) WHERE ((status = 'ready'::text) AND (removed_at IS NULL));
CREATE INDEX report_files_list ON public.report_files USING btree (kind, operator_id, id);
CREATE INDEX report_files_waiting ON public.report_files USING btree (id) WHERE (status = 'processing'::text);
CREATE UNIQUE INDEX report_files_run ON public.report_files USING btree (schedule_id, scheduled_for) WHERE (schedule_id IS NOT NULL);
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for all to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select, update to predictu_worker;
grant insert, select to predictu_admin;
grant insert, select to predictu_operator;

-- owner: reports. A report that is made again and again and sent by e-mail, and when next.
table report_schedules (
  operator_id bigint,
  id bigint not null,
  name text not null,
  type text not null,
  format text not null,
  frequency text not null,
  day_of_week integer,
  day_of_month integer,
  time_utc text not null,
  filters jsonb not null,
  columns text[] not null,
  recipients text[] not null,
  enabled boolean not null,
  next_run_at timestamp with time zone,
  last_run_at timestamp with time zone,
  created_by text not null,
  created_at timestamp with time zone not null,
  constraint report_schedules_pkey PRIMARY KEY (id),
  constraint report_schedules_check CHECK ((enabled = (next_run_at IS NOT NULL))),
  constraint report_schedules_check1 CHECK (((frequency = 'weekly'::text) <= (day_of_week IS NOT NULL))),
  constraint report_schedules_check2 CHECK (((frequency = 'monthly'::text) <= (day_of_month IS NOT NULL))),
  constraint report_schedules_columns_check CHECK ((cardinality(columns) > 0)),
  constraint report_schedules_day_of_month_check CHECK (((day_of_month >= 1) AND (day_of_month <= 28))),
  constraint report_schedules_day_of_week_check CHECK (((day_of_week >= 0) AND (day_of_week <= 6))),
  constraint report_schedules_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'xlsx'::text, 'pdf'::text]))),
  constraint report_schedules_frequency_check CHECK ((frequency = ANY (ARRAY['daily'::text, 'weekly'::text, 'monthly'::text]))),
  constraint report_schedules_recipients_check CHECK ((cardinality(recipients) > 0)),
  constraint report_schedules_time_utc_check CHECK ((time_utc ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'::text))
) row level security forced;
CREATE INDEX report_schedules_due ON public.report_schedules USING btree (next_run_at) WHERE enabled;
CREATE INDEX report_schedules_list ON public.report_schedules USING btree (operator_id, id);
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for all to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select, update to predictu_admin;
grant delete, insert, select, update to predictu_operator;
grant delete, insert, select, update to predictu_worker;

-- owner: risk, trading, markets, wallet, settlement. Limits approached or refused, breakers tripped and reset, anomalies.
table risk_events (
  id bigint not null,
  operator_id bigint,
  type text not null,
  severity text not null,
  wall smallint,
  message text not null,
  scope jsonb not null default '{}'::jsonb,
  value_cents bigint,
  threshold_cents bigint,
  player_id bigint,
  market_id bigint,
  auto_resolved boolean not null default false,
  resolved_at timestamp with time zone,
  created_at timestamp with time zone not null,
  acknowledged_at timestamp with time zone,
  acknowledged_by text,
  constraint risk_events_pkey PRIMARY KEY (id),
  constraint risk_events_acknowledged CHECK (((acknowledged_at IS NULL) = (acknowledged_by IS NULL))),
  constraint risk_events_severity_check CHECK ((severity = ANY (ARRAY['info'::text, 'warning'::text, 'critical'::text]))),
  constraint risk_events_type_check CHECK ((type = ANY (ARRAY['wall_violation'::text, 'circuit_breaker'::text, 'sharp_detection'::text, 'anomaly'::text]))),
  constraint risk_events_wall_check CHECK (((wall >= 1) AND (wall <= 5)))
) row level security forced;
CREATE INDEX risk_events_created ON public.risk_events USING btree (created_at, id);
CREATE INDEX risk_events_operator ON public.risk_events USING btree (operator_id, id);
CREATE INDEX risk_events_severity ON public.risk_events USING btree (severity, id);
CREATE INDEX risk_events_type ON public.risk_events USING btree (type, id);
CREATE INDEX risk_events_unacknowledged ON public.risk_events USING btree (id) WHERE ((acknowledged_at IS NULL) AND (severity <> 'info'::text));
CREATE TRIGGER risk_events_activity AFTER INSERT ON public.risk_events REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_risk_activity();
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_admin;
grant insert, select, update to predictu_worker;
grant select to predictu_operator;

-- owner: insights. Players with at least one filled trade in a day, by their numbers.
table rollup_active_days (
  operator_id bigint not null,
  starts_at timestamp with time zone not null,
  part integer not null,
  players bit(4096) not null,
  constraint rollup_active_days_pkey PRIMARY KEY (operator_id, starts_at, part)
) with (fillfactor=80) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: insights. Players with at least one filled trade in an hour, by their numbers.
table rollup_active_hours (
  operator_id bigint not null,
  starts_at timestamp with time zone not null,
  part integer not null,
  players bit(4096) not null,
  constraint rollup_active_hours_pkey PRIMARY KEY (operator_id, starts_at, part)
) with (fillfactor=80) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: insights. New players not in rollup_signups yet. Written by a trigger on players.
table rollup_arrivals (
  operator_id bigint not null,
  player_id bigint not null,
  created_at timestamp with time zone not null
) row level security forced;
CREATE INDEX rollup_arrivals_operator ON public.rollup_arrivals USING btree (operator_id, created_at);
policy access_insert for insert to predictu_access with check true;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
policy own_insert for insert to predictu_operator with check (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select, update to predictu_worker;
grant insert to predictu_access;
grant insert, select to predictu_admin;
grant insert, select to predictu_operator;

-- owner: insights. rollup_totals by day in UTC; those of markets up to rollup_state.markets_last_id.
table rollup_days (
  operator_id bigint not null,
  kind text not null,
  key bigint not null,
  buys bigint not null,
  sells bigint not null,
  buy_cents bigint not null,
  sell_cents bigint not null,
  fee_cents bigint not null,
  spread_cents bigint not null,
  realized_cents bigint not null,
  settled bigint not null,
  settlement_pnl_cents bigint not null,
  settlement_fee_cents bigint not null,
  starts_at timestamp with time zone not null,
  constraint rollup_days_pkey PRIMARY KEY (operator_id, kind, starts_at, key)
) with (fillfactor=80) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: insights. Open positions as of rollup_state.last_id; an operator without a row is counted when asked.
table rollup_holdings (
  operator_id bigint not null,
  open_positions bigint not null,
  constraint rollup_holdings_pkey PRIMARY KEY (operator_id)
) with (fillfactor=20) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: insights. rollup_totals by hour; those of markets up to rollup_state.markets_last_id.
table rollup_hours (
  operator_id bigint not null,
  kind text not null,
  key bigint not null,
  buys bigint not null,
  sells bigint not null,
  buy_cents bigint not null,
  sell_cents bigint not null,
  fee_cents bigint not null,
  spread_cents bigint not null,
  realized_cents bigint not null,
  settled bigint not null,
  settlement_pnl_cents bigint not null,
  settlement_fee_cents bigint not null,
  starts_at timestamp with time zone not null,
  constraint rollup_hours_pkey PRIMARY KEY (operator_id, kind, starts_at, key)
) with (fillfactor=80) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: insights. How many players have a risk tier, less what is still in rollup_player_moves.
table rollup_player_counts (
  operator_id bigint not null,
  tier text not null,
  players bigint not null,
  constraint rollup_player_counts_pkey PRIMARY KEY (operator_id, tier)
) with (fillfactor=50) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: insights. Filled trades of each player by day in UTC.
table rollup_player_days (
  operator_id bigint not null,
  starts_at timestamp with time zone not null,
  player_id bigint not null,
  trades integer not null,
  small integer not null,
  medium integer not null,
  large integer not null,
  huge integer not null,
  constraint rollup_player_days_pkey PRIMARY KEY (operator_id, starts_at, player_id)
) with (fillfactor=80) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: insights. Changes of the counts of players not in rollup_player_counts yet. Written by triggers on players.
table rollup_player_moves (
  operator_id bigint not null,
  tier text not null,
  players bigint not null
) row level security forced;
CREATE INDEX rollup_player_moves_operator ON public.rollup_player_moves USING btree (operator_id);
policy access_insert for insert to predictu_access with check true;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
policy own_insert for insert to predictu_operator with check (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select, update to predictu_worker;
grant insert to predictu_access;
grant insert, select to predictu_admin;
grant insert, select to predictu_operator;

-- owner: insights. How far the figures of players follow the facts; whoever adds to them locks it.
table rollup_player_state (
  only_row boolean not null default true,
  last_id bigint not null,
  constraint rollup_player_state_pkey PRIMARY KEY (only_row),
  constraint rollup_player_state_only_row_check CHECK (only_row)
) with (fillfactor=20);
grant select to predictu_admin;
grant select, update to predictu_worker;

-- owner: insights. Filled trades of each player by category, since the beginning.
table rollup_player_totals (
  operator_id bigint not null,
  player_id bigint not null,
  category smallint not null,
  trades bigint not null,
  volume_cents bigint not null,
  spread_cents bigint not null,
  fee_cents bigint not null,
  early_cents bigint not null,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  constraint rollup_player_totals_pkey PRIMARY KEY (operator_id, player_id, category)
) with (fillfactor=70) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: insights. Number and latest tier of each player who ever traded, for the rollups.
table rollup_players (
  operator_id bigint not null,
  player_id bigint not null,
  number integer not null,
  tier text not null,
  constraint rollup_players_pkey PRIMARY KEY (operator_id, player_id)
) row level security forced;
CREATE UNIQUE INDEX rollup_players_number ON public.rollup_players USING btree (operator_id, number);
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: insights. Filled trades of each player session that had one: the latest session of the player begun before the trade.
table rollup_sessions (
  operator_id bigint not null,
  session_id bigint not null,
  trades integer not null,
  last_trade_at timestamp with time zone not null,
  constraint rollup_sessions_pkey PRIMARY KEY (operator_id, session_id)
) with (fillfactor=80) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: insights. rollup_signups by day in UTC.
table rollup_signup_days (
  operator_id bigint not null,
  starts_at timestamp with time zone not null,
  players bigint not null,
  constraint rollup_signup_days_pkey PRIMARY KEY (operator_id, starts_at)
) with (fillfactor=80) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: insights. How many players came in an hour, less those still in rollup_arrivals.
table rollup_signups (
  operator_id bigint not null,
  starts_at timestamp with time zone not null,
  players bigint not null,
  constraint rollup_signups_pkey PRIMARY KEY (operator_id, starts_at)
) with (fillfactor=80) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: insights. How far the rollups follow the facts; whoever rolls up locks it.
table rollup_state (
  only_row boolean not null default true,
  last_id bigint not null,
  markets_last_id bigint not null,
  constraint rollup_state_pkey PRIMARY KEY (only_row),
  constraint rollup_state_only_row_check CHECK (only_row)
) with (fillfactor=20);
grant select, update to predictu_worker;

-- owner: insights. From which fact on a player counts for which tier. Append-only.
table rollup_tiers (
  operator_id bigint not null,
  player_id bigint not null,
  after_id bigint not null,
  tier text not null,
  constraint rollup_tiers_pkey PRIMARY KEY (operator_id, player_id, after_id)
) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: insights. Figures since the beginning by operator, category and tier, of all facts up to rollup_state.last_id.
table rollup_totals (
  operator_id bigint not null,
  kind text not null,
  key bigint not null,
  buys bigint not null,
  sells bigint not null,
  buy_cents bigint not null,
  sell_cents bigint not null,
  fee_cents bigint not null,
  spread_cents bigint not null,
  realized_cents bigint not null,
  settled bigint not null,
  settlement_pnl_cents bigint not null,
  settlement_fee_cents bigint not null,
  constraint rollup_totals_pkey PRIMARY KEY (operator_id, kind, key)
) with (fillfactor=50) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant delete, insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- no comment
table schema_migrations (
  id integer not null default nextval('schema_migrations_id_seq'::regclass),
  name character varying(255) not null,
  run_on timestamp without time zone not null,
  checksum text,
  constraint schema_migrations_pkey PRIMARY KEY (id)
);

-- owner: insights. Settlements decided before this instant have been evaluated.
table score_runs (
  only_row boolean not null default true,
  settled_through timestamp with time zone not null,
  constraint score_runs_pkey PRIMARY KEY (only_row),
  constraint score_runs_only_row_check CHECK (only_row)
);
grant insert, select, update to predictu_worker;

-- owner: platform, trading, markets, settlement. The one row that orders all writers.
table sequencer (
  only_row boolean not null default true,
  last_id bigint not null,
  version bigint not null,
  constraint sequencer_pkey PRIMARY KEY (only_row),
  constraint sequencer_only_row_check CHECK (only_row)
) with (fillfactor=20);
grant select, update to predictu_admin;
grant select, update to predictu_worker;

-- owner: settlement, trading. What a correction could not or was not to take back: the house bears it.
table settlement_absorptions (
  operator_id bigint not null,
  settlement_id bigint not null,
  n bigint not null,
  player_id bigint not null,
  amount_cents bigint not null,
  constraint settlement_absorptions_pkey PRIMARY KEY (operator_id, settlement_id, n),
  constraint settlement_absorptions_amount_cents_check CHECK ((amount_cents > 0))
) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant insert, select to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: trading. Payouts credited with an operation of their player, before their turn.
table settlement_early_payouts (
  operator_id bigint not null,
  settlement_id bigint not null,
  n bigint not null,
  constraint settlement_early_payouts_pkey PRIMARY KEY (operator_id, settlement_id, n)
) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
grant insert, select to predictu_worker;
grant select to predictu_admin;

-- owner: settlement. What each position gets by one decision; never changed. Append-only.
table settlement_payouts (
  operator_id bigint not null,
  settlement_id bigint not null,
  n bigint not null,
  market_id bigint not null,
  player_id bigint not null,
  position_id bigint not null,
  outcome text not null,
  quantity bigint not null,
  cost_cents bigint not null,
  payout_cents bigint not null,
  fee_cents bigint not null,
  earlier_payout_cents bigint not null default 0,
  earlier_fee_cents bigint not null default 0,
  earlier_absorbed_cents bigint not null default 0,
  refund boolean not null,
  won boolean not null,
  earlier_won boolean not null default false,
  constraint settlement_payouts_pkey PRIMARY KEY (operator_id, settlement_id, n),
  constraint settlement_payouts_check CHECK (((fee_cents >= 0) AND (fee_cents <= payout_cents))),
  constraint settlement_payouts_cost_cents_check CHECK ((cost_cents >= 0)),
  constraint settlement_payouts_payout_cents_check CHECK ((payout_cents >= 0)),
  constraint settlement_payouts_quantity_check CHECK ((quantity >= 0))
) row level security forced;
CREATE INDEX settlement_payouts_player ON public.settlement_payouts USING btree (player_id, settlement_id);
CREATE TRIGGER settlement_payouts_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.settlement_payouts FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
policy player_own for select to predictu_player using ((operator_id = ( SELECT tenant() AS tenant)) AND (player_id = ( SELECT acting_player() AS acting_player)));
grant insert, select to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;
grant select to predictu_player;

-- owner: settlement, trading. What one settlement meant for one operator, and how far it has been paid.
table settlement_records (
  operator_id bigint not null,
  settlement_id bigint not null,
  market_id bigint not null,
  wallet_mode text not null,
  claw_back text not null,
  positions bigint not null,
  winners bigint not null,
  losers bigint not null,
  payout_cents bigint not null,
  fee_cents bigint not null,
  loss_cents bigint not null,
  cost_cents bigint not null,
  paid_through bigint not null default 0,
  decided_at timestamp with time zone not null,
  credited_at timestamp with time zone,
  constraint settlement_records_pkey PRIMARY KEY (operator_id, settlement_id),
  constraint settlement_records_check CHECK ((paid_through <= positions)),
  constraint settlement_records_claw_back_check CHECK ((claw_back = ANY (ARRAY['to_zero'::text, 'allow_debt_to_house'::text])))
) with (fillfactor=50) row level security forced;
CREATE INDEX settlement_records_settlement ON public.settlement_records USING btree (settlement_id);
CREATE INDEX settlement_records_unpaid ON public.settlement_records USING btree (settlement_id) WHERE (credited_at IS NULL);
CREATE TRIGGER settlement_records_activity AFTER INSERT ON public.settlement_records REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION note_settlement_record_activity();
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: settlement. Window and second person for the platform (operator 0); what a correction does about money already spent, by operator.
table settlement_settings (
  operator_id bigint not null,
  challenge_minutes integer not null default 0,
  four_eyes boolean not null default false,
  claw_back text not null default 'to_zero'::text,
  updated_at timestamp with time zone not null,
  constraint settlement_settings_pkey PRIMARY KEY (operator_id),
  constraint settlement_settings_challenge_minutes_check CHECK (((challenge_minutes >= 0) AND (challenge_minutes <= 43200))),
  constraint settlement_settings_claw_back_check CHECK ((claw_back = ANY (ARRAY['to_zero'::text, 'allow_debt_to_house'::text])))
) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for all to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_admin;
grant insert, select, update to predictu_worker;
grant select to predictu_operator;

-- owner: identity. Sign-ins between the link and the page, ten minutes at most.
table sign_in_handovers (
  token_hash text not null,
  auth_user_id uuid not null,
  purpose text not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint sign_in_handovers_pkey PRIMARY KEY (token_hash),
  constraint sign_in_handovers_purpose_check CHECK ((purpose = ANY (ARRAY['invite'::text, 'magiclink'::text, 'recovery'::text, 'signin'::text])))
);
CREATE INDEX sign_in_handovers_expiry ON public.sign_in_handovers USING btree (expires_at);
grant delete, select to predictu_worker;
grant insert, select, update to predictu_access;

-- owner: trading. What became of a trade that was pending; its id is in commit order. Append-only.
table trade_events (
  operator_id bigint not null,
  id bigint not null,
  trade_id bigint not null,
  player_id bigint not null,
  status text not null,
  refusal jsonb,
  created_at timestamp with time zone not null,
  constraint trade_events_trade_id_key UNIQUE (trade_id),
  constraint trade_events_pkey PRIMARY KEY (operator_id, id),
  constraint trade_events_check CHECK (((status = 'cancelled'::text) = (refusal IS NOT NULL))),
  constraint trade_events_status_check CHECK ((status = ANY (ARRAY['filled'::text, 'cancelled'::text])))
) row level security forced;
CREATE INDEX trade_events_id ON public.trade_events USING btree (id);
CREATE INDEX trade_events_player ON public.trade_events USING btree (player_id, id);
CREATE TRIGGER trade_events_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.trade_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
policy player_own for select to predictu_player using ((operator_id = ( SELECT tenant() AS tenant)) AND (player_id = ( SELECT acting_player() AS acting_player)));
grant insert, select to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;
grant select to predictu_player;

-- owner: trading. One executed (or, with an outside wallet, pending) buy or sale. amount_cents is cost or proceeds before the fee. A trade of a resolved market counts as settled.
table trades (
  operator_id bigint not null,
  id bigint not null,
  player_id bigint not null,
  market_id bigint not null,
  outcome text not null,
  side text not null,
  status text not null,
  price integer not null,
  mid integer not null,
  quantity bigint not null,
  amount_cents bigint not null,
  fee_cents bigint not null,
  spread_cents bigint not null,
  realized_pnl_cents bigint,
  balance_after_cents bigint not null,
  receipt json not null,
  created_at timestamp with time zone not null,
  wallet_mode text not null default 'internal'::text,
  constraint trades_pkey PRIMARY KEY (operator_id, id),
  constraint trades_amount_cents_check CHECK ((amount_cents >= 0)),
  constraint trades_balance_after_cents_check CHECK ((balance_after_cents >= 0)),
  constraint trades_fee_cents_check CHECK ((fee_cents >= 0)),
  constraint trades_mid_check CHECK (((mid >= 0) AND (mid <= 10000))),
  constraint trades_outcome_check CHECK ((outcome = ANY (ARRAY['yes'::text, 'no'::text]))),
  constraint trades_price_check CHECK (((price >= 1) AND (price <= 9999))),
  constraint trades_quantity_check CHECK ((quantity > 0)),
  constraint trades_side_check CHECK ((side = ANY (ARRAY['buy'::text, 'sell'::text]))),
  constraint trades_spread_cents_check CHECK ((spread_cents >= 0)),
  constraint trades_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'filled'::text, 'cancelled'::text]))),
  constraint trades_wallet_mode_check CHECK ((wallet_mode = ANY (ARRAY['internal'::text, 'seamless'::text, 'shadow'::text])))
) with (fillfactor=90) row level security forced;
CREATE INDEX trades_market ON public.trades USING btree (market_id, id);
CREATE INDEX trades_player ON public.trades USING btree (player_id, id);
CREATE INDEX trades_unfilled ON public.trades USING btree (operator_id, id) WHERE (status <> 'filled'::text);
CREATE UNIQUE INDEX trades_id ON public.trades USING btree (id);
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
policy player_own for select to predictu_player using ((operator_id = ( SELECT tenant() AS tenant)) AND (player_id = ( SELECT acting_player() AS acting_player)));
grant insert, select to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;
grant select to predictu_player;

-- owner: operators. What an operator on trial has been told.
table trial_notices (
  operator_id bigint not null,
  notice text not null,
  trial_ends_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  constraint trial_notices_pkey PRIMARY KEY (operator_id, notice, trial_ends_at)
) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
grant insert, select to predictu_worker;
grant select to predictu_admin;

-- owner: operators. What was uploaded, as it is served: checked and made anew. Append-only.
table uploaded_files (
  id bigint not null,
  operator_id bigint,
  category text not null,
  name text not null,
  content_type text not null,
  size_bytes integer not null,
  width integer,
  height integer,
  uploaded_by text not null,
  created_at timestamp with time zone not null,
  constraint uploaded_files_pkey PRIMARY KEY (id),
  constraint uploaded_files_category_check CHECK ((category = ANY (ARRAY['logo'::text, 'favicon'::text, 'banner'::text, 'custom_asset'::text, 'market_image'::text, 'invoice_attachment'::text]))),
  constraint uploaded_files_check CHECK (((width IS NULL) = (height IS NULL))),
  constraint uploaded_files_height_check CHECK ((height > 0)),
  constraint uploaded_files_name_check CHECK ((name ~ '^[0-9a-f]{32}(-[0-9A-Za-z_-]{22})?\.(png|jpg|webp|svg|pdf)$'::text)),
  constraint uploaded_files_size_bytes_check CHECK ((size_bytes > 0)),
  constraint uploaded_files_width_check CHECK ((width > 0))
) row level security forced;
CREATE INDEX uploaded_files_operator ON public.uploaded_files USING btree (operator_id, id);
CREATE TRIGGER uploaded_files_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON public.uploaded_files FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for all to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
grant insert, select to predictu_admin;
grant insert, select to predictu_operator;
grant select to predictu_worker;

-- owner: wallet. Every request made to an operator's wallet, without secrets.
table wallet_attempts (
  operator_id bigint not null,
  id bigint not null,
  call_id bigint,
  method text not null,
  url text not null,
  request text,
  http_status integer,
  answer text,
  outcome text not null,
  detail text,
  milliseconds integer not null,
  at timestamp with time zone not null,
  constraint wallet_attempts_pkey PRIMARY KEY (operator_id, id),
  constraint wallet_attempts_outcome_check CHECK ((outcome = ANY (ARRAY['confirmed'::text, 'duplicate'::text, 'refused'::text, 'unknown'::text, 'unsent'::text])))
) row level security forced;
CREATE INDEX wallet_attempts_call ON public.wallet_attempts USING btree (operator_id, call_id, id) WHERE (call_id IS NOT NULL);
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for select to predictu_operator using (operator_id = ( SELECT tenant() AS tenant));
grant insert, select to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: wallet. One operation towards an operator's wallet, written with the fact it announces. Its id is the transaction and the request id.
table wallet_calls (
  operator_id bigint not null,
  id bigint not null,
  method text not null,
  player_id bigint not null,
  market_id bigint not null,
  trade_id bigint,
  position_id bigint,
  settlement_id bigint,
  reference_id bigint,
  amount_cents bigint not null,
  params json,
  status text not null default 'pending'::text,
  attempts integer not null default 0,
  started_at timestamp with time zone not null,
  reached boolean not null default false,
  next_attempt_at timestamp with time zone,
  claimed_until timestamp with time zone,
  reason_code text,
  reason text,
  answer json,
  balance_cents bigint,
  handled_by text,
  created_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  told_at timestamp with time zone,
  alarmed_at timestamp with time zone,
  constraint wallet_calls_pkey PRIMARY KEY (operator_id, id),
  constraint wallet_calls_amount_cents_check CHECK ((amount_cents >= 0)),
  constraint wallet_calls_check CHECK (((method <> 'BET_MAKE'::text) OR (trade_id IS NOT NULL))),
  constraint wallet_calls_check1 CHECK (((method <> 'BET_ROLLBACK'::text) OR (reference_id IS NOT NULL))),
  constraint wallet_calls_method_check CHECK ((method = ANY (ARRAY['BET_MAKE'::text, 'BET_SELL'::text, 'BET_WIN'::text, 'BET_LOSE'::text, 'BET_REFUND'::text, 'BET_ROLLBACK'::text]))),
  constraint wallet_calls_status_check CHECK ((status = ANY (ARRAY['pending'::text, 'unknown'::text, 'confirmed'::text, 'refused'::text, 'rolled_back'::text, 'failed'::text, 'handled'::text])))
) with (fillfactor=80) row level security forced;
CREATE INDEX wallet_calls_due ON public.wallet_calls USING btree (operator_id, next_attempt_at) WHERE (next_attempt_at IS NOT NULL);
CREATE INDEX wallet_calls_ended ON public.wallet_calls USING btree (status, id) WHERE (status = ANY (ARRAY['refused'::text, 'rolled_back'::text, 'handled'::text]));
CREATE INDEX wallet_calls_market ON public.wallet_calls USING btree (market_id, id);
CREATE INDEX wallet_calls_open ON public.wallet_calls USING btree (operator_id, created_at) WHERE (status = ANY (ARRAY['pending'::text, 'unknown'::text, 'failed'::text]));
CREATE INDEX wallet_calls_owed ON public.wallet_calls USING btree (operator_id, id) WHERE ((method = 'BET_MAKE'::text) AND (told_at IS NULL) AND (status = ANY (ARRAY['confirmed'::text, 'refused'::text, 'rolled_back'::text])));
CREATE INDEX wallet_calls_player ON public.wallet_calls USING btree (player_id, id);
CREATE INDEX wallet_calls_settled ON public.wallet_calls USING btree (operator_id, settlement_id, settled_at) WHERE (settlement_id IS NOT NULL);
CREATE INDEX wallet_calls_settlement ON public.wallet_calls USING btree (settlement_id, status) WHERE (settlement_id IS NOT NULL);
CREATE INDEX wallet_calls_trade ON public.wallet_calls USING btree (trade_id) WHERE (trade_id IS NOT NULL);
CREATE INDEX wallet_calls_unsettled ON public.wallet_calls USING btree (operator_id, settlement_id) WHERE ((settlement_id IS NOT NULL) AND (status = ANY (ARRAY['pending'::text, 'unknown'::text, 'failed'::text, 'refused'::text])));
CREATE INDEX wallet_calls_urgent ON public.wallet_calls USING btree (operator_id, next_attempt_at, id) WHERE ((next_attempt_at IS NOT NULL) AND ((status = 'unknown'::text) OR (method = 'BET_ROLLBACK'::text)));
CREATE UNIQUE INDEX wallet_calls_id ON public.wallet_calls USING btree (id);
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for all to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_worker;
grant select to predictu_admin;
grant select to predictu_operator;

-- owner: wallet. How one operator's wallet is asked, and how it answered when last pinged.
table wallet_settings (
  operator_id bigint not null,
  budgets jsonb not null default '{}'::jsonb,
  concurrency integer not null default 32,
  healthy boolean,
  last_ping_at timestamp with time zone,
  last_ok_at timestamp with time zone,
  failures integer not null default 0,
  detail text,
  updated_at timestamp with time zone not null,
  constraint wallet_settings_pkey PRIMARY KEY (operator_id),
  constraint wallet_settings_concurrency_check CHECK (((concurrency >= 1) AND (concurrency <= 256)))
) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for all to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
grant insert, select, update to predictu_admin;
grant insert, select, update to predictu_operator;
grant insert, select, update to predictu_worker;

-- owner: wallet. RSA key pairs that sign callbacks. new before active_from, retiring once ends_at is set, gone after it.
table wallet_signing_keys (
  operator_id bigint not null,
  id bigint not null,
  kid text not null,
  public_jwk jsonb not null,
  private_encrypted text not null,
  fingerprint text not null,
  active_from timestamp with time zone not null,
  ends_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint wallet_signing_keys_kid_key UNIQUE (kid),
  constraint wallet_signing_keys_pkey PRIMARY KEY (operator_id, id)
) row level security forced;
policy every for all to predictu_access, predictu_admin, predictu_worker using true with check true;
policy own for all to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
grant insert to predictu_admin;
grant insert to predictu_operator;
grant insert, select, update to predictu_worker;

-- owner: wallet. Shared secrets of the Standard Webhooks signature; two live ones sign side by side.
table wallet_webhook_secrets (
  operator_id bigint not null,
  id bigint not null,
  secret_encrypted text not null,
  ends_at timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint wallet_webhook_secrets_pkey PRIMARY KEY (operator_id, id)
) row level security forced;
policy every for all to predictu_admin, predictu_worker using true with check true;
policy own for all to predictu_operator using (operator_id = ( SELECT tenant() AS tenant)) with check (operator_id = ( SELECT tenant() AS tenant));
grant insert to predictu_admin;
grant insert to predictu_operator;
grant insert, select, update to predictu_worker;
