/** OpenAPI 3.1, generated from the registry of endpoints: there is no second statement of the API. */

import { type Audience, type Endpoint, schemasOf } from '@predictu/contract/endpoint';
import { ERRORS, type ErrorCode, errorEnvelope } from '@predictu/contract/errors';
import { z } from 'zod';

type Json = Record<string, unknown>;
export type OpenApiInfo = { title: string; version: string; description: string; serverUrl: string };
/** A request we send to others. */
export type Webhook = { tag: string; summary: string; description: string; body: z.ZodType; answer: z.ZodType };

const SECURITY: Record<Audience, Json[]> = {
  public: [],
  admin: [{ adminSession: [] }],
  operator: [{ operatorSession: [] }, { apiKeyPair: [] }],
  player: [{ playerSession: [] }],
};
const COMMON: readonly ErrorCode[] = ['BAD_REQUEST', 'RATE_LIMITED', 'INTERNAL_ERROR', 'UNAVAILABLE'];
const RATE_HEADERS = {
  'X-RateLimit-Limit': { schema: { type: 'integer' }, description: 'Requests a minute.' },
  'X-RateLimit-Remaining': { schema: { type: 'integer' }, description: 'Requests left in this window.' },
  'X-RateLimit-Reset': { schema: { type: 'integer' }, description: 'Unix time in seconds at which the window ends.' },
  'X-Request-Id': { schema: { type: 'string' }, description: 'Name this when you report a problem.' },
};

/** The wire form of a schema; named schemas move to `components`. */
function jsonSchema(schema: z.ZodType, components: Json): Json {
  const { $schema, $defs, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json & { $defs?: Json };
  const relink = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(relink);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [
        key,
        key === '$ref' && typeof part === 'string' ? part.replace('#/$defs/', '#/components/schemas/') : relink(part),
      ]),
    );
  };
  for (const [name, definition] of Object.entries($defs ?? {})) components[name] = relink(definition);
  return relink(rest) as Json;
}

function parameters(endpoint: Endpoint, components: Json): Json[] {
  const from = (schema: z.ZodType | undefined, where: 'path' | 'query'): Json[] => {
    if (!schema) return [];
    const { properties = {}, required = [] } = jsonSchema(schema, components) as { properties?: Record<string, Json>; required?: string[] };
    return Object.entries(properties).map(([name, { description, ...property }]) => ({
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      schema: property,
      ...(description ? { description } : {}),
    }));
  };
  const key = endpoint.idempotency
    ? [
        {
          name: 'Idempotency-Key',
          in: 'header',
          required: true,
          schema: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,128}$' },
          description: 'Repeating the same key and body gives the first answer again with `Idempotency-Replayed: true`.',
        },
      ]
    : [];
  const schemas = schemasOf(endpoint);
  return [...from(schemas.params, 'path'), ...from(schemas.query, 'query'), ...key];
}

function responses(endpoint: Endpoint, components: Json): Json {
  const codes = [
    ...COMMON,
    ...(endpoint.audience === 'public' ? [] : (['UNAUTHORIZED', 'FORBIDDEN'] as const)),
    ...(endpoint.audience === 'operator' && endpoint.method !== 'GET' && !endpoint.whileReadOnly ? (['OPERATOR_READ_ONLY'] as const) : []),
    ...(endpoint.params ? (['NOT_FOUND'] as const) : []),
    ...(endpoint.body ? (['VALIDATION_ERROR', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'] as const) : []),
    ...(endpoint.refusals ?? []),
  ];
  const byStatus = groupByStatus(codes);
  const media = endpoint.stream ? 'text/event-stream' : (endpoint.file ?? 'application/json');
  return {
    ...(endpoint.redirects
      ? {
          '303': {
            description: 'Leads on',
            headers: { ...RATE_HEADERS, Location: { schema: { type: 'string' }, description: 'Where to.' } },
          },
        }
      : {
          [String(endpoint.status ?? 200)]: {
            description: 'Success',
            headers: RATE_HEADERS,
            content: { [media]: { schema: jsonSchema(schemasOf(endpoint).answer, components) } },
          },
        }),
    ...Object.fromEntries(
      [...byStatus]
        .sort(([a], [b]) => a - b)
        .map(([status, names]) => [
          String(status),
          {
            description: names.map((name) => `\`${name}\`: ${ERRORS[name].meaning}`).join('\n\n'),
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
          },
        ]),
    ),
  };
}

function groupByStatus(codes: readonly ErrorCode[]): Map<number, ErrorCode[]> {
  const groups = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes)) groups.set(ERRORS[code].status, [...(groups.get(ERRORS[code].status) ?? []), code]);
  return groups;
}

function describeWebhook({ tag, summary, description, body, answer }: Webhook, components: Json): Json {
  const content = (schema: z.ZodType): Json => ({ 'application/json': { schema: jsonSchema(schema, components) } });
  return {
    post: {
      tags: [tag],
      summary,
      description,
      requestBody: { required: true, content: content(body) },
      responses: { 200: { description: 'Success', content: content(answer) } },
    },
  };
}

export function openApi(registry: Record<string, Endpoint>, info: OpenApiInfo, webhooks: Record<string, Webhook> = {}): Json {
  const components: Json = { Error: jsonSchema(errorEnvelope, {}) };
  const paths: Record<string, Json> = {};
  for (const [operationId, endpoint] of Object.entries(registry)) {
    const path = (paths[endpoint.path] ??= {});
    const { body } = schemasOf(endpoint);
    path[endpoint.method.toLowerCase()] = {
      operationId,
      tags: [endpoint.tag],
      summary: endpoint.summary,
      ...(endpoint.description ? { description: endpoint.description } : {}),
      security: SECURITY[endpoint.audience],
      parameters: parameters(endpoint, components),
      ...(body
        ? {
            requestBody: {
              required: true,
              content: { [endpoint.upload ? 'multipart/form-data' : 'application/json']: { schema: jsonSchema(body, components) } },
            },
          }
        : {}),
      responses: responses(endpoint, components),
    };
  }
  const sent = Object.entries(webhooks).map(([name, webhook]) => [name, describeWebhook(webhook, components)]);
  return {
    openapi: '3.1.0',
    info: { title: info.title, version: info.version, description: info.description },
    servers: [{ url: info.serverUrl }],
    paths,
    webhooks: Object.fromEntries(sent),
    components: {
      schemas: components,
      securitySchemes: {
        adminSession: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'From POST /api/auth/admin/login.' },
        operatorSession: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'From POST /api/auth/operator/login.' },
        apiKeyPair: { type: 'http', scheme: 'basic', description: 'api_key as user, api_secret as password; from your server only.' },
        playerSession: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'From POST /api/auth/embed-init.' },
      },
    },
  };
}
