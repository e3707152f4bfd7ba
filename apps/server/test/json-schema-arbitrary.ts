/** JSON Schema -> fast-check: values the schema allows, at its edges too, with the ids of real things mixed in. */
import fc from 'fast-check';

export type Schema = Record<string, unknown> & {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  propertyNames?: Schema;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
};
export type Known = { components: Record<string, Schema>; ids: readonly string[] };

const MOST_ITEMS = 4;
const LONGEST = 60;
const HUGE = 1e13;

function texts({ pattern, format, minLength = 0, maxLength = LONGEST }: Schema, ids: readonly string[]): fc.Arbitrary<string> {
  if (format === 'date-time')
    return fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }).map((at) => at.toISOString());
  if (pattern) {
    const expression = new RegExp(pattern, 'u');
    const fitting = ids.filter((id) => expression.test(id));
    // Unicode classes are beyond the generator; any text tries them.
    const matching = /\\p\{/.test(pattern) ? fc.string() : fc.stringMatching(new RegExp(pattern));
    return fitting.length > 0
      ? fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...fitting) }, { weight: 1, arbitrary: matching })
      : matching;
  }
  return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, LONGEST)), unit: 'grapheme' });
}

function numbers({ type, minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Schema): fc.Arbitrary<number> {
  const low = Math.max(minimum ?? exclusiveMinimum ?? -HUGE, -HUGE);
  const high = Math.min(maximum ?? exclusiveMaximum ?? HUGE, HUGE);
  if (type === 'integer') return fc.integer({ min: Math.ceil(low), max: Math.floor(high) });
  const small = fc
    .integer({ min: Math.ceil(Math.max(low, 0) * 100), max: Math.floor(Math.min(high, 2_000) * 100) })
    .map((value) => value / 100);
  return fc.oneof(
    { weight: 4, arbitrary: small },
    { weight: 1, arbitrary: fc.double({ min: low, max: high, noNaN: true }) },
    fc.constantFrom(low, high),
  );
}

function objects({ properties = {}, required = [], additionalProperties, propertyNames }: Schema, known: Known): fc.Arbitrary<object> {
  if (additionalProperties && typeof additionalProperties === 'object' && Object.keys(properties).length === 0) {
    return fc.dictionary(
      propertyNames ? (arbitraryOf(propertyNames, known) as fc.Arbitrary<string>) : fc.string({ maxLength: 20 }),
      arbitraryOf(additionalProperties, known),
      { maxKeys: 4 },
    );
  }
  const parts = Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, arbitraryOf(schema, known)]));
  return fc.record(parts, { requiredKeys: required.filter((name) => name in parts) });
}

export function arbitraryOf(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  if (schema.$ref) return arbitraryOf(known.components[schema.$ref.split('/').at(-1) ?? ''] ?? {}, known);
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type) => arbitraryOf({ ...schema, type }, known)));
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => arbitraryOf(choice, known)));
  if (schema.allOf?.[0]) {
    const { allOf, ...rest } = schema;
    return arbitraryOf({ ...allOf[0], ...rest }, known);
  }
  switch (schema.type) {
    case 'string':
      return texts(schema, known.ids);
    case 'number':
    case 'integer':
      return numbers(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(arbitraryOf(schema.items ?? {}, known), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? MOST_ITEMS, MOST_ITEMS),
      });
    case 'object':
      return objects(schema, known);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

/** The value with one part replaced by something else, or with a part too many. */
export const spoiled = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.tuple(value, fc.jsonValue({ maxDepth: 2 }), fc.nat(), fc.string({ maxLength: 10 })).map(([whole, part, place, extra]) => {
    if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) return part;
    const names = [...Object.keys(whole), extra];
    return { ...whole, [names[place % names.length] ?? extra]: part };
  });
