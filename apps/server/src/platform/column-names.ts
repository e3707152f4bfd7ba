/** Numbers for ids that come again and again: 0, 1, 2 and so on, in the order in which they came. */
export type ColumnNames = {
  readonly count: number;
  numberOf(id: bigint): number;
  /** -1 for one that never came. */
  find(id: bigint): number;
  /** By number. */
  ids(): bigint[];
};

export function columnNames(): ColumnNames {
  const numbers = new Map<bigint, number>();
  return {
    get count() {
      return numbers.size;
    },
    numberOf(id) {
      const known = numbers.get(id) ?? numbers.size;
      if (known === numbers.size) numbers.set(id, known);
      return known;
    },
    find: (id) => numbers.get(id) ?? -1,
    ids: () => [...numbers.keys()],
  };
}
