/** What differs between the two sides of an audit row, field by field. */
export type Difference = { field: string; before: unknown; after: unknown };

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Equal as JSON; the order of an object's keys does not count, that of a list does. */
function same(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right)) return left.length === right.length && left.every((one, at) => same(one, right[at]));
  if (!isObject(left) || !isObject(right)) return left === right;
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && same(left[key], right[key]));
}

/** Nested fields by their path; a list is one value; what is absent on a side is null there. In the order of the fields. */
export function differenceOf(before: unknown, after: unknown, path = ''): Difference[] {
  if (!isObject(before) && !isObject(after))
    return same(before ?? null, after ?? null) ? [] : [{ field: path || 'value', before: before ?? null, after: after ?? null }];
  const from = isObject(before) ? before : {};
  const to = isObject(after) ? after : {};
  const beside: Difference[] = [before, after].some((side) => side !== null && side !== undefined && !isObject(side))
    ? [{ field: path || 'value', before: isObject(before) ? null : (before ?? null), after: isObject(after) ? null : (after ?? null) }]
    : [];
  const fields = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return [...beside, ...fields.flatMap((field) => differenceOf(from[field], to[field], path ? `${path}.${field}` : field))];
}
