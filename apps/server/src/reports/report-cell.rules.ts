/** What columns of reports hold, for the formats: ids become words, units their decimals. */
import { encodeId, type IdKind, PREFIXES } from '@predictu/contract/ids';
import type { ColumnKind } from '@predictu/contract/shapes/report-columns';

type CellKind = 'word' | 'text' | 'json' | 'integer' | 'number' | 'boolean' | 'hundredths' | 'tenThousandths' | 'instant';

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

const isId = (kind: ColumnKind): kind is IdKind => kind in PREFIXES;

export const cellKindOf = (kind: ColumnKind): CellKind => (isId(kind) ? 'word' : KINDS[kind]);

/** Makes the ids of a row the words of the API, in their places. */
export function namingIds(kinds: readonly ColumnKind[]): (cells: unknown[]) => void {
  const ids = kinds.flatMap((kind, index) => (isId(kind) ? [{ kind, index }] : []));
  return (cells) => {
    for (const { kind, index } of ids) {
      const id = cells[index];
      if (id !== null && id !== undefined) cells[index] = encodeId(kind, BigInt(id as bigint | number));
    }
  };
}
