-- One-time codes are accepted once: the last 30-second step used is remembered. A new authenticator waits until its first code.
alter table operator_members add column totp_pending text, add column totp_last_step bigint;
alter table admin_users add column totp_pending text, add column totp_last_step bigint;

-- A session ends early when it is revoked; every server process re-reads the few that are.
alter table player_sessions add column revoked_at timestamptz;
create index player_sessions_revoked on player_sessions (expires_at) where revoked_at is not null;
create policy own_revoke on player_sessions for update to predictu_operator using (operator_id = (select tenant())) with check (operator_id = (select tenant()));
grant update (revoked_at) on player_sessions to predictu_operator, predictu_admin;
