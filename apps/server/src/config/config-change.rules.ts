/** What a change of a configuration document is: keys as `group.key` from one value to another, and back into a document. */

export type ConfigChange = { keys: string[]; previous: Record<string, unknown>; next: Record<string, unknown> };

const isGroup = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The document as one level of `group.key`; a category limit is `risk.category_limits.sports`, a list is one value. */
export function flatten(document: object, prefix = ''): Map<string, unknown> {
  const flat = new Map<string, unknown>();
  for (const [key, value] of Object.entries(document)) {
    if (isGroup(value)) for (const [inner, leaf] of flatten(value, `${prefix}${key}.`)) flat.set(inner, leaf);
    else if (value !== undefined) flat.set(`${prefix}${key}`, value);
  }
  return flat;
}

/** The other way round. */
export function unflatten(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const document: Record<string, unknown> = {};
  for (const [path, value] of Object.entries(values)) {
    const names = path.split('.');
    const last = names.pop() as string;
    let group = document;
    for (const name of names) {
      const inner = (group[name] ?? {}) as Record<string, unknown>;
      group[name] = inner;
      group = inner;
    }
    group[last] = value;
  }
  return document;
}

/** Equal as JSON; what is not there counts as null. */
const sameValue = (one: unknown, other: unknown): boolean => JSON.stringify(one ?? null) === JSON.stringify(other ?? null);

const pick = (values: ReadonlyMap<string, unknown>, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(keys.map((key) => [key, values.get(key) ?? null]));

/** These keys before and after. */
export const changeOf = (before: object, after: object, keys: string[]): ConfigChange => ({
  keys,
  previous: pick(flatten(before), keys),
  next: pick(flatten(after), keys),
});

/** What differs between two documents; a key that is not there counts as null. */
export function differences(before: object, after: object): ConfigChange {
  const [old, fresh] = [flatten(before), flatten(after)];
  return changeOf(
    before,
    after,
    [...new Set([...old.keys(), ...fresh.keys()])].filter((key) => !sameValue(old.get(key), fresh.get(key))),
  );
}

/** The keys of an earlier change that have another value by now. */
export function changedSince(document: object, made: Readonly<Record<string, unknown>>): string[] {
  const current = flatten(document);
  return Object.keys(made).filter((key) => !sameValue(current.get(key), made[key]));
}
