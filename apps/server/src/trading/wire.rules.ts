/** Operations and answers as lines of JSON between processes: bigints and dates keep their kind. */

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** `{$n}` an integer, `{$d}` an instant, `{$o}` an object whose own first key begins with a dollar sign. */
function toJson(value: unknown): Json | undefined {
  if (typeof value === 'bigint') return { $n: String(value) };
  if (value === null || typeof value !== 'object') return value as Json | undefined;
  if (value instanceof Date) return { $d: value.getTime() };
  if (Array.isArray(value)) return value.map((item) => toJson(item) ?? null);
  const object: Record<string, Json> = Object.create(null);
  let escaped = false;
  for (const key in value) {
    const json = toJson((value as Record<string, unknown>)[key]);
    if (json === undefined) continue;
    if (key.startsWith('$')) escaped = true;
    object[key] = json;
  }
  return escaped ? { $o: object } : object;
}

function fromJson(json: Json): unknown {
  if (json === null || typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map(fromJson);
  const { $n, $d, $o } = json;
  if (typeof $n === 'string') return BigInt($n);
  if (typeof $d === 'number') return new Date($d);
  const source = ($o as { [key: string]: Json } | undefined) ?? json;
  for (const key in source) source[key] = fromJson(source[key] as Json) as Json;
  return source;
}

/** One line, without its end. */
export const toLine = (value: unknown): string => JSON.stringify(toJson(value));
export const fromLine = (line: string): unknown => fromJson(JSON.parse(line));
