/**
 * Turns a handler's answer into what leaves, by the endpoint's schema: names not in it stay, codecs run backwards. The walk over
 * the schema is done once; `z.encode` does it for every value and costs more than deciding a trade.
 */
import { z } from 'zod';

type Encode = (value: unknown) => unknown;

const PLAIN = new Set(['string', 'number', 'boolean', 'null', 'literal', 'enum', 'unknown', 'any']);
const asIs: Encode = (value) => value;
const known = new WeakMap<z.core.$ZodType, Encode>();

function encodeObject(schema: z.core.$ZodObject): Encode | undefined {
  const { shape, catchall } = schema._zod.def;
  const fields = Object.entries(shape).map(([name, field]) => [name, encoderOf(field)] as const);
  // A loose object lets everything else leave as it is; any other rest has rules of its own.
  const loose = catchall?._zod.def.type === 'unknown';
  if (catchall && !loose && catchall._zod.def.type !== 'never') return undefined;
  const named = encodeNamed(fields);
  return loose ? (value) => ({ ...(value as object), ...(named(value) as object) }) : named;
}

/**
 * Written out name by name, so that every schema's answers have a shape and code of their own: a loop that all of them share costs more
 * than the codecs in it. What is undefined does not become JSON.
 */
function encodeNamed(fields: readonly (readonly [name: string, encode: Encode])[]): Encode {
  const parts = fields.map(([name, encode], index) => {
    const key = JSON.stringify(name);
    const part = `value[${key}]`;
    return `${key}: ${encode === asIs ? part : `${part} === undefined ? undefined : encode${index}(${part})`}`;
  });
  const encoders = fields.map((_, index) => `encode${index}`);
  return new Function(...encoders, `return (value) => ({ ${parts.join(', ')} });`)(...fields.map(([, encode]) => encode)) as Encode;
}

function build(schema: z.core.$ZodType): Encode | undefined {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (PLAIN.has(def.type)) return asIs;
  switch (def.type) {
    case 'object':
      return encodeObject(schema as z.core.$ZodObject);
    case 'array': {
      const encode = encoderOf(def.element);
      return (value) => (value as unknown[]).map(encode);
    }
    case 'nullable': {
      const encode = encoderOf(def.innerType);
      return (value) => (value === null ? null : encode(value));
    }
    case 'optional':
      return encoderOf(def.innerType);
    case 'record': {
      const encode = encoderOf(def.valueType);
      return (value) => Object.fromEntries(Object.entries(value as object).map(([name, part]) => [name, encode(part)]));
    }
    case 'pipe': {
      const { reverseTransform } = def as { reverseTransform?: (value: unknown, context: unknown) => unknown };
      if (!reverseTransform) return undefined;
      const encode = encoderOf(def.in);
      return (value) => encode(reverseTransform(value, undefined));
    }
    default:
      return undefined;
  }
}

/** The encoder of a schema; kinds it does not know are left to zod. */
function encoderOf(schema: z.core.$ZodType): Encode {
  const made = known.get(schema) ?? build(schema) ?? ((value: unknown) => z.encode(schema, value));
  known.set(schema, made);
  return made;
}

/** The answer as it leaves. @throws where a codec cannot say the value, which is our mistake and a 500. */
export const encodeAnswer = (schema: z.ZodType, answer: unknown): unknown => encoderOf(schema)(answer);
