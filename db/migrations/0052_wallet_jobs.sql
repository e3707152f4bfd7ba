-- A named queue stays locked for hours when its worker is killed. A job only wakes a worker, which sees to it itself that an operator's wallet
-- is asked by one run at a time: it ends at once, so it needs no queue.
create or replace function deliver_wallet_calls(operator bigint, wanted_at timestamptz) returns void language plpgsql security definer set search_path = public as $$
begin
  -- Without the queue (a server without workers) the sweep of the next worker finds the calls.
  if to_regnamespace('graphile_worker') is null then return; end if;
  perform graphile_worker.add_job('deliver-wallet-calls', json_build_object('operator_id', operator::text),
    max_attempts => 1, job_key => 'deliver-' || operator,
    -- A later wish never puts off an earlier one.
    run_at => least(wanted_at, (select j.run_at from graphile_worker.jobs j where j.key = 'deliver-' || operator and j.locked_at is null)));
end $$;
