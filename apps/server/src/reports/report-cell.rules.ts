/** What columns of reports hold, for the formats: ids become text, units their decimals. */
import { encodeId, type Id, type IdKind, PREFIXES } from '@predictu/contract/ids';
import type { ColumnKind } from '@predictu/contract/shapes/report-columns';

type CellKind = 'text' | 'json' | 'integer' | 'number' | 'boolean' | 'hundredths' | 'tenThousandths' | 'instant';
type Value = (value: unknown) => unknown;

const KINDS: Record<Exclude<ColumnKind, IdKind>, CellKind> = {
  text: 'text',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  usd: 'hundredths',
  shares: 'hundredths',
  price: 'tenThousandths',
  instant: 'instant',
  date: 'text',
  json: 'json',
};
const asIs: Value = (value) => value;

const isId = (kind: ColumnKind): kind is IdKind => kind in PREFIXES;

export const cellKindOf = (kind: ColumnKind): CellKind => (isId(kind) ? 'text' : KINDS[kind]);

/** The value of a cell, nothing staying nothing. */
export const cellValueOf = (kind: ColumnKind): Value =>
  isId(kind) ? (value) => (value === null || value === undefined ? null : encodeId(kind, value as Id<typeof kind>)) : asIs;
