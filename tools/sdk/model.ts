/** What both client libraries are written from: the operator's operations, the shapes they use, the callbacks and the error codes. */
import { contract } from '@predictu/contract';
import type { Endpoint } from '@predictu/contract/endpoint';
import { ERRORS, type ErrorCode } from '@predictu/contract/errors';
import { describeApi } from '../../apps/server/src/describe-api.ts';
import { type Answering, nameOf, pascal } from './names.ts';

export type Schema = {
  $ref?: string;
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  prefixItems?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  enum?: (string | number | boolean | null)[];
  const?: string | number | boolean | null;
  description?: string;
  pattern?: string;
  format?: string;
  default?: unknown;
};
export type Property = { name: string; schema: Schema; required: boolean; description: string };
export type Operation = {
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  resource: string[];
  name: string;
  /** `UsersAdjustBalance`: the names of its own shapes begin with it. */
  title: string;
  pathParameters: string[];
  query: Property[];
  body: Schema | undefined;
  /** The body is sent as a form, because a file is in it. */
  form: boolean;
  answers: Answering;
  /** Of an item its data, of a page one entry, of a stream one event; of a file nothing. */
  answer: Schema;
  /** The whole of a page beside its entries. */
  extras: Property[];
  /** Where its idempotency key goes. */
  key: 'header' | 'body' | undefined;
};
export type Model = {
  operations: Operation[];
  /** Named shapes the operations use, by name. */
  shapes: Map<string, Schema>;
  /** The body of a callback. */
  callback: Schema;
  errors: { code: ErrorCode; status: number; family: string; meaning: string }[];
};

type OpenApiOperation = {
  summary: string;
  description?: string;
  parameters: { name: string; in: string; required: boolean; schema: Schema; description?: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content: Record<string, { schema: Schema }> }>;
};
/** Second names of operations that the libraries have already. */
const WORKSPACE = /^\/api\/(dashboard|developer)\//;

type Document = { [part in 'paths' | 'webhooks']: Record<string, Record<string, OpenApiOperation>> } & {
  components: { schemas: Record<string, Schema> };
};

/** The class of an error, by its code; what all of one class have in common is what a program does about them. */
function familyOf(code: ErrorCode): string {
  if (code === 'VALIDATION_ERROR') return 'ValidationError';
  if (code === 'IDEMPOTENCY_KEY_REUSED') return 'IdempotencyError';
  const { status } = ERRORS[code];
  const byStatus: Record<number, string> = {
    401: 'AuthenticationError',
    403: 'PermissionDeniedError',
    404: 'NotFoundError',
    409: 'ConflictError',
    422: 'RefusedError',
    429: 'RateLimitError',
  };
  return byStatus[status] ?? (status >= 500 ? 'ServerError' : 'BadRequestError');
}

/** The bytes of a file, which only a form carries. */
export const isFile = ({ format }: Schema): boolean => format === 'binary';

export const propertiesOf = ({ properties = {}, required = [] }: Schema): Property[] =>
  Object.entries(properties).map(([name, schema]) => ({
    name,
    schema,
    required: required.includes(name),
    description: schema.description ?? '',
  }));

/** What leaves an operation, taken apart. */
function answerOf(endpoint: Endpoint, schema: Schema): Pick<Operation, 'answers' | 'answer' | 'extras'> {
  if (endpoint.file) return { answers: 'file', answer: {}, extras: [] };
  if (endpoint.stream) return { answers: 'stream', answer: schema, extras: [] };
  const { data, ...others } = schema.properties ?? {};
  if (!data) throw new Error(`${endpoint.path} answers no data`);
  const pages = data.type === 'array' && ['pagination', 'next_cursor', 'total'].some((name) => name in others);
  const extras = propertiesOf({ ...schema, properties: others });
  if (!pages && extras.length > 0) throw new Error(`${endpoint.path} answers more than data: ${extras.map(({ name }) => name).join(', ')}`);
  return { answers: pages ? 'page' : 'item', answer: pages ? (data.items ?? {}) : data, extras };
}

function operationOf(id: string, endpoint: Endpoint, { paths }: Document): Operation {
  const described = paths[endpoint.path]?.[endpoint.method.toLowerCase()];
  if (!described) throw new Error(`${id} is not in the OpenAPI document`);
  const success = described.responses[String(endpoint.status ?? 200)];
  const answer = answerOf(endpoint, Object.values(success?.content ?? {})[0]?.schema ?? {});
  const { resource, method: name } = nameOf(id, endpoint.method, endpoint.path, answer.answers);
  const form = endpoint.upload !== undefined;
  const body = described.requestBody?.content[form ? 'multipart/form-data' : 'application/json']?.schema;
  return {
    id,
    method: endpoint.method,
    path: endpoint.path,
    summary: described.summary,
    description: described.description ?? '',
    resource,
    name,
    title: pascal([...resource, name].join('-')),
    pathParameters: described.parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name),
    query: described.parameters
      .filter((parameter) => parameter.in === 'query')
      .map(({ name: field, schema, required, description = '' }) => ({ name: field, schema, required, description })),
    body,
    form,
    ...answer,
    key: endpoint.idempotency ? 'header' : body?.properties?.['idempotency_key'] ? 'body' : undefined,
  };
}

/** Every named shape that these lead to. */
function reachable(roots: readonly Schema[], components: Record<string, Schema>): Map<string, Schema> {
  const found = new Map<string, Schema>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, part] of Object.entries(value)) {
      const name = key === '$ref' && typeof part === 'string' ? nameOfReference(part) : undefined;
      if (name === undefined) visit(part);
      else if (!found.has(name)) {
        found.set(name, components[name] ?? {});
        visit(components[name]);
      }
    }
  };
  visit(roots);
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const nameOfReference = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);
function mustDiffer(operations: readonly Operation[]): void {
  const seen = new Map<string, string>();
  for (const { id, resource, name } of operations) {
    const place = [...resource, name].join('.');
    if (seen.has(place)) throw new Error(`${id} and ${seen.get(place)} are both ${place}: name one of them in tools/sdk/names.ts`);
    seen.set(place, id);
  }
}

export function readModel(): Model {
  const document = describeApi('') as Document;
  const callback = document.webhooks['walletCallback']?.['post'];
  const content = [callback?.requestBody, callback?.responses['200']].map((part) => part?.content['application/json']?.schema ?? {});
  const operations = (Object.entries(contract) as [string, Endpoint][])
    // A stream that is asked for with a body is a conversation on a screen: the libraries have none.
    .filter(([, { audience, path, method, stream }]) => audience === 'operator' && !WORKSPACE.test(path) && !(stream && method === 'POST'))
    .map(([id, endpoint]) => operationOf(id, endpoint, document));
  mustDiffer(operations);
  const used = operations.flatMap(({ answer, body, query, extras }) => [
    answer,
    body ?? {},
    ...[...query, ...extras].map(({ schema }) => schema),
  ]);
  return {
    operations,
    shapes: reachable([...used, ...content], document.components.schemas),
    callback: content[0] ?? {},
    errors: (Object.entries(ERRORS) as [ErrorCode, (typeof ERRORS)[ErrorCode]][]).map(([code, { status, meaning }]) => ({
      code,
      status,
      meaning,
      family: familyOf(code),
    })),
  };
}

/** Operations by resource, from the outside in: what a library makes one class of each. */
export type Resource = { name: string; title: string; operations: Operation[]; children: Resource[] };
export function resourceTree({ operations }: Model): Resource {
  const root: Resource = { name: '', title: '', operations: [], children: [] };
  for (const operation of operations) {
    let at = root;
    for (const name of operation.resource) {
      let child = at.children.find((each) => each.name === name);
      if (!child) {
        child = { name, title: at.title + pascal(name), operations: [], children: [] };
        at.children.push(child);
      }
      at = child;
    }
    at.operations.push(operation);
  }
  return root;
}
