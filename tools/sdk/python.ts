/** Writes the Python library's generated half: `_generated.py`, on nothing newer than Python 3.9. */
import {
  isFile,
  type Model,
  nameOfReference,
  type Operation,
  type Property,
  propertiesOf,
  type Resource,
  resourceTree,
  type Schema,
} from './model.ts';
import { pascal, snake } from './names.ts';

const HEAD = `"""Written by \`npm run generate\` from the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Literal, Optional, TypedDict, Union

from ._request import OMIT, Omit, RequestOptions, segment

if TYPE_CHECKING:
    from datetime import datetime

    from ._events import StreamEvent
    from ._form import UploadFile
    from ._page import Page
    from ._transport import DownloadedFile, Transport
`;
const RESERVED = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);
const isName = (key: string): boolean => /^[A-Za-z_]\w*$/.test(key) && !RESERVED.has(key);
const argument = (key: string): string => (RESERVED.has(key) ? `${key}_` : key);
const text = (value: unknown): string =>
  value === true ? 'True' : value === false ? 'False' : value === null ? 'None' : JSON.stringify(value);
const doc = (...parts: string[]): string => {
  const words = parts.filter(Boolean).join('\n\n').replaceAll('\\', '\\\\').replaceAll('"""', "'''");
  return words ? `"""${words}${words.endsWith('"') ? ' ' : ''}"""` : '';
};
const indented = (lines: string): string => lines.replaceAll(/^(?=.)/gm, '    ');

/** Shapes as they are met: an object without a name is called after where it stands. */
class Shapes {
  readonly written: string[] = [];
  private readonly done = new Set<string>();

  /** The type of what a schema describes; `name` is for the objects inside. */
  typeOf(schema: Schema, name: string): string {
    if (schema.$ref) return nameOfReference(schema.$ref);
    if (isFile(schema)) return 'UploadFile';
    if (schema.const !== undefined) return `Literal[${text(schema.const)}]`;
    if (schema.enum) return `Literal[${schema.enum.map(text).join(', ')}]`;
    const choices =
      schema.anyOf ?? schema.oneOf ?? (Array.isArray(schema.type) ? schema.type.map((type): Schema => ({ ...schema, type })) : undefined);
    if (choices) return this.unionOf(choices, name);
    if (schema.type === 'array') return schema.prefixItems ? 'List[Any]' : `List[${this.typeOf(schema.items ?? {}, `${name}Item`)}]`;
    if (schema.type === 'object' || schema.properties) return this.objectOf(schema, name);
    return { integer: 'int', number: 'float', string: 'str', boolean: 'bool', null: 'None' }[String(schema.type)] ?? 'Any';
  }

  private unionOf(choices: readonly Schema[], name: string): string {
    const objects = choices.filter(({ properties }) => properties);
    const named = (choice: Schema, index: number): string => {
      const tag = Object.values(choice.properties ?? {}).find(({ const: value }) => typeof value === 'string')?.const;
      return objects.length < 2 ? name : name + (tag ? pascal(String(tag).toLowerCase()) : String(index + 1));
    };
    const types = [...new Set(choices.map((choice, index) => this.typeOf(choice, named(choice, index))))];
    const others = types.filter((type) => type !== 'None');
    const joined = others.length === 1 ? (others[0] ?? 'None') : `Union[${others.join(', ')}]`;
    return others.length < types.length ? `Optional[${joined}]` : joined;
  }

  private objectOf(schema: Schema, name: string): string {
    const fields = propertiesOf(schema);
    const { additionalProperties } = schema;
    if (fields.length === 0)
      return `Dict[str, ${typeof additionalProperties === 'object' ? this.typeOf(additionalProperties, `${name}Value`) : 'Any'}]`;
    this.declare(name, fields);
    return name;
  }

  /** A class of its own; what may be absent stands in a second half, because Python 3.9 knows no other way. */
  private declare(name: string, fields: readonly Property[]): void {
    if (this.done.has(name)) return;
    this.done.add(name);
    const typed = fields.map((field) => ({ ...field, type: this.typeOf(field.schema, name + pascal(field.name)) }));
    const required = typed.filter((field) => field.required);
    const optional = typed.filter((field) => !field.required);
    const named = typed.every((field) => isName(field.name));
    const body = (of: readonly { name: string; type: string; description: string }[]): string =>
      of
        .map(
          (field) => `${field.description ? `    #: ${field.description.replaceAll('\n', ' ')}\n` : ''}    ${field.name}: ${field.type}\n`,
        )
        .join('');
    const table = (of: readonly { name: string; type: string }[]): string =>
      `{${of.map((field) => `${text(field.name)}: ${text(field.type)}`).join(', ')}}`;
    const halves = required.length > 0 && optional.length > 0;
    const half = `_${name}Required`;
    if (!named) {
      if (halves) this.written.push(`${half} = TypedDict("${half}", ${table(required)})\n`);
      if (halves)
        this.written.push(
          `_${name}Optional = TypedDict("_${name}Optional", ${table(optional)}, total=False)\n\n\nclass ${name}(${half}, _${name}Optional):\n    pass\n`,
        );
      else this.written.push(`${name} = TypedDict("${name}", ${table(typed)}${required.length > 0 ? '' : ', total=False'})\n`);
      return;
    }
    if (halves) this.written.push(`class ${half}(TypedDict):\n${body(required)}`);
    const base = halves ? `${half}, total=False` : required.length > 0 ? 'TypedDict' : 'TypedDict, total=False';
    this.written.push(`class ${name}(${base}):\n${body(halves ? optional : typed)}`);
  }

  /** A shape that has a name in the contract: a class, or another name for its type. */
  named(name: string, schema: Schema): void {
    const type = this.typeOf(schema, name);
    if (type !== name)
      this.written.push(
        `${name} = ${type.replaceAll(/\b(?!Union\b|Optional\b|List\b|Dict\b|Literal\b|Any\b|None\b)[A-Z]\w*\b(?![^[]*")/g, (found) => `"${found}"`)}\n`,
      );
  }
}

function queryType({ schema, name }: Property, shapes: Shapes): string {
  const type = shapes.typeOf(schema, pascal(name));
  if (schema.pattern?.startsWith('^\\d') && !schema.pattern.includes('px')) return schema.pattern.includes('\\.') ? 'float' : 'int';
  if (schema.enum?.length === 2 && schema.enum.includes('true') && schema.enum.includes('false')) return 'bool';
  return [schema, ...(schema.anyOf ?? [])].some(({ format }) => format === 'date-time') ? 'Union[str, datetime]' : type;
}

type Argument = { declared: string; passed: string; required: boolean };
function bodyArguments({ body, title, key }: Operation, shapes: Shapes): Argument[] {
  return propertiesOf(body ?? {}).map(({ name, schema, required }) => {
    const type = shapes.typeOf(schema, title + pascal(name));
    const made = key === 'body' && name === 'idempotency_key';
    const declared = required && !made ? `${argument(name)}: ${type}` : `${argument(name)}: Union[${type}, Omit] = OMIT`;
    return { declared, passed: `${text(name)}: ${argument(name)}`, required: required && !made };
  });
}

function answerType(operation: Operation, shapes: Shapes): string {
  const { answers, answer, title } = operation;
  if (answers === 'file') return 'DownloadedFile';
  if (answers === 'stream') return 'Iterator[StreamEvent]';
  const type = shapes.typeOf(answer, `${title}${answers === 'page' ? 'Item' : 'Result'}`);
  return answers === 'page' ? `Page[${type}]` : type;
}

function methodText(operation: Operation, shapes: Shapes): string {
  const { method, name, path, pathParameters, query, answers, key, body, form, summary, description } = operation;
  const fields = bodyArguments(operation, shapes);
  const asked: Argument[] = query.map((property) => ({
    declared: `${argument(property.name)}: Optional[${queryType(property, shapes)}] = None`,
    passed: `${text(property.name)}: ${argument(property.name)}`,
    required: false,
  }));
  const own = [...fields, ...asked];
  const named = [...own.filter(({ required }) => required), ...own.filter(({ required }) => !required)].map(({ declared }) => declared);
  const extra = answers === 'stream' ? ['last_event_id: Optional[str] = None'] : [];
  const parameters = [
    'self',
    ...pathParameters.map((parameter) => `${parameter}: str`),
    '*',
    ...named,
    ...extra,
    'options: Optional[RequestOptions] = None',
  ];
  const filled = path.replace(/\{(\w+)\}/g, '{segment($1)}');
  const words = [
    `"${method}"`,
    `${filled === path ? '' : 'f'}"${filled}"`,
    'options',
    ...(query.length > 0 ? [`query={${asked.map(({ passed }) => passed).join(', ')}}`] : answers === 'stream' ? ['query=None'] : []),
    ...(body ? [`${form ? 'form' : 'body'}={${fields.map(({ passed }) => passed).join(', ')}}`] : []),
    ...(key ? [`key="${key}"`] : []),
    ...(answers === 'stream' ? ['last_event_id=last_event_id'] : []),
  ];
  const called = RESERVED.has(snake(name)) ? `${snake(name)}_` : snake(name);
  return `def ${called}(${parameters.join(', ')}) -> ${answerType(operation, shapes)}:
    ${doc(`${summary}.`, description).replaceAll('\n', '\n    ').replaceAll(/ +$/gm, '')}
    return self._transport.${answers}(${words.join(', ')})
`;
}

function classText({ title, operations, children }: Resource, shapes: Shapes): string {
  const made = children.map((child) => `        self.${snake(child.name)} = ${child.title}Resource(transport)\n`).join('');
  const methods = operations.map((operation) => `\n${indented(methodText(operation, shapes))}`).join('');
  return `class ${title}Resource:\n    def __init__(self, transport: Transport) -> None:\n        self._transport = transport\n${made}${methods}`;
}

const withChildren = (resource: Resource): Resource[] => [...resource.children.flatMap(withChildren), resource];

/** `_generated.py` */
export function pythonText(model: Model): string {
  const shapes = new Shapes();
  for (const [name, schema] of model.shapes) shapes.named(name, schema);
  shapes.named('Callback', model.callback);
  const root = resourceTree(model);
  const classes = root.children.flatMap(withChildren).map((resource) => classText(resource, shapes));
  const families = model.errors.map(({ code, family }) => `    "${code}": "${family}",\n`).join('');
  const made = root.children.map(({ name, title }) => `        self.${snake(name)} = ${title}Resource(transport)\n`).join('');
  const resources = `class Resources:\n    """Every resource of the operator API."""\n\n    def __init__(self, transport: Transport) -> None:\n${made}`;
  return [HEAD, `FAMILIES: Dict[str, str] = {\n${families}}\n`, ...shapes.written, ...classes, resources].join('\n\n');
}
