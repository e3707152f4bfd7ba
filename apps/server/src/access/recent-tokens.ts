/** What verified tokens were found to say, of the tokens seen lately: a bounded number, of which those nobody shows any more go first. */
export type RecentTokens<T> = {
  get(token: string): T | undefined;
  set(token: string, found: T): void;
};

/** `most` of one generation; twice as many in all. */
export function recentTokens<T>(most: number): RecentTokens<T> {
  // Two generations: what the old one is asked for moves to the young one, and what nobody asked for goes with the old one.
  let young = new Map<string, T>();
  let old = new Map<string, T>();

  function set(token: string, found: T): void {
    young.set(token, found);
    if (young.size < most) return;
    old = young;
    young = new Map();
  }
  return {
    set,
    get(token) {
      const recent = young.get(token);
      if (recent !== undefined) return recent;
      const found = old.get(token);
      if (found !== undefined) set(token, found);
      return found;
    },
  };
}
