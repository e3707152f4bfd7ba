/** The conditions of a list that takes many filters: only those asked for reach the database, so it can plan for them. */

/** A condition with one `?` for its value, and the value; undefined leaves the condition out. */
export type Condition = readonly [text: string, value: unknown];

/** `where a = $1 and b < $2` with its values, or an empty text. `used` parameters stand before them. */
export function where(conditions: readonly Condition[], used = 0): { text: string; values: unknown[] } {
  const present = conditions.filter(([, value]) => value !== undefined);
  const texts = present.map(([text], index) => text.replaceAll('?', `$${used + index + 1}`));
  return { text: texts.length > 0 ? `where ${texts.join(' and ')}` : '', values: present.map(([, value]) => value) };
}

/** Which rows of those in order: its values join those of the statement, whose text is then the same for every page. `used` parameters stand before them. */
export const cut = (values: unknown[], { limit, offset }: { limit: number; offset: number }, used = 0): string =>
  `limit $${used + values.push(limit)} offset $${used + values.push(offset)}`;
