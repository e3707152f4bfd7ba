/** Writes the TypeScript library's generated half: shapes, resources and error codes. */
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
import { camel } from './names.ts';

const HEAD = '/** Written by `npm run generate` from the contract. */\n';
const isName = (key: string): boolean => /^[A-Za-z_$][\w$]*$/.test(key);
const indented = (text: string): string => text.replaceAll('\n', '\n  ');
const comment = (...parts: string[]): string => {
  const text = parts.filter(Boolean).join('\n').replaceAll('*/', '*\\/');
  if (!text) return '';
  return text.includes('\n') ? `/**\n * ${text.replaceAll('\n', '\n * ')}\n */\n` : `/** ${text} */\n`;
};

function objectType(schema: Schema): string {
  const { additionalProperties } = schema;
  const fields = propertiesOf(schema);
  if (fields.length === 0) {
    if (additionalProperties === false) return 'Record<string, never>';
    return `Record<string, ${typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'unknown'}>`;
  }
  return fieldsType(fields);
}

function fieldsType(fields: readonly Property[], also: (field: Property) => string = ({ schema }) => typeOf(schema)): string {
  const lines = fields.map((field) => {
    const key = isName(field.name) ? field.name : JSON.stringify(field.name);
    return `${comment(field.description)}${key}${field.required ? '' : '?'}: ${also(field)};`;
  });
  return `{\n  ${indented(lines.join('\n'))}\n}`;
}

const wrapped = (type: string): string => (/[|&]/.test(type) ? `(${type})` : type);
const union = (types: readonly string[]): string => [...new Set(types)].join(' | ') || 'never';

/** The type of what a schema describes, as it stands in JSON. */
function typeOf(schema: Schema): string {
  if (schema.$ref) return nameOfReference(schema.$ref);
  if (isFile(schema)) return 'UploadFile';
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return union(schema.enum.map((value) => JSON.stringify(value)));
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return union(choices.map(typeOf));
  if (schema.allOf) return schema.allOf.map((part) => wrapped(typeOf(part))).join(' & ');
  if (Array.isArray(schema.type)) return union(schema.type.map((type) => typeOf({ ...schema, type })));
  if (schema.prefixItems) return `[${schema.prefixItems.map(typeOf).join(', ')}]`;
  if (schema.type === 'array') return `${wrapped(typeOf(schema.items ?? {}))}[]`;
  if (schema.type === 'object' || schema.properties) return objectType(schema);
  if (schema.type === 'integer' || schema.type === 'number') return 'number';
  if (schema.type === 'string' || schema.type === 'boolean' || schema.type === 'null') return schema.type;
  return 'unknown';
}

/** A query parameter is text on the wire; a caller may give the number, the truth value, the instant or the list it stands for. */
function queryType({ schema, name }: Property): string {
  const type = typeOf(schema);
  if (schema.pattern?.startsWith('^\\d') && !schema.pattern.includes('px')) return 'number';
  if (schema.enum?.length === 2 && schema.enum.includes('true') && schema.enum.includes('false')) return 'boolean';
  const isInstant = [schema, ...(schema.anyOf ?? [])].some(({ format }) => format === 'date-time');
  if (isInstant) return 'string | Date';
  return type === 'string' && /s$/.test(name) && schema.pattern === undefined && name !== 'status' ? 'string | readonly string[]' : type;
}

/** A body whose key the library makes when the caller does not. */
const bodyOf = ({ body, key }: Operation): Schema | undefined =>
  body && key === 'body' ? { ...body, required: (body.required ?? []).filter((name) => name !== 'idempotency_key') } : body;

const ownType = (name: string, schema: Schema): string => `${comment(schema.description ?? '')}export type ${name} = ${typeOf(schema)};\n`;
/** A shape that has a name keeps it; any other is called after its operation. */
const answerName = ({ answer, title, answers }: Operation): string =>
  answer.$ref ? nameOfReference(answer.$ref) : `${title}${answers === 'page' ? 'Item' : 'Result'}`;

function operationTypes(operation: Operation): string[] {
  const { title, query, answers, answer, extras } = operation;
  const body = bodyOf(operation);
  return [
    query.length > 0 ? `export type ${title}Query = ${fieldsType(query, (field) => `${queryType(field)} | undefined`)};\n` : '',
    body && propertiesOf(body).length > 0 ? ownType(`${title}Body`, body) : '',
    answers !== 'file' && !answer.$ref ? ownType(answerName(operation), answer) : '',
    answers === 'page'
      ? `export type ${title}Page = ${fieldsType([{ name: 'data', schema: { type: 'array', items: answer }, required: true, description: '' }, ...extras])};\n`
      : '',
  ].filter(Boolean);
}

/** `shapes.gen.ts` */
export function shapesText(model: Model): string {
  const named = [...model.shapes].map(([name, schema]) => ownType(name, schema));
  const callbacks = [
    ownType('Callback', { ...model.callback, description: 'What the platform asks a wallet: `method` says which of the eight.' }),
  ];
  return `${HEAD}import type { UploadFile } from './form.ts';

${[...named, ...callbacks, ...model.operations.flatMap(operationTypes)].join('\n')}`;
}

/** `error-codes.gen.ts` */
export function errorCodesText({ errors }: Model): string {
  const lines = errors.map(({ code, family, status, meaning }) => `  /** ${status}: ${meaning} */\n  ${code}: '${family}',`);
  return `${HEAD}export const FAMILIES = {\n${lines.join('\n')}\n} as const;\nexport type ErrorCode = keyof typeof FAMILIES;\n`;
}

function methodText(operation: Operation): string {
  const { method, name, path, pathParameters, query, answers, key, title } = operation;
  const body = bodyOf(operation);
  const content = operation.form ? 'form: body' : 'body';
  const fields = body ? propertiesOf(body) : [];
  const optional = body ? fields.every(({ required }) => !required) : query.every(({ required }) => !required);
  const input = body && fields.length > 0 ? `body: ${title}Body` : query.length > 0 ? `query: ${title}Query` : undefined;
  const parameters = [
    ...pathParameters.map((parameter) => `${camel(parameter)}: string`),
    ...(input ? [optional ? `${input} = {}` : input] : []),
    `options: ${answers === 'stream' ? 'StreamOptions' : 'RequestOptions'} = {}`,
  ];
  const filled = path.replace(/\{(\w+)\}/g, (_, parameter: string) => `\${segment(${camel(parameter)})}`);
  const request = [
    `method: '${method}'`,
    `path: ${filled === path ? `'${path}'` : `\`${filled}\``}`,
    ...(query.length > 0 ? ['query'] : []),
    ...(body ? [fields.length > 0 ? content : 'body: {}'] : []),
    ...(key ? [`key: '${key}'`] : []),
  ];
  const types = { item: answerName(operation), page: `${answerName(operation)}, ${title}Page`, stream: answerName(operation), file: '' }[
    answers
  ];
  const result = {
    item: `ApiPromise<${types}>`,
    page: `PagePromise<${types}>`,
    stream: `EventStream<${types}>`,
    file: 'ApiPromise<DownloadedFile>',
  };
  return `${comment(operation.summary, operation.description)}${name}(${parameters.join(', ')}): ${result[answers]} {
  return this.transport.${answers}({ ${request.join(', ')} }, options);
}`;
}

function classText({ title, operations, children }: Resource): string {
  const fields = children.map((child) => `readonly ${child.name}: ${child.title}Resource;`);
  const made = children.map((child) => `this.${child.name} = new ${child.title}Resource(transport);`);
  const making = `constructor(transport: Transport) {\n  ${['this.transport = transport;', ...made].join('\n  ')}\n}`;
  const parts = [`private readonly transport: Transport;`, ...fields, making, ...operations.map(methodText)];
  return `export class ${title}Resource {\n  ${indented(parts.join('\n'))}\n}\n`;
}

const withChildren = (resource: Resource): Resource[] => [...resource.children.flatMap(withChildren), resource];

/** `resources.gen.ts` */
export function resourcesText(model: Model): string {
  const root = resourceTree(model);
  const classes = root.children.flatMap(withChildren).map(classText);
  const names = model.operations.flatMap((operation) => {
    const { title, query, body, answers } = operation;
    return [
      query.length > 0 ? `${title}Query` : '',
      body && propertiesOf(body).length > 0 ? `${title}Body` : '',
      answers === 'file' ? '' : answerName(operation),
      answers === 'page' ? `${title}Page` : '',
    ];
  });
  const imports = [...new Set(names.filter(Boolean))].sort();
  const fields = root.children.map(({ name, title }) => `  readonly ${name}: ${title}Resource;`).join('\n');
  const made = root.children.map(({ name, title }) => `    this.${name} = new ${title}Resource(transport);`).join('\n');
  return `${HEAD}import type { EventStream, StreamOptions } from './events.ts';
import type { PagePromise } from './page.ts';
import type { ApiPromise } from './promise.ts';
import type {
${imports.map((name) => `  ${name},`).join('\n')}
} from './shapes.gen.ts';
import { type DownloadedFile, type RequestOptions, segment, type Transport } from './transport.ts';

${classes.join('\n')}
/** Every resource of the operator API. */
export class Resources {
${fields}
  constructor(transport: Transport) {
${made}
  }
}
`;
}
