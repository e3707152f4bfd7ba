/** How Postgres plans what a transaction asks next. */
const planning = (mode: string, others: 'on' | 'off'): string =>
  `select set_config('plan_cache_mode', '${mode}', true), ${['seqscan', 'hashjoin', 'mergejoin'].map((way) => `set_config('enable_${way}', '${others}', true)`).join(', ')}`;

/** Once a connection and by index. */
export const PLAN_BY_INDEX = { name: 'plan-by-index', text: planning('force_generic_plan', 'off') };
/** Once a connection, in whatever way. */
export const PLAN_ONCE = { name: 'plan-once', text: planning('force_generic_plan', 'on') };
export const PLAN_AS_EVER = { name: 'plan-as-ever', text: planning('auto', 'on') };
