/** Names for statements that come again and again, so that each connection parses them once. */

/** From this time on a statement is thought to come again. */
const TIMES = 5;
/** A connection keeps what it has prepared. */
const MOST_NAMED = 200;
/** Texts that were seen less often than that. */
const MOST_SEEN = 2_000;

export function frequentStatements() {
  const names = new Map<string, string>();
  let seen = new Map<string, number>();

  return {
    /** The name of a text that has come often; undefined of any other. */
    nameOf(text: string): string | undefined {
      const name = names.get(text);
      if (name !== undefined || names.size === MOST_NAMED) return name;
      const times = (seen.get(text) ?? 0) + 1;
      if (times >= TIMES) {
        seen.delete(text);
        names.set(text, `frequent_${names.size}`);
        return names.get(text);
      }
      if (seen.size === MOST_SEEN) seen = new Map();
      seen.set(text, times);
      return undefined;
    },
  };
}
