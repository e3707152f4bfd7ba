/** The key an operation came with, as a subquery. What has no trade of its own to name was written in the same instant as what it names. */

/** `trade` is the alias of a row of trades. A key of several trades names them in its answer. */
export const keyOfTrade = (trade: string): string => `coalesce(
  (select k.key from idempotency_keys k where k.trade_id = ${trade}.id and k.operator_id = ${trade}.operator_id limit 1),
  (select k.key from idempotency_keys k where k.operator_id = ${trade}.operator_id and k.owner_id = ${trade}.player_id
     and k.created_at = ${trade}.created_at and k.trade_id is null and k.answer -> 'trades' ? ${trade}.id::text limit 1))`;

/** Of a deposit or withdrawal `e`; a withdrawal's fee is the row after it. */
export const KEY_OF_ADJUSTMENT = `(select k.key from idempotency_keys k where k.operator_id = e.operator_id and k.owner_id = 0 and k.trade_id is null
  and k.created_at = e.created_at and k.answer ->> 'adjustment' = (e.id - case e.type when 'withdrawal_fee' then 1 else 0 end)::text limit 1)`;
