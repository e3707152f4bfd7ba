-- When an operator was told that its credits run out; told again only after they were topped up.
alter table credit_accounts add column low_told_at timestamptz;
