/** What the platform changes of an operator: which fields change, from what to what, and where they are stored. */
import type { OperatorPatch } from '@predictu/contract/shapes/operator-change';

/** Columns as stored; `branding` is one document. */
export type StoredOperator = Record<string, unknown> & { branding: Record<string, unknown> };
export type OperatorChange = {
  columns: Record<string, unknown>;
  branding: Record<string, unknown>;
  previous: Record<string, unknown>;
  next: Record<string, unknown>;
};

const HUNDREDTHS = (stored: unknown): unknown => (stored === null ? null : Number(stored) / 100);
const AS_IT_IS = (stored: unknown): unknown => stored;
type Field = { column: string; show: (stored: unknown) => unknown; store?: (sent: unknown) => unknown };
const plain = (column: string): Field => ({ column, show: AS_IT_IS });
const money = (column: string): Field => ({ column, show: HUNDREDTHS });

const FIELDS: Readonly<Record<string, Field>> = {
  name: plain('name'),
  contact_email: plain('contact_email'),
  contact_name: plain('contact_name'),
  website_url: plain('website_url'),
  'config.max_bet_usd': money('max_bet_cents'),
  'config.min_bet_usd': money('min_bet_cents'),
  'config.exposure_limit_usd': money('exposure_limit_cents'),
  'config.allowed_categories': plain('allowed_categories'),
  'config.risk_tier': plain('risk_tier'),
  'config.spread_override': plain('spread_override_bps'),
  'config.custom_fees_bps': plain('fee_bps'),
  'config.revenue_share_pct': { column: 'platform_share_bps', show: HUNDREDTHS, store: (percent) => Math.round(Number(percent) * 100) },
};

export const PATCHED_COLUMNS: readonly string[] = Object.values(FIELDS).map(({ column }) => column);

/** The fields sent, flat, as `section.field`. */
function sentFields({ reason: _, branding, config, ...profile }: OperatorPatch): [field: string, value: unknown][] {
  const flat = (section: string, values: object = {}): [string, unknown][] =>
    Object.entries(values).map(([name, value]) => [`${section}.${name}`, value]);
  return [...Object.entries(profile), ...flat('branding', branding), ...flat('config', config)].filter(([, value]) => value !== undefined);
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

/** Only what has another value than before is a change. */
export function changeOf(patch: OperatorPatch, stored: StoredOperator): OperatorChange {
  const change: OperatorChange = { columns: {}, branding: {}, previous: {}, next: {} };
  for (const [field, sent] of sentFields(patch)) {
    const known = FIELDS[field];
    const key = field.slice(field.indexOf('.') + 1);
    const before = known ? stored[known.column] : stored.branding[key];
    const value = known?.store ? known.store(sent) : sent;
    const show = known?.show ?? AS_IT_IS;
    if (same(show(before), show(value))) continue;
    change.previous[field] = show(before ?? null);
    change.next[field] = show(value);
    if (known) change.columns[known.column] = value;
    else change.branding[key] = value;
  }
  return change;
}

/** The smallest bet must not exceed the largest, whichever of them was sent. */
export function betsCross(stored: StoredOperator, { columns }: OperatorChange): boolean {
  const now = { ...stored, ...columns } as Record<string, unknown>;
  return BigInt(String(now['min_bet_cents'])) > BigInt(String(now['max_bet_cents']));
}
