/** Ways to spoil the books of limit orders, each seen by the check it names. */
export type Sabotage = [check: string, what: string, ...statements: string[]];

export const ORDER_SABOTAGES: readonly Sabotage[] = [
  ['order_holds', 'a hold given back too early', `update limit_orders set status = 'cancelled' where side = 'buy' and status = 'open'`],
  ['order_holds', 'a cent too little held', `update limit_orders set held_cents = held_cents + 1 where side = 'buy'`],
  ['order_shares', 'shares kept for nobody', 'update positions set held_quantity = held_quantity + 1 where held_quantity > 0'],
  ['order_shares', 'a sale whose shares are free', 'update positions set held_quantity = 0 where held_quantity > 0'],
  ['order_trades', 'filled beyond its limit', `update limit_orders set limit_price = 9999 where status = 'filled' and side = 'sell'`],
  ['order_trades', 'filled by no trade', `update limit_orders set trade_id = trade_id + 1 where status = 'filled'`],
  ['order_events', 'an end nobody was told of', `delete from limit_order_events where status = 'filled'`],
  [
    'order_events',
    'placed twice',
    `insert into limit_order_events select (jsonb_populate_record(e, jsonb_build_object('id', e.id + 1000))).* from limit_order_events e where status = 'open'`,
  ],
];
