-- A breaker whose threshold is the platform's: it moves with `risk.circuit_breaker_threshold_pct`.
alter table circuit_breakers add column follows_platform boolean not null default false,
  add constraint circuit_breakers_follows check (not follows_platform or trigger_type = 'exposure_pct');

-- The queue's tables are the owner's: a change of what makes a player sharp may only ask for the evaluation of all.
create function evaluate_players_soon() returns void language plpgsql security definer set search_path = public as $$
begin
  -- Without the queue (a server without workers) the weekly run finds them.
  if to_regnamespace('graphile_worker') is null then return; end if;
  perform graphile_worker.add_job('evaluate-all-players', '{}'::json, job_key => 'evaluate-all-players', max_attempts => 3);
end $$;
revoke execute on function evaluate_players_soon from public;
grant execute on function evaluate_players_soon to predictu_admin;
